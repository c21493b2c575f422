"""What waits for one colleague; and of a team's what its manager may see too."""

from collections import Counter, defaultdict

from django.db.models import Exists, Min, OuterRef

from accounts.enums import MANAGERS
from accounts.models import Absence, User
from accounts.permissions import Permission, centres_with_permission, centres_with_role, holding
from cases import due_in_words
from cases.models import Assignment, Case, Task
from cases.rules import allocates, works_with_cases
from reminders import presenting
from reminders.enums import SUBJECTS
from reminders.models import Reminder
from sessions import carer_home

MOST = 200


def of(user, *, today):
    """A line for each thing that they are reminded of, look at again, or promised: what is about safety now first."""
    mine = Reminder.objects.speaks_to(user).with_put_off(on=today).for_home()[:MOST]
    lines = _lines(mine, user, today, may_put_off=True)
    if works_with_cases(user):
        looks = Case.objects.visible_to(user).worked_on_by(user).to_look_at(on=today)[:MOST]
        tasks = Task.objects.open().owned_by(user).on_visible_to(user).for_home()[:MOST]
        looks = [line | {"of": "cases", "pk": line["case_pk"]} for line in due_in_words.looks(looks, today=today)]
        lines = presenting.beside(lines, looks)
        lines += _marked(due_in_words.tasks(tasks, today=today), "tasks")
        lines += carer_home.tasks(user, most=MOST)[0]
    return presenting.in_order(lines, today=today)


def of_colleague(manager, colleague, *, today):
    """What a colleague is reminded of, as far as ``manager`` may see what it is about."""
    theirs = Reminder.objects.filter(person=colleague).speaking_for(manager)
    theirs = theirs.with_put_off(on=today).for_home()[:MOST]
    return _lines(theirs, manager, today)


def _lines(reminders, reader, today, *, may_put_off=False):
    """What is put off stands there with until when, and why, unless a step of it speaks all the same."""
    rows, shown = list(reminders), {"today": today, "allocates": allocates(reader)}
    awake = {row.subject for row in rows if row.is_awake}
    put_off = presenting.lines([row for row in rows if row.subject not in awake], **shown)
    lines = presenting.lines([row for row in rows if row.is_awake], may_put_off=may_put_off, **shown)
    return _marked([*lines, *put_off], "reminders")


def _marked(lines, what):
    return [line | {"of": what} for line in lines]


def colleagues(manager):
    """Who works with young people at a centre that ``manager`` manages."""
    centres = centres_with_role(manager, *MANAGERS)
    held = holding(Permission.RAISE_CONCERNS).filter(centre__in=centres, user=OuterRef("pk"))
    return User.objects.filter(Exists(held)).order_by("full_name", "pk")


def team(manager, people, *, today):
    """How much of what ``manager`` may see is late, due today and coming for each of ``people``: counts by their id."""
    found = Reminder.objects.filter(person__in=people).speaking_for(manager).awake(on=today)
    each = found.order_by().values("person", "kind", *SUBJECTS).annotate(first=Min("due_on"))
    counts = defaultdict(Counter)
    for person, first in each.values_list("person", "first"):
        counts[person]["late" if first < today else "today" if first == today else "coming"] += 1
    return counts


def away(people, *, today):
    """The absence that goes on, or is the next to come, of each: by the id of the person."""
    planned = Absence.objects.planned(on=today).filter(user__in=people).select_related("cover").order_by("-from_on")
    return {absence.user_id: absence for absence in planned}


def to_cover(manager, absence):
    """Open cases that whoever is away leads, and whoever covers neither works on yet nor oversees.

    Where ``manager`` allocates.
    """
    working = Assignment.objects.current().filter(case=OuterRef("pk"))
    oversees = holding(Permission.OVERSEE_CASES).filter(user=absence.cover_id, centre=OuterRef("centre"))
    seen = Case.objects.visible_to(manager).open()
    seen = seen.filter(centre__in=centres_with_permission(manager, Permission.ALLOCATE_CASES))
    theirs = seen.filter(Exists(working.leads().filter(user=absence.user_id)))
    left = theirs.exclude(Exists(working.filter(user=absence.cover_id))).exclude(Exists(oversees))
    return list(left.select_related("referral").order_by("pk"))
