"""Where somebody is signed in is theirs to see and to end; it ends at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import browsers, operations
from accounts.models import Session
from audit.models import AuditEvent
from tests.accounts.steps import sign_in_with_factor
from tests.factories.accounts import MembershipFactory, SessionFactory, UserFactory, give_factor

pytestmark = pytest.mark.django_db

PAGE = reverse("own_sessions")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15 Safari/604.1"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18 Safari/605.1"


@pytest.fixture
def user():
    return MembershipFactory().user


@pytest.fixture
def secret(user):
    return give_factor(user)


@pytest.fixture
def here(client, user, secret):
    sign_in_with_factor(client, user, secret)
    return client


@pytest.fixture
def elsewhere(user, secret):
    client = Client(headers={"User-Agent": FIREFOX})
    client.force_login(user)
    return client


def is_in(client):
    return client.get(reverse("home")).status_code == 200


def end(client, which):
    return client.post(PAGE, {"end": which}, follow=True)


def handle(client):
    return Session.objects.get(pk=client.session.session_key).handle


@pytest.mark.parametrize(
    ("says", "names"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (EDGE, ("Edge", "Windows")),
        (ANDROID, ("Chrome", "Android")),
        (IPHONE, ("Safari", "iPhone")),
        (MAC, ("Safari", "macOS")),
        ("", ("", "")),
        ("<script>alert(1)</script>" * 200, ("", "")),
    ],
)
def test_a_browser_has_the_names_that_people_know_it_by(says, names):
    assert browsers.named(says) == names


def test_the_page_says_which_browser_since_when_and_last_seen(here, user):
    SessionFactory(user=user, browser="Edge", system="macOS")
    page = here.get(PAGE).text
    assert "Edge on macOS" in page
    assert page.count("Signed in ") >= 2
    assert "last seen" in page


def test_no_key_and_no_address_of_a_network_is_kept_or_shown(here, elsewhere):
    page = here.get(PAGE).text
    for key in Session.objects.values_list("pk", flat=True):
        assert key not in page
    assert "127.0.0.1" not in page
    assert "127.0.0.1" not in str(list(Session.objects.values()))


def test_somebody_elses_sessions_are_neither_seen_nor_ended(here):
    other = SessionFactory(browser="Opera")
    assert "Opera" not in here.get(PAGE).text
    page = end(here, other.handle)
    assert "You are not signed in there any more." in page.text
    assert Session.objects.filter(pk=other.pk).exists()
    with pytest.raises(operations.NotTheirOwn):
        operations.end_session(other, by=UserFactory())


def test_one_is_ended_and_is_out_at_its_next_request(here, elsewhere, user):
    third = SessionFactory(user=user)
    assert is_in(elsewhere)
    assert "You are signed out there." in end(here, handle(elsewhere)).text
    assert not is_in(elsewhere)
    assert is_in(here)
    assert Session.objects.filter(pk=third.pk).exists()
    event = AuditEvent.objects.get(verb="session.ended")
    assert (event.actor_id, event.facts) == (user.pk, {"why": "by_owner"})


def test_all_others_are_ended_and_this_one_is_not(here, elsewhere, user):
    SessionFactory.create_batch(3, user=user)
    stranger = SessionFactory()
    assert "You are signed out everywhere but here." in end(here, "others").text
    assert not is_in(elsewhere)
    assert is_in(here)
    assert list(user.sessions.values_list("pk", flat=True)) == [here.session.session_key]
    assert Session.objects.filter(pk=stranger.pk).exists()
    assert AuditEvent.objects.get(verb="sessions.ended").facts == {"why": "by_owner", "count": 4}


@pytest.mark.parametrize("which", ["", "others " * 100, "0" * 16, "\u0141", "here"])
def test_what_is_no_session_of_theirs_ends_nothing(here, elsewhere, which):
    assert end(here, which).status_code == 200
    assert is_in(here)
    assert is_in(elsewhere)


def test_this_session_is_ended_by_signing_out_and_not_here(here):
    end(here, handle(here))
    assert is_in(here)


def test_what_was_idle_too_long_is_no_place_where_one_is_signed_in(here, user):
    now = timezone.now()
    SessionFactory(user=user, browser="Idle", seen_at=now - timedelta(minutes=20))
    SessionFactory(user=user, browser="Long", began_at=now - timedelta(hours=10))
    SessionFactory(user=user, browser="Over", expire_date=now)
    page = here.get(PAGE).text
    assert not any(name in page for name in ["Idle", "Long", "Over"])


@pytest.mark.parametrize("act", [operations.disable, operations.reset_factors])
def test_an_administrator_who_closes_the_way_in_ends_every_session(here, elsewhere, user, act):
    act(user, by=UserFactory())
    assert not user.sessions.exists()


def test_a_session_of_nobody_says_nothing_of_anybody(client):
    session = client.session
    session["asked"] = "x"
    session.save()
    row = Session.objects.get()
    assert (row.user, row.browser, row.began_at, row.seen_at) == (None, "", None, None)


def test_a_session_names_nobody_by_its_key(here):
    row = Session.objects.get(user__isnull=False)
    assert row.pk not in str(row)
