"""A hold, a question to the referrer, a second look: what each act writes, and when it refuses."""

from datetime import date, datetime

import pytest
import time_machine

from outbox.models import Message
from referrals import operations
from referrals.enums import Outcome, ReferralStatus
from tests.factories.accounts import UserFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import DecisionFactory
from tests.referrals.domain.waiting import (
    ENDED,
    LONDON,
    MONDAY,
    NOT_BEING_SCREENED,
    a_referral,
    ask,
    hold,
    in_days,
    verbs,
)
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

# Hold


def test_a_hold_keeps_its_reason_and_its_day_and_the_clock_runs_on():
    referral, worker = a_referral("screening"), UserFactory()

    with writes(ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=1):
        held = hold(referral, by=worker, review_on=date(2030, 1, 7))

    assert (held.status, held.review_on, held.paused_at) == (ReferralStatus.ON_HOLD, date(2030, 1, 7), None)
    assert held.decide_by == referral.decide_by
    [step] = held.status_changes.all()
    assert (step.from_status, step.to_status, step.by) == ("screening", "on_hold", worker)
    assert step.note == "The school is closed.\n\nTo be looked at again on 7 January 2030."
    assert verbs() == ["referral.held"]


def test_a_referral_on_hold_becomes_overdue_as_any_other():
    referral = a_referral("screening", overdue=True)
    assert hold(referral).is_overdue


def test_screening_goes_on_after_a_hold():
    referral, worker = a_referral("on_hold"), UserFactory()

    with writes(ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=1):
        resumed = operations.resume(referral, by=worker)

    assert (resumed.status, resumed.review_on, resumed.owner) == (ReferralStatus.SCREENING, None, referral.owner)
    assert resumed.decide_by == referral.decide_by
    assert verbs() == ["referral.screening_resumed"]


@pytest.mark.parametrize("trait", [*NOT_BEING_SCREENED, "waiting"])
def test_only_what_is_being_screened_and_undecided_is_put_on_hold(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        hold(referral, by=worker)


@pytest.mark.parametrize("trait", ["", "screening", "waiting", "awaiting_information", *ENDED])
def test_only_a_hold_is_resumed(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.resume(referral, by=worker)


@pytest.mark.parametrize("changed", [{"reason": "  "}, {"reason": ""}, {"review_on": None}, {"review_on": -1}])
def test_a_hold_has_a_reason_and_a_day_to_come(changed):
    referral, worker = a_referral("screening"), UserFactory()
    if "review_on" in changed:
        changed = {"review_on": in_days(changed["review_on"] or 0)}
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        hold(referral, by=worker, **changed)


# A second look


@pytest.mark.parametrize("trait", ENDED)
@time_machine.travel(MONDAY, tick=False)
def test_what_ended_is_looked_at_again_with_a_new_day_and_the_referrer_is_told(trait):
    referral, manager = a_referral(trait, overdue=True), UserFactory()

    with writes(ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=1, Message=1):
        again = operations.reopen(referral, by=manager, reason="The social worker rang.")

    assert (again.status, again.decided_at) == (ReferralStatus.SCREENING, None)
    assert again.decide_by == datetime(2026, 6, 22, 17, 0, tzinfo=LONDON)
    [step] = again.status_changes.all()
    assert (step.from_status, step.to_status, step.by, step.note) == (
        referral.status,
        "screening",
        manager,
        "The social worker rang.",
    )
    [letter] = Message.objects.all()
    assert (letter.template, letter.to, letter.due_on) == (
        "referral-reopened",
        referral.referrer_email,
        date(2026, 6, 22),
    )
    assert letter.path == f"/refer/{referral.form_token}/outcome/"
    assert verbs() == ["referral.reopened"]


@pytest.mark.parametrize("trait", ["", "screening", "waiting", "awaiting_information", "on_hold"])
def test_only_what_ended_is_opened_again(trait):
    referral, manager = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.reopen(referral, by=manager, reason="The social worker rang.")


def test_a_second_look_needs_a_reason():
    referral, manager = a_referral("not_accepted"), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.reopen(referral, by=manager, reason=" ")


def test_it_can_end_and_be_opened_more_than_once():
    referral, manager = a_referral("screening"), UserFactory()
    for outcome in [Outcome.ACCEPTED_ALLOCATE, Outcome.DUPLICATE_MERGED]:
        operations.decide(referral, by=manager, outcome=outcome)
        operations.reopen(referral, by=manager, reason="Something has changed.")

    assert Message.objects.filter(template="referral-reopened").count() == 2
    assert Message.objects.filter(template="referral-outcome").count() == 2


def test_what_was_decided_before_is_not_changed_by_a_second_look():
    referral = a_referral("accepted")
    [decision] = referral.decisions.values()
    operations.reopen(referral, by=UserFactory(), reason="Something has changed.")
    assert [decision] == list(referral.decisions.values())


@pytest.mark.parametrize("act", ["hold", "resume", "ask", "stop_waiting", "reopen", "check_criteria"])
def test_who_was_kept_out_since_they_read_the_page_is_refused(act):
    starts_from = {"resume": "on_hold", "stop_waiting": "awaiting_information", "reopen": "accepted"}
    referral = a_referral(starts_from.get(act, "screening"))
    worker = ExclusionFactory(subject=referral.subject).user
    call = {
        "hold": lambda: hold(referral, by=worker),
        "resume": lambda: operations.resume(referral, by=worker),
        "ask": lambda: ask(referral, by=worker),
        "stop_waiting": lambda: operations.stop_waiting(referral, by=worker, reason="Told."),
        "reopen": lambda: operations.reopen(referral, by=worker, reason="Changed."),
        "check_criteria": lambda: operations.check_criteria(referral, by=worker, answers={}, seen=""),
    }[act]
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        call()


def test_a_decision_that_came_back_does_not_stop_a_question():
    referral = DecisionFactory(sent_back=True).referral
    assert ask(referral).is_open
