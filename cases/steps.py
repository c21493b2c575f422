"""Steps that every act on a case shares: the row held, the status moved, the story told. No acts of their own."""

from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils import timezone

from accounts.prepared import Place, Prepared
from audit.recording import record
from cases.enums import CaseStatus, EntryKind, Strand
from cases.models import Case, TimelineEntry
from cases.signals import kept_apart
from people.visible import is_open_to_all

A_MOMENT = timedelta(minutes=1)  # nobody means the same words twice within it


class MoveNotAllowed(Exception):
    """The case is no longer in a state this act starts from."""


class ClosedToThem(Exception):
    """Somebody the act is for may not see this young person."""


class NotTheirWork(ClosedToThem):
    """Somebody the act is for does not work with young people at this centre."""


class KeptAlready(Exception):
    """The same person wrote the same a moment ago: a form that was sent twice."""


def lock(case, *, for_people=(), beside=()):
    """The case as it is now, held until the act ends, with the person it is about. Raises ``ClosedToThem``."""
    [case] = _locking(tuple(beside)).found(pk=case.pk)
    people = {person.pk for person in for_people}
    if people and not is_open_to_all(case.subject, people):
        raise ClosedToThem(f"{case} is closed to one of {sorted(people)}")
    return case


@cache
def _locking(beside):
    rows = Case.objects.select_for_update(of=["self", "subject"]).select_related("subject", "referral", *beside)
    return Prepared(lambda: rows.filter(pk=Place("pk")))


def lock_open(case, **options):
    """The same, of a case that has not ended. Raises ``MoveNotAllowed``."""
    case = lock(case, **options)
    if not case.is_open:
        raise MoveNotAllowed(f"{case} is {case.status}")
    return case


def hold_cases_of(subject):
    """What somebody is about to write on who holds the person next: the case comes first, as in ``lock``."""
    list(Case.objects.select_for_update(of=["self"], no_key=True).filter(subject=subject).order_by("pk").values("pk"))


def refuse_twice(written, *, by, **said):
    """The case is held: of a form that is sent twice at once the second finds the first. Raises ``KeptAlready``."""
    if written.filter(by=by, at__gt=timezone.now() - A_MOMENT, **said).exists():
        raise KeptAlready("the same was written a moment ago")


def move_locked(case, to_status, *, by):
    """Move a case that this act holds. Raises ``MoveNotAllowed``."""
    from_status = case.status
    if not case.can_move_to(to_status):
        raise MoveNotAllowed(f"{case} cannot go from {from_status} to {to_status}")
    case.status = to_status
    case.closed_at = timezone.now() if to_status == CaseStatus.CLOSED else None
    case.save(update_fields=["status", "closed_at"])
    record("case.moved", case, by=by, came_from=from_status, to=to_status)
    return case


def apart_from(subject):
    """Ids of colleagues who are kept apart from this young person, as the floors above know (R-nat-29)."""
    return set().union(*(found for _receiver, found in kept_apart.send(sender=Case, subject=subject)))


def tell(case, kind, title, *, by, words="", at=None, path="", strand=Strand.YOUNG_PERSON):
    """Write one line of the story of a case, in the transaction of the act it tells of.

    ``title`` is stored in English, as staff's own pages are (docs/decisions/0080).
    ``at`` is when it happened; ``path`` leads to the whole.
    """
    return TimelineEntry.objects.create(
        case=case,
        kind=EntryKind(kind),
        strand=strand,
        title=str(title),
        words=words,
        path=path or reverse("cases:case", args=[case.reference]),
        at=at or timezone.now(),
        by=by,
    )
