"""Many at once, on real connections: exactly one decides, and a review is held once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from cases import clock, operations
from cases.models import Case, ExtensionRequest, TimelineEntry
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
TRIALS = figure(3, 100)
REFUSED = "refused"


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier. What each answered."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except operations.MoveNotAllowed:
            return REFUSED
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.requirement("R-nat-26")
def test_of_several_managers_who_decide_on_more_time_one_wins():
    people = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        request = ExtensionRequestFactory()
        decisions = ["approved", "not_approved"] * (THREADS // 2)

        answers = at_once(
            [
                lambda by=by, decision=decision, request=request: operations.decide_extension(
                    request, by=by, decision=decision, reasons="It is needed."
                )
                for by, decision in zip(people, decisions, strict=True)
            ]
        )

        [won] = [answer for answer in answers if answer != REFUSED]
        kept, case = ExtensionRequest.objects.get(pk=request.pk), Case.objects.get(pk=request.case_id)
        assert (kept.decided_by_id, kept.decision) == (won.decided_by_id, won.decision)
        moved = case.planned_end_on != clock.months_after(case.support_started_on, 6)
        assert moved == (won.decision == "approved")
        assert case.tasks.count() == (won.decision == "not_approved")
        assert TimelineEntry.objects.filter(case=case).count() == 1


def test_of_several_who_hold_one_review_one_wins():
    people = UserFactory.create_batch(THREADS)
    told = {"what_changed": "x", "safety": "x", "because": "x", "consent_check": "still_wanted"}
    for _trial in range(TRIALS):
        review = ReviewFactory()
        answers = at_once(
            [
                lambda by=by, review=review: operations.hold_review(
                    review, by=by, held_on=timezone.localdate(), outcome="continue", **told
                )
                for by in people
            ]
        )
        [won] = [answer for answer in answers if answer != REFUSED]
        review.refresh_from_db()
        assert review.held_by_id == won.held_by_id
        assert TimelineEntry.objects.filter(case=review.case_id).count() == 1
