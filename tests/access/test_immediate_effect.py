"""What ends access ends it at the next request, in a session that is open (security.md A10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from people.operations import end_grant, exclude
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.people import AccessGrantFactory
from tests.factories.referrals import ReferralFactory
from tests.visitors import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral():
    return ReferralFactory()


@pytest.fixture
def membership(referral):
    return MembershipFactory(user=UserFactory(with_factor=True), role=Role.DUTY_WORKER, centre=referral.centre)


@pytest.fixture
def read(membership, referral):
    """Open the page of the referral in one and the same session."""
    client = staff_client(membership.user)
    return lambda: client.get(referral.get_absolute_url()).status_code


def test_a_duty_worker_reads_until_the_membership_ends(read, membership):
    assert read() == 200
    membership.until_on = timezone.localdate()
    membership.save()
    assert read() == 404


def test_a_colleague_kept_out_has_the_page_no_more(read, membership, referral):
    assert read() == 200
    exclude(referral.subject, colleague=membership.user, by=UserFactory(), reason="A neighbour.")
    assert read() == 404


def test_a_restriction_closes_it_to_whoever_is_not_listed(read, referral):
    assert read() == 200
    referral.subject.is_restricted = True
    referral.subject.save()
    assert read() == 404


def test_a_disabled_account_is_sent_to_sign_in(read, membership):
    assert read() == 200
    membership.user.is_active = False
    membership.user.save()
    assert read() == 302


def test_another_role_sees_what_that_role_sees(read, membership):
    assert read() == 200
    membership.role = Role.CENTRE_ADMIN
    membership.save()
    assert read() == 404


def test_a_grant_that_ends_ends_at_once(referral):
    practitioner = MembershipFactory(
        user=UserFactory(with_factor=True), role=Role.PRACTITIONER, centre=referral.centre
    ).user
    given = AccessGrantFactory(subject=referral.subject, user=practitioner)
    client = staff_client(practitioner)
    assert client.get(referral.get_absolute_url()).status_code == 200

    end_grant(given, by=UserFactory())

    assert client.get(referral.get_absolute_url()).status_code == 404


def test_what_was_handled_is_seen_for_seven_days_and_no_longer(referral, time_machine):
    """After the shift: a colleague off duty sees what they handled, for a week."""
    worker = MembershipFactory(user=UserFactory(with_factor=True), role=Role.DUTY_WORKER, centre=referral.centre)
    other = MembershipFactory(role=Role.DUTY_WORKER, centre=referral.centre)
    today = timezone.localdate()
    for day in range(9):
        other.shifts.create(on=today + timedelta(days=day), starts_at="00:00", ends_at="23:59:59")
    client = staff_client(worker.user)
    assert client.get(referral.get_absolute_url()).status_code == 404
    referral.notes.create(text="We rang the referrer.", by=worker.user)
    assert client.get(referral.get_absolute_url()).status_code == 200

    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))

    assert staff_client(worker.user).get(referral.get_absolute_url()).status_code == 404
