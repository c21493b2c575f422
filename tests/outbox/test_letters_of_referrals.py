"""The letters about referrals: a reference, a link, a day, a number to ring; never more (J2)."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core import mail

from centres.models import PublicContact
from outbox import letters
from outbox.models import Message
from outbox.operations import owe
from outbox.relay import pay
from protect_respect import reference_data

TEMPLATES = settings.BASE_DIR / "templates" / "outbox"
OURS = ["referral-received", "referral-outcome", "danger", "nobody-left", "one-time-code"]
OURS += ["referral-question", "referral-answered", "referral-reopened"]
MAY_BE_USED = {"reference", "link", "due_on", "due_at", "counts", "code", "minutes", "helpline"}


@pytest.fixture(autouse=True)
def reference(db):
    reference_data.load()


def letter(name, language="en-gb"):
    values = {"reference": "PR-7K4M-2Q", "link": "http://localhost/x/", "due_on": date(2026, 11, 30), "counts": {}}
    if name == "one-time-code":
        values = {"code": "123456", "minutes": 10}
    return letters.written(name, to="robin@school.example", language=language, **values)


def variables_of(text):
    """Every name a template reads: in double braces, after ``with``, ``=`` or ``count``."""
    names = re.findall(r"{{\s*(\w+)", text)
    for tag in re.findall(r"{%\s*blocktranslate(.*?)%}", text):
        names += re.findall(r"=(\w+)", tag)
    local = set(re.findall(r"(\w+)=\w+", text))
    return set(names) - local


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_letter_can_hold_nothing_of_a_person(path):
    assert variables_of(path.read_text()) <= MAY_BE_USED


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("name", OURS)
def test_each_letter_has_one_subject_line_and_a_body(name, language):
    written = letter(name, language)
    assert written.subject
    assert "\n" not in written.subject
    assert "{" not in written.subject + written.body
    assert written.body.strip()


@pytest.mark.requirement("R-nat-35")
@pytest.mark.parametrize("name", ["referral-received", "referral-outcome", "referral-question", "referral-reopened"])
def test_the_helpline_in_a_letter_comes_from_the_list(name):
    assert "0808 800 5000" in letter(name).body
    PublicContact.objects.filter(kind="helpline").update(phone="01632 960123")
    assert "01632 960123" in letter(name).body


def test_the_letter_of_a_referral_says_by_which_day():
    assert "Monday 30 November" in letter("referral-received").body


@pytest.mark.parametrize("name", ["referral-question", "referral-reopened"])
def test_a_letter_that_asks_or_looks_again_says_by_which_day(name):
    assert "Monday 30 November" in letter(name).body
    assert "http://localhost/x/" in letter(name).body


def test_the_letter_of_danger_says_where_to_look():
    written = letter("danger")
    assert "PR-7K4M-2Q" in written.subject
    assert "http://localhost/x/" in written.body


def test_what_is_owed_leaves_with_a_whole_link():
    owe("referral-outcome", key="one", to="robin@school.example", language="en-gb", reference="PR-7K4M-2Q", path="/a/")
    assert pay() == 1
    assert f"{settings.SITE_URL}/a/" in mail.outbox[0].body
    assert Message.objects.get().sent_at


@pytest.mark.parametrize("reference", ["PR-7K4M-2Q\r\nBcc: everyone@school.example", "PR\nBcc: x@school.example"])
def test_a_subject_cannot_grow_a_header(reference):
    written = letters.written(
        "danger", to="robin@school.example", language="en-gb", reference=reference, link="", due_on=None, counts={}
    )
    assert "Bcc" not in written.message()
