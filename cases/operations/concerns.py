"""A concern in the story of a case. Who reads the case may open the concern, and read the rest there."""

from django.db import transaction

from cases.enums import EntryKind
from cases.models import Case
from cases.steps import tell


@transaction.atomic
def tell_of_concern(subject, title, *, by, at, path):
    """One line in each open case about this person; where none is open, in the last: what is followed goes on."""
    cases = list(Case.objects.filter(subject=subject).order_by("pk"))
    for case in [case for case in cases if case.is_open] or cases[-1:]:
        tell(case, EntryKind.CONCERN, title, by=by, at=at, path=path)
