"""What the platform is told, and that no outage of a part makes the answer wait."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from outbox.models import Message
from protect_respect.models import Sweep
from tests.factories.outbox import MessageFactory
from tests.factories.watching import SweepFactory

REMIND = "reminders.tasks.remind"
NOWHERE = "redis://127.0.0.1:1/0"


def parts(client):
    """The status and the word for each part; without the ages."""
    response = client.get(reverse("health_ready"))
    told = response.json()
    assert isinstance(told.pop("seconds"), dict)
    return response.status_code, told


def test_live_answers_without_the_database(client):
    response = client.get("/health/live")  # pytest-django refuses the database here

    assert (response.status_code, response.content) == (200, b"live")


@pytest.mark.django_db
def test_ready_says_one_word_for_each_part(client, settings, broker):
    settings.CELERY_BROKER_URL = broker.url
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        SweepFactory(task=entry["task"])

    assert parts(client) == (
        200,
        {"database": "ok", "migrations": "ok", "broker": "ok", "outbox": "ok", "clock": "ok", "disk": "ok"},
    )


@pytest.mark.django_db
def test_a_broker_that_is_away_stops_no_referral(client, settings):
    settings.CELERY_BROKER_URL = NOWHERE

    status, told = parts(client)

    assert (status, told["broker"]) == (200, "away")


@pytest.mark.django_db
def test_a_broker_that_hangs_is_not_waited_for(client, settings, broker):
    settings.CELERY_BROKER_URL = broker.url
    broker.freeze()
    begun = time.monotonic()

    status, told = parts(client)

    assert (status, told["broker"]) == (200, "away")
    assert time.monotonic() - begun < 3


@pytest.mark.django_db
def test_a_missing_migration_takes_no_referral(client, settings):
    settings.CELERY_BROKER_URL = NOWHERE
    newest = MigrationRecorder(connection).migration_qs.filter(app="outbox").latest("pk")
    newest.delete()

    status, told = parts(client)

    assert (status, told["migrations"]) == (503, "missing")


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "word"), [(4, "ok"), (6, "late")])
def test_a_message_owed_for_more_than_five_minutes_is_late(client, settings, minutes, word):
    settings.CELERY_BROKER_URL = NOWHERE
    Message.objects.create(
        key="one",
        template="referral_received",
        language="en-gb",
        to="worker@council.example",
        created_at=timezone.now() - timedelta(minutes=minutes),
    )

    status, told = parts(client)

    assert (status, told["outbox"]) == (200, word)


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "word"), [(40, "ok"), (50, "late")])
def test_a_sweep_that_comes_no_more_is_late_and_stops_no_referral(client, settings, minutes, word):
    settings.CELERY_BROKER_URL = NOWHERE
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        SweepFactory(task=entry["task"])
    Sweep.objects.filter(task=REMIND).update(ended_at=timezone.now() - timedelta(minutes=minutes))

    status, told = parts(client)

    assert (status, told["clock"]) == (200, word)


@pytest.mark.django_db
def test_ages_are_told_in_seconds(client, settings):
    settings.CELERY_BROKER_URL = NOWHERE
    with time_machine.travel(timezone.now(), tick=False):
        assert client.get(reverse("health_ready")).json()["seconds"] == {"oldest_owed": 0}
        SweepFactory(began_at=timezone.now() - timedelta(minutes=1))
        MessageFactory(created_at=timezone.now() - timedelta(minutes=2))
        MessageFactory(created_at=timezone.now() - timedelta(minutes=9), sent=True)
        assert client.get(reverse("health_ready")).json()["seconds"] == {"oldest_owed": 120, REMIND: 60}


@pytest.mark.django_db(transaction=True)
def test_without_the_database_it_says_so_at_once(client, settings):
    settings.CELERY_BROKER_URL = NOWHERE
    connection.close()
    real = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    begun = time.monotonic()
    try:
        status, told = parts(client)
    finally:
        connection.close()
        connection.settings_dict.update(real)

    assert (status, told["database"], told["migrations"]) == (503, "away", "unknown")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("name", ["health_live", "health_ready"])
def test_it_can_only_be_read(client, name):
    assert client.post(reverse(name)).status_code == 405
