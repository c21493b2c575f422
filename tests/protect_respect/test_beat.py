"""H5: the beat of the clock where the clock of the machine is set back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import Celery

from protect_respect.beat import Scheduler

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERIOD = timedelta(seconds=15)


@pytest.fixture
def beat(tmp_path):
    """Makes a beat that has one task, with the file of the one before it."""
    app = Celery("beat", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"relay": {"task": "relay", "schedule": PERIOD}}
    return lambda: Scheduler(app, schedule_filename=str(tmp_path / "schedule"))


def ran(scheduler, moment):
    """How often it has sent its task when it has looked at the clock at this moment."""
    with time_machine.travel(moment, tick=False):
        scheduler.tick()
    return scheduler.schedule["relay"].total_run_count


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=3)])
def test_a_clock_set_back_stops_the_beat_for_one_period_and_no_longer(beat, back):
    with time_machine.travel(NOON, tick=False):
        scheduler = beat()
    assert ran(scheduler, NOON + PERIOD) == 1

    assert ran(scheduler, NOON + PERIOD - back) == 1
    assert ran(scheduler, NOON + 2 * PERIOD - back) == 2


def test_a_beat_started_again_on_a_clock_set_back_does_not_wait_for_the_hour_of_the_one_before(beat):
    with time_machine.travel(NOON, tick=False):
        before = beat()
    assert ran(before, NOON + PERIOD) == 1
    before.close()

    with time_machine.travel(NOON - timedelta(hours=2), tick=False):
        scheduler = beat()
    assert ran(scheduler, NOON - timedelta(hours=2)) == 1
    assert ran(scheduler, NOON - timedelta(hours=2) + PERIOD) == 2


def test_a_clock_that_is_kept_right_by_seconds_changes_nothing(beat):
    with time_machine.travel(NOON, tick=False):
        scheduler = beat()
    assert ran(scheduler, NOON + PERIOD) == 1
    assert ran(scheduler, NOON + PERIOD - timedelta(seconds=1)) == 1
    assert ran(scheduler, NOON + 2 * PERIOD) == 2
