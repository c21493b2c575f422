"""Rows 47 and 48: numbers that somebody rings every 90 days, to see that they are right."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from centres.models import ContactPointOfCentre, PublicContact
from reminders import projecting
from reminders.models import Reminder
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import ServiceCentreFactory
from tests.reminders.sweeping import at, heard

pytestmark = pytest.mark.django_db

DUE, ESCALATED = "due", "escalated"
CHECKED = date(2026, 8, 18)  # 90 days before 16 November


@pytest.fixture
def centre():
    ContactPointOfCentre.objects.update(verified_on=date(2026, 11, 1))
    PublicContact.objects.update(checked_on=date(2026, 11, 1))
    return ServiceCentreFactory()


@pytest.fixture
def staff(centre):
    roles = {"admin": Role.CENTRE_ADMIN, "system": Role.SYSTEM_ADMIN, "manager": Role.TEAM_MANAGER}
    return {name: MembershipFactory(centre=centre, role=role).user for name, role in roles.items()}


def point(centre, **columns):
    return ContactPointOfCentre.objects.create(centre=centre, kind="office", phone="01632 960001", **columns)


def test_a_number_of_a_centre_is_verified_every_90_days_and_after_two_weeks_who_administers_all_hears(centre, staff):
    number = point(centre, verified_on=CHECKED)
    assert heard("contact_point", "2026-11-15", staff) == set()
    assert heard("contact_point", "2026-11-16", staff) == {("admin", DUE)}
    assert heard("contact_point", "2026-11-30", staff) == {("admin", DUE), ("system", ESCALATED)}
    with at("2026-11-30"):
        ContactPointOfCentre.objects.filter(pk=number.pk).update(verified_on=timezone.localdate())
        assert not Reminder.objects.speaking().exists()
    assert heard("contact_point", "2026-11-30", staff) == set()


def test_a_new_number_is_verified_on_the_day_it_is_entered_and_none_of_a_centre_that_is_closed(centre, staff):
    with at("2026-11-16"):
        point(centre)
    assert heard("contact_point", "2026-11-16", staff) == {("admin", DUE)}
    type(centre).objects.filter(pk=centre.pk).update(is_active=False)
    assert heard("contact_point", "2026-11-16", staff) == set()


def test_where_nobody_administers_a_centre_who_administers_all_hears_at_once_and_no_manager(centre, staff):
    staff["admin"].memberships.update(until_on="2026-11-01")
    point(centre, verified_on=CHECKED)
    assert heard("contact_point", "2026-11-16", staff) == {("system", DUE)}


def test_a_helpline_is_checked_every_90_days_by_who_administers_all(centre, staff):
    PublicContact.objects.update_or_create(kind="childline", defaults={"name_en": "Childline", "checked_on": CHECKED})
    assert heard("public_contact", "2026-11-15", staff) == set()
    assert heard("public_contact", "2026-11-16", staff) == {("system", DUE)}
    with at("2026-11-16"):
        PublicContact.objects.filter(kind="childline").update(checked_on=timezone.localdate())
        assert not Reminder.objects.speaking().exists()


def test_each_reads_what_they_may_change_and_finds_it_on_the_page_they_begin_with(client, sign_in, centre):
    number = point(centre)
    elsewhere = point(ServiceCentreFactory())
    user = sign_in(Role.CENTRE_ADMIN, at=centre)
    projecting.project_reminders(by="test")
    Reminder.objects.filter(contact_point=elsewhere).update(person=user)
    [line] = client.get(reverse("home")).context["due"]
    assert line["reference"] == centre.name
    assert line["url"] == reverse("admin:centres_contactpointofcentre_change", args=[number.pk])
    assert client.get(line["url"]).status_code == 200
