"""What the end of a case with a carer alone asks of their strands. A young person's case is never asked."""

from django.utils.translation import gettext as _

from cases.findings import Finding
from sessions.models.carers import CarerStrand


def findings(case):
    """Nobody works with a parent or carer of a case that is over and has nothing else in it."""
    found = _("Somebody still works with them.") if CarerStrand.objects.worked_on().filter(case=case).exists() else ""
    words = _("The support of each parent or carer has ended")
    return [Finding("carer_strands", words, is_done=not found, found=found)]
