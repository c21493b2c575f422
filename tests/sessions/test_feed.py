"""The diary in the calendar of a phone: its address, and what stands there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.enums import Role
from accounts.models import Membership
from audit.models import AuditEvent
from sessions import operations
from sessions.models import CalendarFeed, SupportSession
from sessions.views import feeds
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sessions import CalendarFeedFactory, SupportSessionFactory
from tests.traces import everything, leaves_no_trace

pytestmark = pytest.mark.django_db

DIARY, MAKE, STOP = (reverse(f"sessions:{name}") for name in ("diary", "make_feed", "revoke_feed"))
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield
    cache.clear()


@pytest.fixture
def practitioner():
    return MembershipFactory(role=Role.PRACTITIONER).user


@pytest.fixture
def case(practitioner):
    centre = practitioner.memberships.get().centre
    return CaseFactory(
        referral__centre=centre, active=True, led_by=practitioner, opened_at=WEDNESDAY - timedelta(weeks=30)
    )


@pytest.fixture
def address(practitioner):
    return at(operations.make_feed(by=practitioner))


def at(token):
    return reverse("sessions:feed", args=[token])


def events(client, address):
    """As the program of somebody else reads it, from one reading to the next in the same order."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


# What stands there


def test_a_calendar_is_told_references_and_times_and_nothing_else(client, practitioner, case, address):
    planned = {"planned_at": WEDNESDAY + timedelta(days=1), "planned_minutes": 90}
    SupportSessionFactory(case=case, practitioner=practitioner, place="12 Some Street", **planned)
    ReviewFactory(case=case, due_on=date(2026, 12, 1))
    told = [dict(event.property_items(recursive=False)) for event in events(client, address)]
    assert {name for event in told for name in event} == {
        "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "END",
    }  # fmt: skip
    assert [str(event["SUMMARY"]) for event in told] == [f"Session ({case.reference})", f"Review ({case.reference})"]
    assert all(UUID(event["UID"]) for event in told)
    times = [(event["DTSTART"].dt, event["DTEND"].dt) for event in told]
    noon = datetime(2026, 11, 26, 12, tzinfo=LONDON)
    assert times == [(noon, noon + timedelta(minutes=90)), (date(2026, 12, 1), date(2026, 12, 2))]


def test_a_calendar_is_not_told_whether_it_is_a_young_person_or_a_parent(client, practitioner, case, address):
    strand = CarerStrandFactory(active=True, practitioner=practitioner)
    CarerSessionFactory(strand=strand)
    SupportSessionFactory(case=case, practitioner=practitioner)
    told = {str(event["SUMMARY"]) for event in events(client, address)}
    assert told == {f"Session ({case.reference})", f"Session ({strand.case.reference})"}
    text = client.get(address).text
    assert [word for word in (strand.carer.first_name, "carer", "parent", str(strand.key)) if word in text] == []


def test_nothing_of_a_person_is_in_it(client, practitioner, case, address):
    SupportSessionFactory(case=case, practitioner=practitioner, place="12 Some Street")
    text = client.get(address).text
    person = case.young_person
    for told in (person.first_name, person.last_name, "12 Some Street", "school", practitioner.full_name):
        assert told not in text


@pytest.mark.parametrize(
    ("moment", "wall"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "20270328T003000"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "20270328T023000"),  # the clocks went forward
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "20271031T003000"),
        (datetime(2027, 10, 31, 9, 0, tzinfo=UTC), "20271031T090000"),  # and back
    ],
)
def test_times_are_those_on_the_wall_before_and_after_the_clocks_change(
    client, practitioner, case, address, moment, wall
):
    with time_machine.travel(moment, tick=False):
        SupportSessionFactory(case=case, practitioner=practitioner, planned_at=moment)
        answer = client.get(address)
    assert f"DTSTART;TZID=Europe/London:{wall}" in answer.text
    [zone] = Calendar.from_ical(answer.content).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    local = moment.astimezone(LONDON)
    assert zone.to_tz().utcoffset(local.replace(tzinfo=None)) == local.utcoffset()


def test_the_same_session_keeps_its_name_when_it_was_held(client, practitioner, case, address):
    planned_at = WEDNESDAY - timedelta(hours=2)
    session = SupportSessionFactory(case=case, practitioner=practitioner, kind="first_contact", planned_at=planned_at)
    [planned] = events(client, address)
    held = {"status": "held", "attendance": "attended", "recorded_at": WEDNESDAY, "recorded_by": practitioner}
    began = WEDNESDAY - timedelta(hours=1)
    SupportSession.objects.filter(pk=session.pk).update(started_at=began, ended_at=WEDNESDAY, **held)
    [found] = events(client, address)
    assert (found["UID"], found["DTSTART"].dt) == (planned["UID"], began)


@pytest.mark.parametrize("weeks", [-5, 27])
def test_what_is_long_ago_or_far_ahead_is_not_in_it(client, practitioner, case, address, weeks):
    SupportSessionFactory(case=case, practitioner=practitioner, planned_at=WEDNESDAY + timedelta(weeks=weeks))
    assert events(client, address) == []


def test_what_its_owner_may_not_see_any_more_has_left_it(client, practitioner, case, address):
    SupportSessionFactory(case=case, practitioner=practitioner)
    ReviewFactory(case=case)
    assert len(events(client, address)) == 2
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert events(client, address) == []


def test_five_hundred_entries_are_asked_for_as_often_as_one(
    client, practitioner, case, address, django_assert_num_queries
):
    def plan(number):
        return SupportSession(
            case=case, practitioner=practitioner, planned_by=practitioner, kind="review", mode="phone",
            planned_at=WEDNESDAY + timedelta(hours=number), planned_minutes=30,
        )  # fmt: skip

    SupportSession.objects.bulk_create([plan(number) for number in range(1)])
    client.get(address)  # the first of a day is on the trail
    with django_assert_num_queries(FEED):
        assert len(events(client, address)) == 1
    SupportSession.objects.bulk_create([plan(number) for number in range(1, 500)])
    with django_assert_num_queries(FEED):
        assert len(events(client, address)) == 500


# The address with its owner, roles, sessions, carers', reviews, whether it was read today; and twelve that count tries
FEED = 22


# Its address


def test_an_address_is_made_on_the_diary_and_shown_once(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    assert "Make an address" in client.get(DIARY).text
    address = client.post(MAKE).context["address"]
    assert address.startswith("http://localhost:8000/diary/feed/")
    assert Client().get(address).status_code == 200
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    assert token not in client.get(DIARY).text
    assert token not in str(everything()), "kept somewhere"
    assert AuditEvent.objects.get(verb="calendar_feed.made").actor_id == user.pk


def test_a_new_address_is_the_end_of_the_old_one(client, practitioner, address):
    new = at(operations.make_feed(by=practitioner))
    assert [client.get(old_or_new).status_code for old_or_new in (address, new)] == [404, 200]
    assert AuditEvent.objects.filter(verb="calendar_feed.renewed", actor_id=practitioner.pk).count() == 1


def test_the_page_of_an_address_reloaded_makes_no_other_and_kills_none(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    before = CalendarFeedFactory(user=user)
    asked = {"in_place_of": before.pk}
    assert f'name="in_place_of" value="{before.pk}"' in client.get(DIARY).text
    address = client.post(MAKE, asked).context["address"]
    again = client.post(MAKE, asked, follow=True)
    assert again.redirect_chain == [(DIARY, 302)]
    assert "The address was made already, and works." in again.text
    assert Client().get(address).status_code == 200
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        operations.make_feed(by=user, in_place_of=before.pk)


def test_an_address_that_was_stopped_is_not_there_any_more(client, sign_in):
    sign_in(Role.TEAM_MANAGER)
    address = client.post(MAKE).context["address"]
    told = client.post(STOP, follow=True)
    assert "The calendar address has stopped working." in told.text
    assert Client().get(address).status_code == 404
    assert AuditEvent.objects.filter(verb="calendar_feed.revoked").count() == 1
    assert "There is no calendar address now." in client.post(STOP, follow=True).text


def test_to_stop_what_is_not_there_leaves_no_trace(practitioner):
    CalendarFeedFactory()
    with leaves_no_trace(), pytest.raises(operations.NoFeedAlive):
        operations.revoke_feed(by=practitioner)


def test_the_diary_says_since_when_and_whether_a_calendar_found_it(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    address = at(operations.make_feed(by=user))
    page = client.get(DIARY).text
    assert "Your address was made on 25 November 2026. No calendar has read it yet." in page
    Client().get(address)
    assert "A calendar last read it on 25 November 2026." in client.get(DIARY).text


def not_there(client):
    return client.get(at("0" * 43))


def test_unknown_stopped_and_of_who_has_left_look_the_same(client, practitioner, address):
    nobody, lost_role = not_there(client), at("lost")
    CalendarFeedFactory(user=UserFactory(), token="lost")
    CalendarFeedFactory(revoked=True, token="stopped", user=practitioner)
    answers = [client.get(at("stopped")), client.get(lost_role)]
    Membership.objects.filter(user=practitioner).update(until_on=date(2026, 11, 25))
    answers.append(client.get(address))
    Membership.objects.filter(user=practitioner).update(until_on=None)
    practitioner.is_active = False
    practitioner.save()
    answers.append(client.get(address))
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nobody.content)}
    assert {str(sorted(answer.headers.items())) for answer in answers} == {str(sorted(nobody.headers.items()))}


def test_it_is_kept_by_no_cache_and_found_by_no_search(client, address):
    answer = client.get(address)
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"][:7]) == ("no-store", "noindex")
    assert answer.cookies == {}
    assert client.head(address).status_code == 200


def test_machines_that_try_addresses_are_slowed_down(client, address, monkeypatch):
    monkeypatch.setitem(feeds.LIMITS, "feed_read", "3/m/ip")
    tried = [client.get(at(f"guess-{number}")).status_code for number in range(4)]
    assert (tried, client.get(address).status_code) == ([404, 404, 404, 429], 429)


def test_a_reading_is_on_the_trail_once_a_day_with_what_it_held(client, practitioner, case, address):
    session = SupportSessionFactory(case=case, practitioner=practitioner)
    client.get(address)
    client.get(address)
    seen = AuditEvent.objects.get(verb="calendar_feed.viewed")
    assert (seen.actor_id, seen.facts) == (practitioner.pk, {"shown": [f"supportsession-{session.pk}"]})
    with time_machine.travel(WEDNESDAY + timedelta(days=1)):
        client.get(address)
    assert AuditEvent.objects.filter(verb="calendar_feed.viewed").count() == 2


def test_a_colleague_who_tries_an_address_is_on_the_trail_without_its_secret(client, sign_in):
    sign_in(Role.PRACTITIONER)
    client.get(at("secret-of-somebody"))
    assert AuditEvent.objects.get(verb="access.refused").facts == {"status": 404}


@pytest.mark.django_db(transaction=True)
def test_of_addresses_that_are_made_at_once_one_lives(practitioner):
    ready = Barrier(4)

    def make(_number):
        ready.wait()
        try:
            return operations.make_feed(by=practitioner)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(make, range(4)))
    assert [bool(CalendarFeed.objects.of_token(token)) for token in tokens].count(True) == 1
    assert CalendarFeed.objects.count() == 4
