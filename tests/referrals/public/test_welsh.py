"""Refer in Welsh from the first page to the last letter, and change the language at any page without losing a word."""

import io
import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from outbox import letters
from outbox.models import Message
from outbox.relay import pay
from protect_respect import reference_data
from referrals.models import Referral, ReferralDraft
from tests.referrals.public import answers, steps
from ui.times import day_and_date

LINK_TO_WELSH = re.compile(r'<a class="top-link" href="([^"]+)" lang="cy" hreflang="cy">Cymraeg</a>')
LINK_TO_ENGLISH = re.compile(r'<a class="top-link" href="([^"]+)" lang="en" hreflang="en">English</a>')
ROUTE = "wal_a_vulnerable"
OFFER = "Gallwch atgyfeirio yn Gymraeg, a gall y person ifanc gael ein cymorth yn Gymraeg."


@pytest.fixture(autouse=True)
def begins_in_english():
    """A request leaves its language behind in the thread, for the next test too."""
    with override("en-gb"):
        yield


def in_english(name, *args):
    return _address("en-gb", name, args)


def in_welsh(name, *args):
    return _address("cy", name, args)


def _address(language, name, args):
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def draft(client, welsh_area):
    """Begun on the English pages."""
    return steps.begin(client, welsh_area, category=ROUTE)


@pytest.fixture
def sent_in_welsh(client, draft, welsh_area):
    steps.fill_in(client, draft, welsh_area, category=ROUTE)
    declared = answers.DECLARATION | {"seen": steps.version_of(draft)}
    client.post(in_welsh("refer:check_answers", draft.pk), declared)
    return Referral.objects.get()


# Offered, not only there (the Active Offer)


@pytest.mark.parametrize("place", ["result", "tasks"])
def test_a_centre_that_offers_welsh_says_so_before_anybody_asks(client, welsh_area, draft, place):
    steps.pass_the_check(client, welsh_area, category=ROUTE)
    address = in_english("refer:result") if place == "result" else in_english("refer:tasks", draft.pk)
    text = client.get(address).text
    assert f'<span lang="cy">{OFFER}</span>' in text
    assert f'<a href="/cy{address}" lang="cy" hreflang="cy">Parhau yn Gymraeg</a>' in text


@pytest.mark.parametrize("place", ["result", "tasks"])
def test_on_the_welsh_page_the_offer_leads_nowhere_else(client, welsh_area, draft, place):
    steps.pass_the_check(client, welsh_area, category=ROUTE)
    address = in_welsh("refer:result") if place == "result" else in_welsh("refer:tasks", draft.pk)
    text = client.get(address).text
    assert OFFER in text
    assert "Parhau yn Gymraeg" not in text


def test_a_centre_that_does_not_offer_welsh_promises_none(client, english_area):
    steps.pass_the_check(client, english_area)
    draft = steps.begin(client, english_area)
    for address in (in_english("refer:result"), in_english("refer:tasks", draft.pk)):
        assert OFFER not in client.get(address).text
    assert "Our support is there in Welsh" not in section(client, draft, "young-person").text


def section(client, draft, slug):
    return client.get(in_english("refer:section", draft.pk, slug))


def test_in_wales_welsh_is_asked_about_first(client, draft):
    text = section(client, draft, "young-person").text
    assert "Our support is there in Welsh: ask, do not wait to be asked." in text
    offered = re.findall(r'name="preferred_language" value="(\w+)"', text)
    assert offered[0] == "cy"


# The link between the languages


@pytest.mark.parametrize("slug", list(answers.WHOLE))
def test_the_link_keeps_the_page_and_what_was_answered(client, draft, welsh_area, slug):
    steps.fill_in(client, draft, welsh_area, category=ROUTE)
    english = section(client, draft, slug)
    [twin] = LINK_TO_WELSH.findall(english.text)
    welsh = client.get(twin)
    assert '<html lang="cy">' in welsh.text
    assert LINK_TO_ENGLISH.findall(welsh.text) == [english.request["PATH_INFO"]]
    assert values_in(welsh.text) == values_in(english.text)


def values_in(text):
    """What stands in the boxes, and which choices are taken; the token of the form is new each time."""
    boxes = re.findall(r"<(?:input|option)\b[^>]*>", text)
    taken = [box for box in boxes if "csrf" not in box and ("type=" not in box or " checked" in box or "text" in box)]
    return [re.findall(r'(name|value)="([^"]*)"', box) + [" selected" in box] for box in taken] + [
        re.findall(r"<textarea[^>]*>([^<]*)", text)
    ]


def test_the_check_goes_on_in_the_other_language_where_it_was(client, welsh_area):
    steps.pass_the_check(client, welsh_area, category=ROUTE)
    for name in ("refer:check", "refer:situation", "refer:result"):
        [twin] = LINK_TO_WELSH.findall(client.get(in_english(name)).text)
        assert '<html lang="cy">' in client.get(twin).text
    assert "Caerdydd" in client.get(in_welsh("refer:situation")).text


def test_a_referral_can_be_made_without_an_english_page(client, welsh_area):
    with override("cy"):
        draft = steps.begin_by_hand(client, welsh_area, category=ROUTE)
        assert draft.language == "cy"
        assert mail.outbox[-1].subject == "Eich cod ar gyfer Protect and Respect"
        steps.fill_in_by_hand(client, draft, welsh_area, category=ROUTE)
        receipt = client.get(steps.send(client, draft).url)
    assert "Mae eich atgyfeiriad gyda ni" in receipt.text
    assert Referral.objects.get().language == "cy"
    assert not ReferralDraft.objects.exists()


def test_an_error_is_said_in_welsh_and_keeps_what_was_typed(client, draft):
    page = client.post(in_welsh("refer:section", draft.pk, "about-you"), {"referrer_name": "Siân Ŵyn", "seen": ""})
    assert "<title>Gwall:" in page.text
    assert "Mae problem" in page.text
    assert "Rhowch enw eich sefydliad." in page.text
    assert "Siân Ŵyn" in page.text


def test_a_page_that_is_not_there_says_so_in_welsh(client):
    page = client.get("/cy/help/nothing-of-this-name/")
    assert page.status_code == 404
    assert '<html lang="cy">' in page.text
    assert "Ni ddaethpwyd o hyd i’r dudalen" in page.text


# Letters and paper in the language of the referral


def test_letters_follow_the_language_of_the_page_from_which_it_was_sent(sent_in_welsh):
    referral = sent_in_welsh
    assert referral.language == "cy"
    assert Message.objects.get(template="referral-received").language == "cy"
    pay()
    [letter] = [written for written in mail.outbox if referral.reference in written.subject]
    with override("cy"):
        day = day_and_date(referral.decide_by)
    assert letter.subject == f"Mae eich atgyfeiriad {referral.reference} gyda ni"
    assert f"Byddwn yn penderfynu erbyn {day}." in letter.body
    assert re.search(r"erbyn dydd [A-Z]\w+ \d{1,2} [A-Z]\w+", letter.body)
    assert f"/cy/refer/{referral.form_token}/outcome/" in letter.body


TO_REFERRERS = ["one-time-code", "referral-received", "referral-question", "referral-reopened", "referral-outcome"]


@pytest.mark.parametrize("template", TO_REFERRERS)
def test_no_line_of_a_welsh_letter_is_english(template):
    reference_data.load()
    values = {"reference": "PR-7K4M-2Q", "link": "http://localhost/cy/", "due_on": date(2026, 11, 30), "code": "1"}
    in_both = [
        letters.written(template, to=steps.EMAIL, language=language, minutes=2, **values)
        for language in ("en-gb", "cy")
    ]
    english, cymraeg = (lines_of(letter) for letter in in_both)
    assert english & cymraeg <= {"http://localhost/cy/"}


def lines_of(letter):
    return {line for line in [letter.subject, *letter.body.splitlines()] if line}


def test_what_is_decided_is_read_in_welsh(client, sent_in_welsh):
    page = client.get(in_welsh("refer:outcome", sent_in_welsh.form_token)).text
    assert "Mae gyda ni" in page
    assert re.search(r"Byddwn yn penderfynu erbyn dydd \w+ \d", page)


def test_the_copy_to_keep_is_in_welsh(client, sent_in_welsh):
    response = client.get(in_english("refer:copy", sent_in_welsh.form_token))
    pdf = PdfReader(io.BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.trailer["/Root"]["/Lang"].startswith("cy")
    assert f"Atgyfeiriad {sent_in_welsh.reference}" in words
    assert "Tudalen 1 o" in words
