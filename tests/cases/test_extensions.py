"""More time: asked for with reasons, decided once by another, in the same act planned, never past twelve months."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases import clock, operations
from cases.enums import CaseStatus, ReviewKind, TaskKind
from cases.models import Case, ExtensionRequest, Review, Task
from cases.reviewing import plan_reviews_locked
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

SAID = {
    "needs": "A safe way home.",
    "what_will_differ": "We go there together.",
    "view": "agree",
    "own_words": "I want to be able to do it alone.",
    "safety": "Nobody waits at the gate.",
    "alternatives": "The youth service has no room.",
}
TRACES = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
BEYOND = "case_beyond_six_months_needs_an_extension"


@pytest.fixture
def case():
    return CaseFactory(later=True)


@pytest.fixture
def manager():
    return UserFactory()


def months(case, count, *, more_days=0):
    return clock.months_after(case.support_started_on, count) + timedelta(days=more_days)


def ask(case, by, until_on):
    return operations.request_extension(case, by=by, until_on=until_on, **SAID)


def decide(request, by, decision, **details):
    return operations.decide_extension(request, by=by, decision=decision, reasons="It is needed.", **details)


# Asking


@pytest.mark.requirement("R-nat-26")
def test_more_time_is_asked_for_with_what_remains_and_what_the_young_person_says(case, manager):
    with writes(ExtensionRequest=1, ExtensionRequestEvent=1, AuditEvent=1, **TRACES):
        request = ask(case, manager, months(case, 12))
    assert (request.requested_by, request.until_on, request.is_decided) == (manager, months(case, 12), False)
    case.refresh_from_db()
    assert case.planned_end_on == months(case, 6)


@pytest.mark.requirement("R-nat-26")
def test_more_time_is_twelve_months_at_most(case, manager):
    with leaves_no_trace(), pytest.raises(ValueError, match="within twelve months"):
        ask(case, manager, months(case, 12, more_days=1))


@pytest.mark.parametrize("count", [5, 6])
def test_more_time_is_more_than_is_planned(case, manager, count):
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ask(case, manager, months(case, count))


@pytest.mark.requirement("R-nat-26")
@pytest.mark.parametrize(
    ("months_initial", "before", "opens"), [(6, "2026-12-31", "2027-01-01"), (3, "2026-10-01", "2026-10-02")]
)
def test_more_time_is_asked_for_once_the_six_month_decision_opens(manager, months_initial, before, opens):
    case = CaseFactory(active=True, support_started_on=date(2026, 8, 17), months_initial=months_initial)
    too_early = time_machine.travel(f"{before} 12:00", tick=False)
    with too_early, leaves_no_trace(), pytest.raises(operations.NoMoreTime) as refusal:
        ask(case, manager, months(case, 9))
    assert refusal.value.why == "early"
    with time_machine.travel(f"{opens} 12:00", tick=False):
        assert ask(case, manager, months(case, 9)).pk


@pytest.mark.requirement("R-nat-13")
def test_for_somebody_who_said_no_more_time_is_neither_asked_for_nor_approved(case, manager):
    request = ExtensionRequestFactory(case=case)
    ConsentEventFactory(case=case, no=True)
    for decision, details in [("approved", {}), ("approved_shorter", {"approved_until_on": months(case, 8)})]:
        with leaves_no_trace(), pytest.raises(operations.NoMoreTime) as refusal:
            decide(request, manager, decision, **details)
        assert refusal.value.why == "said_no"
    decide(request, manager, "not_approved")
    with leaves_no_trace(), pytest.raises(operations.NoMoreTime) as refusal:
        ask(case, manager, months(case, 9))
    assert refusal.value.why == "said_no"


@pytest.mark.parametrize("day", [(12, 1), (6, 0)])
def test_nor_does_the_database_take_it(case, day):
    count, more = day
    with pytest.raises(IntegrityError, match="extension_reaches_twelve_months_at_most"), transaction.atomic():
        ExtensionRequestFactory(case=case, until_on=months(case, count, more_days=more))


def test_nor_where_support_has_not_begun():
    case = CaseFactory()
    with pytest.raises(IntegrityError, match="extension_reaches_twelve_months_at_most"), transaction.atomic():
        ExtensionRequestFactory(case=case, until_on=date(2027, 1, 1))


@pytest.mark.parametrize("state", ["planning", "ending", "closed"])
def test_more_time_is_asked_for_while_support_runs(state, manager):
    case = CaseFactory(**{state: True})
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ask(case, manager, timezone.localdate() + timedelta(days=300))


def test_one_request_waits_at_a_time_and_another_may_follow(case, manager):
    first = ExtensionRequestFactory(case=case)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ask(case, manager, months(case, 9))
    decide(first, manager, "more_information")
    assert ask(case, manager, months(case, 9)).pk


# Deciding


@pytest.mark.requirement("R-nat-26")
def test_approving_moves_the_planned_end_and_plans_the_reviews_in_the_same_act(case, manager):
    request = ExtensionRequestFactory(case=case, until_on=months(case, 12))
    ending = ReviewFactory(case=case, kind=ReviewKind.ENDING, due_on=months(case, 6) - timedelta(weeks=6))
    decide(request, manager, "approved")
    case.refresh_from_db()
    assert case.planned_end_on == months(case, 12)
    assert case.reviews.get(kind=ReviewKind.NINE_MONTH).due_on == months(case, 9)
    ending.refresh_from_db()
    assert (ending.cancelled_by, ending.cancelled_because) == (manager, "The planned end has moved.")
    assert [row.due_on for row in case.reviews.filter(kind=ReviewKind.ENDING).open()] == [
        months(case, 12) - timedelta(weeks=6)
    ]


def test_more_time_asks_for_no_review_in_the_past_and_for_none_again(manager):
    started_on = date(2026, 8, 31)
    case = CaseFactory(active=True, support_started_on=started_on)
    with time_machine.travel("2026-09-01 12:00", tick=False):
        operations_of_start(case, manager)
    with time_machine.travel("2027-03-10 12:00", tick=False):  # past its planned end
        request = ExtensionRequestFactory(case=case, until_on=date(2027, 8, 31))
        held = operations.hold_review(
            case.reviews.get(kind=ReviewKind.THREE_MONTH), by=manager, held_on=date(2026, 12, 1), outcome="continue",
            what_changed="x", safety="x", consent_check="still_wanted", because="x",
        )  # fmt: skip
        decide(request, manager, "approved")
    new = case.reviews.filter(kind__in=[ReviewKind.EXTENSION, ReviewKind.NINE_MONTH])
    assert min(new.values_list("due_on", flat=True)) == date(2027, 3, 29)
    assert list(case.reviews.filter(kind=ReviewKind.THREE_MONTH)) == [held]


def operations_of_start(case, by):
    with transaction.atomic():
        plan_reviews_locked(case, by=by)


@pytest.mark.requirement("R-nat-26")
def test_a_shorter_time_is_approved_as_such(case, manager):
    request = ExtensionRequestFactory(case=case, until_on=months(case, 12))
    decided = decide(request, manager, "approved_shorter", approved_until_on=months(case, 8))
    case.refresh_from_db()
    assert (decided.approved_until_on, case.planned_end_on) == (months(case, 8), months(case, 8))


@pytest.mark.parametrize("shorter", [None, 6, 9, 12])
def test_a_shorter_time_lies_between_the_planned_end_and_what_was_asked(case, manager, shorter):
    request = ExtensionRequestFactory(case=case, until_on=months(case, 9))
    until = shorter and months(case, shorter)
    with leaves_no_trace(), pytest.raises(ValueError, match="shorter"):
        decide(request, manager, "approved_shorter", approved_until_on=until)


def test_not_approving_asks_for_a_plan_for_the_ending_and_ends_nothing(case, manager):
    lead = AssignmentFactory(case=case).user
    request = ExtensionRequestFactory(case=case)
    with writes(ExtensionRequestEvent=1, Task=1, TaskEvent=1, AuditEvent=2, **TRACES):
        decide(request, manager, "not_approved")
    task = Task.objects.get()
    assert (task.kind, task.owner) == (TaskKind.ENDING_PLAN, lead)
    case.refresh_from_db()
    assert (case.status, case.planned_end_on) == (CaseStatus.ACTIVE, months(case, 6))


def test_more_information_is_an_answer_too_and_owes_nothing(case, manager):
    request = ExtensionRequestFactory(case=case)
    with writes(ExtensionRequestEvent=1, AuditEvent=1, **TRACES):
        assert not decide(request, manager, "more_information").is_approved


@pytest.mark.requirement("R-nat-26")
@pytest.mark.parametrize("decision", ["approved", "not_approved", "more_information"])
def test_nobody_decides_on_their_own_request(case, decision):
    request = ExtensionRequestFactory(case=case)
    with leaves_no_trace(), pytest.raises(operations.OwnRequest):
        decide(request, request.requested_by, decision)


def test_a_request_is_decided_once(case, manager):
    request = ExtensionRequestFactory(case=case, decided=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        decide(request, manager, "approved")


@pytest.mark.parametrize("status", [CaseStatus.ENDING, CaseStatus.CLOSED])
def test_an_ending_case_gets_no_more_time(manager, status):
    request = ExtensionRequestFactory(case=CaseFactory(**{status.value: True}))
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        decide(request, manager, "approved")


def test_a_decision_says_why(case, manager):
    request = ExtensionRequestFactory(case=case)
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.decide_extension(request, by=manager, decision="approved", reasons=" ")


# What the database keeps


@pytest.mark.requirement("R-nat-25")
def test_six_months_and_a_day_are_refused_without_an_approved_request(case):
    ExtensionRequestFactory(case=case, decided=True)
    with pytest.raises(IntegrityError, match=BEYOND), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(planned_end_on=months(case, 6, more_days=1))


@pytest.mark.requirement("R-nat-25")
def test_raw_sql_is_refused_too(case):
    with pytest.raises(IntegrityError, match=BEYOND), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET planned_end_on = planned_end_on + 1 WHERE id = %s", [case.pk])


@pytest.mark.parametrize(("count", "more", "is_taken"), [(9, 0, True), (8, 0, True), (9, 1, False)])
def test_an_approved_request_reaches_as_far_as_it_says(case, count, more, is_taken):
    ExtensionRequestFactory(case=case, approved=True, until_on=months(case, 9))
    rows = Case.objects.filter(pk=case.pk)
    if is_taken:
        assert rows.update(planned_end_on=months(case, count)) == 1
        return
    with pytest.raises(IntegrityError, match=BEYOND), transaction.atomic():
        rows.update(planned_end_on=months(case, count, more_days=more))


def test_the_request_of_another_case_is_of_no_use(case):
    ExtensionRequestFactory(approved=True)
    with pytest.raises(IntegrityError, match=BEYOND), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(planned_end_on=months(case, 7))


def test_nor_is_the_start_moved_under_a_plan(case):
    with pytest.raises(IntegrityError, match=BEYOND), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(support_started_on=case.support_started_on - timedelta(days=1))


@pytest.mark.requirement("R-nat-26")
def test_past_twelve_months_raw_sql_is_refused_whatever_was_approved(case):
    ExtensionRequestFactory(case=case, approved=True, until_on=months(case, 12))
    Case.objects.filter(pk=case.pk).update(planned_end_on=months(case, 12))
    rule = "case_planned_for_twelve_months_at_most"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET planned_end_on = planned_end_on + 1 WHERE id = %s", [case.pk])


@pytest.mark.parametrize("change", [{"needs": "x"}, {"until_on": date(2026, 12, 1)}, {"requested_by": None}])
def test_what_was_asked_stays_as_it_was_asked(case, change):
    request = ExtensionRequestFactory(case=case)
    if "requested_by" in change:
        change = {"requested_by": UserFactory()}
    with pytest.raises(IntegrityError, match="extension_is_decided_once"), transaction.atomic():
        ExtensionRequest.objects.filter(pk=request.pk).update(**change)


def test_what_was_decided_is_neither_changed_nor_deleted(case):
    request = ExtensionRequestFactory(case=case, approved=True)
    rows = ExtensionRequest.objects.filter(pk=request.pk)
    for break_it in (lambda: rows.update(reasons="x"), rows.delete):
        with pytest.raises(IntegrityError, match="extension_is_decided_once"), transaction.atomic():
            break_it()


@pytest.mark.requirement("R-nat-27")
@pytest.mark.parametrize("today", ["2027-03-01", "2027-09-01", "2031-01-01"])
def test_a_case_that_runs_over_stays_open_and_every_act_stays_possible(today, manager):
    case = CaseFactory(active=True, support_started_on=date(2026, 8, 31))
    review = ReviewFactory(case=case, due_on=date(2026, 10, 12))
    with time_machine.travel(f"{today} 12:00", tick=False):
        operations.add_note(case, by=manager, text="Rang.")
        operations.hold_review(
            review, by=manager, held_on=date(2027, 2, 1), outcome="continue", what_changed="x", safety="x",
            consent_check="still_wanted", because="x",
        )  # fmt: skip
        case.refresh_from_db()
        assert (case.is_open, case.is_past_planned_end) == (True, True)
        assert list(Case.objects.past_planned_end()) == [case]
    assert Review.objects.get().held_by == manager
