"""How it is safe to reach somebody: the referrer's word, and nothing counts as safe that was not said."""

import pytest
from django.urls import reverse

from people.enums import SafeContactKind
from people.models import SafeContact
from referrals.forms.safe_contact import ContactRow
from referrals.models import Referral
from tests.referrals.public import steps

FLAGS = ["safe_to_call", "safe_to_voicemail", "safe_to_text", "safe_to_email", "safe_to_post"]
VALUES = {"email": "sample@example.org", "mobile": "020 7946 0101", "home_phone": "020 7946 0102",
          "work_phone": "020 7946 0103"}  # fmt: skip


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def entry(number=0, **values):
    return {f"contacts-{number}-{name}": value for name, value in values.items()}


def save(client, draft, **values):
    return steps.save(client, draft, "safe-contact", values)


def stored(client, draft, area, **values):
    steps.fill_in(client, draft, area)
    assert save(client, draft, **values).status_code == 302
    steps.send(client, draft)
    return list(SafeContact.objects.filter(subject=Referral.objects.get().subject))


def said_wrong(page):
    return {name for row in page.context["form"].rows["contacts"] for name in row.errors}


def test_no_safe_way_is_known_yet_is_an_answer(client, draft, english_area):
    assert stored(client, draft, english_area, safe_way="none_yet") == []


def test_what_was_listed_does_not_count_once_no_safe_way_is_known(client, draft, english_area):
    assert stored(client, draft, english_area, safe_way="none_yet", **entry(kind="post", value="1 Example St")) == []


def test_one_of_the_two_is_asked_for(client, draft):
    assert set(save(client, draft).context["form"].errors) == {"safe_way"}
    page = save(client, draft, safe_way="known")
    assert set(page.context["form"].errors) == {"contacts"}
    assert page.text.count("Tell us of one way at least, or choose “No safe way is known yet”.") == 2


@pytest.mark.requirement("R-nat-17")
def test_it_comes_early(client, draft):
    tasks = client.get(reverse("refer:tasks", args=[draft.pk])).context["tasks"]
    assert [task["label"] for task in tasks].index("Safe contact") == 3


def test_every_channel_is_not_confirmed_until_somebody_says_so(client, draft, english_area):
    [contact] = stored(client, draft, english_area, safe_way="known", **entry(kind="mobile", value="020 7946 0101"))
    assert {getattr(contact, flag) for flag in FLAGS} == {"not_confirmed"}
    assert contact.caller_number == ""
    assert contact.confirmed_by is contact.confirmed_on is None


ASKED = {
    "mobile": {"safe_to_call", "safe_to_voicemail", "safe_to_text"},
    "home_phone": {"safe_to_call", "safe_to_voicemail"},
    "work_phone": {"safe_to_call", "safe_to_voicemail"},
    "email": {"safe_to_email"},
    "post": {"safe_to_post"},
    "app_message": {"safe_to_text"},
    "via_professional": set(),
    "via_school": set(),
    "in_person": set(),
}


@pytest.mark.parametrize("kind", SafeContactKind.values)
def test_only_the_channels_of_its_kind_can_be_called_safe(client, draft, english_area, kind):
    everything = dict.fromkeys(FLAGS, "yes") | {"value": VALUES.get(kind, "Example")}
    [contact] = stored(client, draft, english_area, safe_way="known", **entry(kind=kind, **everything))
    assert {flag for flag in FLAGS if getattr(contact, flag) == "yes"} == ASKED[kind]


EVERYTHING = {
    "whose": "Aunt",
    "kind": "mobile",
    "value": "020 7946 0101",
    "who_reads_it": "shared",
    "safe_to_call": "no",
    "safe_to_voicemail": "no",
    "safe_to_text": "yes",
    "say_who_calls": "cover_phrase",
    "cover_phrase": "It is Sam from the club.",
    "caller_number": "withhold",
    "safe_times": "Tuesdays after 4pm",
    "unsafe_times": "Weekends",
    "must_not_be_told": "The stepfather, who reads the phone.",
    "code_word_not_safe": "umbrella",
    "code_word_help": "raincoat",
}


def test_every_answer_reaches_its_column(client, draft, english_area):
    [contact] = stored(client, draft, english_area, safe_way="known", **entry(**EVERYTHING))
    assert {name: getattr(contact, name) for name in EVERYTHING} == EVERYTHING
    asked = set(ContactRow.base_fields) - {"safe_to_email", "safe_to_post"}
    assert asked == set(EVERYTHING)


def test_several_ways_are_stored_in_their_order(client, draft, english_area):
    two = entry(kind="via_school", value="Jo Example") | entry(1, kind="email", value="sample@example.org")
    contacts = stored(client, draft, english_area, safe_way="known", **two)
    assert [contact.kind for contact in contacts] == ["via_school", "email"]


@pytest.mark.parametrize("kind", SafeContactKind.values)
def test_each_way_says_where_it_leads(client, draft, kind):
    assert said_wrong(save(client, draft, safe_way="known", **entry(kind=kind))) == {"value"}
    assert save(client, draft, safe_way="known", **entry(kind=kind, value=VALUES.get(kind, "Me"))).status_code == 302


@pytest.mark.parametrize(("kind", "value"), [("mobile", "0123"), ("work_phone", "ring"), ("email", "sample")])
def test_a_slip_in_it_is_said(client, draft, kind, value):
    assert said_wrong(save(client, draft, safe_way="known", **entry(kind=kind, value=value))) == {"value"}


def test_what_was_agreed_to_say_is_asked_only_where_something_was(client, draft):
    phone = {"kind": "mobile", "value": "020 7946 0101"}
    page = save(client, draft, safe_way="known", **entry(**phone, say_who_calls="cover_phrase"))
    assert said_wrong(page) == {"cover_phrase"}
    assert save(client, draft, safe_way="known", **entry(**phone, say_who_calls="first_name_only")).status_code == 302


def test_an_entry_that_was_left_alone_does_not_count(client, draft, english_area):
    """A browser sends the first choice of each list, though nobody chose it."""
    untouched = entry(1, kind="", value="", caller_number="", **dict.fromkeys(FLAGS, "not_confirmed"))
    one = entry(kind="in_person", value="At the youth club") | untouched
    assert len(stored(client, draft, english_area, safe_way="known", **one)) == 1


def test_the_answers_are_read_before_sending_without_what_was_not_asked(client, draft, english_area):
    steps.fill_in(client, draft, english_area)
    page = client.get(reverse("refer:check_answers", args=[draft.pk])).text
    assert "Is it safe to send a text or message? Yes" in page
    assert "Is it safe to call? Not confirmed" in page
    assert "Is it safe to post a letter?" not in page
