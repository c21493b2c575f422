"""Reviews: planned when support starts, held once by a human, cancelled with a reason, and kept as written."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import operations
from cases.enums import CaseStatus, ReviewKind, outcomes_of
from cases.models import Case, Review, TimelineEntry
from cases.starting import start_support_locked
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.reviews import ReviewFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

K = ReviewKind
TOLD = {
    "present": "Both of us.",
    "what_changed": "School goes well.",
    "safety": "Nothing has changed.",
    "consent_check": "still_wanted",
    "own_words": "I am glad we talk.",
    "because": "The plan fits.",
}
TRACES = {"TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1}


def today():
    return timezone.localdate()


def hold(review, by, *, outcome="continue", **more):
    return operations.hold_review(review, by=by, held_on=today(), outcome=outcome, **TOLD | more)


@pytest.mark.requirement("R-nat-25")
def test_when_support_starts_its_reviews_are_planned(django_assert_max_num_queries):
    case, by = CaseFactory(planning=True), UserFactory()
    with transaction.atomic(), django_assert_max_num_queries(11):
        start_support_locked(Case.objects.select_for_update(of=["self"]).get(pk=case.pk), on=date(2026, 8, 31), by=by)
    planned = list(case.reviews.values_list("kind", "opens_on", "due_on"))
    assert (K.SIX_MONTH_DECISION, date(2027, 1, 15), date(2027, 2, 15)) in planned
    assert (K.ENDING, date(2027, 1, 17), date(2027, 1, 17)) in planned
    assert [due for kind, _opens, due in planned if kind == K.SIX_WEEKLY] == [
        date(2026, 8, 31) + timedelta(weeks=6 * n) for n in (1, 2, 3, 4)
    ]
    assert len(planned) == 8


def test_they_are_planned_as_the_offer_of_the_case_says():
    case, by = CaseFactory(planning=True), UserFactory()
    type(case.offer).objects.filter(pk=case.offer_id).update(plan_review_weeks=4, ending_review_weeks=2)
    with transaction.atomic():
        start_support_locked(Case.objects.get(pk=case.pk), on=date(2026, 9, 1), by=by)
    assert case.reviews.get(kind=K.ENDING).due_on == date(2027, 2, 15)
    assert case.reviews.filter(kind=K.SIX_WEEKLY).count() == 6


def test_a_review_is_held_and_told():
    review, by = ReviewFactory(), UserFactory()
    with writes(ReviewEvent=1, **TRACES):
        held = hold(review, by)
    held.refresh_from_db()
    assert (held.held_by, held.held_on, held.outcome, held.own_words) == (by, today(), "continue", "I am glad we talk.")
    assert TimelineEntry.objects.get().title == "Plan review: Go on as planned"


@pytest.mark.parametrize("outcome", outcomes_of(K.SIX_MONTH_DECISION))
def test_the_six_month_decision_is_one_of_four_and_a_human_makes_it(outcome):
    review, by = ReviewFactory(decision=True), UserFactory()
    assert hold(review, by, outcome=outcome).held_by == by
    case = review.case
    case.refresh_from_db()
    assert case.status == CaseStatus.ACTIVE


@pytest.mark.parametrize(("kind", "outcome"), [(K.SIX_WEEKLY, "extend"), (K.SIX_MONTH_DECISION, "continue")])
def test_no_review_decides_what_is_not_its_to_decide(kind, outcome):
    review, by = ReviewFactory(kind=kind), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="no outcome"):
        hold(review, by, outcome=outcome)


@pytest.mark.parametrize("state", [{"held": True}, {"cancelled": True}, {"case__closed": True}])
def test_a_review_is_held_once_and_never_on_a_closed_case(state):
    review, by = ReviewFactory(**state), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        hold(review, by)


def test_a_review_that_nobody_planned_is_written_down():
    case, by = CaseFactory(), UserFactory()
    with writes(Review=1, ReviewEvent=1, **TRACES):
        review = operations.add_review(case, by=by, held_on=today(), outcome="change", **TOLD)
    assert (review.kind, review.is_open) == (K.UNSCHEDULED, False)
    closed = CaseFactory(closed=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.add_review(closed, by=by, held_on=today(), outcome="change", **TOLD)


def test_a_review_that_is_not_needed_is_cancelled_with_a_reason():
    review, by = ReviewFactory(), UserFactory()
    with writes(ReviewEvent=1, **TRACES):
        cancelled = operations.cancel_review(review, by=by, because="We met last week.")
    assert (cancelled.cancelled_by, cancelled.cancelled_because, cancelled.is_open) == (by, "We met last week.", False)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.cancel_review(review, by=by, because="Again.")
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.cancel_review(review, by=by, because=" ")


def test_the_six_month_decision_is_never_cancelled():
    review, by = ReviewFactory(decision=True), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.cancel_review(review, by=by, because="No need.")


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_was_written_is_neither_changed_nor_deleted(state):
    review = ReviewFactory(**{state: True})
    rows = Review.objects.filter(pk=review.pk)
    with pytest.raises(IntegrityError, match="review_is_held_once"), transaction.atomic():
        rows.update(own_words="x")
    with pytest.raises(IntegrityError, match="review_is_held_once"), transaction.atomic():
        rows.delete()


def test_a_planned_review_is_not_deleted_either():
    review = ReviewFactory()
    with pytest.raises(IntegrityError, match="review_is_held_once"), transaction.atomic():
        Review.objects.filter(pk=review.pk).delete()


def test_a_review_is_asked_for_from_its_day_and_overdue_after_it():
    asked = ReviewFactory(due_on=today() + timedelta(days=7))
    later = ReviewFactory(due_on=today() + timedelta(days=8))
    late = ReviewFactory(due_on=today() - timedelta(days=1))
    assert [asked.is_asked_for, later.is_asked_for, late.is_asked_for] == [True, False, True]
    assert [asked.is_overdue, late.is_overdue] == [False, True]
    assert set(Review.objects.asked_for()) == {asked, late}
