"""Operations: how the product itself is, for the system administrator and nobody else."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from tests.factories.outbox import MessageFactory
from tests.factories.watching import SweepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_broker(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"


@pytest.fixture
def administrator(sign_in):
    return sign_in(Role.SYSTEM_ADMIN)


def look(client):
    answer = client.get(reverse("operations"))
    assert answer.status_code == 200
    return answer


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("operations")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_no_other_role_opens_it_or_is_led_to_it(client, sign_in, role):
    sign_in(role)
    assert client.get(reverse("operations")).status_code == 403
    assert reverse("operations") not in client.get(reverse("home")).text


def test_a_system_administrator_is_led_to_it(client, administrator):
    assert f'href="{reverse("operations")}"' in client.get(reverse("home")).text


def test_letters_that_wait_are_counted_by_template_the_oldest_first(client, administrator):
    MessageFactory(sent=True)
    MessageFactory.create_batch(2, template="reminders", tries=3)
    MessageFactory(template="danger", created_at=timezone.now() - timedelta(hours=2))
    danger, reminders = look(client).context["letters"]
    assert (danger["template"], danger["count"], danger["most_tries"]) == ("danger", 1, 0)
    assert (reminders["template"], reminders["count"], reminders["most_tries"]) == ("reminders", 2, 3)


def test_failures_are_counted_by_kind_and_letters_that_left_since_are_not(client, administrator):
    MessageFactory.create_batch(2, failure="refused", tries=1)
    MessageFactory(failure="away", tries=4)
    MessageFactory(failure="away", tries=1, sent=True)
    assert [(row["kind"], row["count"], row["most_tries"]) for row in look(client).context["failures"]] == [
        ("The mail server refused it", 2, 1),
        ("The mail server went away", 1, 4),
    ]


def test_each_task_of_the_clock_says_how_it_is(client, administrator):
    SweepFactory(task="outbox.tasks.relay", failing=True)
    SweepFactory(began_at=timezone.now() - timedelta(hours=1))
    SweepFactory(task="accounts.tasks.forget_what_has_expired")
    page = look(client)
    states = {sweep["name"]: sweep["state"] for sweep in page.context["sweeps"]}
    assert set(states) == set(django_settings.CELERY_BEAT_SCHEDULE)
    assert states["relay what is owed"] == "Fails"
    assert states["remind"] == "Late"
    assert states["forget what has expired"] == "In time"
    assert "OperationalError" in page.text


def test_on_the_day_of_the_installation_an_hourly_task_is_not_yet_due(client, administrator):
    SweepFactory(since=timezone.now() - timedelta(minutes=5))
    states = {sweep["name"]: sweep["state"] for sweep in look(client).context["sweeps"]}
    assert (states["remind"], states["blank old addresses"]) == ("In time", "Not yet due")


def test_nothing_on_it_is_about_a_person(client, administrator):
    message = MessageFactory(failure="refused", tries=1)
    page = look(client).text
    for told in (message.to, message.reference, message.path, message.key):
        assert told not in page


def test_without_anything_that_waits_it_says_so(client, administrator):
    page = look(client)
    assert "No letter is waiting." in page.text
    assert page.context["failures"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_three_as_for_one(client, administrator, count, django_assert_num_queries):
    for number in range(count):
        MessageFactory(template=f"letter-{number}", failure="busy", tries=1)
        SweepFactory(task=f"task.{number}")
    client.get(reverse("operations"))
    with django_assert_num_queries(PAGE):
        assert len(look(client).context["letters"]) == count


PAGE = 14
