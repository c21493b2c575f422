"""A session of staff ends: idle, after ten hours, with the account, with the password."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session as DjangosSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import operations, tasks
from accounts.backends import SessionStore
from accounts.enums import Role
from accounts.models import Session
from audit.models import AuditEvent
from tests.accounts.steps import LOGIN, give_password, is_signed_in, sign_in_with_factor
from tests.factories.accounts import MembershipFactory, UserFactory, give_factor

pytestmark = pytest.mark.django_db

PAGE = reverse("mfa_index")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.fixture
def user(clock, sign_in):
    return sign_in(Role.DUTY_WORKER)


def stays_in(client, **kwargs):
    return client.get(PAGE, **kwargs).status_code == 200


@pytest.mark.parametrize(("minutes", "stays"), [(19, True), (20, False), (21, False)])
def test_twenty_minutes_idle_is_the_end(client, user, clock, minutes, stays):
    clock.shift(timedelta(minutes=minutes))
    assert stays_in(client) is stays


def test_using_it_keeps_it(client, user, clock):
    for _visit in range(10):
        clock.shift(timedelta(minutes=15))
        assert stays_in(client)


def test_a_page_that_asks_by_itself_does_not_keep_it(client, user, clock):
    for _poll in range(3):
        clock.shift(timedelta(minutes=6))
        assert stays_in(client, headers={"X-Background": "1"})
    clock.shift(timedelta(minutes=2))
    assert not stays_in(client, headers={"X-Background": "1"})


def left(client):
    return client.get(reverse("staff_session"), headers={"X-Background": "1"})


def test_the_page_is_told_how_long_is_left(client, user, clock):
    clock.shift(timedelta(minutes=18, seconds=10))
    answer = left(client).json()
    assert (answer["seconds"], answer["can_stay"]) == (110, True)
    assert "You will be signed out at 9:20am" in answer["words"]
    clock.shift(timedelta(seconds=110))
    assert left(client).url.startswith(LOGIN)


def test_to_stay_begins_the_twenty_minutes_again(client, user, clock):
    clock.shift(timedelta(minutes=19))
    assert client.post(reverse("staff_session")).json()["seconds"] == 20 * 60
    clock.shift(timedelta(minutes=19))
    assert left(client).json()["seconds"] == 60


def test_nobody_stays_after_ten_hours_and_the_page_says_so(client, user, clock):
    for _visit in range(35):
        clock.shift(timedelta(minutes=17))
        assert stays_in(client)
    answer = client.post(reverse("staff_session")).json()
    assert (answer["seconds"], answer["can_stay"]) == (5 * 60, False)
    assert "for more than 10 hours. You will be signed out at 7pm." in answer["words"]


def test_a_page_of_staff_carries_the_time_and_the_page_to_sign_in_none(client, user, clock):
    assert 'data-seconds="1200"' in client.get(PAGE).text
    assert "<dialog" not in Client().get(LOGIN).text


@pytest.mark.parametrize(("seconds", "stays"), [(-1, True), (0, False)])
def test_ten_hours_are_the_end_however_busy(client, user, clock, seconds, stays):
    while clock.shift(timedelta(minutes=10)) or datetime.now(UTC) < NINE + timedelta(hours=9, minutes=50):
        client.get(PAGE)
    clock.move_to(NINE + timedelta(hours=10, seconds=seconds))
    assert stays_in(client) is stays


@pytest.mark.parametrize(("seconds", "writes"), [(59, 0), (60, 1)])
def test_reading_writes_the_session_once_a_minute_at_most(client, user, clock, seconds, writes):
    clock.shift(timedelta(seconds=seconds))
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert sum(query["sql"].startswith('UPDATE "accounts_session"') for query in queries) == writes


def test_the_reader_learns_it_and_comes_back_to_the_page(client, user, clock):
    clock.shift(timedelta(minutes=30))
    response = client.get(f"{PAGE}?page=2")
    assert response.url == f"{LOGIN}?next=/staff/factor/%3Fpage%3D2"
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "You were signed out. Your draft is safe."
    ]
    [event] = AuditEvent.objects.filter(verb="session.ended")
    assert event.facts == {"why": "idle"}


def test_who_was_sending_a_form_comes_back_to_the_page_that_had_it(client, user, clock):
    clock.shift(timedelta(minutes=30))
    response = client.post(PAGE, headers={"Referer": "http://testserver/staff/password/change/"})
    assert response.url == f"{LOGIN}?next=/staff/password/change/"


@pytest.mark.parametrize("referer", ["https://evil.example/home/", "http://testserver.evil.example/", "", "//evil"])
def test_a_foreign_page_is_no_place_to_come_back_to(client, user, clock, referer):
    clock.shift(timedelta(minutes=30))
    response = client.post(PAGE, headers={"Referer": referer})
    assert response.url == f"{LOGIN}?next={reverse('home')}"


def test_a_fragment_moves_the_whole_page(client, user, clock):
    clock.shift(timedelta(minutes=30))
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
    response = client.get(reverse("home"), headers=headers)
    assert response["HX-Redirect"] == f"{LOGIN}?next={PAGE}"


def test_a_public_page_goes_on_for_whoever_sits_there_now(client, user, clock):
    clock.shift(timedelta(minutes=30))
    assert client.get(reverse("account_reset_password")).status_code == 200
    assert not is_signed_in(client)


def test_an_address_that_is_nothing_does_not_keep_it(client, user, clock):
    clock.shift(timedelta(minutes=15))
    client.get("/nothing/here/")
    clock.shift(timedelta(minutes=6))
    assert not stays_in(client)


@pytest.mark.parametrize("hours", [-2, 72])
def test_a_clock_that_jumps_never_makes_it_longer(client, user, clock, hours):
    clock.shift(timedelta(hours=hours))
    assert not stays_in(client)


def test_a_session_without_marks_has_ended(client, user):
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert not stays_in(client)


def test_a_disabled_user_is_out_at_the_next_request_and_stays_out(client, user):
    by = UserFactory()
    operations.disable(user, by=by)
    assert not stays_in(client)
    operations.enable(user, by=by)
    assert not stays_in(client)


def test_a_reset_factor_ends_every_session(client, user):
    operations.reset_factors(user, by=UserFactory())
    assert not stays_in(client)


def test_an_ended_role_ends_what_it_opened_at_the_next_request(client, sign_in):
    administrator = sign_in(Role.SYSTEM_ADMIN)
    assert client.get(reverse("admin:index")).status_code == 200
    operations.end_role(administrator.memberships.get(), by=UserFactory())
    assert client.get(reverse("admin:index")).status_code == 403


def test_a_granted_role_opens_at_the_next_request(client, sign_in):
    user = sign_in(Role.DUTY_WORKER)
    assert client.get(reverse("admin:index")).status_code == 403
    operations.grant_role(user, role=Role.CENTRE_ADMIN, centre=user.memberships.get().centre, by=UserFactory())
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_new_password_ends_the_sessions_elsewhere_and_not_here(client):
    user = MembershipFactory().user
    secret = give_factor(user)
    sign_in_with_factor(client, user, secret)
    elsewhere = Client()
    elsewhere.force_login(user)
    new = "nine loud lanterns in the harbour"

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": "seven quiet lanterns by the harbour", "password1": new, "password2": new},
    )

    assert response.url == reverse("home")
    assert stays_in(client)
    assert not stays_in(elsewhere)
    assert AuditEvent.objects.filter(verb="password.changed", subject_id=str(user.pk)).count() == 1


def test_staff_are_asked_again_before_they_change_how_they_sign_in(client, user, clock):
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    clock.shift(timedelta(minutes=6))
    asked = client.get(reverse("mfa_view_recovery_codes"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.get(asked.url).status_code == 200

    client.post(asked.url, {"password": "seven quiet lanterns by the harbour"})
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_the_cookies_are_what_a_browser_should_guard(client):
    user = UserFactory()
    sign_in_with_factor(client, user, give_factor(user))
    assert is_signed_in(client)
    for name in ["sid", "device"]:
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert client.cookies["sid"]["max-age"] == ""


def test_a_password_alone_opens_nothing(client):
    user = UserFactory(with_factor=True)
    give_password(client, user.email)
    assert client.get(PAGE).url.startswith(LOGIN)


def test_sessions_and_counters_that_hold_no_more_are_forgotten(client, user, clock):
    ended, expired_counter = SessionStore(), "tries-long-ago"
    ended.set_expiry(60)
    ended.save()
    DjangosSession.objects.create(session_key="of-before", session_data="", expire_date=NINE)
    cache.set(expired_counter, 1, timeout=60)
    cache.set("tries-now", 1, timeout=3 * 3600)
    clock.shift(timedelta(minutes=2))

    tasks.forget_what_has_expired()

    assert not Session.objects.filter(pk=ended.session_key).exists()
    assert Session.objects.filter(pk=client.session.session_key).exists()
    assert not DjangosSession.objects.exists()
    assert cache.get("tries-now") == 1
    assert counters_named(expired_counter) == 0


def counters_named(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE %s", [f"%{name}"])
        return cursor.fetchone()[0]
