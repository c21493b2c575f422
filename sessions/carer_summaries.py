"""What each side is shown of the other: plain values, never a row that leads on (domain.md 5.11; security.md 5.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Case
from sessions import carer_visible
from sessions.carer_enums import StrandStatus, status_words
from sessions.models.carers import CarerStrand

SHOWN = (
    "pk",
    "key",
    "status",
    "response",
    "not_safe_because",
    "practitioner_id",
    "practitioner__full_name",
    "offered_at",
)
SHOWN += ("carer__first_name", "carer__last_name", "carer__preferred_name", "carer__relationship")


@dataclass(frozen=True)
class StrandSummary:
    """A carer's strand as the young person's side knows it: who they are, how it stands, who works with them.

    Operations and rules take it in place of the strand.
    """

    pk: int
    key: UUID
    case: Case
    carer_name: str
    relationship: str
    status: StrandStatus
    status_words: str
    not_safe_because: str
    practitioner_id: int | None
    practitioner_name: str
    offered_at: datetime | None


def summaries(user, case):
    """Of each carer of a case that ``user`` sees, in the order in which they were added."""
    rows = CarerStrand.objects.summary_visible_to(user).filter(case=case.pk).order_by("added_at", "pk")
    return [_summary(row, case) for row in rows.values(*SHOWN)]


def summary(user, case, key):
    """Of one of them, or nothing."""
    return next((found for found in summaries(user, case) if found.key == key), None)


def _summary(row, case):
    name = f"{row['carer__preferred_name'] or row['carer__first_name']} {row['carer__last_name']}".strip()
    return StrandSummary(
        pk=row["pk"],
        key=row["key"],
        case=case,
        carer_name=name,
        relationship=row["carer__relationship"],
        status=StrandStatus(row["status"]),
        status_words=status_words(row["status"], row["response"]),
        not_safe_because=row["not_safe_because"],
        practitioner_id=row["practitioner_id"],
        practitioner_name=row["practitioner__full_name"] or "",
        offered_at=row["offered_at"],
    )


@dataclass(frozen=True)
class YoungPersonHeader:
    """The young person as whoever works with their carer knows them: five things (design.md 5)."""

    initials: str
    reference: str
    centre_name: str
    status_words: str
    somebody_must_not_be_told: bool
    is_reached_safely: bool


def header(user, strand):
    """Of the young person of a strand that ``user`` sees, or nothing."""
    found = carer_visible.young_person(user, strand)
    if found is None:
        return None
    del found["pk"]
    return YoungPersonHeader(**found, reference=strand.case.reference, status_words=strand.case.get_status_display())
