"""What a young person thinks of us. Asking is ours, answering is theirs, and their words stay theirs (R-nat-28)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import MoveNotAllowed, lock, lock_open, refuse_twice, tell
from sessions.enums import FeedbackAnswer
from sessions.models import Feedback


@transaction.atomic
def record_feedback(case, *, by, **said):
    """Write down what they said, or that they would rather not. ``said``: columns of ``Feedback``.

    The story says that they were asked; their words stand on the page of
    feedback alone. Raises ``MoveNotAllowed`` once the case is closed and where
    there is no young person in it, ``KeptAlready``.
    """
    case = lock_open(case)
    if not case.asks_for_consent:
        raise MoveNotAllowed(f"{case} is about a carer alone")
    refuse_twice(case.feedback, by=by, **said)
    told = Feedback.objects.create(case=case, by=by, **said)
    record("feedback.recorded", case, by=by, feedback=told.pk, occasion=told.occasion, answered=told.answered)
    words = {"occasion": told.get_occasion_display(), "answer": FeedbackAnswer(told.answered).label}
    path = reverse("sessions:feedback", args=[case.reference])
    tell(case, EntryKind.REVIEW, _("What they think of us. %(occasion)s: %(answer)s") % words, by=by, path=path)
    return told


@transaction.atomic
def take_back_quote(feedback, *, by):
    """They do not want their words used any more. It works also once the case is closed; twice changes nothing.

    Raises ``MoveNotAllowed`` where they never said yes.
    """
    case = lock(feedback.case)
    if takes_back(feedback, by=by):
        record("quote.taken_back", case, by=by, feedback=feedback.pk)
        path = reverse("sessions:feedback", args=[case.reference])
        tell(case, EntryKind.REVIEW, _("Their words are not used any more"), by=by, path=path)


def takes_back(feedback, *, by):
    """Take them back, on either side, by an act that holds what they hang on; not where it was done already."""
    feedback = type(feedback).objects.select_for_update(of=["self"]).get(pk=feedback.pk)
    if feedback.quote_taken_back_at is not None:
        return False
    if not feedback.may_be_taken_back:
        raise MoveNotAllowed(f"{feedback} is not for anybody to quote")
    feedback.quote_taken_back_at, feedback.quote_taken_back_by = timezone.now(), by
    feedback.save(update_fields=["quote_taken_back_at", "quote_taken_back_by"])
    return True
