"""What administrators do to users and roles: what it writes, when it refuses, and that a refusal leaves no trace."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import operations, rules
from accounts.enums import Role
from accounts.models import DutyShift, Membership, User
from accounts.permissions import PERMISSIONS, Permission, has_permission, has_permission_somewhere
from audit.models import AuditEvent
from outbox.models import Message
from tests.accounts.steps import give_password
from tests.factories.accounts import DutyShiftFactory, MembershipFactory, UserFactory, factors_of
from tests.factories.centres import ServiceCentreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return MembershipFactory(role=Role.SYSTEM_ADMIN).user


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "subject_id", "actor_id"))


def test_invite_makes_an_account_without_a_password_and_owes_a_link(administrator, client):
    user = operations.invite("New.Worker@Service.example", full_name="New Worker", by=administrator)

    assert (user.email, user.has_usable_password()) == ("new.worker@service.example", False)
    assert events() == [("user.invited", str(user.pk), administrator.pk)]
    [message] = Message.objects.all()
    assert (message.template, message.to) == ("staff-invitation", user.email)

    form = client.get(message.path).url
    client.post(form, {"password1": "nine loud lanterns", "password2": "nine loud lanterns"})
    assert give_password(client, user.email, "nine loud lanterns").status_code == 302


def test_no_letter_to_staff_holds_a_name(administrator):
    user = operations.invite("new@service.example", full_name="Unmistakable Name", by=administrator)
    operations.reset_factors(user, by=administrator)
    for message in Message.objects.all():
        assert "Unmistakable" not in str(message.__dict__)


def test_an_address_has_one_account_whatever_its_case(administrator):
    UserFactory(email="same@service.example")
    with pytest.raises(IntegrityError, match="user_email_once"), transaction.atomic():
        operations.invite("Same@Service.Example", full_name="Another", by=administrator)
    assert events() == []


def test_disable_ends_access_and_forgets_the_password(administrator):
    user = operations.disable(UserFactory(), by=administrator)
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert events() == [("user.disabled", str(user.pk), administrator.pk)]


def test_a_disabled_user_holds_no_role_while_it_lasts(administrator):
    membership = MembershipFactory(role=Role.TEAM_MANAGER)
    operations.disable(membership.user, by=administrator)
    user = User.objects.get(pk=membership.user_id)
    assert not has_permission(user, Permission.DECIDE_REFERRALS, centre=membership.centre)
    assert not Membership.objects.current().filter(pk=membership.pk).exists()


def test_who_may_not_sign_in_any_more_holds_nothing_although_they_were_asked_about_before():
    membership = MembershipFactory(role=Role.DUTY_WORKER)
    user, centre = membership.user, membership.centre
    assert has_permission(user, Permission.SCREEN_REFERRALS, centre=centre)
    user.is_active = False
    assert not has_permission(user, Permission.SCREEN_REFERRALS, centre=centre)
    user.is_active = True
    assert has_permission(user, Permission.SCREEN_REFERRALS, centre=centre)


def test_enable_starts_with_a_new_password(administrator):
    user = operations.enable(UserFactory(is_active=False), by=administrator)
    assert (user.is_active, user.has_usable_password()) == (True, False)
    assert Message.objects.get().template == "staff-invitation"


def test_reset_factors_forgets_phone_codes_and_password(administrator):
    user = operations.reset_factors(UserFactory(with_factor=True), by=administrator)
    assert factors_of(user) == set()
    assert not user.has_usable_password()
    assert Message.objects.get().template == "staff-factors-reset"
    assert events() == [("factors.reset", str(user.pk), administrator.pk)]


def test_grant_role_holds_from_today(administrator):
    user, centre = UserFactory(), ServiceCentreFactory()
    membership = operations.grant_role(user, role=Role.DUTY_WORKER, centre=centre, by=administrator)
    assert (membership.from_on, membership.until_on) == (timezone.localdate(), None)
    assert has_permission(user, Permission.SCREEN_REFERRALS, centre=centre)
    assert events() == [("role.granted", str(user.pk), administrator.pk)]


def test_whoever_watches_over_roles_hears_of_each(administrator):
    """One administrator cannot give a second mailbox of their own a role without others knowing."""
    centre, elsewhere = ServiceCentreFactory(), ServiceCentreFactory()
    told = [
        MembershipFactory(role=Role.SYSTEM_ADMIN, centre=elsewhere),
        MembershipFactory(role=Role.DATA_PROTECTION, centre=elsewhere),
        MembershipFactory(role=Role.SERVICE_MANAGER, centre=centre),
    ]
    MembershipFactory(user=told[0].user, role=Role.DATA_PROTECTION)
    MembershipFactory(role=Role.SERVICE_MANAGER, centre=elsewhere)
    MembershipFactory(role=Role.SYSTEM_ADMIN, until_on=timezone.localdate())
    MembershipFactory(role=Role.DUTY_WORKER, centre=centre)

    given = operations.grant_role(UserFactory(), role=Role.TEAM_MANAGER, centre=centre, by=administrator)

    letters = Message.objects.filter(template="staff-role-granted")
    assert sorted(letter.to for letter in letters) == sorted(held.user.email for held in told)
    assert {letter.reference for letter in letters} == {str(given.pk)}
    assert {letter.path for letter in letters} == {f"/config/accounts/membership/{given.pk}/change/"}


def test_the_first_administrator_is_nobodys_news():
    user = operations.invite("first@service.example", full_name="First", by="invite_administrator")
    operations.grant_role(user, role=Role.SYSTEM_ADMIN, centre=ServiceCentreFactory(), by="invite_administrator")
    assert [message.template for message in Message.objects.all()] == ["staff-invitation"]


def test_end_role_holds_no_more_today(administrator):
    membership = operations.end_role(MembershipFactory(), by=administrator)
    assert membership.until_on == timezone.localdate()
    assert not Membership.objects.current().filter(pk=membership.pk).exists()
    assert events() == [("role.ended", str(membership.user_id), administrator.pk)]


def test_a_planned_end_may_come_sooner_and_an_ended_role_ends_once(administrator):
    later = timezone.localdate() + timedelta(days=30)
    membership = operations.end_role(MembershipFactory(), on=later, by=administrator)
    membership = operations.end_role(membership, by=administrator)
    with pytest.raises(operations.AlreadyEnded):
        operations.end_role(membership, by=administrator)
    assert len(events()) == 2


def test_to_end_a_role_never_makes_it_longer(administrator):
    planned = timezone.localdate() + timedelta(days=30)
    membership = MembershipFactory(until_on=planned)
    with pytest.raises(operations.CannotExtend):
        operations.end_role(membership, on=planned + timedelta(days=1), by=administrator)
    assert Membership.objects.get(pk=membership.pk).until_on == planned
    assert events() == []
    anew = operations.grant_role(
        membership.user, role=membership.role, centre=membership.centre, from_on=planned, by=administrator
    )
    assert (anew.from_on, anew.until_on) == (planned, None)


def test_a_role_is_held_once(administrator):
    membership = MembershipFactory()
    with pytest.raises(operations.AlreadyHeld):
        operations.grant_role(membership.user, role=membership.role, centre=membership.centre, by=administrator)
    assert events() == []


@pytest.mark.parametrize("role", Role.values)
def test_nobody_gives_themselves_a_role(administrator, role):
    with pytest.raises(operations.CannotGrantToSelf):
        operations.grant_role(administrator, role=role, centre=ServiceCentreFactory(), by=administrator)
    assert administrator.memberships.count() == 1
    assert events() == []


@pytest.mark.parametrize(
    "act",
    [
        lambda user: operations.end_role(user.memberships.get(), by=user),
        lambda user: operations.disable(user, by=user),
        lambda user: operations.enable(user, by=user),
        lambda user: operations.reset_factors(user, by=user),
        lambda user: operations.rename(user, full_name="Another", by=user),
    ],
)
def test_nobody_decides_about_their_own_account(administrator, act):
    with pytest.raises(operations.CannotGrantToSelf):
        act(administrator)
    assert events() == []
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", Role.values)
def test_only_system_administrators_manage_users(role):
    user = MembershipFactory(role=role).user
    assert rules.may_manage_users(user) is (role == Role.SYSTEM_ADMIN)
    assert rules.may_manage_user(user, UserFactory()) is (role == Role.SYSTEM_ADMIN)
    assert not rules.may_manage_user(user, user)
    assert rules.may_configure(user) is (role in {Role.SYSTEM_ADMIN, Role.CENTRE_ADMIN})


def test_a_centre_administrator_configures_their_centre_only():
    membership = MembershipFactory(role=Role.CENTRE_ADMIN)
    ServiceCentreFactory()
    assert rules.administered_centres(membership.user) == {membership.centre_id}


def test_system_administrators_hold_nothing_that_shows_or_moves_a_case():
    administers = {Permission.CONFIGURE_CENTRE, Permission.MANAGE_USERS, Permission.WATCH_OPERATIONS}
    assert PERMISSIONS[Role.SYSTEM_ADMIN] == administers


def test_nobody_is_a_superuser_whatever_they_say():
    user = UserFactory()
    user.is_superuser = True
    assert not any(has_permission_somewhere(user, permission) for permission in Permission)
    assert not rules.may_configure(user)


class TestWhatTheDatabaseRefuses:
    def refuses(self, name):
        return pytest.raises(IntegrityError, match=name)

    def test_a_role_nobody_knows(self):
        with self.refuses("membership_role_known"):
            MembershipFactory(role="chief")

    def test_a_role_that_ends_before_it_starts(self):
        with self.refuses("membership_ends_after_it_starts"):
            MembershipFactory(from_on="2026-02-01", until_on="2026-01-01")

    def test_the_same_role_twice_without_an_end(self):
        one = MembershipFactory()
        with self.refuses("membership_open_once_per_role"):
            MembershipFactory(user=one.user, centre=one.centre, role=one.role)

    def test_a_shift_on_a_weekday_and_a_date(self):
        with self.refuses("duty_shift_is_weekly_or_dated"):
            DutyShiftFactory(on="2026-11-23")

    def test_a_shift_on_no_day(self):
        with self.refuses("duty_shift_is_weekly_or_dated"):
            DutyShiftFactory(weekday=None)

    def test_an_eighth_weekday(self):
        with self.refuses("duty_shift_weekday_known"):
            DutyShift.objects.filter(pk=DutyShiftFactory().pk).update(weekday=7)

    def test_a_shift_that_ends_before_it_starts(self):
        with self.refuses("duty_shift_ends_after_it_starts"):
            DutyShiftFactory(starts_at="17:00", ends_at="09:00")


def test_the_history_of_a_user_holds_no_password():
    user = UserFactory()
    user.full_name = "Another"
    user.save()
    events = User.pgh_event_model.objects.filter(pgh_obj_id=user.pk).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert not hasattr(events[0], "password")


def test_the_home_address_of_staff_leads_home(client, sign_in):
    sign_in(Role.DUTY_WORKER)
    assert client.get(reverse("staff")).url == reverse("home")
