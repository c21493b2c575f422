"""F1: what stops a referral and what starts it again, many at once: one wins, and nobody is told two things."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Message
from referrals import operations
from referrals.enums import Outcome, ReferralStatus
from referrals.models import CriterionCheck, Decision, Question, StatusChange
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.screening import QuestionFactory
from tests.figures import figure
from tests.referrals.domain.test_races import REFUSED, at_once

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
TRIALS = figure(2, 50)
LATE = (operations.AlreadyAnswered, operations.NoAnswerNeeded, operations.CheckedMeanwhile)


def or_refused(act):
    def tried():
        try:
            return act()
        except LATE:
            return REFUSED

    return tried


def race(*acts):
    """How many of the acts went through."""
    return sum(answer != REFUSED for answer in at_once([or_refused(act) for act in acts]))


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def asked():
    """A referral that waits, and a colleague there who hears of the answer."""
    asker = MembershipFactory()
    referral = ReferralFactory(awaiting_information=True, centre=asker.centre, owner=asker.user)
    return QuestionFactory(referral=referral, asked_by=asker.user)


def test_of_many_clicks_one_is_the_answer():
    for _trial in range(TRIALS):
        question = asked()
        acts = [
            lambda number=number, question=question: operations.answer(question, by="x", text=f"Answer {number}.")
            for number in range(THREADS)
        ]
        assert race(*acts) == 1
        assert StatusChange.objects.filter(referral=question.referral).count() == 1
        assert Message.objects.filter(reference=question.referral.reference).count() == 1


def test_an_answer_and_a_colleague_who_stops_waiting_are_not_both_right():
    worker = UserFactory()
    for _trial in range(TRIALS):
        question = asked()
        referral = question.referral
        acts = [
            lambda question=question: operations.answer(question, by="x", text="She knows."),
            lambda referral=referral: operations.stop_waiting(referral, by=worker, reason="Told by phone."),
            lambda referral=referral: operations.withdraw(referral, by=worker),
        ]
        race(*acts)
        question.refresh_from_db()
        assert (question.answered_at is None) != (question.closed_at is None)
        referral.refresh_from_db()
        assert referral.paused_at is None


def test_of_a_question_a_hold_and_a_decision_one_comes_first():
    people = UserFactory.create_batch(3)
    for _trial in range(TRIALS):
        referral = ReferralFactory(screening=True)
        acts = [
            lambda r=referral: operations.ask(r, by=people[0], facts=["police"], text="", due_on=in_days(3)),
            lambda r=referral: operations.hold(r, by=people[1], reason="The school is closed.", review_on=in_days(7)),
            lambda r=referral: operations.decide(r, by=people[2], outcome=Outcome.ACCEPTED_ALLOCATE),
        ]
        assert race(*acts) == 1
        referral.refresh_from_db()
        left = (
            Question.objects.filter(referral=referral).exists(),
            Decision.objects.filter(referral=referral).exists(),
        )
        assert left == (
            referral.status == ReferralStatus.AWAITING_INFORMATION,
            referral.status == ReferralStatus.ACCEPTED,
        )


def test_what_ended_is_opened_again_once():
    managers = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        referral = ReferralFactory(not_accepted=True)
        acts = [lambda by=by, r=referral: operations.reopen(r, by=by, reason="Changed.") for by in managers]
        assert race(*acts) == 1
        assert Message.objects.filter(reference=referral.reference, template="referral-reopened").count() == 1


def test_of_many_who_check_the_criteria_from_one_page_one_is_kept():
    people = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        referral = ReferralFactory(screening=True)
        acts = [
            lambda by=by, r=referral: operations.check_criteria(r, by=by, answers={"age": ("met", str(by.pk))}, seen="")
            for by in people
        ]
        assert race(*acts) == 1
        assert CriterionCheck.objects.filter(referral=referral).count() == 1
