"""Two windows at once: one saves a section while the other sends or deletes the draft."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.urls import reverse

from referrals import operations
from referrals.models import Referral, ReferralDraft
from tests.referrals.public import answers, steps
from tests.submissions import answers_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(client, english_area):
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    return ReferralDraft.objects.get(pk=draft.pk)


def while_it_waits(ask, *, draft, act):
    """What ``ask`` answered, when ``act`` is done with the draft after ``ask`` has read it and before it may write."""

    def asked():
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ReferralDraft.objects.select_for_update().get(pk=draft.pk)
            answer = pool.submit(asked)
            wait_until_somebody_waits()
            act()
        return answer.result(timeout=20)


def wait_until_somebody_waits():
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            time.sleep(0.02)
    raise AssertionError("nobody waits for the draft")


def sending(draft, area):
    return lambda: operations.submit(draft, by=draft.email, **answers_for(area))


def deleting(draft):
    return lambda: operations.discard_draft(draft, by=draft.email)


def test_a_section_of_a_draft_that_is_being_sent_leads_to_the_receipt(client, ready, english_area):
    answer = while_it_waits(
        lambda: steps.save(client, ready, "safety", answers.SAFETY | {"later": "1"}),
        draft=ready,
        act=sending(ready, english_area),
    )

    assert (answer.status_code, answer.url) == (302, reverse("refer:sent", args=[ready.pk]))
    assert Referral.objects.count() == 1


def test_a_section_of_a_draft_that_is_being_deleted_is_a_page_that_is_not_there(client, ready):
    answer = while_it_waits(
        lambda: steps.save(client, ready, "safety", answers.SAFETY), draft=ready, act=deleting(ready)
    )

    assert answer.status_code == 404


def test_somebody_idle_too_long_is_asked_for_a_code_also_when_the_draft_is_being_deleted(client, ready):
    session = client.session
    session["referrer"] |= {"seen": time.time() - 2 * 60 * 60}
    session.save()

    answer = while_it_waits(
        lambda: steps.save(client, ready, "safety", answers.SAFETY), draft=ready, act=deleting(ready)
    )

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("refer:email"))


def test_a_section_saved_while_the_draft_is_being_sent_stops_the_sending(client, ready, english_area):
    answer = while_it_waits(
        lambda: steps.send(client, ready),
        draft=ready,
        act=lambda: steps.fill_in(client, ready, english_area, last_name="Changed"),
    )

    assert answer.status_code == 409
    assert "Changed" in answer.text
    assert not Referral.objects.exists()
