"""What waits for me: the page that staff begin their day on. It gathers from several floors."""

from datetime import timedelta

from django.db.models import Count, Window
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, centres_with_permission, has_permission_somewhere
from accounts.rules import may_configure
from audit.recording import record
from cases import due_in_words, missing_now
from cases.models import Case, Task
from cases.rules import allocates, works_with_cases
from referrals import presenting
from referrals.models import Referral
from referrals.rules import works_with_queue
from reminders import presenting as reminders_in_words
from reminders.models import Reminder
from reminders.rules import protects_data
from safeguarding import presenting as concerns_in_words
from safeguarding.models import Concern
from sessions import carer_home, carer_words, session_words
from sessions.models import SupportSession
from sessions.models.carers import CarerStrand

FIRST_ROWS = 5
MOST_CONCERNS = 200
MOST_REMINDERS = 200
MOST_DUE = 20
MOST_TASKS = 10
MOST_SESSIONS = 20
AHEAD = timedelta(days=7)


@require_GET
def home(request):
    lists = _lists_of_referrals(request.user)
    concerns, concern_count = _concerns(request)
    shown = sorted({row["pk"] for section in lists for row in section["rows"]})
    due, (tasks, task_count) = _due(request.user), _tasks(request.user)
    sessions, session_count = _sessions(request.user)
    missing = missing_now.rows(request.user, today=timezone.localdate())
    seen = {"missing": [row["pk"] for row in missing]}
    seen |= {"concerns": [card["pk"] for card in concerns], **_pks(tasks, "tasks", "carer_tasks")}
    seen |= {"reminders": [line["pk"] for line in due[:MOST_DUE] if "pk" in line]}
    seen |= {"cases": [line["case_pk"] for line in due[:MOST_DUE] if "case_pk" in line]}
    (strands, lost), for_a_manager = _strands(request.user), _for_a_manager(request.user)
    seen |= _pks(sessions, "sessions", "carer_sessions")
    seen |= {"strands": sorted({row["pk"] for row in (*strands, *lost, *for_a_manager)})}
    record("home.viewed", "home", by=request.user, shown=shown, **seen)
    context = {"due": due[:MOST_DUE], "due_count": len(due), "has_cases": works_with_cases(request.user)}
    context |= {"tasks": tasks, "task_count": task_count, "sessions": sessions, "session_count": session_count}
    context |= {"strands": strands, "strands_lost": lost, "carers_waiting": for_a_manager}
    context |= {"lists": lists, "concerns": concerns, "concern_count": concern_count, "missing": missing}
    context |= {
        "has_due": bool(due) or _has_due(request.user),
        "has_work": bool(lists),
        "sees_concerns": _sees_concerns(request.user),
    }
    context |= {"may_configure": may_configure(request.user)}
    return render(request, "home.html", context)


def _pks(lines, *kinds):
    """What was shown, by what it is, for the trail: a carer's is not the young person's."""
    return {kind: [line["pk"] for line in lines if line["of"] == kind] for kind in kinds}


def _lists_of_referrals(user):
    """The lists this person can have anything in; who holds no such power is not shown an empty one."""
    visible, queue = Referral.objects.visible_to(user), reverse("triage:queue")
    lists = []
    if has_permission_somewhere(user, Permission.SCREEN_REFERRALS):
        mine = visible.open().owned_by(user)
        lists.append(_section(user, mine, "mine", _("With me"), _("Nothing is with you."), f"{queue}?owner=me"))
        back, empty = visible.sent_back_to(user), _("No decision of yours was sent back.")
        address = f"{queue}?show=sent_back"
        lists.append(_section(user, back, "sent_back", _("Sent back to me: decide again"), empty, address))
    if countersigning := centres_with_permission(user, Permission.COUNTERSIGN_DECISIONS):
        waiting = visible.to_countersign_by(user).filter(centre__in=countersigning)
        empty, address = _("No decision waits for you."), f"{queue}?show=second_person"
        lists.append(_section(user, waiting, "second", _("Waiting for me as second person"), empty, address))
    if has_permission_somewhere(user, Permission.SCREEN_REFERRALS):
        late, empty = visible.overdue(), _("Nothing is overdue.")
        lists.append(_section(user, late, "overdue", _("Overdue at my centre"), empty, f"{queue}?show=overdue"))
    return lists if works_with_queue(user) else _given(user, visible)


def _given(user, visible):
    """What stands alone for who does not work with the queue: the referrals of those they were given."""
    given = _section(user, visible.open(), "given", _("Given to me"), _("No referral is given to you."), url="")
    return [given] if given["rows"] or _sees_concerns(user) else []


def _section(user, found, name, title, empty, url):
    """The first rows and how many there are in all, in one statement."""
    counted = found.in_order().for_queue().annotate(in_all=Window(Count("pk")))
    values = list(counted[:FIRST_ROWS])
    return {
        "id": name,
        "title": title,
        "empty": empty,
        "url": url,
        "count": values[0]["in_all"] if values else 0,
        "rows": presenting.Rows(user=user, may_take=False, now=timezone.now()).of(values),
    }


def _has_due(user):
    return works_with_cases(user) or has_permission_somewhere(user, Permission.SCREEN_REFERRALS)


def _hears(user):
    """Also who follows concerns, configures or protects data: they are shown a list where it has a line."""
    return _has_due(user) or _sees_concerns(user) or may_configure(user) or protects_data(user)


def _due(user):
    """What this person is reminded of, a line for each thing, and where they said that they look again."""
    if not _hears(user):
        return []
    today = timezone.localdate()
    mine = Reminder.objects.speaks_to(user).awake().for_home()[:MOST_REMINDERS]
    lines = reminders_in_words.lines(mine, today=today, allocates=allocates(user))
    return reminders_in_words.in_order(reminders_in_words.beside(lines, _looks(user, today)), today=today)


def _looks(user, today):
    if not works_with_cases(user):
        return []
    looks = Case.objects.visible_to(user).worked_on_by(user).to_look_at(on=today)[:MOST_REMINDERS]
    return due_in_words.looks(looks, today=today)


def _tasks(user):
    """The first tasks that they owe on what they may see, and how many there are in all, in one statement."""
    if not works_with_cases(user):
        return [], 0
    mine = list(Task.objects.open().owned_by(user).on_visible_to(user).for_home()[:MOST_TASKS])
    lines = [line | {"of": "tasks"} for line in due_in_words.tasks(mine, today=timezone.localdate())]
    with_carers, count = carer_home.tasks(user, most=MOST_TASKS)
    lines = sorted([*lines, *with_carers], key=lambda line: line["on"])
    return lines[:MOST_TASKS], count + (mine[0].in_all if mine else 0)


def _sessions(user):
    """Those of theirs that wait for a record or a signature, and of the next seven days; and how many there are."""
    if not works_with_cases(user):
        return [], 0
    visible = SupportSession.objects.visible_to(user)
    until = timezone.now() + AHEAD
    mine = list(visible.for_home(user, until=until)[:MOST_SESSIONS])
    with_carers, count = carer_home.sessions(user, until=until, most=MOST_SESSIONS)
    lines = sorted([*session_words.home_lines(mine), *with_carers], key=lambda line: line["order"])
    return lines[:MOST_SESSIONS], count + (mine[0].in_all if mine else 0)


def _strands(user):
    """The parents and carers with whom this person works, or did until last week, with what waits to be written down;
    and those whom they may not read any more.
    """
    if not works_with_cases(user):
        return [], []
    seen = CarerStrand.objects.visible_to(user)
    mine = (seen.worked_on_by(user) | seen.with_whom_it_ended(user, days=7)).with_what_waits().for_page()
    return [carer_words.home_line(strand, user=user) for strand in mine], carer_home.lost(user)


def _for_a_manager(user):
    """Parents and carers who wait for a practitioner, or for what a manager decides."""
    if not has_permission_somewhere(user, Permission.ALLOCATE_CASES):
        return []
    return carer_home.waiting(user)


def _sees_concerns(user):
    return has_permission_somewhere(user, Permission.RAISE_CONCERNS)


def _concerns(request):
    """The cards of the first concerns that wait, and how many wait in all."""
    if not _sees_concerns(request.user):
        return [], 0
    waiting = list(Concern.objects.visible_to(request.user).unacknowledged().for_list()[:MOST_CONCERNS])
    request.waiting_concerns = len(waiting)
    return concerns_in_words.cards(waiting[:FIRST_ROWS], request.user), len(waiting)
