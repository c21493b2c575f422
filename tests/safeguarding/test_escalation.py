"""When a concern that waits is said again, and to whom: plain values, no database."""

from datetime import datetime, timedelta

import pytest

from centres.working_days import LONDON
from safeguarding.enums import Severity
from safeguarding.escalation import Whom, heard_by, level_of, step_at

LEADS, ON_SHIFT = Whom.LEADS, Whom.ON_SHIFT
TEAM_MANAGERS, SERVICE_MANAGERS = Whom.TEAM_MANAGERS, Whom.SERVICE_MANAGERS
FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = 20, 21, 23, 24, 25


def november(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("severity", "raised", "said"),
    [
        # Immediate: an hour, and every hour, at night and on Sundays as well.
        ("immediate", november(SATURDAY, 23), [november(22, 0), november(22, 1), november(22, 2), november(22, 3)]),
        # High: five o'clock of the same day, whichever it is, then every four hours, at any hour.
        ("high", november(FRIDAY, 9), [november(FRIDAY, 17), november(FRIDAY, 21), november(SATURDAY, 1)]),
        ("high", november(SATURDAY, 10), [november(SATURDAY, 17), november(SATURDAY, 21)]),
        ("high", november(MONDAY, 18), [november(MONDAY, 19), november(MONDAY, 23)]),
        # Standard: the end of the next working day, and then the morning of each working day.
        ("standard", november(19, 11), [november(MONDAY, 9), november(TUESDAY, 9), november(WEDNESDAY, 9)]),
    ],
)
def test_each_step_comes_at_its_moment_and_not_a_second_before(severity, raised, said):
    assert step_at(severity, raised, raised) == 0
    for step, moment in enumerate(said, start=1):
        assert step_at(severity, raised, moment - timedelta(seconds=1)) == step - 1
        assert step_at(severity, raised, moment) == step


def test_the_night_in_which_an_hour_comes_twice_is_counted_by_hours_that_pass():
    raised = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    twice_past_one = [datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1)]
    assert [step_at(Severity.IMMEDIATE, raised, now) for now in twice_past_one] == [1, 2]


def test_a_clock_that_was_put_back_says_nothing_early():
    raised = november(MONDAY, 12)
    assert [step_at(severity, raised, raised - timedelta(hours=2)) for severity in Severity] == [0, 0, 0]


def test_the_first_four_steps_have_names_and_all_others_the_last():
    assert [level_of(step) for step in (0, 1, 2, 3, 4, 700)] == [
        "raised", "overdue", "escalated", "again", "again", "again",
    ]  # fmt: skip


def test_who_hears_of_each_step():
    assert heard_by(0, after=-1) == {ON_SHIFT, LEADS}
    assert heard_by(1, after=0) == {LEADS, TEAM_MANAGERS}
    assert heard_by(2, after=1) == {SERVICE_MANAGERS}
    assert heard_by(3, after=2) == heard_by(90, after=89) == {SERVICE_MANAGERS, LEADS}


def test_after_an_outage_the_latest_step_is_heard_by_all_who_missed_one():
    assert heard_by(90, after=0) == {SERVICE_MANAGERS, LEADS, TEAM_MANAGERS}
    assert heard_by(2, after=-1) == set(Whom)
    assert heard_by(90, after=-1) == set(Whom)
