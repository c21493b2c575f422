"""What must hold of the time of support, whatever people do in whatever order, and whatever day it is.

Invariants 5, 6, 7, 17 and 18 of domain.md 10.1: no end beyond six months
without an approved request and none beyond twelve; nobody approves their own;
no sweep closes, rejects or decides anything, and nobody is too old to be seen
to the end.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from cases import clock, extending, operations
from cases.models import Case, ExtensionRequest, Review
from cases.reviewing import plan_reviews_locked
from centres import working_days
from people.ages import age_on, birthday
from reminders.tasks import remind
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import CaseFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db

WORLDS = figure(15, 1000)
PEOPLE = range(3)
SAID = dict.fromkeys(["needs", "what_will_differ", "own_words", "safety", "alternatives"], "x") | {"view": "unsure"}
HELD = {"what_changed": "x", "safety": "x", "because": "x", "consent_check": "still_wanted"}
DECISIONS = ["approved", "approved_shorter", "not_approved", "more_information"]
HARD_STARTS = [date(2026, 8, 31), date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25)]
STARTS = st.one_of(st.sampled_from(HARD_STARTS), st.dates(date(2025, 1, 1), date(2030, 12, 31)))
REFUSALS = (operations.MoveNotAllowed, operations.OwnRequest, ValueError)

person, days = st.sampled_from(PEOPLE), st.integers(-40, 420)
STEPS = st.one_of(
    st.tuples(st.just("ask"), person, days),
    st.tuples(st.just("decide"), person, st.sampled_from(DECISIONS), days),
    st.tuples(st.just("hold"), person),
    st.tuples(st.just("move the end in plain SQL"), days),
    st.tuples(st.just("sweep"), days),
)


def do(step, case, people):
    """One thing that somebody tries; that it is refused is as good as that it is done."""
    what, *how = step
    case.refresh_from_db()
    with suppress(IntegrityError, *REFUSALS), transaction.atomic():
        TRY[what](case, people, *how)


def ask(case, people, who, more):
    until_on = case.planned_end_on + timedelta(days=more)
    with time_machine.travel(max(extending.opens_on(case), timezone.localdate()), tick=False):
        operations.request_extension(case, by=people[who], until_on=until_on, **SAID)


def decide(case, people, who, decision, more):
    request = ExtensionRequest.objects.filter(case=case).first()
    if request is not None:
        shorter = case.planned_end_on + timedelta(days=more)
        operations.decide_extension(
            request, by=people[who], decision=decision, reasons="x", approved_until_on=shorter
        )  # fmt: skip


def hold(case, people, who):
    review = Review.objects.open().filter(case=case).first()
    if review is not None:
        outcome = "extend" if review.kind == "six_month_decision" else "continue"
        day = case.support_started_on
        operations.hold_review(review, by=people[who], held_on=day, outcome=outcome, **HELD)


def move_the_end(case, people, more):
    Case.objects.filter(pk=case.pk).update(planned_end_on=case.support_started_on + timedelta(days=more))


def sweep(case, people, more):
    day = case.planned_end_on + timedelta(days=more)
    before = stands(case)
    with time_machine.travel(f"{day.isoformat()}T12:00:00+00:00", tick=False):
        remind()
    assert stands(case) == before, "the clock moved something of a case"


TRY = {"ask": ask, "decide": decide, "hold": hold, "move the end in plain SQL": move_the_end, "sweep": sweep}


def stands(case):
    """All that a human decides about a case."""
    rows = Case.objects.filter(pk=case.pk), case.reviews.order_by("pk"), case.extension_requests.order_by("pk")
    return [list(found.values_list()) for found in rows]


def assert_it_holds(case):
    case.refresh_from_db()
    six, twelve = (clock.months_after(case.support_started_on, count) for count in (6, 12))
    approved = list(case.extension_requests.approved())
    assert case.is_open
    assert case.planned_end_on <= twelve
    if case.planned_end_on > six:
        assert any(request.approved_until_on >= case.planned_end_on for request in approved)
    for request in case.extension_requests.all():
        assert request.until_on <= twelve
        assert request.decided_by_id != request.requested_by_id
        assert bool(request.decided_at) == bool(request.decision) == bool(request.reasons)
    assert case.reviews.filter(kind="six_month_decision", cancelled_at=None).count() == 1


@pytest.mark.requirement("R-nat-25")
@pytest.mark.requirement("R-nat-26")
@settings(max_examples=WORLDS)
@given(start=STARTS, steps=st.lists(STEPS, min_size=3, max_size=8))
@example(
    start=date(2026, 8, 31),
    steps=[("move the end in plain SQL", 1), ("ask", 0, 1), ("decide", 1, "approved", 0)],
)
def test_whatever_is_tried_the_time_of_support_stays_within_what_was_agreed(start, steps):
    with transaction.atomic():  # each world by itself
        case = CaseFactory(active=True, support_started_on=start)
        people = UserFactory.create_batch(len(PEOPLE))
        MembershipFactory(user=people[0], centre=case.centre, role=Role.TEAM_MANAGER)
        plan_reviews_locked(case, by=people[0])
        for step in steps:
            do(step, case, people)
            assert_it_holds(case)
        transaction.set_rollback(True)


@pytest.mark.parametrize("born", [date(2007, 11, 20), date(2008, 2, 29)])
def test_a_birthday_in_the_middle_of_a_case_ends_nothing(born):
    """Invariant 18: who turns 20 is seen to the end; a human plans what follows."""
    case = CaseFactory(active=True, support_started_on=date(2027, 9, 1), young_person__date_of_birth=born)
    plan_reviews_locked(case, by=case.opened_by)
    twentieth = birthday(born, 20)
    for day in (twentieth - timedelta(days=1), twentieth, twentieth + timedelta(days=400)):
        with time_machine.travel(f"{day.isoformat()}T12:00:00+00:00", tick=False):
            before = stands(case)
            remind()
            assert stands(case) == before
    assert age_on(born, twentieth) == 20
    assert age_on(born, twentieth - timedelta(days=1)) == 19
    assert Case.objects.get(pk=case.pk).is_open


def test_working_days_around_easter_move_what_waits_for_a_manager():
    assert working_days.after(date(2027, 3, 24), 3) == date(2027, 3, 31)
