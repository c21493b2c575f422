"""Sending: stored once, whatever is away; the receipt; and what the referrer may read afterwards."""

import re
import statistics
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import Message
from referrals import operations, tasks
from referrals.enums import Outcome, SecondPersonReason
from referrals.models import Decision, Referral, ReferralDraft, StatusChange
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import ContactPointOfCentreFactory, PublicContactFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.figures import DEEP
from tests.referrals.public import answers, steps


def page_of(client, name, referral):
    return client.get(reverse(f"refer:{name}", args=[referral.form_token]))


@pytest.fixture
def ready(client, english_area):
    """A draft with every section done."""
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    return draft


# Before sending


def test_sending_too_early_explains_what_is_missing(client, english_area):
    draft = steps.begin(client, english_area)
    page = steps.send(client, draft)
    assert page.status_code == 200
    assert [task["label"] for task in page.context["incomplete"]] == [
        "About you",
        "Who knows",
        "The young person",
        "Safe contact",
        "Family and carers",
        "Your concerns",
        "Safety now",
        "Strengths and wishes",
    ]
    assert not Referral.objects.exists()


@pytest.mark.parametrize("missing", answers.DECLARATION)
def test_each_part_of_the_declaration_is_needed(client, ready, missing):
    page = steps.send(client, ready, **{missing: ""})
    assert set(page.context["form"].errors) == {missing}
    assert not Referral.objects.exists()


def test_nobody_sends_more_than_the_form_asks(client, ready):
    more = {"status": "accepted", "priority": "immediate", "centre": "1", "reference": "PR-2222-22", "owner": "1",
            "referrer_email": "another@school.example", "submitted_at": "2020-01-01", "subject": "1"}  # fmt: skip
    for slug in ("about-you", "concerns", "safety"):
        values = {"about-you": answers.ABOUT_YOU, "concerns": answers.CONCERNS, "safety": answers.SAFETY}[slug]
        steps.save(client, ready, slug, values | more)
    steps.send(client, ready, **more)
    referral = Referral.objects.get()
    assert (referral.status, referral.priority, referral.owner) == ("submitted", "", None)
    assert referral.referrer_email == steps.EMAIL
    assert referral.reference != "PR-2222-22"


# What was shown is what is sent


def seen_on(page):
    return page.text.split('name="seen" value="')[1].split('"')[0]


def test_what_was_saved_elsewhere_since_the_page_was_opened_is_shown_and_not_sent(client, ready, english_area):
    page = reverse("refer:check_answers", args=[ready.pk])
    shown = seen_on(client.get(page))
    steps.fill_in(client, ready, english_area, last_name="Changed")

    again = client.post(page, answers.DECLARATION | {"seen": shown})

    assert again.status_code == 409
    assert "Something was saved in another window" in again.text
    assert "Changed" in again.text
    assert not Referral.objects.exists()
    assert client.post(page, answers.DECLARATION | {"seen": seen_on(again)}).status_code == 302
    assert Referral.objects.get().young_person.last_name == "Changed"


@pytest.mark.parametrize("seen", ["", "0", "x"])
def test_nothing_is_sent_without_saying_what_was_shown(client, ready, seen):
    assert steps.send(client, ready, seen=seen).status_code == 409
    assert not Referral.objects.exists()


# Once


def test_a_double_click_ends_at_the_same_receipt(client, ready):
    first, second = steps.send(client, ready), steps.send(client, ready)
    assert first.url == second.url
    assert Referral.objects.count() == 1
    assert Message.objects.filter(template="referral-received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_submissions_at_once_are_one_referral(national, english_area):
    for _trial in range(50 if DEEP else 2):
        _send_at_once(20, english_area)


def _send_at_once(count, area):
    cache.clear()  # the limits of codes are another test's
    first = Client()
    draft = steps.begin(first, area)
    steps.fill_in(first, draft, area)
    barrier, answered = threading.Barrier(count), []

    def send():
        browser = Client()
        browser.cookies = first.cookies.copy()
        try:
            barrier.wait()
            for _try in range(3):  # two seconds in the line of the twenty, and the page says to try again
                answer = steps.send(browser, draft)
                if answer.status_code != 503:
                    break
            answered.append(answer)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _thread in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {response.status_code for response in answered} == {302}
    assert {response.url for response in answered} == {reverse("refer:sent", args=[draft.pk])}
    assert len(answered) == count
    assert Referral.objects.filter(form_token=draft.pk).count() == 1
    reference = Referral.objects.get(form_token=draft.pk).reference
    assert Message.objects.filter(template="referral-received", reference=reference).count() == 1


# Whatever is away


def test_no_broker_is_asked(client, ready, settings):
    settings.CELERY_BROKER_URL = settings.REDIS_URL = "redis://127.0.0.1:9/0"
    began = time.monotonic()
    assert steps.send(client, ready).status_code == 302
    assert time.monotonic() - began < 1
    assert Message.objects.filter(template="referral-received", sent_at=None).exists()


def test_a_trail_that_cannot_be_written_refuses_no_referral(client, ready):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is away'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_audit BEFORE INSERT ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION refuse_audit()"
        )
    receipt = steps.send(client, ready)
    assert Referral.objects.get().reference in client.get(receipt.url).text

    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse_audit ON audit_auditevent")
    tasks.record_submissions()
    tasks.record_submissions()
    assert AuditEvent.objects.filter(verb="referral.submitted").count() == 1
    assert StatusChange.objects.get().recorded


def test_danger_raises_a_concern_and_owes_a_message_to_each_person_on_duty(client, english_area):
    people = [MembershipFactory(centre=english_area.centre).user.email for _person in range(2)]
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area, danger="yes", emergency_called="on", danger_details="At a flat now.")
    steps.send(client, draft)
    assert Concern.objects.get().what == "At a flat now."
    assert Referral.objects.get().urgency == 0
    assert "Call 999 now" in client.get(reverse("refer:sent", args=[draft.pk])).text
    assert sorted(Message.objects.filter(template="danger").values_list("to", flat=True)) == sorted(people)


# Afterwards


def test_the_receipt_says_what_happens_next_with_a_real_date(client, ready):
    with time_machine.travel("2026-11-23T10:00:00Z"):
        steps.prove_at_once(client)
        steps.send(client, ready)
        page = client.get(reverse("refer:sent", args=[ready.pk])).text
    assert "5pm on Monday 30 November" in page
    assert "0808 800 5000" in page


def test_a_copy_of_the_answers_for_one_hour_in_the_same_session_only(client, ready):
    steps.send(client, ready)
    receipt = reverse("refer:sent", args=[ready.pk])
    assert "1 Example Street" in client.get(receipt).text

    another = Client()
    steps.prove_at_once(another)
    assert "1 Example Street" not in another.get(receipt).text

    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert "1 Example Street" in client.get(receipt).text
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = client.get(receipt)
        assert page.status_code == 200
        assert "1 Example Street" not in page.text


def test_a_draft_that_was_sent_cannot_be_read_again(client, ready):
    steps.send(client, ready)
    assert not ReferralDraft.objects.exists()
    for name in ("tasks", "check_answers", "discard"):
        assert client.get(reverse(f"refer:{name}", args=[ready.pk])).status_code == 302


@pytest.fixture
def own(client):
    """A proven referrer's own referral, in the state that is asked for."""
    steps.prove_at_once(client)

    def referral(**traits):
        return ReferralFactory(referrer_email=steps.EMAIL, **traits)

    return referral


def test_the_outcome_page_never_says_who_the_young_person_is(client, own):
    for traits in ({}, {"screening": True}, {"accepted": True}, {"not_accepted": True}, {"withdrawn": True}):
        referral = own(**traits)
        referral.young_person.first_name, referral.young_person.last_name = "Canarybird", "Nightingale"
        referral.young_person.save()
        page = page_of(client, "outcome", referral).text
        assert referral.reference in page
        for detail in ("Canarybird", "Nightingale", referral.reason, referral.young_person.address):
            assert detail not in page


@pytest.mark.requirement("R-nat-35")
@pytest.mark.requirement("R-nat-36", part="outcome")
@pytest.mark.requirement("R-nat-37")
def test_not_accepted_says_why_what_else_and_whom_to_ring(client, own):
    referral = own(not_accepted=True)
    decision = referral.decisions.get()
    page = page_of(client, "outcome", referral).text
    for words in (decision.explanation, decision.suggestion, "If you do not agree", "0808 800 5000", "0800 1111"):
        assert words in page


@pytest.mark.requirement("R-nat-35")
@pytest.mark.requirement("R-nat-37")
def test_helpline_and_learning_stand_on_receipt_outcome_and_start_page_as_the_list_has_them(client, own):
    PublicContactFactory(phone="01632 960123")
    PublicContactFactory(kind="learning", name_en="NSPCC Learning", phone="", url="https://learning.example/")
    sent, ended = own(), own(not_accepted=True)
    pages = [page_of(client, "sent", sent), page_of(client, "outcome", sent), page_of(client, "outcome", ended)]
    pages += [client.get(reverse("refer:start_page")), client.get(reverse("refer:not_right"))]
    for page in pages:
        assert "01632 960123" in page.text
    for page in pages[1:]:
        assert 'href="https://learning.example/"' in page.text


def test_a_decision_that_waits_for_a_second_person_is_not_told(client, own):
    referral = own(screening=True)
    DecisionFactory(
        referral=referral,
        outcome=Outcome.ACCEPTED_ALLOCATE,
        explanation="Canary words",
        needs_second_person=[SecondPersonReason.CURRENT_EXPLOITATION],
    )
    page = page_of(client, "outcome", referral).text
    assert "Canary words" not in page
    assert "We are looking at it" in page


def test_a_referral_joined_to_another_says_nothing_of_the_other(client, own):
    referral = own(screening=True)
    operations.decide(referral, by=UserFactory(), outcome=Outcome.DUPLICATE_MERGED, explanation="Canary words")
    page = page_of(client, "outcome", referral).text
    assert "Canary words" not in page
    assert "Joined" not in page
    assert "another referral" not in page
    assert "We are taking it forward" in page
    assert "The duty worker may ring you." in page


@pytest.mark.parametrize(
    ("outcome", "words", "meets"),
    [
        (Outcome.ACCEPTED_ALLOCATE, "Accepted. A practitioner will be named.", True),
        (Outcome.ACCEPTED_WAITING_LIST, "on our waiting list", True),
        (Outcome.ACCEPTED_CONSULTATION_ONLY, "for a consultation with you", False),
    ],
)
def test_a_yes_says_what_happens_next_and_what_to_tell_the_young_person(client, own, outcome, words, meets):
    referral = own(screening=True)
    operations.decide(referral, by=UserFactory(), outcome=outcome)
    page = page_of(client, "outcome", referral).text
    assert words in page
    assert ("What you can tell the young person" in page) is meets


@pytest.mark.parametrize("name", ["sent", "outcome"])
def test_the_number_to_ring_is_the_centres_own_where_somebody_has_checked_it(client, own, name):
    referral = own()
    point = ContactPointOfCentreFactory(centre=referral.centre, phone="01632 960777")
    assert "01632 960777" not in page_of(client, name, referral).text
    assert "To talk with somebody, ring the NSPCC helpline" in page_of(client, name, referral).text
    point.verified_on = timezone.localdate()
    point.save()
    assert 'href="tel:01632960777"' in page_of(client, name, referral).text


def test_a_note_of_a_withdrawal_is_not_for_the_referrer(client, own):
    referral = own()
    operations.withdraw(referral, by=UserFactory(), note="Canary words")
    assert Decision.objects.get().explanation == "Canary words"
    assert "Canary words" not in page_of(client, "outcome", referral).text


# Is this young person known? (A6)


def masked(page, *words):
    text = re.sub(r'(csrfmiddlewaretoken|seen)" value="[^"]+', r"\1", page.text)
    for word in words:
        text = text.replace(str(word), "…")
    return text


def _submit(area, last_name):
    cache.clear()  # the limits of codes are another test's
    client = Client()
    draft = steps.begin(client, area)
    steps.fill_in(client, draft, area, last_name=last_name)
    declared = answers.DECLARATION | {"seen": steps.version_of(draft)}
    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        client.post(reverse("refer:check_answers", args=[draft.pk]), declared)
        took = time.perf_counter() - began
    receipt = client.get(reverse("refer:sent", args=[draft.pk]))
    referral = Referral.objects.get(form_token=draft.pk)
    return masked(receipt, referral.reference, draft.pk, last_name), len(captured), took


def test_submitting_tells_nobody_whether_a_young_person_is_known(english_area):
    ReferralFactory(accepted=True, subject=DataSubjectFactory(surname_key="knownname"))
    known, unknown = [], []
    moment = timezone.now().replace(second=0)  # the receipt names the minute
    for _pair in range(100 if DEEP else 4):
        for group, last_name in [(known, "Knownname"), (unknown, "Othername")]:
            with time_machine.travel(moment):
                group.append(_submit(english_area, last_name))
    assert len({page for page, _count, _took in known + unknown}) == 1
    assert len({count for _page, count, _took in known + unknown}) == 1
    if DEEP:
        medians = [statistics.median(took for *_rest, took in group) for group in (known, unknown)]
        assert abs(medians[0] - medians[1]) < 0.010


def test_what_checking_and_sending_ask_of_the_database(client, ready):
    with CaptureQueriesContext(connection) as checked:
        client.get(reverse("refer:check_answers", args=[ready.pk]))
    sending = {"seen": steps.version_of(ready)}
    with CaptureQueriesContext(connection) as sent:
        client.post(reverse("refer:check_answers", args=[ready.pk]), answers.DECLARATION | sending)
    # Session, transaction and its end, draft, area, offer, public contacts.
    assert len(checked) == 7
    # Those but for the contacts; the draft locked, offer, subject, referral, what was said, safety, six lists,
    # status, letter, the draft gone; and the session that remembers it for an hour.
    assert len(sent) == 26
