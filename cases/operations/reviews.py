"""Holding reviews. A human says what came of each; the six-month decision is one of them."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind, ReviewKind, outcomes_of
from cases.models import Review
from cases.reviewing import cancel_locked
from cases.steps import MoveNotAllowed, lock_open, tell


@transaction.atomic
def hold_review(review, *, by, held_on, outcome, **told):
    """Write down a planned review. ``told``: the other columns of ``Review``.

    Raises ``MoveNotAllowed`` where somebody has held or cancelled it or the
    case is closed, ``ValueError`` for an outcome that is not of its kind.
    """
    case = lock_open(review.case)
    review = Review.objects.select_for_update(of=["self"]).get(pk=review.pk)
    if not review.is_open:
        raise MoveNotAllowed(f"{review} was held or is not needed")
    return _hold(case, review, by=by, held_on=held_on, outcome=outcome, told=told)


@transaction.atomic
def add_review(case, *, by, held_on, outcome, **told):
    """Write down a review that nobody had planned. Raises ``MoveNotAllowed`` once the case is closed."""
    case = lock_open(case)
    review = Review(case=case, kind=ReviewKind.UNSCHEDULED, opens_on=held_on, due_on=held_on)
    return _hold(case, review, by=by, held_on=held_on, outcome=outcome, told=told)


def _hold(case, review, *, by, held_on, outcome, told):
    if outcome not in outcomes_of(review.kind):
        raise ValueError(f"{outcome} is no outcome of {review.kind}")
    for name, value in told.items():
        setattr(review, name, value)
    review.held_on, review.held_by, review.held_at, review.outcome = held_on, by, timezone.now(), outcome
    review.save()
    record("review.held", case, by=by, review=review.pk, kind=review.kind, outcome=outcome)
    words = {"kind": review.get_kind_display(), "outcome": review.get_outcome_display()}
    path = reverse("cases:reviews", args=[case.reference])
    tell(case, EntryKind.REVIEW, _("%(kind)s: %(outcome)s") % words, by=by, words=review.because, path=path)
    return review


@transaction.atomic
def cancel_review(review, *, by, because):
    """Say why a planned review is not needed. The six-month decision always is: somebody decides.

    Raises ``MoveNotAllowed`` where it was held or cancelled, ``ValueError`` without a reason.
    """
    if not because.strip():
        raise ValueError("say why it is not needed")
    case = lock_open(review.case)
    found = Review.objects.filter(pk=review.pk, case=case).exclude(kind=ReviewKind.SIX_MONTH_DECISION)
    if not cancel_locked(found, by=by, because=because):
        raise MoveNotAllowed(f"{review} was held, or is always needed")
    record("review.cancelled", case, by=by, review=review.pk, kind=review.kind)
    path = reverse("cases:reviews", args=[case.reference])
    title = _("Not needed: %(kind)s") % {"kind": review.get_kind_display()}
    tell(case, EntryKind.REVIEW, title, by=by, words=because, path=path)
    return Review.objects.get(pk=review.pk)
