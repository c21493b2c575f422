"""Light, dark, or as the device is set: each colleague's own choice, kept with the account."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import operations
from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.traces import writes

pytestmark = pytest.mark.django_db


def root_of(response):
    return response.text.split("<html ")[1].split(">")[0]


def test_pages_are_as_the_device_is_set_until_somebody_chooses(client, sign_in):
    sign_in(Role.PRACTITIONER)
    assert 'data-theme="device"' in root_of(client.get(reverse("home")))

    chosen = client.post(reverse("look"), {"theme": "dark"})

    assert chosen.url == reverse("look")
    assert 'data-theme="dark"' in root_of(client.get(reverse("home")))


def test_what_was_chosen_is_kept_and_told_once():
    user = UserFactory()
    with writes(AuditEvent=1):
        operations.choose_theme(user, by=user, theme="light")
    user.refresh_from_db()
    assert user.theme == "light"


def test_a_theme_that_there_is_not_is_refused(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    assert client.post(reverse("look"), {"theme": "pink"}).context["form"].errors
    user.refresh_from_db()
    assert user.theme == "device"


def test_a_visitor_chooses_nothing():
    assert Client().get(reverse("look")).status_code == 302
    assert "data-theme" not in root_of(Client().get(reverse("account_login")))


# The hour of the daily letter


def test_the_hour_of_the_letter_is_chosen_and_kept(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    assert client.get(reverse("letter_hour")).context["form"].initial == {"letter_hour": 7}
    with writes(AuditEvent=1):
        operations.choose_letter_hour(user, by=user, hour=12)
    assert client.post(reverse("letter_hour"), {"letter_hour": "19"}).url == reverse("letter_hour")
    user.refresh_from_db()
    assert user.letter_hour == 19


@pytest.mark.parametrize("hour", ["6", "20", "x", ""])
def test_it_comes_by_day(client, sign_in, hour):
    sign_in(Role.PRACTITIONER)
    assert client.post(reverse("letter_hour"), {"letter_hour": hour}).context["form"].errors
