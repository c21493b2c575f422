"""G2, G3, G4, G7 for reminders: each is there once, whoever is killed and whatever is away; and they count."""

import time
from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.utils import timezone

from outbox.models import Message
from protect_respect.models import Sweep
from tests.faults.clock import Clock
from tests.faults.due import due, keys, what_one_sweep_writes
from tests.faults.smtp import MailServer
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, KILLS = figure(20, 1_000), figure(2, 20)
FEWER = figure(8, 100)
RECOVERED = 60  # seconds, from when it is back until nothing waits


@pytest.fixture
def mail():
    server = MailServer().start()
    yield server
    server.mode = "ok"
    server.stop()


@pytest.fixture
def clock(tmp_path, broker, mail):
    clock = Clock(tmp_path, broker=broker, mail=mail)
    yield clock
    clock.stop()


def assert_each_once(mail, expected, *, people, most_copies):
    """Reminders exactly; no letter lost; and one that came twice came under one id."""
    assert keys() == expected
    assert not Message.objects.unsent().exists()
    copies = Counter(letter.to[0] for letter in mail.letters)
    assert len(copies) == people == Message.objects.count()
    twice = sum(copies.values()) - people
    assert twice <= most_copies
    assert len({(letter.to[0], letter.message_id) for letter in mail.letters}) == people
    return twice


def test_workers_killed_in_the_middle_under_two_beats_say_everything_once(clock, mail, counted):
    due(PEOPLE)
    expected = what_one_sweep_writes()
    mail.delay = 0.02
    clock.start("beat", "beat too")
    kills = 0
    for number in range(1, KILLS + 1):
        clock.start(f"worker {number}")
        clock.wait_for(number * 2 * PEOPLE // (KILLS + 1))
        clock.kill(f"worker {number}")
        kills += 1
    clock.start("worker")
    took = clock.wait_for(2 * PEOPLE, seconds=RECOVERED)

    wait_until_nothing_is_owed()
    twice = assert_each_once(mail, expected, people=PEOPLE, most_copies=kills)
    counted(f"{kills} kills, {expected.total()} reminders, {PEOPLE} letters, {twice} twice, end {took:.1f} s later")
    assert kills == KILLS > 0


def wait_until_nothing_is_owed():
    """A letter is there a moment before it is ticked off; of one whose worker was killed then, a copy must come."""
    deadline = time.monotonic() + RECOVERED
    while Message.objects.unsent().exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def freeze(broker):
    broker.freeze()
    return broker.thaw


def stop(broker):
    port = broker.port
    broker.stop()
    return lambda: broker.start(port=port)


def flush(broker):
    """Everything in it is gone: the queue, and what the processes agreed about it; and once more at the end."""

    def flushed():
        with redis.Redis(port=broker.port) as asked:
            asked.flushall()

    flushed()
    return flushed


BROKER_FAULTS = {"stopped": stop, "frozen": freeze, "flushed": flush}


@pytest.mark.deep
@pytest.mark.parametrize("fault", BROKER_FAULTS)
def test_a_broker_in_trouble_delays_reminders_and_loses_none(clock, broker, mail, counted, fault):
    clock.start("beat", "worker")
    due(1)
    clock.wait_for(2)
    mend = BROKER_FAULTS[fault](broker)
    due(FEWER)
    expected = what_one_sweep_writes() + keys()
    time.sleep(6)
    mend()

    took = clock.wait_for(2 * (FEWER + 1), seconds=RECOVERED)
    wait_until_nothing_is_owed()
    assert_each_once(mail, Counter(set(expected)), people=FEWER + 1, most_copies=0)
    counted(f"broker {fault}: {FEWER} letters {took:.1f} s after it was back")


@pytest.mark.deep
@pytest.mark.parametrize("fault", ["busy", "refuse", "hang", "gone", "stopped"])
def test_a_mail_server_in_trouble_delays_letters_and_loses_none(clock, mail, counted, fault):
    due(FEWER)
    expected = what_one_sweep_writes()
    if fault == "stopped":
        mail.stop()
    else:
        mail.mode = fault
    clock.start("beat", "worker")
    clock.wait_for(FEWER)  # the one worker also waits for the mail server, again and again
    time.sleep(8)
    assert (mail.letters, Message.objects.filter(sent_at=None).count()) == ([], FEWER)
    if fault == "stopped":
        mail.start()
    mail.mode = "ok"
    clock.jump(timedelta(hours=1))  # as long as it was away: no letter waits longer

    took = clock.wait_for(2 * FEWER, seconds=RECOVERED)
    wait_until_nothing_is_owed()
    assert_each_once(mail, expected, people=FEWER, most_copies=0)
    counted(f"mail server {fault}: {FEWER} letters {took:.1f} s after it was back")


@pytest.mark.deep
def test_a_database_that_cuts_the_sweep_off_loses_no_reminder(clock, mail, counted):
    due(PEOPLE)
    expected = what_one_sweep_writes()
    mail.delay = 0.02
    clock.start("beat", "worker")
    cut = 0
    for number in range(1, KILLS + 1):
        clock.wait_for(number * 2 * PEOPLE // (KILLS + 1))
        cut += clock.cut_off()
    clock.wait_for(2 * PEOPLE, seconds=RECOVERED)

    wait_until_nothing_is_owed()
    twice = assert_each_once(mail, expected, people=PEOPLE, most_copies=cut)
    counted(f"{cut} connections cut: {expected.total()} reminders, {PEOPLE} letters, {twice} twice")
    assert cut > 0


SET_RIGHT = timedelta(0)
JUMPS = {
    "two hours back": [timedelta(hours=-2)],
    "three days ahead": [timedelta(days=3)],
    "three days ahead and set right": [timedelta(days=3), SET_RIGHT],
}


@pytest.mark.deep
@pytest.mark.parametrize("jumps", JUMPS)
def test_a_clock_that_jumps_under_a_running_worker_loses_nothing_and_says_nothing_twice(clock, mail, counted, jumps):
    due(FEWER)
    expected = what_one_sweep_writes()
    mail.delay = 0.02
    clock.start("beat", "worker")
    clock.wait_for(FEWER // 2)  # in the middle of a sweep
    for people, by in enumerate(JUMPS[jumps], 2):
        clock.jump(by)
        due(FEWER)
        expected |= what_one_sweep_writes() | what_one_sweep_writes(timezone.now() + by)
        took = wait_until_told(mail, people * FEWER)
        wait_for_sweeps(2)
        assert abs(sweep_end() - timezone.now() - by) < timedelta(minutes=1), "the clock did not jump"

    letters = Counter(letter.message_id for letter in mail.letters)
    counted(f"{jumps}: {keys().total()} reminders, {len(letters)} letters, the last {took:.1f} s later")
    assert keys() == expected
    assert set(letters.values()) == {1}
    assert len(letters) == Message.objects.count()
    if max(JUMPS[jumps]) <= SET_RIGHT:
        assert len(letters) == people * FEWER


def wait_until_told(mail, people):
    """Each has had a letter, and none waits. How long it took."""
    began = time.monotonic()
    while len({letter.to[0] for letter in mail.letters}) < people or Message.objects.unsent().exists():
        assert time.monotonic() - began < RECOVERED, f"{len(mail.letters)} letters for {people} people"
        time.sleep(0.05)
    return time.monotonic() - began


def wait_for_sweeps(count):
    """So many more come to their end."""
    seen = {sweep_end()}
    began = time.monotonic()
    while len(seen) <= count:
        assert time.monotonic() - began < RECOVERED
        seen.add(sweep_end())
        time.sleep(0.05)


def sweep_end():
    return Sweep.objects.values_list("ended_at", flat=True).get(task="reminders.tasks.remind")
