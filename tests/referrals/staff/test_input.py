"""What people, pastes and machines put into the forms of staff: an answer for people, never a failure."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from referrals.models import Referral
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.referrals.staff.test_queue import NASTY

pytestmark = pytest.mark.django_db
ANSWERS = {200, 302, 400, 409}
NOW = timezone.now()
FORMS = {
    "take": ["owner", "back"],
    "assign": ["colleague"],
    "priority": ["priority", "reason"],
    "note": ["text"],
    "raise_concern": ["severity", "what", "done_now"],
    "keep_out": ["colleague", "reason"],
    "withdraw": ["outcome", "note"],
    "criteria": ["seen", "age", "age_note", "knows", "knows_note"],
    "hold": ["reason", "review_on_day", "review_on_month", "review_on_year"],
    "ask": ["facts", "text", "due_on_day", "due_on_month", "due_on_year"],
    "stop_waiting": ["reason"],
    "reopen": ["reason"],
    "decide": ["outcome", "reason", "explanation", "suggestion", "safety_note", "joined_to", "confirmed"],
    "kept_out": ["exclusion", "reason"],
    "second_person": ["decision", "answer", "reason"],
}
# Answers that a form knows, so that what is generated also gets past the first question.
KNOWN = ["", "soon", "high", "agree", "send_back", "withdrawn_by_referrer", "no_capacity", "duplicate_merged", "1"]
KNOWN += ["met", "not_met", "who_knows", "2", "12", "2026", "2027"]
STARTS_FROM = {"stop_waiting": "awaiting_information", "reopen": "not_accepted"}


@pytest.fixture
def waiting(sign_in):
    referral = ReferralFactory(waiting=True)
    sign_in(Role.TEAM_MANAGER, at=referral.centre)
    return referral


def start_again(referral, name):
    """As it was: somebody's form may have been valid."""
    status = STARTS_FROM.get(name, "screening")
    clock = {"paused_at": NOW if status == "awaiting_information" else None, "review_on": None}
    clock |= {"decided_at": NOW if status == "not_accepted" else None}
    Referral.objects.filter(pk=referral.pk).update(status=status, owner=None, **clock)
    if name in ("hold", "ask"):  # else a decision that waits stands in the way of each
        referral.decisions.waiting().update(overtaken_at=NOW)
    elif status == "not_accepted":
        DecisionFactory(referral=referral, not_accepted=True)
    elif not referral.decisions.waiting().exists():
        DecisionFactory(referral=referral, waiting=True)


@pytest.mark.parametrize("name", FORMS)
def test_no_text_breaks_a_form(client, waiting, at, name):
    answered = set()
    for nasty in [*NASTY, "\x00", "\x1b[31m"]:
        start_again(waiting, name)
        answered.add(client.post(at(name, waiting), dict.fromkeys(FORMS[name], nasty)).status_code)
    assert answered <= ANSWERS


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@hypothesis(max_examples=25)
def test_no_combination_of_answers_breaks_a_form(client, waiting, at, name, data):
    value = st.sampled_from(KNOWN) | st.text(max_size=60)
    typed = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(FORMS[name], st.lists(value, max_size=2))))
    typed = {field: [text.encode(errors="replace").decode() for text in texts] for field, texts in typed.items()}
    start_again(waiting, name)
    assert client.post(at(name, waiting), typed).status_code in ANSWERS


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_text_breaks_the_closing_of_a_concern(client, sign_in, nasty):
    concern = ConcernFactory(acknowledged=True)
    sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    words = {"outcome": nasty, "was_told": "no", "not_told_because": nasty}
    response = client.post(reverse("safeguarding:close", args=[concern.key]), words)
    assert response.status_code in ANSWERS


@pytest.mark.parametrize("words", ["O’Brien", "ŵ ŷ Ŵ Ŷ", "Null", "👩‍👩‍👧", "<script>alert(1)</script>", "{{ 7 }}"])
def test_names_and_markup_are_words(client, waiting, at, words):
    client.post(at("note", waiting), {"text": words})
    assert waiting.notes.get().text == words
    page = client.get(waiting.get_absolute_url())
    assert page.context["history"][0]["text"] == words
    assert "<script>alert" not in page.content.decode()
