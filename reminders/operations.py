"""The acts of reminders: they speak, fall silent, and are counted by one letter a day to whoever must hear of it.

Each may come late, again, or twice at once, and everything is said once.
"""

from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import operations as accounts
from accounts.models import Absence, User
from audit.recording import record
from cases import operations as cases
from cases.enums import AssignmentKind
from cases.models import Assignment
from outbox.operations import owe
from reminders.enums import SUBJECTS
from reminders.models import Reminder, Snooze
from reminders.putting_off import refuse_to_put_off
from reminders.steps import covered_from, moment_of

KEY = ("kind", "stage", "due_on", "person", *SUBJECTS)


class TooEarly(Exception):
    """They are not away yet, nor on the next working day."""


@transaction.atomic
def speak(keys, *, by, now):
    """Write what the clock found due: ``keys`` are values of ``KEY``. What was silent speaks again."""
    rows = [_row(key, now) for key in keys]
    Reminder.objects.bulk_create(rows, update_conflicts=True, update_fields=["silent_at"], unique_fields=KEY)
    record("reminders.made", "reminders", by=by, count=len(rows))


@transaction.atomic
def silence(pks, *, by, now):
    """What is due no more, on another day, or for others."""
    Reminder.objects.filter(pk__in=pks).update(silent_at=now)
    record("reminders.silenced", "reminders", by=by, count=len(pks))


def _row(key, now):
    kind, stage, due_on, person, *subject = key
    columns = {f"{column}_id": pk for column, pk in zip(SUBJECTS, subject, strict=True)}
    return Reminder(kind=kind, stage=stage, due_on=due_on, person_id=person, made_at=now, **columns)


@transaction.atomic
def send_digest(person_id, *, by, on, waiting=None):
    """Owe one letter with counts and a link, and no name (design.md 2.9). Whether it was owed.

    The person is held, so that nobody else writes to them meanwhile. What
    comes due later that day is counted by tomorrow's letter. ``waiting``: what
    waits for them, id to kind, where that was asked for many people at once.
    """
    person = User.objects.select_for_update(of=["self"], no_key=True).get(pk=person_id)
    mine = Reminder.objects.filter(person=person)
    if waiting is None:
        waiting = Reminder.objects.waiting_for([person_id]).get(person_id, {})
    if not waiting or not person.is_active or mine.filter(told_on=on).exists():
        return False
    told = mine.filter(pk__in=waiting).on_visible_to(person, kinds=set(waiting.values())).awake().order_by()
    subjects = {pk: subject for pk, *subject in told.values_list("pk", "kind", *SUBJECTS)}
    if not subjects:
        return False
    counts = Counter(kind for kind, *_rest in set(map(tuple, subjects.values())))
    owe(
        "reminders",
        key=f"reminders:{person.pk}:{on.isoformat()}",
        to=person.email,
        language="en-gb",
        path=reverse("reminders:my_work"),
        counts={"all": counts.total(), **counts},
    )
    mine.filter(pk__in=subjects).update(told_on=on)
    record("reminders.told", "reminders", by=by, to=person.pk, count=counts.total())
    return True


@transaction.atomic
def put_off(reminder, *, by, until_on, reason):
    """Silence what a reminder is about for its person, until a day. Others hear of it as if it were not.

    While it is put off, another day and reason stand instead, and count for
    nothing; within the seven days all the same. Raises what
    ``refuse_to_put_off`` raises, and ``ValueError`` without a reason or where
    it is somebody else's. The person is held, as by a letter.
    """
    if not reason.strip() or reminder.person_id != by.pk:
        raise ValueError("say why, of what is yours")
    User.objects.select_for_update(of=["self"], no_key=True).get(pk=by.pk)
    refuse_to_put_off(reminder, by=by)
    kind, about = reminder.kind, reminder.about_pk
    theirs = Snooze.objects.of(by, kind, about)
    snooze = theirs.going_on().first() or Snooze(person=by, kind=kind, about=about, number=theirs.count() + 1)
    snooze.until_on, snooze.reason = min(until_on, snooze.last_day), reason
    snooze.save()
    until_on = snooze.until_on
    record("reminder.put_off", "reminders", by=by, kind=kind, about=about, until=until_on.isoformat())
    return snooze


@transaction.atomic
def cover_cases(absence, *, cases_of, by):
    """Whoever covers works on each of these cases from now until the colleague is back.

    Returns on how many, and the cases that are left: closed to them, or not
    their work. Which they work on already is neither. The absence is held:
    whoever calls it off comes before, or ends what this gave. Raises
    ``TooEarly``, ``accounts.AlreadyEnded``.
    """
    absence = Absence.objects.select_for_update(of=["self"], no_key=True).select_related("cover").get(pk=absence.pk)
    if absence.called_off_at is not None or absence.until_on <= timezone.localdate():
        raise accounts.AlreadyEnded(absence.pk)
    if timezone.localdate() < covered_from(absence):
        raise TooEarly(f"{absence} has not begun")
    given, left = 0, []
    words = {"kind": AssignmentKind.COVER, "reason": _("Covers while a colleague is away.")}
    for case in cases_of:
        try:
            with transaction.atomic():
                cases.assign(case, to=absence.cover, by=by, until_at=moment_of(absence.until_on), **words)
            given += 1
        except cases.WorksOnItAlready:
            continue
        except (cases.ClosedToThem, cases.MoveNotAllowed):
            left.append(case)
    return given, left


@transaction.atomic
def call_off_absence(absence, *, by):
    """They are here after all: who covered for them works on their cases no more. Raises ``AlreadyEnded``."""
    absence = accounts.call_off_absence(absence, by=by)
    led = Assignment.objects.current().leads().filter(user=absence.user).values("case")
    covers = Assignment.objects.current().filter(kind=AssignmentKind.COVER, user=absence.cover, case__in=led)
    for cover in covers.filter(grant__until_at=moment_of(absence.until_on)).order_by("case"):
        cases.end_assignment(cover, by=by, because=_("The colleague is back."))
    return absence


@transaction.atomic
def end_covers(*, by, now=None):
    """Who covered until a moment that has passed works on the case no more; they see it no more since then.

    Whoever arranged it is who ends it: they said until when.
    """
    over = Assignment.objects.covers_until(now or timezone.now()).select_related("assigned_by")
    ended = [cases.end_assignment(cover, by=cover.assigned_by, because=_("The colleague is back.")) for cover in over]
    if ended:
        record("covers.ended", "reminders", by=by, count=len(ended))
    return len(ended)
