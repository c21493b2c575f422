"""``Case.objects.visible_to`` as every page of a case asks it, prepared once for each set of reasons; and its story.

Nothing is remembered of a person or a case (``accounts.prepared``).
"""

from functools import cache

from django.utils import timezone

from accounts.prepared import ASKER, Place, Prepared, asker
from cases.models import Case, ConsentEvent, Pause, TimelineEntry
from cases.querysets import PAGE, Reasons


def for_page(user, reference):
    """The case with everything its head shows, or nothing: ``user`` has no reason to see it."""
    held, values = asked_by(user)
    return _for_page(held).first(reference=reference, **values)


def caseload_of(user):
    """The open cases that ``user`` works on now, as rows of a list: the first to end first."""
    held, values = asked_by(user)
    return _caseload(held).found(**values)


def first_entries(case):
    """``TimelineEntry.objects.of_page`` of the first page, and what is pinned, wherever it stands."""
    rows = FIRST.found(case=case.pk)
    pinned = [row for row in rows if row.pinned_at]
    return rows[: PAGE + 1], sorted(pinned, key=lambda row: (row.pinned_at, row.pk), reverse=True)


def pinned_entries(case):
    return PINNED.found(case=case.pk)


def rest_of(case):
    """The pause that the work of a case ``for_page`` rests in, or nothing."""
    return REST.first(case=case.pk) if case.is_resting else None


def consent_ledger(case):
    """Every word of it, for the pure functions of ``consenting``."""
    return LEDGER.found(case=case.pk)


def asked_by(user):
    """Which kinds of reason they have, and the values of a statement that asks by these."""
    centres = Reasons.of(user, None)._asdict()
    held = tuple(name for name, ids in centres.items() if ids)
    return held, {"user": asker(user), "at": timezone.now(), **centres}


@cache
def _for_page(held):
    seen = seen_by(held)
    return Prepared(lambda: seen.for_page().filter(referral__reference=Place("reference")))


@cache
def _caseload(held):
    seen = seen_by(held)
    return Prepared(lambda: seen.worked_on_by(ASKER).for_list())


def seen_by(held):
    centres = Reasons(*(Place(name) if name in held else () for name in Reasons._fields))
    return Case.objects.visible_for(ASKER, centres, at=Place("at"))


FIRST = Prepared(lambda: TimelineEntry.objects.filter(case=Place("case")).of_first_page())
PINNED = Prepared(lambda: TimelineEntry.objects.filter(case=Place("case")).pinned())
REST = Prepared(lambda: Pause.objects.filter(case=Place("case"), resumed_on__isnull=True).select_related("paused_by"))
LEDGER = Prepared(lambda: ConsentEvent.objects.filter(case=Place("case")))
