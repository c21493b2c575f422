"""F1, F4: many at once, on real connections: exactly one wins, and nobody is told two things."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from audit.models import AuditEvent
from outbox.models import Message
from people.models import DataSubject, Exclusion
from people.operations import exclude
from referrals import operations
from referrals.enums import Outcome
from referrals.models import Decision, Note, Referral, StatusChange
from referrals.operations import MoveNotAllowed
from safeguarding import operations as safeguarding
from tests.factories.accounts import UserFactory
from tests.factories.centres import LocalAuthorityFactory, ServiceOfferFactory
from tests.factories.referrals import NotAcceptedReasonFactory, ReferralDraftFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory, follower
from tests.figures import figure
from tests.submissions import answers_for

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 16
TRIALS = figure(5, 100)
REFUSED = "refused"


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier. What each answered."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except MoveNotAllowed:
            return REFUSED
        except safeguarding.MoveNotAllowed:
            return REFUSED
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_sixteen_who_decide_at_once_one_wins():
    people = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        referral = ReferralFactory(screening=True)
        outcomes = [Outcome.ACCEPTED_ALLOCATE, Outcome.WITHDRAWN_BY_REFERRER] * (THREADS // 2)

        answers = at_once(
            [
                lambda user=user, outcome=outcome, referral=referral: operations.decide(
                    referral, by=user, outcome=outcome
                )
                for user, outcome in zip(people, outcomes, strict=True)
            ]
        )

        [won] = [answer for answer in answers if answer != REFUSED]
        referral.refresh_from_db()
        [change] = StatusChange.objects.filter(referral=referral)
        assert list(Decision.objects.filter(referral=referral)) == [won]
        assert (change.to_status, change.by) == (referral.status, won.decided_by)
        assert Message.objects.filter(reference=referral.reference).count() == 1


def test_of_two_seconds_one_answers():
    """One says yes, one says no: never both."""
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        referral = ReferralFactory(waiting=True)
        [decision] = referral.decisions.all()

        answers = at_once(
            [
                lambda decision=decision: operations.countersign(decision, by=people[0]),
                lambda decision=decision: operations.send_back(decision, by=people[1], reason="Ring first."),
            ]
        )

        decision.refresh_from_db()
        referral.refresh_from_db()
        assert answers.count(REFUSED) == 1
        assert bool(decision.countersigned_at) != bool(decision.sent_back_at)
        assert (referral.status == "accepted") == bool(decision.countersigned_at)


def test_deciding_against_withdrawing_ends_in_one_state_with_one_letter():
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        referral = ReferralFactory(screening=True)

        answers = at_once(
            [
                lambda referral=referral: operations.decide(referral, by=people[0], outcome=Outcome.ACCEPTED_ALLOCATE),
                lambda referral=referral: operations.withdraw(referral, by=people[1]),
            ]
        )

        assert answers.count(REFUSED) == 1
        assert Message.objects.filter(reference=referral.reference).count() == 1
        assert Decision.objects.filter(referral=referral).count() == 1


def test_countersigning_against_withdrawing_leaves_no_decision_in_the_air():
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        referral = ReferralFactory(waiting=True)
        [decision] = referral.decisions.all()

        at_once(
            [
                lambda decision=decision: operations.countersign(decision, by=people[0]),
                lambda referral=referral: operations.withdraw(referral, by=people[1]),
            ]
        )

        decision.refresh_from_db()
        referral.refresh_from_db()
        assert bool(decision.countersigned_at) != bool(decision.overtaken_at)
        assert referral.status == ("accepted" if decision.countersigned_at else "withdrawn")
        assert Message.objects.filter(reference=referral.reference).count() == 1


def test_of_many_who_start_screening_one_does_and_owns_it():
    people = UserFactory.create_batch(8)
    referral = ReferralFactory()

    answers = at_once([lambda user=user: operations.start_screening(referral, by=user) for user in people])

    [won] = [answer for answer in answers if answer != REFUSED]
    assert StatusChange.objects.get().by == won.owner


def test_of_many_who_take_it_one_owns_it():
    people = UserFactory.create_batch(8)
    referral = ReferralFactory()

    def take(user):
        return lambda: operations.assign(referral, by=user, to=user, instead_of=None)

    answers = at_once([take(user) for user in people])

    referral.refresh_from_db()
    [won] = [answer for answer in answers if answer != REFUSED]
    assert referral.owner == won.owner
    assert (Note.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_keeping_out_twice_at_once_is_one_exclusion():
    subject = ReferralFactory().subject
    colleague, *people = UserFactory.create_batch(5)

    at_once([lambda user=user: exclude(subject, colleague=colleague, by=user, reason="Kin.") for user in people])

    assert (Exclusion.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_who_is_kept_out_and_given_it_at_once_does_not_have_it():
    """Whichever comes first: after both, nobody owns what they must not see; also by another request of the person."""
    worker, manager = UserFactory.create_batch(2)
    for trial in range(TRIALS):
        referral = ReferralFactory()
        other = ReferralFactory(subject=referral.subject, centre=referral.centre) if trial % 2 else referral

        at_once(
            [
                lambda referral=referral: operations.assign(referral, by=manager, to=worker),
                lambda other=other: operations.keep_out(other, by=manager, colleague=worker, reason="A neighbour."),
            ]
        )

        assert not Referral.objects.filter(pk=referral.pk, owner=worker).exists()


def test_a_concern_raised_while_a_decision_is_made_is_seen_by_it_or_comes_after_it():
    people = UserFactory.create_batch(2)
    reason = NotAcceptedReasonFactory()
    for _trial in range(TRIALS):
        referral = ReferralFactory(screening=True)
        no = {
            "outcome": Outcome.SIGNPOSTED_OTHER_SERVICE,
            "reason": reason,
            "explanation": "No.",
            "suggestion": "Ring.",
        }

        def raise_one(referral=referral):
            with transaction.atomic():
                raised = safeguarding.raise_concern(referral.subject, by=people[1], severity="high", what="A bruise.")
                raised.seen = Decision.objects.filter(referral=referral).exists()
                return raised

        decision, concern = at_once(
            [lambda referral=referral, no=no: operations.decide(referral, by=people[0], **no), raise_one]
        )

        assert concern.seen != bool(decision.needs_second_person)


def test_a_concern_is_acknowledged_by_one():
    concern = ConcernFactory()
    people = [follower(concern.subject) for _each in range(8)]

    answers = at_once([lambda user=user: safeguarding.acknowledge(concern, by=user) for user in people])

    [won] = [answer for answer in answers if answer != REFUSED]
    concern.refresh_from_db()
    assert (concern.acknowledged_by, AuditEvent.objects.count()) == (won.acknowledged_by, 1)


def test_a_form_sent_many_times_at_once_is_one_referral_and_one_receipt():
    area = LocalAuthorityFactory(centre=ServiceOfferFactory().centre)
    forms, times = figure(5, 50), 10

    def send(draft):
        def sent():
            try:
                return operations.submit(draft, by=draft.email, **answers_for(area)).reference
            except operations.AlreadySent as error:
                return error.referral.reference

        return sent

    for _form in range(forms):
        draft = ReferralDraftFactory()
        shown = at_once([send(draft)] * times)
        assert shown == [Referral.objects.get(form_token=draft.pk).reference] * times

    assert Referral.objects.count() == Message.objects.count() == DataSubject.objects.count() == forms


def test_sweeps_at_once_record_each_submission_once():
    area = LocalAuthorityFactory(centre=ServiceOfferFactory().centre)
    for _form in range(6):
        draft = ReferralDraftFactory()
        operations.submit(draft, by=draft.email, **answers_for(area))

    counted = at_once([lambda: operations.record_submissions(by="record_submissions")] * 4)

    assert sum(counted) == AuditEvent.objects.filter(verb="referral.submitted").count() == 6
