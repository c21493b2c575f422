"""What the database keeps where no CHECK can, tried by going round our code (design.md 6.1)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from referrals.enums import ENDED, STATUS_AFTER, Outcome
from referrals.models import Referral
from tests.factories.referrals import (
    DecisionFactory,
    NotAcceptedReasonFactory,
    ReferralFactory,
    StatusChangeFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now


def refused(name, sentence):
    return pytest.raises(IntegrityError, match=f'"{name}": {sentence}')


def commit():
    """What is asked at the end of a transaction, asked now."""
    connection.check_constraints()


def end(referral, status):
    Referral.objects.filter(pk=referral.pk).update(status=status, decided_at=NOW())


# A referral that has ended has a decision in effect

UNDECIDED = ["ended_referral_has_a_decision_in_effect", "A referral ends by a decision"]


@pytest.mark.parametrize("status", ENDED)
def test_a_referral_does_not_end_without_a_decision(status):
    referral = ReferralFactory(screening=True)
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, status)
        commit()


@pytest.mark.parametrize("status", ENDED)
def test_a_referral_is_not_written_as_ended_without_a_decision(status):
    with refused(*UNDECIDED), transaction.atomic():
        ReferralFactory(screening=True, status=status, decided_at=NOW())
        commit()


@pytest.mark.parametrize("answer", ["waiting", "sent_back", "overtaken"])
def test_a_decision_that_is_not_in_effect_ends_nothing(answer):
    referral = DecisionFactory(**{answer: True}).referral
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, "accepted")
        commit()


@pytest.mark.parametrize("outcome", Outcome)
def test_a_decision_leads_to_its_own_status_and_to_no_other(outcome):
    reason = {"reason": NotAcceptedReasonFactory(), "explanation": "Why.", "suggestion": "What instead."}
    referral = DecisionFactory(outcome=outcome, **reason).referral
    for status in set(ENDED) - {STATUS_AFTER[outcome]}:
        with refused(*UNDECIDED), transaction.atomic():
            end(referral, status)
            commit()
    end(referral, STATUS_AFTER[outcome])
    commit()


def test_a_countersigned_decision_ends_a_referral():
    referral = DecisionFactory(countersigned=True).referral
    end(referral, "accepted")
    commit()


def test_the_end_and_its_decision_are_written_in_any_order():
    referral = ReferralFactory(screening=True)
    end(referral, "accepted")
    DecisionFactory(referral=referral)
    commit()


def test_an_end_that_is_taken_back_in_the_same_act_needs_no_decision():
    referral = ReferralFactory(screening=True)
    end(referral, "accepted")
    Referral.objects.filter(pk=referral.pk).update(status="screening", decided_at=None)
    commit()


def test_a_referral_that_is_taken_up_again_needs_another_decision():
    referral = ReferralFactory(accepted=True)
    commit()
    StatusChangeFactory(referral=referral, from_status="accepted", to_status="screening")
    Referral.objects.filter(pk=referral.pk).update(status="screening", decided_at=None)
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, "accepted")
        commit()
    DecisionFactory(referral=referral)
    end(referral, "accepted")
    commit()
