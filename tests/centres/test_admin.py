"""Configuration in Django's admin: who gets in, whose rows they see, and that it leaves a trail."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import DutyShift, Membership, User
from audit.models import AuditEvent
from cases.models import SupportOption
from centres.enums import ContactKind
from centres.models import ContactPointOfCentre, LocalAuthority, PublicContact, ServiceCentre, ServiceOffer
from protect_respect.admin_site import site
from referrals.models import NotAcceptedReason
from sessions.models import AwarenessTopic, Resource
from tests.factories.accounts import DutyShiftFactory, MembershipFactory, UserFactory
from tests.factories.centres import (
    ContactPointOfCentreFactory,
    LocalAuthorityFactory,
    PublicContactFactory,
    ServiceCentreFactory,
    ServiceOfferFactory,
)
from tests.factories.network import SupportOptionFactory
from tests.factories.referrals import NotAcceptedReasonFactory
from tests.factories.sessions import AwarenessTopicFactory
from tests.factories.signposts import ResourceFactory

pytestmark = pytest.mark.django_db

CONFIGURED = {
    ServiceCentre, ContactPointOfCentre, LocalAuthority, ServiceOffer, PublicContact, User, Membership, DutyShift,
    NotAcceptedReason, SupportOption, AwarenessTopic, Resource,
}  # fmt: skip
OPEN_TO = {Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN}


@pytest.fixture
def centre():
    return ServiceCentreFactory()


def page(model, act="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_only_what_can_hold_no_person_is_in_it():
    assert set(site._registry) == CONFIGURED


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("admin:index")).url == f"{reverse('admin:login')}?next=/config/"
    assert client.get(reverse("admin:login")).url == f"{reverse('account_login')}?next=/config/"
    assert client.get(page(User)).url == f"{reverse('account_login')}?next={page(User)}"


@pytest.mark.parametrize("role", Role.values)
def test_two_roles_open_it(client, sign_in, role):
    sign_in(role)
    expected = 200 if role in OPEN_TO else 403
    assert client.get(reverse("admin:index")).status_code == expected
    assert client.get(page(ServiceCentre)).status_code == expected


def test_who_holds_no_role_is_refused_whatever_the_user_row_says(client, sign_in):
    user = sign_in()
    user.is_superuser = user.is_staff_of_django = True
    user.save()
    assert client.get(reverse("admin:index")).status_code == 403


@pytest.mark.parametrize("path", ["logout/", "password_change/", "password_change/done/"])
def test_pages_of_signing_in_are_not_here_too(client, sign_in, path):
    sign_in(Role.SYSTEM_ADMIN)
    assert client.get(f"/config/{path}").status_code == 404


@pytest.mark.parametrize("model", sorted(CONFIGURED, key=str))
@pytest.mark.parametrize("role", sorted(OPEN_TO))
def test_every_list_and_every_form_opens(client, sign_in, role, model, centre):
    user = sign_in(role, at=centre)
    rows = a_row_of_each(centre)
    assert client.get(page(model)).status_code == 200
    row = user if model is User else rows[model]
    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.get(page(model, "add")).status_code in ({200} if role == Role.SYSTEM_ADMIN else {200, 403})


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", sorted(CONFIGURED - {ServiceCentre, PublicContact}, key=str))
def test_lists_ask_the_database_equally_often(client, sign_in, centre, count, model, django_assert_max_num_queries):
    sign_in(Role.SYSTEM_ADMIN, at=centre)
    for _row in range(count):
        a_row_of_each(ServiceCentreFactory())
    with django_assert_max_num_queries(15):
        client.get(page(model))


def paths_of(model, depth=2):
    """Every field that a lookup in the address of a list could ask about, and through one relation to the next."""
    for field in model._meta.get_fields():
        yield field.name
        if field.is_relation and field.related_model and depth:
            yield from (f"{field.name}__{further}" for further in paths_of(field.related_model, depth - 1))


@pytest.mark.parametrize("model", sorted(CONFIGURED, key=str))
def test_no_lookup_in_an_address_reads_a_field_bit_by_bit(client, sign_in, model):
    sign_in(Role.SYSTEM_ADMIN)
    admin = site._registry[model]
    request = client.get(page(model)).wsgi_request
    tried = [f"{path}__{how}" for path in paths_of(model) for how in ["startswith", "regex", "gt", "in"]]
    assert [lookup for lookup in tried if admin.lookup_allowed(lookup, "a", request)] == []
    for lookup in ["password__startswith", "user__password__startswith", "membership__user__password__startswith"]:
        assert client.get(page(model), {lookup: "argon2"}).status_code == 400


@pytest.mark.parametrize("model", sorted(CONFIGURED, key=str))
def test_every_filter_beside_a_list_works(client, sign_in, centre, model):
    sign_in(Role.SYSTEM_ADMIN, at=centre)
    a_row_of_each(centre)
    a_row_of_each(ServiceCentreFactory())
    listed = client.get(page(model)).context["cl"]
    choices = [choice["query_string"] for spec in listed.filter_specs for choice in spec.choices(listed)]
    assert all(client.get(page(model) + query).status_code == 200 for query in choices)
    assert bool(choices) is listed.has_filters


class TestACentreSeesItsOwnRows:
    @pytest.fixture
    def elsewhere(self):
        return a_row_of_each(ServiceCentreFactory())

    @pytest.fixture(autouse=True)
    def administrator(self, sign_in, centre):
        return sign_in(Role.CENTRE_ADMIN, at=centre)

    @pytest.mark.parametrize("model", sorted(CONFIGURED - {PublicContact}, key=str))
    def test_rows_of_another_centre_look_like_none(self, client, elsewhere, model):
        there = client.get(page(model, "change", elsewhere[model].pk))
        nowhere = client.get(page(model, "change", 999_999))
        assert (there.status_code, there.url) == (nowhere.status_code, nowhere.url)
        assert list(client.get(page(model)).context["cl"].queryset.filter(pk=elsewhere[model].pk)) == []

    def test_a_posted_centre_of_another_is_no_choice(self, client, elsewhere, centre):
        other = elsewhere[ServiceCentre]
        answer = client.post(
            page(ContactPointOfCentre, "add"), {"centre": other.pk, "kind": "duty", "phone": "01632 960003"}
        )
        assert answer.status_code == 200
        assert "centre" in answer.context["adminform"].form.errors
        assert not other.contact_points.filter(phone="01632 960003").exists()
        assert verbs() == []

    def test_a_row_cannot_be_moved_to_another_centre(self, client, elsewhere, centre):
        mine = ContactPointOfCentreFactory(centre=centre)
        answer = client.post(
            page(ContactPointOfCentre, "change", mine.pk),
            {"centre": elsewhere[ServiceCentre].pk, "kind": "duty", "phone": mine.phone},
        )
        assert answer.status_code == 200
        mine.refresh_from_db()
        assert mine.centre == centre

    def test_a_duty_worker_of_another_centre_is_no_choice(self, client, elsewhere):
        answer = client.post(page(DutyShift, "add"), shift_of(elsewhere[Membership]))
        assert "membership" in answer.context["adminform"].form.errors
        assert verbs() == []

    def test_the_rota_is_theirs_to_keep(self, client, centre):
        worker = MembershipFactory(centre=centre)
        client.post(page(DutyShift, "add"), shift_of(worker))
        shift = DutyShift.objects.get(membership=worker)
        assert shift.centre == centre
        client.post(page(DutyShift, "delete", shift.pk), {"post": "yes"})
        assert not DutyShift.objects.filter(pk=shift.pk).exists()
        assert verbs() == ["configuration.added", "configuration.removed"]

    def test_reasons_are_theirs_to_word_and_the_shared_ones_to_read(self, client, centre):
        shared = NotAcceptedReasonFactory()
        client.post(page(NotAcceptedReason, "add"), a_reason(centre=centre.pk))
        worded = NotAcceptedReason.objects.get(label_en="We are full until June")
        client.post(
            page(NotAcceptedReason, "change", worded.pk), a_reason(label_en="We are full", meaning="safety_first")
        )
        worded.refresh_from_db()
        assert (worded.label_en, worded.meaning, worded.centre) == ("We are full", a_reason()["meaning"], centre)
        assert set(client.get(page(NotAcceptedReason)).context["cl"].queryset) == {shared, worded}
        assert client.get(page(NotAcceptedReason, "change", shared.pk)).status_code == 200
        assert client.post(page(NotAcceptedReason, "change", shared.pk), a_reason()).status_code == 403

    def test_a_reason_for_every_centre_is_not_theirs_to_add(self, client):
        answer = client.post(page(NotAcceptedReason, "add"), a_reason())
        assert "centre" in answer.context["adminform"].form.errors
        assert not NotAcceptedReason.objects.exists()

    def test_a_verified_number_is_theirs_to_set_and_recorded_by_field(self, client, centre, administrator):
        point = ContactPointOfCentreFactory(centre=centre)
        data = {"centre": centre.pk, "kind": "duty", "phone": point.phone, "verified_on": "2026-11-01"}
        client.post(page(ContactPointOfCentre, "change", point.pk), data)
        [event] = AuditEvent.objects.all()
        assert (event.verb, event.actor_id, event.facts) == (
            "configuration.changed", administrator.pk, {"fields": ["verified_on"]},
        )  # fmt: skip

    @pytest.mark.parametrize("model", [ServiceCentre, LocalAuthority, PublicContact, User, Membership])
    def test_what_belongs_to_the_whole_service_is_read_only(self, client, centre, administrator, model):
        rows = a_row_of_each(centre)
        assert client.get(page(model, "add")).status_code == 403
        row = MembershipFactory(centre=centre).user if model is User else rows[model]
        assert client.post(page(model, "change", row.pk), {"name_en": "Another"}).status_code == 403
        assert verbs() == ["access.refused", "access.refused"]

    def test_the_staff_they_see_are_their_own(self, client, centre, elsewhere, administrator):
        colleague = MembershipFactory(centre=centre).user
        shown = set(client.get(page(User)).context["cl"].queryset)
        assert shown == {administrator, colleague}


class TestASystemAdministrator:
    @pytest.fixture(autouse=True)
    def administrator(self, sign_in, centre):
        return sign_in(Role.SYSTEM_ADMIN, at=centre)

    def test_invites(self, client, administrator):
        client.post(page(User, "add"), {"email": "New@service.example", "full_name": "New"})
        user = User.objects.get(email="new@service.example")
        assert not user.has_usable_password()
        assert verbs() == ["user.invited"]

    def test_learns_that_an_address_is_taken(self, client):
        UserFactory(email="taken@service.example")
        answer = client.post(page(User, "add"), {"email": "Taken@service.example", "full_name": "New"})
        assert "There is an account with this address." in answer.content.decode()

    def test_disables_and_opens_again(self, client):
        user = UserFactory()
        client.post(page(User, "change", user.pk), {"full_name": user.full_name})
        assert not User.objects.get(pk=user.pk).is_active
        client.post(page(User, "change", user.pk), {"full_name": "Renamed", "is_active": "on"})
        assert User.objects.get(pk=user.pk).is_active
        assert verbs() == ["user.disabled", "user.renamed", "user.enabled"]

    @pytest.mark.parametrize("field", ["password", "is_superuser", "is_staff", "email", "created_at", "last_login"])
    def test_writes_no_other_field_of_a_user(self, client, field):
        user = UserFactory()
        before = {**vars(User.objects.get(pk=user.pk)), "_state": None}
        client.post(page(User, "change", user.pk), {"full_name": user.full_name, "is_active": "on", field: "1"})
        assert {**vars(User.objects.get(pk=user.pk)), "_state": None} == before

    def test_grants_a_role_and_plans_its_end(self, client, centre):
        user, today = UserFactory(), timezone.localdate()
        role = {"user": user.pk, "centre": centre.pk, "role": "duty_worker", "from_on": today}
        client.post(page(Membership, "add"), role)
        membership = Membership.objects.get(user=user)
        client.post(page(Membership, "change", membership.pk), {"until_on": today + timedelta(days=3)})
        membership.refresh_from_db()
        assert membership.until_on == today + timedelta(days=3)
        assert verbs() == ["role.granted", "role.ended"]

    def test_makes_no_role_longer_by_ending_it_later(self, client, centre):
        planned = timezone.localdate() + timedelta(days=3)
        held = MembershipFactory(centre=centre, until_on=planned)
        answer = client.post(page(Membership, "change", held.pk), {"until_on": planned + timedelta(days=1)})
        assert "A role is not made longer." in answer.content.decode()
        assert Membership.objects.get(pk=held.pk).until_on == planned
        assert verbs() == []

    def test_learns_that_a_role_is_held_already(self, client, centre):
        held = MembershipFactory(centre=centre)
        role = {"user": held.user_id, "centre": centre.pk, "role": held.role, "from_on": timezone.localdate()}
        answer = client.post(page(Membership, "add"), role)
        assert "This person holds this role at this centre already." in answer.content.decode()

    @pytest.mark.parametrize("role", Role.values)
    def test_grants_themselves_nothing(self, client, administrator, centre, role):
        data = {"user": administrator.pk, "centre": centre.pk, "role": role, "from_on": timezone.localdate()}
        answer = client.post(page(Membership, "add"), data)
        assert "user" in answer.context["adminform"].form.errors
        assert administrator.memberships.count() == 1
        assert verbs() == []

    def test_neither_ends_nor_changes_their_own_role_or_account(self, client, administrator):
        own = administrator.memberships.get()
        assert client.post(page(Membership, "change", own.pk), {"until_on": "2026-12-01"}).status_code == 403
        assert client.post(page(User, "change", administrator.pk), {"full_name": "X"}).status_code == 403
        action = {"action": "reset_factors", "_selected_action": [administrator.pk]}
        client.post(page(User), action)
        assert client.get(page(User)).status_code == 200

    def test_turns_no_role_into_another(self, client, centre):
        membership = MembershipFactory(centre=centre, role=Role.PRACTITIONER)
        data = {"until_on": timezone.localdate(), "role": Role.TEAM_MANAGER, "user": UserFactory().pk}
        client.post(page(Membership, "change", membership.pk), data)
        changed = Membership.objects.get(pk=membership.pk)
        assert (changed.role, changed.user_id) == (Role.PRACTITIONER, membership.user_id)

    def test_removes_a_lost_factor(self, client):
        user = UserFactory(with_factor=True)
        client.post(page(User), {"action": "reset_factors", "_selected_action": [user.pk]}, follow=True)
        assert not user.authenticator_set.exists()
        assert verbs() == ["factors.reset"]

    @pytest.mark.parametrize("model", sorted(CONFIGURED - {DutyShift}, key=str))
    def test_deletes_nothing(self, client, centre, model):
        row = a_row_of_each(centre)[model]
        assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert client.post(page(model), {"action": "delete_selected", "_selected_action": [row.pk]}).status_code in (
            200,
            302,
        )
        assert model.objects.filter(pk=row.pk).exists()

    def test_sees_no_history_here(self, client, centre):
        assert client.get(page(ServiceCentre, "history", centre.pk)).status_code == 404

    def test_leaves_no_second_log(self, client):
        client.post(page(User, "add"), {"email": "new@service.example", "full_name": "New"})
        assert not LogEntry.objects.exists()

    def test_words_a_reason_for_every_centre(self, client):
        client.post(page(NotAcceptedReason, "add"), a_reason())
        assert NotAcceptedReason.objects.get().centre is None

    @pytest.mark.parametrize(("days", "is_taken"), [(0, False), (-5, False), (1, True)])
    def test_lets_the_last_national_offer_end_only_on_a_day_to_come(self, client, days, is_taken):
        offer = ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
        ends_on = timezone.localdate() + timedelta(days=days)
        client.post(page(ServiceOffer, "change", offer.pk), values_of(offer) | {"ends_on": ends_on})
        offer.refresh_from_db()
        assert offer.ends_on == (ends_on if is_taken else None)

    def test_ends_the_offer_of_another_centre_today(self, client, centre):
        offer = ServiceOfferFactory(centre=centre)
        client.post(page(ServiceOffer, "change", offer.pk), values_of(offer) | {"ends_on": timezone.localdate()})
        offer.refresh_from_db()
        assert offer.ends_on == timezone.localdate()

    def test_learns_what_keeps_two_offers_apart(self, client, centre):
        offer = ServiceOfferFactory(centre=centre)
        answer = client.post(page(ServiceOffer, "add"), values_of(offer))
        assert "This centre has another offer in force in that time." in answer.content.decode()

    @pytest.mark.requirement("R-nat-35")
    @pytest.mark.parametrize(("days", "is_shown"), [(None, True), (91, True), (90, False)])
    def test_a_contact_nobody_has_checked_for_ninety_days_is_shown(self, client, days, is_shown):
        PublicContact.objects.all().delete()
        checked = timezone.localdate() - timedelta(days=days) if days else None
        PublicContactFactory(kind=ContactKind.HELPLINE, checked_on=checked)
        listed = client.get(page(PublicContact)).content.decode()
        assert ("ring it, then set the date" in listed) is is_shown
        assert ("1 contact has not been checked for 90 days." in listed) is is_shown


def values_of(row):
    return {name: value for name, value in model_to_dict(row).items() if value is not None and name != "id"}


def a_reason(**changes):
    meaning = NotAcceptedReasonFactory.build().meaning
    return {"label_en": "We are full until June", "meaning": meaning, "position": 0} | changes


def shift_of(membership):
    return {"membership": membership.pk, "weekday": 0, "starts_at": "09:00", "ends_at": "17:00"}


def a_row_of_each(centre):
    membership = MembershipFactory(centre=centre)
    return {
        ServiceCentre: centre,
        ContactPointOfCentre: ContactPointOfCentreFactory(centre=centre),
        LocalAuthority: LocalAuthorityFactory(centre=centre),
        ServiceOffer: ServiceOfferFactory(centre=centre),
        PublicContact: PublicContactFactory(),
        User: membership.user,
        Membership: membership,
        DutyShift: DutyShiftFactory(membership=membership),
        NotAcceptedReason: NotAcceptedReasonFactory(centre=centre),
        SupportOption: SupportOptionFactory(centre=centre),
        AwarenessTopic: AwarenessTopicFactory(centre=centre),
        Resource: ResourceFactory(centre=centre),
    }
