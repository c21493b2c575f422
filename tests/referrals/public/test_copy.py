"""The copy to keep: the rows of the receipt as a tagged PDF, for one hour, in the session that sent it."""

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from referrals import answers as rows
from referrals.models import Referral
from tests.factories.centres import ContactPointOfCentreFactory
from tests.referrals.public import answers, steps

ROOT = settings.BASE_DIR


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


@pytest.fixture
def sent(client, draft, english_area):
    """``sent(reason="…")`` is a referral that this browser has just sent."""

    def made(**changes):
        steps.fill_in(client, draft, english_area, **changes)
        steps.send(client, draft)
        return Referral.objects.get()

    return made


def copy_of(client, referral):
    return client.get(reverse("refer:copy", args=[referral.form_token]))


def read(response):
    return PdfReader(io.BytesIO(response.content))


def words_of(pdf):
    """What somebody's own program reads in it, whatever the lines are broken at."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def holds(found, words):
    """Whether the words stand there. A program may take the gap beside a quotation mark for a space."""
    return "".join(str(words).split()) in "".join(found.split())


def test_it_holds_what_the_receipt_shows(client, sent):
    referral = sent()
    found = words_of(read(copy_of(client, referral)))
    assert f"Referral {referral.reference}" in found
    for part in rows.sections(referral):
        assert holds(found, part["title"])
        for row in part["rows"]:
            for line in row.get("lines") or [row["value"] or "Not answered"]:
                assert holds(found, line), row["label"]


def test_what_was_typed_is_text_and_never_markup(client, sent):
    typed = '#evil $x$ *b* #read("/etc/passwd") @cite <label> `code` // no comment \\ [b] = head'
    found = words_of(read(copy_of(client, sent(reason=typed))))
    assert typed in found


def test_welsh_letters_stand_in_it_as_they_are(client, sent):
    found = words_of(read(copy_of(client, sent(reason="Mae’r ŵyl yn yr ŷd: Ŵ Ŷ â ê î ô û ï"))))
    assert "Mae’r ŵyl yn yr ŷd: Ŵ Ŷ â ê î ô û ï" in found


def test_it_is_tagged_and_says_its_language_and_title(client, sent):
    referral = sent()
    pdf = read(copy_of(client, referral))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == f"Referral {referral.reference}"
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize("name", ["李小龍", "😀 Person", "שָׁלוֹם"])
def test_a_letter_that_no_font_has_refuses_nobody_their_copy(client, sent, name):
    referral = sent(last_name=name)
    answer = copy_of(client, referral)
    assert answer.status_code == 200
    assert read(answer).trailer["/Root"]["/StructTreeRoot"]


def test_it_is_in_the_language_of_the_referral(client, sent):
    referral = sent()
    Referral.objects.update(language="cy")
    pdf = read(copy_of(client, referral))
    assert pdf.trailer["/Root"]["/Lang"] == "cy-GB"
    with override("cy"):
        assert holds(words_of(pdf), rows.sections(Referral.objects.get())[0]["title"])


def test_its_name_and_its_headers_tell_nobody_who_it_is_about(client, sent):
    referral = sent(first_name="Canarybird", last_name="Nightingale", preferred_name="Finch")
    answer = copy_of(client, referral)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{referral.reference}-referral.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    for value in [*answer.headers.values(), *map(str, read(answer).metadata.values())]:
        assert not {"Canarybird", "Nightingale", "Finch"} & set(value.split())


def test_the_number_on_it_is_one_that_somebody_has_checked(client, sent):
    referral = sent()
    point = ContactPointOfCentreFactory(centre=referral.centre, phone="01632 960777")
    assert "01632 960777" not in words_of(read(copy_of(client, referral)))
    point.verified_on = timezone.localdate()
    point.save()
    assert "01632 960777" in words_of(read(copy_of(client, referral)))


def test_after_an_hour_it_is_gone_and_the_page_says_whom_to_ring(client, sent):
    referral = sent()
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert copy_of(client, referral).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = copy_of(client, referral)
    assert page.status_code == 410
    assert referral.reference in page.text
    assert "0808 800 5000" in page.text
    assert answers.YOUNG_PERSON["address"] not in page.text


def test_another_session_of_the_same_referrer_gets_none(client, sent):
    referral, another = sent(), Client()
    steps.prove_at_once(another)
    assert copy_of(another, referral).status_code == 410


def test_after_leaving_it_asks_for_a_code_and_then_it_is_gone(client, sent):
    referral = sent()
    client.post(reverse("refer:leave"))
    assert copy_of(client, referral).status_code == 302
    steps.prove_at_once(client)
    assert copy_of(client, referral).status_code == 410


def test_somebody_elses_looks_like_none(client, sent):
    referral, another = sent(), Client()
    steps.prove_at_once(another, "somebody.else@school.example")
    assert copy_of(another, referral).status_code == 404


def test_a_process_that_makes_none_does_not_load_the_typesetter():
    seek = "import django; django.setup(); import sys, protect_respect.urls; print('typst' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "protect_respect.settings"}
    command = [sys.executable, "-c", seek]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "False"
