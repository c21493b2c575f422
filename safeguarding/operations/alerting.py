"""Telling people of a concern, at once and then again until a human acknowledges it."""

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from outbox.operations import owe_each
from people.operations import call_in, record_calling_in
from safeguarding import hearing
from safeguarding.escalation import Whom, asked_after_at, asked_after_by, heard_by, step_at
from safeguarding.models import Concern, ConcernAlert
from safeguarding.querysets import NEVER


def tell_locked(concern, *, step, after=NEVER, knows=None, heard=(), by, at):
    """Write down that ``step`` was said, and owe the letters. ``concern`` is held, or new.

    ``after`` is the step that was said last; ``knows`` has the concern
    already. ``heard`` are ids of those who hear of it by another letter of
    the same act: they are not written to twice.
    """
    people = hearing.at_the_centre(concern, heard_by(step, after), knows=knows, at=at)
    if not people and not heard:
        people = _call_in(concern, by=by, at=at)
    alert = ConcernAlert.objects.create(
        concern=concern, waits_since=concern.waits_since, step=step, people=sorted({*people, *heard}), at=at
    )
    due_at = int(concern.acknowledge_by.timestamp())
    counts = {"step": step, "again": int(concern.reopened_at is not None), "due_at": due_at}
    _write(concern, f"{alert.pk}", {pk: to for pk, to in people.items() if pk not in heard}, **counts)
    return alert


def _write(concern, key, people, **counts):
    recipients = {f"concern:{key}:{pk}": to for pk, to in people.items()}
    counts, path = {concern.severity: 1, **counts}, concern.get_absolute_url()
    owe_each("concern", recipients=recipients, language="en-gb", path=path, counts=counts)


def tell_that_somebody_has_it_locked(concern, *, by):
    """Those who follow concerns hear that somebody who does not has this one: what comes after is for them."""
    at = concern.acknowledged_at
    leads = hearing.at_the_centre(concern, {Whom.LEADS}, knows=by.pk, at=at)
    _write(concern, f"taken:{concern.pk}:{int(at.timestamp())}", leads, taken_up=1)


def _call_in(concern, *, by, at):
    """A concern that no human hears of is the worst this service can do: those of the national centre hear of it."""
    people = hearing.at_the_national_centre(concern, at=at)
    call_in(concern.subject, colleagues=people, by=by, at=at)
    return dict(people.values_list("pk", "email"))


@transaction.atomic
def escalate(concern, *, by):
    """Say of a concern that waits what has come due since it was last said: the latest step alone.

    The concern is held: of two who ask at once one says it, and it is said
    before somebody acknowledges it, or not at all. Returns the alert;
    nothing where nothing is due, or somebody else holds it.
    """
    held = Concern.objects.unacknowledged().select_for_update(of=["self"], skip_locked=True)
    concern = held.select_related("subject").filter(pk=concern.pk).first()
    if concern is None:
        return None
    now, said = max(timezone.now(), concern.waits_since), concern.last_step()
    if (step := step_at(concern.severity, concern.waits_since, now)) <= said:
        return None
    alert = tell_locked(concern, step=step, after=said, by=by, at=now)
    record_calling_in(concern.subject, at=now, by=by)
    record("concern.alerted", concern, by=by, step=step, told=alert.people)
    return alert


@transaction.atomic
def ask_after(concern, *, by):
    """Say of a concern that somebody has, and about which nothing is written down, that this is so.

    Once their time has passed as it passes for what waits, and once more.
    Returns the alert; nothing where nothing is due, or somebody else holds it.
    """
    held = Concern.objects.with_nothing_done().select_for_update(of=["self"], skip_locked=True)
    concern = held.select_related("subject", "acknowledged_by").filter(pk=concern.pk).first()
    if concern is None:
        return None
    since = concern.acknowledged_at
    now = max(timezone.now(), since)
    if (step := asked_after_at(concern.severity, since, now)) <= max(concern.said, 0):
        return None
    people = hearing.at_the_centre(concern, asked_after_by(step), at=now) | hearing.whoever_has_it(concern, at=now)
    alert = ConcernAlert.objects.create(concern=concern, waits_since=since, step=step, people=sorted(people), at=now)
    _write(concern, f"{alert.pk}", people, nothing_done=1)
    record("concern.asked_after", concern, by=by, step=step, told=alert.people)
    return alert
