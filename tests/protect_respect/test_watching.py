"""The clock is watched: what a worker ran leaves its trace, and a sweep that comes no more is late."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from protect_respect.celery import Watched, app
from protect_respect.models import Sweep
from protect_respect.watching import Watch
from tests.factories.watching import SweepFactory

pytestmark = pytest.mark.django_db

REMIND, RELAY, HOURLY = "reminders.tasks.remind", "outbox.tasks.relay", "outbox.tasks.blank_old_addresses"
PERIOD = timedelta(minutes=15)
ALL = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.fixture
def run():
    """Run a task as a worker does; ``error`` is what it meets."""
    app.loader.import_default_modules()

    def ran(name, monkeypatch=None, error=None):
        if error:
            monkeypatch.setattr(app.tasks[name], "run", lambda: (_ for _ in ()).throw(error))
        app.tasks[name].apply()
        return Sweep.objects.get(task=name)

    return ran


def test_a_task_that_ran_says_when_and_the_next_run_writes_over_it(run):
    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False):
        first = run(HOURLY)
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        second = run(HOURLY)
        assert (second.began_at, second.ended_at) == (timezone.now(), timezone.now())
    assert (second.pk, second.since) == (first.pk, first.since)
    assert second.ended_at - first.ended_at == timedelta(hours=1)


def test_a_task_that_fails_says_what_kind_and_nothing_of_what_it_met(run, monkeypatch):
    well = run(HOURLY)
    with monkeypatch.context() as patched:
        for number in (1, 2):
            row = run(HOURLY, patched, OperationalError("Key (name)=(Kanarienvogel) is wrong"))
            assert (row.failures, row.failure, row.ended_at) == (number, "OperationalError", well.ended_at)
    assert row.failed_at >= row.began_at
    assert run(HOURLY).failures == 0


def test_a_task_that_is_killed_in_the_middle_has_begun_and_not_ended():
    SweepFactory(ended_at=None, since=timezone.now() - 4 * PERIOD)
    assert REMIND in Watch().late()


@pytest.mark.parametrize(("periods", "is_late"), [(2.9, False), (3.1, True)])
def test_a_sweep_is_late_three_periods_after_its_last_end(periods, is_late):
    SweepFactory(began_at=timezone.now() - periods * PERIOD)
    assert Watch().is_late(REMIND) == is_late


@pytest.mark.parametrize(("hours", "late"), [(1, {REMIND, RELAY}), (4, ALL)])
def test_one_that_never_ran_counts_from_when_the_clock_began(hours, late):
    """An hourly task first runs an hour after the installation: that is no fault."""
    SweepFactory(task="one.of.long.ago", since=timezone.now() - timedelta(hours=hours))
    found = set(Watch().late())
    assert found >= late
    assert (HOURLY in found) == (HOURLY in late)


def test_without_a_clock_everything_is_late():
    assert set(Watch().late()) == ALL


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(hours=2)])
def test_a_clock_that_jumped_back_makes_nothing_late(jump):
    for task in ALL:
        SweepFactory(task=task, began_at=timezone.now() - jump)
    assert (REMIND in Watch().late()) == (jump > timedelta())


def test_every_task_of_ours_is_watched_and_in_the_schedule():
    """Nobody can forget it: it is the class of each."""
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert set(ours) == ALL
    assert all(isinstance(task, Watched) for task in ours.values())
