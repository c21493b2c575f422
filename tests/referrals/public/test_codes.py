"""One-time codes (B8): ten minutes, five tries, once, and the same answer whatever the address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from referrals.enums import CodePurpose
from referrals.models import OneTimeCode
from referrals.operations import codes
from tests.factories.referrals import ReferralDraftFactory
from tests.referrals.public import steps

EMAIL, CODE, MINE = reverse("refer:email"), reverse("refer:code"), reverse("refer:mine")
ADDRESS = "robin@school.example"
HERE, STRANGER = {"by": "test", "browser": "here"}, {"browser": "elsewhere"}


def issue(**options):
    return codes.issue_code(ADDRESS, **HERE | options)


def opens(code, address=ADDRESS, **options):
    return codes.use_code(address, code, **HERE | options)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_opens_once():
    code = issue()
    assert opens(code)
    assert not opens(code)


def test_a_code_is_stored_only_as_a_hash():
    code = issue()
    held = OneTimeCode.objects.get()
    assert code not in held.code_hash
    assert len(held.code_hash) == 64


@pytest.mark.parametrize("place", range(6))
def test_each_digit_counts(place):
    code = issue()
    for other in set("0123456789") - {code[place]}:
        OneTimeCode.objects.update(wrong_tries=0)
        assert not opens(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    ("after", "expected"), [(timedelta(minutes=10, seconds=-1), True), (timedelta(minutes=10), False)]
)
def test_a_code_works_for_ten_minutes(after, expected):
    now = timezone.now()
    code = issue(now=now)
    assert opens(code, now=now + after) is expected


def test_a_code_belongs_to_its_address_and_purpose():
    code = issue()
    assert not opens(code, "another@school.example")
    assert codes._hash(ADDRESS, CodePurpose.REFERRER, code) != codes._hash(ADDRESS, "another", code)
    assert opens(code, ADDRESS.upper())


def test_a_new_code_makes_the_earlier_one_useless():
    first, second = issue(), issue()
    assert first == second or not opens(first)
    assert opens(second)


def test_five_wrong_tries_end_a_code():
    code = issue()
    assert not any(opens(wrong(code)) for _try in range(5))
    assert not opens(code)


def test_a_code_works_only_in_the_browser_that_asked_for_it():
    code = issue()
    assert not opens(code, **STRANGER)
    issue(**STRANGER)
    assert not opens(code, **STRANGER)
    assert OneTimeCode.objects.filter(wrong_tries=0).count() == 1
    assert opens(code)


def test_ten_wrong_codes_of_a_stranger_do_not_close_an_address_to_its_owner():
    code = issue()
    for _code in range(4):
        theirs = issue(**STRANGER)
        for _try in range(5):
            assert not opens(wrong(theirs), **STRANGER)
    assert codes.is_locked(ADDRESS, browser="elsewhere")
    assert not codes.is_locked(ADDRESS, browser="here")
    assert opens(code)


@pytest.mark.parametrize(("count", "expected"), [(49, False), (50, True)])
def test_fifty_wrong_codes_of_many_browsers_close_an_address_to_all(count, expected):
    issue(**STRANGER)
    OneTimeCode.objects.update(wrong_tries=count)
    assert codes.is_locked(ADDRESS, browser="here") is expected


def test_which_browser_asked_is_stored_only_as_a_hash(client):
    client.post(EMAIL, {"email": ADDRESS})
    held, browser = OneTimeCode.objects.get(), client.session["asked"]["browser"]
    assert len(browser) >= 32
    assert browser not in held.asked_by
    assert len(held.asked_by) == 64


def test_a_stranger_elsewhere_who_asks_and_guesses_keeps_nobody_out(client, client_factory):
    client.post(EMAIL, {"email": ADDRESS})
    code = steps.newest_code()
    stranger = client_factory(REMOTE_ADDR="203.0.113.7")
    for _code in range(6):
        stranger.post(EMAIL, {"email": ADDRESS})
        for _try in range(5):
            stranger.post(CODE, {"code": wrong(steps.newest_code())})
    assert stranger.post(EMAIL, {"email": ADDRESS}).status_code == 429
    assert client.post(CODE, {"code": code}).url == MINE

    again = client_factory()
    assert again.post(EMAIL, {"email": ADDRESS}).status_code == 302
    assert again.post(CODE, {"code": steps.newest_code()}).url == MINE


def test_twenty_codes_an_hour_are_all_that_one_mailbox_gets(client_factory):
    for number in range(20):
        browser = client_factory(REMOTE_ADDR=f"203.0.113.{number // 5}")
        assert browser.post(EMAIL, {"email": ADDRESS}).status_code == 302
    elsewhere = client_factory(REMOTE_ADDR="203.0.113.99")
    assert elsewhere.post(EMAIL, {"email": ADDRESS}).status_code == 429
    assert len(mail.outbox) == 20


def test_ten_wrong_codes_close_an_address_for_an_hour():
    now = timezone.now()
    for _code in range(2):
        code = issue(now=now)
        for _try in range(5):
            opens(wrong(code), now=now)
    assert codes.is_locked(ADDRESS, browser="here", now=now)
    assert not opens(issue(now=now), now=now)
    assert opens(issue(now=now + timedelta(hours=1, seconds=1)), now=now + timedelta(hours=1, seconds=2))


def test_the_page_answers_every_address_alike(client, client_factory):
    ReferralDraftFactory(email=ADDRESS)
    pages = []
    for address in (ADDRESS, "stranger@school.example"):
        visitor = client_factory()
        visitor.post(EMAIL, {"email": address})
        page = visitor.get(CODE).text.replace(address, "ADDRESS")
        pages.append(re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_the_mail_holds_the_code_and_no_link(client):
    client.post(EMAIL, {"email": ADDRESS})
    letter = mail.outbox[0]
    assert letter.to == [ADDRESS]
    assert re.search(r"\b\d{6}\b", letter.body)
    assert not re.search(r"\d{6}", letter.subject)
    assert "http" not in letter.body


def test_looking_changes_nothing(client):
    client.post(EMAIL, {"email": ADDRESS})
    before = list(OneTimeCode.objects.values())
    for _look in range(20):
        client.get(CODE)
        client.get(EMAIL)
    assert list(OneTimeCode.objects.values()) == before
    assert client.get(MINE).status_code == 302


def test_a_wrong_code_is_said_kindly_and_leaves_its_trace(client):
    client.post(EMAIL, {"email": ADDRESS})
    page = client.post(CODE, {"code": wrong(steps.newest_code())})
    assert "This code is not right, or too old." in page.text
    assert OneTimeCode.objects.get().wrong_tries == 1
    assert client.get(MINE).status_code == 302


def test_a_code_may_be_typed_with_spaces(client):
    client.post(EMAIL, {"email": ADDRESS})
    code = steps.newest_code()
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).url == MINE
    assert client.get(MINE).status_code == 200


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "𝟙𝟚𝟛𝟜𝟝𝟞"])
def test_what_is_not_six_numbers_is_no_try(client, typed):
    client.post(EMAIL, {"email": ADDRESS})
    assert client.post(CODE, {"code": typed}).status_code == 200
    assert OneTimeCode.objects.get().wrong_tries == 0


def test_the_session_gets_a_new_key_when_an_address_is_proven(client):
    client.post(EMAIL, {"email": ADDRESS})
    before = client.session.session_key
    client.post(CODE, {"code": steps.newest_code()})
    assert client.session.session_key != before


def test_a_visitor_who_only_looks_has_no_session(client):
    for page in (reverse("refer:start_page"), reverse("refer:check"), EMAIL, CODE):
        client.get(page)
    assert "sid" not in client.cookies


def test_a_sixth_code_within_the_hour_is_refused_in_words(client):
    for _code in range(5):
        assert client.post(EMAIL, {"email": ADDRESS}).status_code == 302
    refused = client.post(EMAIL, {"email": ADDRESS})
    assert refused.status_code == 429
    assert "Retry-After" in refused
    assert len(mail.outbox) == 5


def test_one_address_of_the_network_gets_twenty_codes_an_hour(client):
    for number in range(20):
        assert client.post(EMAIL, {"email": f"worker{number}@school.example"}).status_code == 302
    assert client.post(EMAIL, {"email": "one.more@school.example"}).status_code == 429


def test_a_closed_address_is_told_to_wait(client):
    client.post(EMAIL, {"email": ADDRESS})
    OneTimeCode.objects.update(wrong_tries=codes.LOCKED_AFTER)
    assert client.post(CODE, {"code": "123456"}).status_code == 429


def test_a_mail_server_that_is_away_is_said_with_a_phone_number(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client.post(EMAIL, {"email": ADDRESS})
    page = client.get(CODE).text
    assert "We could not send the e-mail just now." in page
    assert "0808 800 5000" in page

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(CODE, {"again": "1"})
    assert "We have sent a code" in client.get(CODE).text
    assert client.post(CODE, {"code": steps.newest_code()}).url == MINE


def test_a_personal_address_is_asked_about_and_not_refused(client):
    client.post(EMAIL, {"email": "robin@gmail.com"})
    assert "This looks like a personal address." in client.get(CODE).text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com", "/staff/", "/refer/../staff/", "/refer/%2e%2e/", "javascript:alert(1)"],
)
def test_nobody_is_led_elsewhere_after_the_code(client, elsewhere):
    client.post(f"{EMAIL}?next={elsewhere}", {"email": ADDRESS})
    assert client.post(CODE, {"code": steps.newest_code()}).url == MINE


def test_an_hour_without_a_word_asks_for_a_new_code(client):
    steps.prove(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert client.get(MINE).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=118)):
        assert client.get(MINE).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=179)):
        assert client.get(MINE).status_code == 302


def test_after_ten_hours_a_code_is_asked_for_however_busy_somebody_was(client):
    steps.prove(client)
    began = timezone.now()
    for half_hours in range(1, 20):
        with time_machine.travel(began + timedelta(minutes=30 * half_hours)):
            assert client.get(MINE).status_code == 200
    with time_machine.travel(began + timedelta(hours=10, seconds=1)):
        assert client.get(MINE).status_code == 302


def test_leaving_asks_for_a_new_code(client):
    steps.prove(client)
    page = client.post(reverse("refer:leave"), follow=True)
    assert "You have left. To come back, you need a new code." in page.text
    assert not Session.objects.exists()
    assert client.get(MINE).status_code == 302


def test_exit_carries_what_ends_the_session_of_a_proven_referrer(client):
    assert "data-exit-leave" not in client.get(reverse("refer:start_page")).text
    steps.prove(client)
    page = client.get(MINE).text
    assert "data-exit-leave" in page
    assert "<noscript><form" in page
    assert "You have left" not in client.get(reverse("refer:start_page")).text


def test_after_leaving_the_key_that_the_browser_held_opens_nothing(client, client_factory):
    steps.prove(client)
    held = client.cookies["sid"].value
    client.post(EMAIL, {"email": ADDRESS})
    client.post(reverse("refer:leave"))
    assert not Session.objects.filter(pk=held).exists()
    thief = client_factory()
    thief.cookies["sid"] = held
    assert thief.get(MINE).status_code == 302
    assert thief.get(CODE).url == EMAIL


def test_a_colleague_who_leaves_as_a_referrer_stays_signed_in_under_another_key(client, sign_in):
    user = sign_in()
    steps.prove(client)
    session = client.session
    session["sent"], before = {"a": 1}, session.session_key
    session.save()
    client.post(EMAIL, {"email": ADDRESS})
    client.post(reverse("refer:leave"))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not {"referrer", "asked", "sent"} & set(client.session.keys())
    assert not Session.objects.filter(pk=before).exists()


def test_old_codes_are_forgotten():
    issue(now=timezone.now() - timedelta(days=2))
    issue()
    assert codes.forget_old_codes(by="test") == 1
    assert OneTimeCode.objects.count() == 1
