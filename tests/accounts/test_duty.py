"""Who is on duty, at any moment: the weekly pattern, its exceptions, and everybody where nobody is named."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from accounts.enums import Role, Weekday
from accounts.permissions import on_duty, to_alert, to_call_in
from tests.factories.accounts import DutyShiftFactory, MembershipFactory
from tests.factories.centres import ServiceCentreFactory

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def centre():
    return ServiceCentreFactory()


@pytest.fixture
def first(centre):
    return MembershipFactory(centre=centre)


@pytest.fixture
def second(centre):
    return MembershipFactory(centre=centre)


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def names(moment):
    return set(on_duty(at=moment))


def test_the_weekly_shift_covers_its_hours_to_the_minute(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    assert names(at(9)) == {first}
    assert names(at(16, 59)) == {first}


@pytest.mark.parametrize("moment", [at(8, 59), at(17), at(12, day=date(2026, 11, 24))])
def test_where_no_shift_covers_every_duty_worker_is_on_duty(first, second, moment):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    assert names(moment) == {first, second}


def test_without_any_shift_every_duty_worker_is_on_duty(first, second):
    assert names(at(3)) == {first, second}


def test_a_dated_shift_replaces_the_pattern_of_its_centre_that_day(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    DutyShiftFactory(membership=second, weekday=None, on=MONDAY, starts_at="10:00", ends_at="12:00")
    assert names(at(11)) == {second}
    assert names(at(14)) == {first, second}
    assert names(at(11, day=date(2026, 11, 30))) == {first}


def test_a_centre_with_a_shift_does_not_empty_another(first):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    elsewhere = MembershipFactory()
    assert names(at(10)) == {first, elsewhere}


def test_a_shift_follows_the_clock_on_the_wall_in_winter_and_summer(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    assert names(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == {first}  # winter: nine is nine
    assert names(datetime(2026, 7, 20, 8, 0, tzinfo=UTC)) == {first}  # summer: eight is nine
    assert names(datetime(2026, 7, 20, 7, 59, tzinfo=UTC)) == {first, second}


@pytest.mark.parametrize(
    "instant", [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
)
def test_the_hour_that_comes_twice_is_covered_twice(first, second, instant):
    DutyShiftFactory(membership=first, weekday=Weekday.SUNDAY, starts_at="01:00", ends_at="02:00")
    assert names(instant) == {first}


def test_the_day_is_londons_and_not_the_servers(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY, starts_at="00:00", ends_at="01:00")
    assert names(datetime(2026, 7, 19, 23, 30, tzinfo=UTC)) == {first}  # Monday half past midnight in summer


def test_who_has_left_is_not_on_duty_and_their_shift_covers_nothing(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    first.user.is_active = False
    first.user.save()
    assert names(at(10)) == {second}


def test_a_role_that_ended_takes_its_shifts_with_it(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    first.until_on = MONDAY
    first.save()
    assert names(at(10)) == {second}


def test_the_dated_shift_of_a_leaver_does_not_replace_the_pattern(first, second):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    DutyShiftFactory(membership=second, weekday=None, on=MONDAY)
    second.user.is_active = False
    second.user.save()
    assert names(at(10)) == {first}


def test_other_roles_are_never_on_duty(centre, first):
    MembershipFactory(centre=centre, role=Role.TEAM_MANAGER)
    assert names(at(3)) == {first}


def test_danger_reaches_managers_and_leads_too_where_no_shift_covers(centre, first):
    DutyShiftFactory(membership=first, weekday=Weekday.MONDAY)
    roles = [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD]
    others = {MembershipFactory(centre=centre, role=role).user_id for role in roles}
    MembershipFactory(centre=centre, role=Role.PRACTITIONER)
    assert to_alert(centre, at=at(10)) == {first.user_id}
    assert to_alert(centre, at=at(20)) == {first.user_id} | others


def test_danger_where_nobody_is_left_reaches_the_national_centre(centre, first):
    national = ServiceCentreFactory(national=True)
    there = {MembershipFactory(centre=national, role=role).user_id for role in (Role.DUTY_WORKER, Role.TEAM_MANAGER)}
    assert to_alert(centre, at=at(10)) == {first.user_id}
    first.user.is_active = False
    first.user.save()
    assert to_alert(centre, at=at(10)) == set()
    assert to_call_in(at=at(10)) == there


def test_nobody_is_called_in_where_the_national_centre_has_nobody():
    ServiceCentreFactory(national=True)
    assert to_call_in(at=at(10)) == set()


def test_a_shift_stands_at_the_centre_of_its_role(first):
    assert DutyShiftFactory(membership=first).centre == first.centre
