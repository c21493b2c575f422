"""Many fictional sessions at once, on the cases of the volume data: held and signed, and planned (``volume.py``)."""

from datetime import timedelta

from django.utils import timezone

from protect_respect.fictional.bulk import CHUNK, one_act
from sessions.enums import Attendance, SessionKind, SessionMode, SessionStatus
from sessions.models import SupportSession

HELD, PLANNED = 11, 9  # of each case
EVERY = timedelta(days=10)
LENGTH = timedelta(minutes=50)


def make(cases, *, practitioners):
    """Twenty sessions of each case with one of ``practitioners`` in turn, none before the case was opened.

    They stand at any hour of a working day. Returns how many were made.
    """
    hour = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    rows = []
    for index, case in enumerate(cases):
        with_whom = practitioners[index % len(practitioners)]
        next_one = hour + timedelta(days=1 + index % EVERY.days, minutes=30 * (index % 16))
        rows += [_planned(case, with_whom, next_one + number * EVERY) for number in range(PLANNED)]
        began = [next_one - number * EVERY for number in range(1, HELD + 1)]
        rows += [_held(case, with_whom, at) for at in began if at > case.opened_at]
    for first in range(0, len(rows), CHUNK):
        with one_act():
            SupportSession.objects.bulk_create(rows[first : first + CHUNK])
    return len(rows)


def _planned(case, practitioner, at, **more):
    """To ask whether they are safe: for that nobody must have agreed first."""
    return SupportSession(
        case=case, practitioner=practitioner, planned_by=practitioner, planned_at=at,
        kind=SessionKind.WELFARE_CHECK, mode=SessionMode.SCHOOL, **more,
    )  # fmt: skip


def _held(case, practitioner, at):
    ended = at + LENGTH
    return _planned(
        case, practitioner, at, status=SessionStatus.HELD, attendance=Attendance.ATTENDED, started_at=at,
        ended_at=ended, what_we_did="Example: " + "words of a visit. " * 20, own_words="Example: it was all right.",
        recorded_at=ended, recorded_by=practitioner, signed_at=ended, signed_by=practitioner,
    )  # fmt: skip
