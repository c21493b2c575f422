"""G4 for reminders: PostgreSQL is stopped and started in the middle of a sweep, and of a relay."""

from collections import Counter

import pytest

pytestmark = pytest.mark.deep

PEOPLE = 100
RECOVERED = 60  # seconds, from when it is back until nothing waits


@pytest.fixture
def quick_clock(site):
    """Starts beat and worker; nothing is owed and nothing was said before."""
    site.change("DELETE FROM outbox_message")
    site.change("DELETE FROM reminders_reminder")
    site.mail.letters.clear()
    yield lambda: site.start_clock(settings="tests.faults.quick_clock")
    site.mail.delay = 0
    for name in {"beat", "worker"} & set(site.children):
        site.end(name)
    site.change("DELETE FROM outbox_message")


def owed(site):
    [[count]] = site.rows("SELECT count(*) FROM outbox_message")
    return count


def arrived(site):
    return len({letter.to[0] for letter in site.mail.letters})


def at_work(site):
    """The task that began last."""
    [[task]] = site.rows("SELECT task FROM protect_respect_sweep ORDER BY began_at DESC LIMIT 1")
    return task


def nothing_waits(site):
    return site.rows("SELECT count(*) FROM outbox_message WHERE sent_at IS NULL") == [(0,)]


def test_a_database_restarted_in_sweeps_and_relays_loses_nothing_and_says_everything_once(site, quick_clock, counted):
    due = site.put_in("due", PEOPLE)
    people, restarts = due["people"], Counter()
    site.mail.delay = 0.05
    quick_clock()
    for count in [owed, owed, owed, arrived, arrived, arrived]:
        goal = count(site) + (people - count(site)) // 3  # of what is left, so that something is at work
        site.wait_until(lambda count=count, goal=goal: count(site) >= goal, seconds=300)
        restarts[at_work(site)] += 1
        known = owed(site)
        site.cluster.stop()
        site.cluster.start()
        assert owed(site) >= known
    site.mail.delay = 0
    took = site.wait_until(lambda: arrived(site) >= people and nothing_waits(site), seconds=RECOVERED)

    copies = Counter(letter.message_id for letter in site.mail.letters)
    twice = copies.total() - len(copies)
    counted(
        f"restarts {dict(restarts)}, {due['reminders']} reminders, {people} letters, {twice} twice, "
        f"end {took:.1f} s later"
    )
    assert set(restarts) == {"reminders.tasks.remind", "outbox.tasks.relay"}
    assert site.rows("SELECT count(*) FROM reminders_reminder") == [(due["reminders"],)]
    assert (len(copies), arrived(site), owed(site)) == (people, people, people)
    assert twice <= restarts.total()
