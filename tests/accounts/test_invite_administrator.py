"""The first system administrator comes from a command; every other from them."""

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEvent
from outbox.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import ServiceCentreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return ServiceCentreFactory()


def invite(centre, email="first@service.example", **options):
    call_command("invite_administrator", email, name="First", centre=centre, verbosity=0, **options)


def test_the_first_is_invited_and_the_command_is_named_as_who_did_it(centre, capsys):
    invite(centre.code)
    user = User.objects.get(email="first@service.example")
    assert user.memberships.get().role == Role.SYSTEM_ADMIN
    assert Message.objects.get().template == "staff-invitation"
    assert set(AuditEvent.objects.values_list("system_actor", flat=True)) == {"invite_administrator"}


def test_a_dry_run_changes_nothing(centre, capsys):
    invite(centre.code, dry_run=True)
    assert not User.objects.exists()


def test_there_is_no_second_by_command(centre):
    MembershipFactory(role=Role.SYSTEM_ADMIN)
    with pytest.raises(CommandError, match="There is a system administrator already"):
        invite(centre.code)


def test_an_unknown_centre_or_a_taken_address_is_said(centre):
    with pytest.raises(CommandError, match="no centre"):
        invite("nowhere")
    UserFactory(email="first@service.example")
    with pytest.raises(CommandError, match="There is an account"):
        invite(centre.code)
