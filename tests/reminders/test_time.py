"""H3, H5: clocks that change and clocks that jump. Each reminder once, on the right local day; a letter at its hour."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from cases.reviewing import plan_reviews_locked
from outbox.models import Message
from reminders.models import Reminder
from reminders.schedule import SCHEDULE
from reminders.tasks import remind
from tests.factories.cases import CaseFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.reminders.test_reminding import START, works_on

pytestmark = pytest.mark.django_db


def sweep(*moments):
    """At each of these moments in turn, in UTC, whichever way the clock went in between."""
    for moment in moments:
        with time_machine.travel(f"{moment}:00+00:00", tick=False):
            remind()


@pytest.fixture
def lead():
    """Of a case whose settling-in review is due on 14 September 2026."""
    case = CaseFactory(active=True, support_started_on=START)
    plan_reviews_locked(case, by=case.opened_by)
    return works_on(case)


def letters(person):
    """How many count the review: on these days other things come due too."""
    return Message.objects.filter(to=person.email, counts__has_key="settling_in").count()


def speaking():
    return Reminder.objects.speaking().filter(kind="settling_in")


def said(person):
    """What was said to them, and on the day of which letter."""
    found = Reminder.objects.filter(person=person, kind="settling_in")
    return list(found.values_list("stage", "due_on", "told_on"))


def test_a_clock_set_back_two_hours_says_nothing_again(lead):
    sweep("2026-09-14T12:00", "2026-09-14T10:00", "2026-09-14T12:00")
    assert (letters(lead), said(lead)) == (1, [("due", date(2026, 9, 14), date(2026, 9, 14))])


def test_a_clock_set_back_over_midnight_is_silent_until_the_day_is_there_again(lead):
    sweep("2026-09-13T23:30", "2026-09-13T21:30")
    assert not speaking().exists()
    sweep("2026-09-14T09:00", "2026-09-14T09:15")
    assert (letters(lead), said(lead)) == (1, [("due", date(2026, 9, 14), date(2026, 9, 14))])


def test_a_clock_three_days_ahead_loses_nothing_and_when_set_right_says_nothing_twice(lead):
    sweep("2026-09-12T12:00", "2026-09-15T12:00")
    assert letters(lead) == 1
    sweep("2026-09-12T12:15")
    assert not speaking().exists()
    sweep("2026-09-13T12:00", "2026-09-14T12:00", "2026-09-15T12:00", "2026-09-16T12:00")
    assert speaking().filter(person=lead).count() == 1
    assert (letters(lead), said(lead)) == (1, [("due", date(2026, 9, 14), date(2026, 9, 15))])


def test_three_days_in_which_nothing_ran_are_made_up_for_in_one_letter(lead):
    sweep("2026-09-13T12:00", "2026-09-17T12:00")
    assert (letters(lead), said(lead)) == (1, [("due", date(2026, 9, 14), date(2026, 9, 17))])


@pytest.mark.parametrize(
    ("due_on", "before", "then"),
    [
        ("2026-03-29", "2026-03-28T23:59", "2026-03-29T00:00"),  # an hour of this day is missing
        ("2026-10-25", "2026-10-24T22:59", "2026-10-24T23:00"),  # and this one has an hour twice
        ("2026-07-01", "2026-06-30T22:59", "2026-06-30T23:00"),
        ("2028-02-29", "2028-02-28T23:59", "2028-02-29T00:00"),
    ],
)
def test_a_day_begins_at_midnight_in_london(due_on, before, then):
    case = CaseFactory(active=True, support_started_on=date(2025, 12, 1))
    person = works_on(case)
    ReviewFactory(case=case, kind="settling_in", opens_on=date.fromisoformat(due_on), due_on=date.fromisoformat(due_on))
    sweep(before)
    assert said(person) == []
    sweep(then)
    assert said(person) == [("due", date.fromisoformat(due_on), None)]


@pytest.mark.parametrize(
    ("day", "too_early", "at_seven"),
    [
        ("2026-03-29", "2026-03-29T05:59", "2026-03-29T06:00"),
        ("2026-10-25", "2026-10-25T06:59", "2026-10-25T07:00"),
        ("2028-02-29", "2028-02-29T06:59", "2028-02-29T07:00"),
    ],
)
def test_a_letter_leaves_at_its_hour_once_on_days_that_are_not_like_others(day, too_early, at_seven):
    case = CaseFactory(active=True, support_started_on=date(2025, 12, 1))
    person = works_on(case)
    ReviewFactory(case=case, kind="settling_in", opens_on=date.fromisoformat(day), due_on=date.fromisoformat(day))
    sweep(too_early)
    assert letters(person) == 0
    sweep(at_seven, f"{day}T12:00", f"{day}T22:45")
    assert letters(person) == 1


def test_easter_is_no_working_day():
    """Asked for on Maundy Thursday: the third working day is the Thursday after, the fifth the Monday after that."""
    ExtensionRequestFactory(case__active=True, requested_at=datetime(2026, 4, 2, 12, tzinfo=UTC))
    steps = []
    for day in range(2, 16):
        with time_machine.travel(f"2026-04-{day:02}T12:00:00+00:00", tick=False):
            [row] = [row for row in SCHEDULE if row.kind == "more_time"]
            steps += [
                (step.stage, day)
                for fact in row.facts(date(2026, 4, day))
                for step in row.steps
                if step.speaks(fact, timezone.now()) and step.stage not in dict(steps)
            ]
    assert steps == [("soon", 9), ("escalated", 14)]
