"""A week of one's own: what stands in it, at what time, and what does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sessions import SupportSessionFactory

pytestmark = pytest.mark.django_db

DIARY = reverse("sessions:diary")
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def at_noon(**ago):
    return timezone.now() + timedelta(**ago)


def rows_of(page):
    return [entry for day in page.context["days"] for entry in day["entries"]]


def test_the_week_holds_ones_own_sessions_and_the_reviews_due_in_the_order_of_their_times(client, practitioner, case):
    own = {"case": case, "practitioner": practitioner}
    later = SupportSessionFactory(**own, planned_at=at_noon(hours=2))
    first = SupportSessionFactory(**own, planned_at=at_noon(hours=-3), held=True)
    sunday = SupportSessionFactory(**own, planned_at=at_noon(days=4))
    review = ReviewFactory(case=case, due_on=date(2026, 11, 26), opens_on=date(2026, 11, 20))
    rows = rows_of(client.get(DIARY))
    assert [(row["pk"], row["of"]) for row in rows] == [
        (first.pk, "sessions"), (later.pk, "sessions"), (review.pk, "reviews"), (sunday.pk, "sessions"),
    ]  # fmt: skip
    assert [row["time"] for row in rows] == ["9am to 10am", "2pm to 3pm", "To be held by this day", "midday to 1pm"]


@pytest.mark.parametrize(
    "other",
    [
        {"planned_at": WEDNESDAY - timedelta(days=3)},  # the Sunday before
        {"planned_at": WEDNESDAY + timedelta(days=5)},  # the Monday after
        {"cancelled": True, "planned_at": WEDNESDAY},
        {"status": "rescheduled", "planned_at": WEDNESDAY},
    ],
)
def test_other_weeks_and_what_takes_no_time_do_not_stand_in_it(client, practitioner, case, other):
    SupportSessionFactory(case=case, practitioner=practitioner, **other)
    page = client.get(DIARY)
    assert rows_of(page) == []
    assert "No sessions this week" in page.text


def test_sessions_of_a_colleague_and_reviews_that_were_held_do_not_stand_in_it(client, practitioner, case):
    colleague = AssignmentFactory(case=case, kind="co_worker").user
    SupportSessionFactory(case=case, planned_at=WEDNESDAY, practitioner=colleague)
    ReviewFactory(case=case, held=True, due_on=WEDNESDAY.date())
    assert rows_of(client.get(DIARY)) == []


def test_what_was_planned_with_somebody_who_has_left_the_case_stands_with_its_lead(client, practitioner, case):
    left = SupportSessionFactory(case=case, planned_at=at_noon(hours=2))
    stayed = AssignmentFactory(case=case, kind="co_worker").user
    SupportSessionFactory(case=case, practitioner=stayed, planned_at=WEDNESDAY)
    assert [row["pk"] for row in rows_of(client.get(DIARY))] == [left.pk]


def test_a_manager_has_their_own_and_no_colleagues_diary(client, manager, case):
    AssignmentFactory(case=case)
    SupportSessionFactory(case=case, planned_at=WEDNESDAY)
    ReviewFactory(case=case, due_on=WEDNESDAY.date(), opens_on=WEDNESDAY.date())
    assert rows_of(client.get(DIARY)) == []


def test_what_somebody_may_not_see_any_more_has_left_their_diary(client, practitioner, case):
    SupportSessionFactory(case=case, practitioner=practitioner, planned_at=WEDNESDAY)
    ReviewFactory(case=case, due_on=WEDNESDAY.date(), opens_on=WEDNESDAY.date())
    assert len(rows_of(client.get(DIARY))) == 2
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert rows_of(client.get(DIARY)) == []


def test_sessions_with_a_parent_or_carer_stand_in_the_diary_of_their_practitioner_alone(client, sign_in, case, at):
    theirs = sign_in(Role.PRACTITIONER, at=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=theirs, carer__last_name="Lastname")
    session = CarerSessionFactory(strand=strand, planned_at=WEDNESDAY)
    CarerSessionFactory(strand=strand, planned_at=WEDNESDAY, status="rescheduled")
    page = client.get(DIARY)
    [row] = rows_of(page)
    assert (row["pk"], row["of"], row["what"]) == (session.pk, "carer_sessions", "Direct session")
    assert (row["who"], row["reference"]) == ("A.L., Mother", case.reference)
    assert row["url"] == reverse("sessions:carer_session", args=[strand.key, session.pk])
    assert "Lastname" not in page.text
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    assert rows_of(client.get(DIARY)) == []
    AssignmentFactory(case=case, user=sign_in(Role.PRACTITIONER, at=case.centre))
    assert rows_of(client.get(DIARY)) == []


def test_it_says_in_words_what_still_has_to_be_done(client, practitioner, case):
    own = {"case": case, "practitioner": practitioner}
    SupportSessionFactory(**own, planned_at=at_noon(days=-1))
    SupportSessionFactory(**own, not_held=True, planned_at=at_noon(hours=-2))
    SupportSessionFactory(**own, planned_at=at_noon(hours=2))
    ReviewFactory(case=case, due_on=date(2026, 11, 24), opens_on=date(2026, 11, 20))
    rows = rows_of(client.get(DIARY))
    assert [(row["came_of_it"], row["waits"]) for row in rows] == [
        ("", "Overdue"), ("", "Needs a record"), ("Was not brought", "Not signed yet"), ("", ""),
    ]  # fmt: skip


def test_each_entry_says_who_by_letters_and_reference_and_leads_to_them(client, practitioner, case, at):
    SupportSessionFactory(case=case, practitioner=practitioner, planned_at=WEDNESDAY)
    page = client.get(DIARY)
    person, [row] = case.young_person, rows_of(page)
    assert (row["reference"], row["url"]) == (case.reference, at("session", case, row["pk"]))
    assert row["who"].startswith(f"{person.first_name[0]}.{person.last_name[0]}.")
    assert person.last_name not in page.text
    assert "<title>Diary" in page.text


@pytest.mark.parametrize(
    ("night", "begins", "ends", "time"),
    [
        # The clocks go back on 25 October 2026, at one in the morning of UTC, and forward on 28 March 2027.
        (date(2026, 10, 25), (2026, 10, 24, 23, 30), 180, "12:30am to 2:30am"),
        (date(2027, 3, 28), (2027, 3, 28, 0, 30), 60, "12:30am to 2:30am"),
    ],
)
def test_in_the_nights_when_the_clocks_change_it_stands_at_the_time_on_the_wall(
    client, practitioner, case, night, begins, ends, time
):
    SupportSessionFactory(
        case=case, practitioner=practitioner, planned_at=datetime(*begins, tzinfo=UTC), planned_minutes=ends
    )
    [row] = rows_of(client.get(f"{DIARY}?day={night}"))
    assert (row["day"], row["time"]) == (night, time)


@pytest.mark.parametrize("typed", ["2026-02-30", "yesterday", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_no_diary_has_is_today(client, practitioner, typed):
    page = client.get(DIARY, {"day": typed})
    [chosen] = [day for day in page.context["days"] if day["is_chosen"]]
    assert (chosen["title"], chosen["is_today"]) == ("Wednesday 25 November", True)


def test_a_day_of_another_week_brings_its_week_and_the_ways_on(client, practitioner):
    page = client.get(f"{DIARY}?day=2027-01-01")
    assert page.context["week"] == "Monday 28 December to Sunday 3 January 2027"
    assert page.context["to_day"] == {"before": f"{DIARY}?day=2026-12-31", "after": f"{DIARY}?day=2027-01-02"}
    assert page.context["to_week"] == {"before": f"{DIARY}?day=2026-12-21", "after": f"{DIARY}?day=2027-01-04"}
    assert [day["is_today"] for day in page.context["days"]] == [False] * 7


def test_who_looked_at_what_is_on_the_trail(client, practitioner, case):
    session = SupportSessionFactory(case=case, practitioner=practitioner, planned_at=WEDNESDAY)
    client.get(DIARY)
    seen = AuditEvent.objects.get(verb="diary.viewed")
    assert seen.actor_id == practitioner.pk
    assert seen.facts == {"week": "2026-11-23", "sessions": [session.pk], "carer_sessions": [], "reviews": []}


def test_who_works_with_no_case_has_an_empty_one_and_no_way_to_it(client, sign_in):
    sign_in(Role.DUTY_WORKER)
    assert "No sessions this week" in client.get(DIARY).text
    assert f'href="{DIARY}"' not in client.get(reverse("home")).text


@pytest.mark.parametrize("count", [1, 3])
def test_a_week_asks_as_often_for_three_as_for_one(client, sign_in, count, django_assert_num_queries):
    practitioner = sign_in(Role.PRACTITIONER)
    for _number in range(count):
        case = CaseFactory(led_by=practitioner, opened_at=at_noon(days=-7))
        SupportSessionFactory(case=case, practitioner=practitioner, planned_at=WEDNESDAY)
        ReviewFactory(case=case, due_on=WEDNESDAY.date(), opens_on=WEDNESDAY.date())
        strand = CarerStrandFactory(active=True, practitioner=practitioner)
        CarerSessionFactory(strand=strand, planned_at=WEDNESDAY)
    with django_assert_num_queries(DIARY_WEEK):
        assert len(rows_of(client.get(DIARY))) == 3 * count


# Session, user, factors, roles; sessions, carers', reviews; trail, feed, contacts, concerns waiting; savepoint twice
DIARY_WEEK = 12
