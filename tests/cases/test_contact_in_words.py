"""The banner of every page of a case: how it is safe to reach the young person."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from cases.contact_in_words import CHANNELS, banner, in_full
from people.enums import SafeContactKind, SafeFlag
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory

pytestmark = pytest.mark.django_db

PHONES = ("mobile", "home_phone", "work_phone")
TEL = 'href="tel:'

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
        "url": case.get_absolute_url() + "people/#contact",
    }


def test_what_is_not_safe_on_it_is_said_as_well(case):
    SafeContactFactory(subject=case.subject, confirmed=True, safe_to_call="no", safe_to_text="yes")
    assert told(case)["lines"] == ["Mobile phone: safe to text. Do not call."]


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


# In full, on the page of people


def full(**more):
    way = SafeContactFactory.build(subject=None, **more)
    told = in_full(way, with_code_words=True)
    return told | {str(row["label"]): row.get("value") or "; ".join(row["lines"]) for row in told["rows"]}


def people(client, case):
    return client.get(reverse("cases:people", args=[case.reference])).text


@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("flag", SafeFlag.values)
@pytest.mark.parametrize("kind", SafeContactKind.values)
def test_a_number_is_to_be_pressed_only_where_one_of_us_confirmed_that_calling_is_safe(kind, flag, is_confirmed):
    confirmed = {"confirmed_by": UserFactory.build(pk=1), "confirmed_on": date(2026, 11, 2)} if is_confirmed else {}
    value = full(kind=kind, safe_to_call=flag, **confirmed)["Number or address"]
    assert "020 7946 0101" in value
    assert (TEL in value) == (kind in PHONES and flag == "yes" and is_confirmed)
    assert ("Do not call" in value) == (kind in PHONES and flag == "no")


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("safe_to_call", "mobile", {"yes": "Safe to call", "no": "Do not call", "not_confirmed": "Calling: not"}),
        ("safe_to_voicemail", "home_phone",
         {"yes": "Safe to leave a message", "no": "Do not leave a message", "not_confirmed": "a message: not"}),
        ("safe_to_text", "app_message", {"yes": "Safe to text", "no": "Do not text", "not_confirmed": "Texting: not"}),
        ("safe_to_email", "email", {"yes": "Safe to e-mail", "no": "Do not e-mail", "not_confirmed": "E-mail: not"}),
        ("safe_to_post", "post", {"yes": "Safe to post", "no": "Do not post", "not_confirmed": "a letter: not"}),
    ],
)  # fmt: skip
def test_each_answer_about_each_channel_is_told_in_words(name, kind, words):
    for flag, sentence in words.items():
        assert sentence in full(kind=kind, **{name: flag})["What the referrer says of it"], (name, flag)


def test_what_a_referrer_says_of_a_channel_that_the_kind_does_not_have_is_told_too():
    told = full(kind="via_school", safe_to_post="no")["What the referrer says of it"]
    assert "Do not post a letter" in told
    assert "Texting" not in told


def test_yes_is_marked_as_safe_only_once_one_of_us_has_asked():
    flags = dict.fromkeys(CHANNELS, "yes")
    assert "tag--done" not in full(**flags)["What the referrer says of it"]
    confirmed = full(**flags, confirmed_by=UserFactory.build(pk=1, full_name="Jo Bell"), confirmed_on=date(2026, 11, 2))
    assert confirmed["What is safe on it"].count("tag--done") == len(CHANNELS)
    assert confirmed["confirmed"] == "Jo Bell confirmed it on 2 November 2026."


def test_what_nobody_said_is_said_to_be_unknown_and_the_careful_words_are_given():
    told = full()
    assert told["Who else reads or hears it"] == "Not known"
    assert told["What we may say or write"].startswith("Nothing is agreed: a first name only")
    assert told["Our number"] == "Not confirmed"


def test_all_that_keeps_a_call_safe_is_told():
    told = full(
        whose="hers", who_reads_it="someone_else_checks", say_who_calls="cover_phrase", cover_phrase="Ann from choir",
        caller_number="withhold", safe_times="Tuesdays", unsafe_times="At night", code_word_help="biscuit",
        code_word_not_safe="umbrella",
    )  # fmt: skip
    assert told["label"] == "Mobile phone, hers"
    assert told["Who else reads or hears it"] == "Somebody else checks it"
    assert told["What we may say or write"] == "Say “Ann from choir”"
    assert (told["Our number"], told["Safe days and times"]) == ("Hide our number", "Tuesdays")
    assert told["Not safe at"] == "At night"
    assert {"umbrella", "biscuit"} <= set(map(str, told.values()))


def test_every_warning_stands_before_the_first_number(client, practitioner, case):
    SafeContactFactory(subject=case.subject, value="020 7946 0001", unsafe_times="At <night>", safe_to_call="no")
    SafeContactFactory(subject=case.subject, kind="email", value="b@example.com", must_not_be_told="Her <uncle> Wil.")
    page = people(client, case)
    order = ["E-mail: Her &lt;uncle&gt; Wil.", "At &lt;night&gt;", "Do not call", "020 7946 0001", "b@example.com"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert TEL not in page[page.index("How it is safe to reach them</h2>") : page.index("b@example.com")]


def test_who_sees_the_case_because_of_a_concern_reads_no_code_word(client, stand_before, case):
    SafeContactFactory(subject=case.subject, code_word_help="biscuit", must_not_be_told="Her uncle Wil.")
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert "Her uncle Wil." in people(client, case)
    assert "biscuit" not in people(client, case)


def test_who_works_on_it_reads_them(client, practitioner, case):
    SafeContactFactory(subject=case.subject, code_word_help="biscuit")
    assert "biscuit" in people(client, case)


@pytest.mark.parametrize("count", [1, 3])
def test_people_asks_as_often_for_three_ways_as_for_one(client, practitioner, case, count, django_assert_num_queries):
    SafeContactFactory.create_batch(count, subject=case.subject, confirmed=True)
    with django_assert_num_queries(PEOPLE_PAGE):
        people(client, case)


PEOPLE_PAGE = 12
