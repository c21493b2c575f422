"""The banner of every page of a case: how it is safe to reach the young person."""

import pytest

from cases.contact_in_words import banner
from tests.factories.cases import CaseFactory
from tests.factories.said import SafeContactFactory

pytestmark = pytest.mark.django_db

CONFIRMED = {"confirmed": True, "kind": "mobile", "value": "07700 900123", "safe_to_call": "yes", "safe_to_text": "yes"}


@pytest.fixture
def case():
    return CaseFactory()


def told(case):
    return banner(case, list(case.subject.safe_contacts.all()))


def test_without_a_contact_it_warns(case):
    assert told(case)["kind"] == "warning"
    assert told(case)["lines"] == ["No safe contact is recorded. Ask the referrer before you ring anybody."]


def test_what_a_referrer_said_is_not_yet_safe(case):
    SafeContactFactory(subject=case.subject, safe_to_call="yes")
    assert (told(case)["kind"], len(told(case)["lines"])) == ("warning", 1)


def test_a_confirmed_one_says_on_which_channels_when_and_what_to_say(case):
    more = {"whose": "hers", "safe_times": "Tuesdays after four.", "unsafe_times": "at night"}
    SafeContactFactory(subject=case.subject, **CONFIRMED | more, say_who_calls="first_name_only")
    assert told(case) == {
        "kind": "info",
        "lines": [
            "Mobile phone, hers: safe to call, safe to text. Tuesdays after four. Not safe: at night. "
            "A first name only."
        ],
        "url": case.get_absolute_url() + "people/",
    }


def test_the_words_agreed_on_are_given_as_they_are(case):
    SafeContactFactory(subject=case.subject, **CONFIRMED, say_who_calls="cover_phrase", cover_phrase="Ann from choir")
    assert told(case)["lines"][0].endswith("Say “Ann from choir”.")


def test_one_on_which_nothing_is_safe_says_so(case):
    SafeContactFactory(subject=case.subject, confirmed=True, kind="post")
    assert told(case)["lines"] == ["Post: nothing is safe on it."]


def test_no_number_no_code_word_and_no_name_stands_there(case):
    """Somebody may be looking on; the page of people has it all."""
    hidden = {"code_word_not_safe": "umbrella", "code_word_help": "biscuit", "must_not_be_told": "Her uncle Wil"}
    SafeContactFactory(subject=case.subject, **CONFIRMED, **hidden)
    words = " ".join(told(case)["lines"])
    assert "Somebody must not know" in words
    assert not [word for word in ("07700", "umbrella", "biscuit", "Wil") if word in words]


def test_a_closed_case_has_none():
    assert banner(CaseFactory(closed=True), []) == {}


def test_it_stands_on_the_page(client, practitioner, case):
    SafeContactFactory(subject=case.subject, **CONFIRMED, safe_times="After <four>")
    page = client.get(case.get_absolute_url())
    assert "After &lt;four&gt;." in page.text
    assert "07700" not in page.text
