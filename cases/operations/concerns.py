"""A concern in the story of a case. Who reads the case may open the concern, and read the rest there."""

from django.db import transaction

from audit.recording import record
from cases.enums import EntryKind
from cases.models import Case, TimelineEntry
from cases.steps import lock, tell
from safeguarding.operations import raise_concern


@transaction.atomic
def tell_of_concern(subject, title, *, by, at, path):
    """One line in each open case about this person; where none is open, in the last: what is followed goes on."""
    cases = list(Case.objects.filter(subject=subject).order_by("pk"))
    for case in [case for case in cases if case.is_open] or cases[-1:]:
        tell(case, EntryKind.CONCERN, title, by=by, at=at, path=path)


@transaction.atomic
def raise_of_entry(entry, *, by, **said):
    """Raise a concern of what a line of the story says; the line tells from then on that somebody did.

    ``said``: severity, what and done_now. The first that is raised of a line
    stays with it. Also on a case that is closed.
    """
    case = lock(entry.case)
    concern = raise_concern(case.subject, by=by, **said)
    if TimelineEntry.objects.filter(pk=entry.pk, case=case, concern=None).update(concern=concern):
        record("entry.raised", case, by=by, entry=entry.pk, concern=concern.pk)
    return concern
