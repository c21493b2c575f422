"""What a parent or carer thinks of us (R-nat-28). It stands on their own strand, and nothing hangs on the answer."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import refuse_twice
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold, hold_free, tell_strand
from sessions.models.carers import CarerFeedback
from sessions.operations.feedback import takes_back


@transaction.atomic
def record_carer_feedback(strand, *, by, **said):
    """Write down what they said, or that they would rather not; also once the support has ended.

    Their own story says that they were asked; their words stand on the page of
    feedback alone. ``said``: columns of ``CarerFeedback``. Raises
    ``MoveNotAllowed`` where a manager holds it back, ``KeptAlready``.
    """
    strand = hold_free(strand)
    refuse_twice(strand.carer_feedback, by=by, **said)
    told = CarerFeedback.objects.create(strand=strand, by=by, **said)
    about = {"feedback": told.pk, "occasion": told.occasion, "answered": told.answered}
    record("carer_feedback.recorded", strand, by=by, **about)
    words = {"occasion": told.get_occasion_display(), "answer": told.get_answered_display()}
    _tell(strand, _("What they think of us. %(occasion)s: %(answer)s") % words, by)
    return told


@transaction.atomic
def take_back_carer_quote(feedback, *, by):
    """They do not want their words used any more: at any time, also while a manager holds it back. Twice is once.

    Raises ``MoveNotAllowed`` where they never said yes.
    """
    strand = hold(feedback.strand)
    if takes_back(feedback, by=by):
        record("carer_quote.taken_back", strand, by=by, feedback=feedback.pk)
        _tell(strand, _("Their words are not used any more"), by)


def _tell(strand, title, by):
    path = reverse("sessions:carer_feedback", args=[strand.key])
    tell_strand(strand, StrandEntryKind.STRAND, title, by=by, path=path)
