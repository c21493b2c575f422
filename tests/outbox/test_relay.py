"""G7: paying what is owed, against a real mail server that is slow, busy, refusing, hanging or away."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from outbox import relay
from outbox.models import Message
from tests.factories.outbox import MessageFactory
from tests.traces import writes


def now_due():
    Message.objects.update(try_after=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_what_is_owed_leaves_once_with_its_reference_and_link(mail_server, settings):
    message = MessageFactory(due_on="2026-11-30")

    with writes():
        assert relay.pay() == 1
    assert relay.pay() == 0

    message.refresh_from_db()
    [letter] = mail_server.letters
    assert letter.to == [message.to]
    assert letter.message_id == message.message_id
    assert message.reference in letter.text
    assert settings.SITE_URL in letter.text
    assert timezone.now() - message.sent_at < timedelta(minutes=1)
    assert "Auto-Submitted: auto-generated" in letter.text


@pytest.mark.django_db
def test_a_mail_server_that_is_away_costs_nobody_a_try(mail_server):
    message = MessageFactory(due_on="2026-11-30")
    mail_server.stop()

    assert relay.pay() == 0

    message.refresh_from_db()
    assert (message.tries, message.sent_at) == (0, None)
    mail_server.start()
    assert relay.pay() == 1


@pytest.mark.django_db
def test_a_mail_server_is_not_asked_for_nothing(mail_server, caplog):
    mail_server.stop()

    assert relay.pay() == 0

    assert not caplog.records
    mail_server.start()


@pytest.mark.django_db
@pytest.mark.parametrize(("trouble", "failure"), [("busy", "busy"), ("refuse", "refused")])
def test_a_refused_letter_waits_longer_each_time_and_is_not_lost(mail_server, trouble, failure, caplog):
    message = MessageFactory(due_on="2026-11-30")
    mail_server.mode = trouble
    waits = []
    caplog.set_level("WARNING", "outbox.relay")
    for _try in range(12):
        before = timezone.now()
        assert relay.pay() == 0
        assert relay.pay() == 0  # not yet due again
        message.refresh_from_db()
        waits.append(round((message.try_after - before).total_seconds() / 15))
        now_due()

    assert waits == [2, 4, 8, 16, 32, 64, 128, *[240] * 5]  # in quarters of a minute: 30 seconds to an hour
    assert (message.tries, message.sent_at, message.failure) == (12, None, failure)
    assert [(record.id, record.count) for record in caplog.records] == [(message.pk, n) for n in range(1, 13)]
    assert message.to not in caplog.text
    mail_server.mode = "ok"
    assert relay.pay() == 1
    assert [letter.message_id for letter in mail_server.letters] == [message.message_id]


@pytest.mark.django_db
def test_a_mail_server_that_goes_away_in_between_costs_one_letter_a_try(mail_server):
    MessageFactory.create_batch(5, due_on="2026-11-30")
    mail_server.mode = "gone"

    assert relay.pay() == 0

    assert sorted(Message.objects.values_list("tries", "failure")) == [*[(0, "")] * 4, (1, "away")]
    mail_server.mode = "ok"
    assert relay.pay() == 4


@pytest.mark.django_db
def test_a_server_that_refuses_one_letter_is_given_the_others(mail_server):
    MessageFactory.create_batch(3, due_on="2026-11-30")
    mail_server.mode = "refuse"

    assert relay.pay() == 0

    assert list(Message.objects.values_list("tries", flat=True)) == [1, 1, 1]


@pytest.mark.django_db
def test_a_link_that_was_mailed_stands_nowhere_else(mail_server, settings):
    owed = MessageFactory(template="staff-invitation", path="/staff/password/reset/key/2-secret/")
    mail_server.mode = "busy"
    relay.pay()
    owed.refresh_from_db()
    assert owed.path == "/staff/password/reset/key/2-secret/"
    mail_server.mode = "ok"
    now_due()

    assert relay.pay() == 1

    owed.refresh_from_db()
    assert owed.path == ""
    assert f"{settings.SITE_URL}/staff/password/reset/key/2-secret/" in mail_server.letters[0].text


@pytest.mark.django_db
def test_a_mail_server_that_hangs_is_given_up_and_asked_again(mail_server):
    message = MessageFactory(due_on="2026-11-30")
    mail_server.mode = "hang"

    assert relay.pay() == 0

    mail_server.mode = "ok"
    now_due()
    assert relay.pay() == 1
    message.refresh_from_db()
    assert message.sent_at is not None


@pytest.mark.django_db
def test_a_mail_server_that_stalls_with_a_letter_gets_it_again_under_the_same_id(mail_server):
    message = MessageFactory(due_on="2026-11-30")
    mail_server.mode = "stall"

    assert relay.pay() == 0

    message.refresh_from_db()
    assert (message.tries, message.sent_at) == (1, None)
    mail_server.mode = "ok"
    now_due()
    assert relay.pay() == 1
    assert {letter.message_id for letter in mail_server.letters} == {message.message_id}


@pytest.mark.django_db
def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(mail_server):
    bad = MessageFactory(template="there-is-no-such-letter")
    good = MessageFactory.create_batch(3, due_on="2026-11-30")

    assert relay.pay() == 3

    bad.refresh_from_db()
    assert (bad.sent_at, bad.tries, bad.failure) == (None, 1, "ours")
    assert {to for letter in mail_server.letters for to in letter.to} == {message.to for message in good}


@pytest.mark.django_db
def test_the_longest_owed_goes_first_and_a_batch_has_an_end(mail_server):
    late = MessageFactory(due_on="2026-11-30", try_after=timezone.now() - timedelta(hours=2))
    MessageFactory.create_batch(2, due_on="2026-11-30")

    assert relay.pay(limit=1) == 1

    assert [letter.to for letter in mail_server.letters] == [[late.to]]


@pytest.mark.django_db
def test_the_command_pays_everything_without_a_broker(mail_server, capsys):
    MessageFactory.create_batch(3, due_on="2026-11-30")

    call_command("relay")

    assert (len(mail_server.letters), capsys.readouterr().out) == (3, "Sent 3.\n")


@pytest.mark.django_db(transaction=True)
def test_relays_that_run_at_once_send_each_letter_once(mail_server):
    messages = MessageFactory.create_batch(40, due_on="2026-11-30")
    mail_server.delay = 0.01
    barrier, paid = threading.Barrier(4), []

    def run():
        try:
            barrier.wait()
            paid.append(relay.pay())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(to for letter in mail_server.letters for to in letter.to) == Counter(
        message.to for message in messages
    )
    assert (sum(paid), len(paid)) == (40, 4)
    assert sum(count > 0 for count in paid) > 1  # they shared the work


@pytest.mark.django_db
def test_an_address_is_forgotten_thirty_days_after_sending_and_not_before():
    now = timezone.now()
    old, recent, owed = (
        MessageFactory(created_at=now - timedelta(days=60), sent_at=sent_at)
        for sent_at in (now - timedelta(days=30, seconds=1), now - timedelta(days=30), None)
    )

    assert relay.blank_addresses(now=now) == 1
    assert relay.blank_addresses(now=now) == 0

    assert dict(Message.objects.values_list("pk", "to")) == {old.pk: "", recent.pk: recent.to, owed.pk: owed.to}


@pytest.mark.django_db
def test_a_clock_that_was_set_back_while_it_was_sent_sends_it_once(mail_server):
    message = MessageFactory(created_at=timezone.now() + timedelta(hours=2))

    assert (relay.pay(), relay.pay()) == (1, 0)

    message.refresh_from_db()
    assert message.sent_at == message.created_at
    assert len(mail_server.letters) == 1


@pytest.mark.django_db
def test_a_letter_that_nobody_tried_yet_does_not_wait_for_a_clock_that_was_set_back(mail_server):
    MessageFactory(try_after=timezone.now() + timedelta(hours=2))

    assert relay.pay() == 1


@pytest.mark.django_db
def test_a_letter_that_failed_waits_an_hour_at_most_however_far_a_clock_is_set_back(mail_server):
    MessageFactory(tries=3, try_after=timezone.now() + timedelta(minutes=59))
    MessageFactory(tries=3, try_after=timezone.now() + timedelta(days=3))

    assert (relay.pay(), relay.pay()) == (1, 0)


@pytest.mark.django_db
def test_a_slow_mail_server_is_left_to_the_next_relay_before_a_task_is_cut_off(mail_server, monkeypatch):
    MessageFactory.create_batch(3)
    monkeypatch.setattr(relay, "LONGEST_RUN", 0)

    assert [relay.pay() for _relay in range(4)] == [1, 1, 1, 0]
