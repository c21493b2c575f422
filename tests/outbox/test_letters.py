"""What letters say: only what a stranger may read, in both languages, whole."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import BadHeaderError

from outbox.letters import letter_for, written
from tests.factories.centres import PublicContactFactory
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "templates" / "outbox"
LETTERS = sorted(path.stem for path in FOLDER.glob("*.txt") if not path.name.startswith("_"))
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What a row can hold, what stands on every public page, and the code and its minutes.
ALLOWED = {"reference", "link", "due_on", "due_at", "counts", "code", "minutes", "helpline", "number", "day", "moment"}
VALUES = {
    "reference": "PR-7K4M-2Q",
    "link": "http://localhost:8000/refer/",
    "due_on": date(2026, 11, 30),
    "counts": {"overdue": 2},
    "code": "123456",
    "minutes": 10,
}


def test_there_are_letters():
    assert len(LETTERS) >= 8


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.glob("*.txt"))])
def test_a_letter_can_only_speak_of_what_is_allowed(name):
    text = Path(FOLDER / name).read_text()
    used = {found.split(".")[0].split("|")[0] for found in re.findall(r"\{\{\s*(.*?)\s*\}\}", text)}
    used |= {found.split(".")[0].split("|")[0] for found in re.findall(r"with \w+=(\S+?)\s*%", text)}

    assert used <= ALLOWED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LETTERS)
def test_every_letter_is_whole_in_every_language(template, language):
    PublicContactFactory(kind="helpline")

    letter = written(template, to="alex@school.example", language=language, message_id="<1@x>", **VALUES)

    assert letter.subject == letter.subject.strip() != ""
    assert len(letter.subject) < 80
    assert letter.body.endswith("\n")
    assert not re.search(r"None|\{\{|\{%|&#|&amp;", letter.subject + letter.body)
    assert letter.to == ["alex@school.example"]
    assert letter.message()["Message-ID"] == "<1@x>"
    assert letter.message().get_content_type() == "text/plain"


def test_a_letter_leads_to_our_own_site_and_nowhere_else():
    letter = letter_for(MessageFactory(due_on=date(2026, 11, 30)))

    addresses = re.findall(r"https?://\S+", letter.body)
    assert addresses
    assert all(address.startswith(f"{settings.SITE_URL}/") for address in addresses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_the_sender_does_not_leak_into_the_letter(language):
    letters = {written("danger", to="a@b.example", language=language, **VALUES).subject for _ in range(2)}

    assert len(letters) == 1


@pytest.mark.parametrize("address", ["a@b.example\nBcc: all@b.example", "a@b.example\r\nSubject: x"])
def test_an_address_cannot_bring_a_header_of_its_own(address):
    """J2: what is owed to such an address is never sent."""
    letter = written("danger", to=address, language="en-gb", **VALUES)

    with pytest.raises(BadHeaderError):
        letter.message()
