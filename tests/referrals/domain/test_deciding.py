"""Deciding, alone or with a second person: what is written, when it waits, when it is refused."""

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import Message
from referrals import operations
from referrals.enums import (
    ACCEPTS,
    ALWAYS_BY_TWO,
    DOES_NOT_ACCEPT,
    STATUS_AFTER,
    Category,
    Outcome,
    ReferralStatus,
    SecondPersonReason,
)
from referrals.models import Referral
from referrals.operations.deciding import NotReadyForSupport
from tests.factories.accounts import UserFactory
from tests.factories.centres import LocalAuthorityFactory
from tests.factories.referrals import DecisionFactory, NotAcceptedReasonFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ALONE = [outcome for outcome in Outcome if outcome not in ALWAYS_BY_TWO]
APPLIED = {
    "ReferralEvent": 1,
    "StatusChange": 1,
    "StatusChangeEvent": 1,
    "Decision": 1,
    "DecisionEvent": 1,
    "AuditEvent": 2,
    "Message": 1,
}
SAVED = {"Decision": 1, "DecisionEvent": 1, "AuditEvent": 1}


def words_for(outcome):
    """What must be said: a reason and a suggestion where it is not accepted."""
    if outcome not in DOES_NOT_ACCEPT:
        return {}
    return {
        "reason": NotAcceptedReasonFactory(),
        "explanation": "Another service works with this.",
        "suggestion": "Ring the early help team.",
    }


def events():
    return [(event.verb, event.actor_id, event.facts) for event in AuditEvent.objects.order_by("pk")]


@pytest.mark.parametrize("outcome", ALONE)
def test_one_person_decides_and_status_history_and_letter_follow(outcome):
    referral, worker, words = ReferralFactory(screening=True), UserFactory(), words_for(outcome)

    with writes(**APPLIED):
        decision = operations.decide(referral, by=worker, outcome=outcome, **words)

    referral.refresh_from_db()
    status = STATUS_AFTER[outcome]
    assert (referral.status, referral.decided_at <= timezone.now()) == (status, True)
    assert (decision.outcome, decision.decided_by, decision.needs_second_person) == (outcome, worker, [])
    assert (decision.reason, decision.explanation, decision.suggestion) == (
        words.get("reason"),
        words.get("explanation", ""),
        words.get("suggestion", ""),
    )
    [change] = referral.status_changes.all()
    assert (change.from_status, change.to_status, change.by) == ("screening", status, worker)
    verb = {"accepted": "accepted", "not_accepted": "not_accepted", "duplicate": "joined", "withdrawn": "withdrawn"}
    assert events() == [
        ("decision.made", worker.pk, {"decision": decision.pk, "outcome": outcome}),
        (f"referral.{verb[status]}", worker.pk, {"came_from": "screening"}),
    ]
    [letter] = Message.objects.all()
    assert (letter.template, letter.to, letter.reference, letter.due_on, letter.counts) == (
        "referral-outcome",
        referral.referrer_email,
        referral.reference,
        None,
        {},
    )


def a_concern(referral):
    ConcernFactory(subject=referral.subject)


def nothing_more(referral):
    pass


NEEDS_TWO = [
    ({"current": True}, nothing_more, Outcome.ACCEPTED_ALLOCATE, [SecondPersonReason.CURRENT_EXPLOITATION]),
    (
        {"route_c": True, "route_c_follow_up": Category.CURRENT},
        nothing_more,
        Outcome.ACCEPTED_WAITING_LIST,
        [SecondPersonReason.CURRENT_EXPLOITATION],
    ),
    ({"too_young": True}, nothing_more, Outcome.ACCEPTED_ALLOCATE, [SecondPersonReason.AGAINST_A_FINDING]),
    ({}, a_concern, Outcome.SIGNPOSTED_OTHER_SERVICE, [SecondPersonReason.OPEN_CONCERN]),
    ({}, nothing_more, Outcome.NOT_ELIGIBLE, [SecondPersonReason.OUTCOME_NEEDS_TWO]),
    (
        {},
        a_concern,
        Outcome.NO_CAPACITY,
        [SecondPersonReason.OPEN_CONCERN, SecondPersonReason.OUTCOME_NEEDS_TWO],
    ),
]
ONE_IS_ENOUGH = [
    ({"current": True}, nothing_more, Outcome.SIGNPOSTED_OTHER_SERVICE),
    ({"route_c": True}, nothing_more, Outcome.ACCEPTED_ALLOCATE),
    ({"too_young": True}, nothing_more, Outcome.OFFER_GROUP_WORK),
    ({}, a_concern, Outcome.ACCEPTED_ALLOCATE),
    ({"unclear_age": True}, nothing_more, Outcome.ACCEPTED_ALLOCATE),
    (
        {},
        lambda referral: ConcernFactory(subject=referral.subject, closed=True),
        Outcome.SIGNPOSTED_OTHER_SERVICE,
    ),
]


@pytest.mark.parametrize(("traits", "around", "outcome", "reasons"), NEEDS_TWO)
def test_some_decisions_are_only_saved_and_nobody_is_told(traits, around, outcome, reasons):
    referral, worker, words = ReferralFactory(screening=True, **traits), UserFactory(), words_for(outcome)
    around(referral)

    with writes(**SAVED):
        decision = operations.decide(referral, by=worker, outcome=outcome, **words)

    before = referral.decide_by
    referral.refresh_from_db()
    assert (referral.status, referral.decided_at, referral.decide_by) == ("screening", None, before)
    assert (decision.needs_second_person, decision.waits_for_second_person) == (reasons, True)


@pytest.mark.parametrize(("traits", "around", "outcome"), ONE_IS_ENOUGH)
def test_other_decisions_take_effect_at_once(traits, around, outcome):
    referral, worker, words = ReferralFactory(screening=True, **traits), UserFactory(), words_for(outcome)
    around(referral)

    with writes(**APPLIED):
        operations.decide(referral, by=worker, outcome=outcome, **words)


def test_a_concern_about_somebody_else_needs_nobody_more():
    referral, words = ReferralFactory(screening=True), words_for(Outcome.OFFER_GROUP_WORK)
    ConcernFactory()

    decision = operations.decide(referral, by=UserFactory(), outcome=Outcome.OFFER_GROUP_WORK, **words)

    assert decision.needs_second_person == []


def test_an_area_nobody_serves_is_checked_and_needs_nobody_more():
    referral = ReferralFactory(screening=True, local_authority=LocalAuthorityFactory(centre=None))

    assert operations.decide(referral, by=UserFactory(), outcome=ACCEPTS[0]).needs_second_person == []


def test_countersigning_applies_it_in_one_act():
    referral, second = ReferralFactory(waiting=True), UserFactory()
    [decision] = referral.decisions.all()

    with writes(DecisionEvent=1, ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=2, Message=1):
        signed = operations.countersign(decision, by=second)

    referral.refresh_from_db()
    assert (signed.countersigned_by, signed.countersigned_at is not None) == (second, True)
    assert (referral.status, referral.decided_at is not None) == (ReferralStatus.ACCEPTED, True)
    [change] = referral.status_changes.all()
    assert (change.from_status, change.to_status, change.by) == ("screening", "accepted", second)
    assert events() == [
        ("decision.countersigned", second.pk, {"decision": decision.pk}),
        ("referral.accepted", second.pk, {"came_from": "screening"}),
    ]
    assert Message.objects.get().to == referral.referrer_email


def test_sending_back_keeps_the_reason_and_changes_nothing_else():
    referral, second = ReferralFactory(waiting=True), UserFactory()
    [decision] = referral.decisions.all()

    with writes(DecisionEvent=1, AuditEvent=1):
        back = operations.send_back(decision, by=second, reason="Ring the social worker first.")

    referral.refresh_from_db()
    assert (back.sent_back_by, back.sent_back_reason) == (second, "Ring the social worker first.")
    assert (referral.status, referral.decided_at) == ("screening", None)
    assert events() == [("decision.sent_back", second.pk, {"decision": decision.pk})]


def test_after_it_was_sent_back_it_can_be_decided_again():
    referral, words = ReferralFactory(screening=True), words_for(Outcome.OFFER_GROUP_WORK)
    DecisionFactory(referral=referral, sent_back=True)

    decision = operations.decide(referral, by=UserFactory(), outcome=Outcome.OFFER_GROUP_WORK, **words)

    assert decision.referral.decisions.count() == 2


# Refusals


@pytest.mark.parametrize(
    "trait", ["", "awaiting_information", "on_hold", "accepted", "not_accepted", "duplicate", "withdrawn", "waiting"]
)
def test_only_what_is_being_screened_and_does_not_wait_is_decided(trait):
    referral, worker = ReferralFactory(**({trait: True} if trait else {})), UserFactory()

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.decide(referral, by=worker, outcome=Outcome.ACCEPTED_ALLOCATE)


def test_the_second_decision_loses_even_with_a_stale_object():
    referral, worker = ReferralFactory(screening=True), UserFactory()
    stale = Referral.objects.get(pk=referral.pk)
    operations.decide(referral, by=worker, outcome=Outcome.ACCEPTED_ALLOCATE)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.decide(stale, by=worker, outcome=Outcome.WITHDRAWN_BY_REFERRER)


@pytest.mark.requirement("R-wal-33", part="route B is not accepted before it is said that they are ready")
@pytest.mark.parametrize("outcome", ACCEPTS)
@pytest.mark.parametrize("words", ["", "  \n "])
def test_route_b_is_not_accepted_before_it_is_said_what_shows_readiness(outcome, words):
    referral, worker = ReferralFactory(screening=True, route_b=True, ready_for_support=words), UserFactory()

    with leaves_no_trace(), pytest.raises(NotReadyForSupport):
        operations.decide(referral, by=worker, outcome=outcome)


@pytest.mark.requirement("R-wal-33", part="route B is not accepted before it is said that they are ready")
def test_route_b_is_accepted_with_the_answer_and_signposted_without():
    ready = ReferralFactory(screening=True, route_b=True, ready_for_support="They asked for it.")
    not_yet = ReferralFactory(screening=True, route_b=True)

    operations.decide(ready, by=UserFactory(), outcome=Outcome.ACCEPTED_ALLOCATE)
    outcome = Outcome.SIGNPOSTED_OTHER_SERVICE
    operations.decide(not_yet, by=UserFactory(), outcome=outcome, **words_for(outcome))

    assert [Referral.objects.get(pk=row.pk).status for row in (ready, not_yet)] == ["accepted", "not_accepted"]


def test_a_decision_that_does_not_fit_the_database_leaves_no_trace():
    referral, worker = ReferralFactory(screening=True), UserFactory()

    with leaves_no_trace(), pytest.raises(Exception, match="decision_not_to_accept_has_a_reason_and_a_suggestion"):
        operations.decide(referral, by=worker, outcome=Outcome.SIGNPOSTED_OTHER_SERVICE)


@pytest.mark.parametrize("act", ["countersign", "send_back"])
def test_the_same_person_is_never_the_second(act):
    """A9."""
    referral = ReferralFactory(waiting=True)
    [decision] = referral.decisions.all()

    for _try in range(2):
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            answer(act, decision, by=decision.decided_by)


@pytest.mark.parametrize("state", ["", "countersigned", "sent_back", "overtaken"])
@pytest.mark.parametrize("act", ["countersign", "send_back"])
def test_what_does_not_wait_is_not_answered(act, state):
    decision, second = DecisionFactory(**({state: True} if state else {})), UserFactory()

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        answer(act, decision, by=second)


@pytest.mark.parametrize("reason", ["", "  "])
def test_sending_back_needs_a_reason(reason):
    decision, second = DecisionFactory(waiting=True), UserFactory()

    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.send_back(decision, by=second, reason=reason)


def test_a_stale_decision_is_read_afresh():
    decision, second = DecisionFactory(waiting=True), UserFactory()
    stale = type(decision).objects.get(pk=decision.pk)
    operations.send_back(decision, by=second, reason="Ring first.")

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.countersign(stale, by=second)


def answer(act, decision, *, by):
    if act == "countersign":
        return operations.countersign(decision, by=by)
    return operations.send_back(decision, by=by, reason="Ring first.")
