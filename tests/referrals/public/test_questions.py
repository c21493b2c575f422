"""What we ask a referrer, and the answer: behind the code, once, and never lost without a word."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from outbox import relay
from outbox.models import Message
from referrals import operations
from referrals.enums import MissingFact, ReferralStatus
from referrals.models import Question, Referral
from tests.factories.accounts import MembershipFactory
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.factories.screening import QuestionFactory
from tests.referrals.public import steps
from tests.referrals.public.corpus import ODD, REFUSED
from ui.times import day_and_date

pytestmark = pytest.mark.django_db
WORDS = "Who is at home in the evening?"
ANSWER = "Her aunt is. She knows, and agrees."


@pytest.fixture
def referrer(client):
    steps.prove_at_once(client)
    return client


@pytest.fixture
def referral():
    """Waits for its referrer, whose address is proven."""
    asker = MembershipFactory()
    referral = ReferralFactory(
        awaiting_information=True, centre=asker.centre, owner=asker.user, referrer_email=steps.EMAIL
    )
    facts = [MissingFact.WHO_KNOWS, MissingFact.SAFETY_PLAN]
    QuestionFactory(referral=referral, facts=facts, text=WORDS, asked_by=asker.user)
    return referral


def page_of(referral, name="messages"):
    return reverse(f"refer:{name}", args=[referral.form_token])


def answer(client, referral, text=ANSWER, number="1", **more):
    return client.post(page_of(referral), {"text": text, "number": number} | more)


def state(referral):
    return Referral.objects.values_list("status", flat=True).get(pk=referral.pk)


def test_the_page_says_what_is_missing_and_by_when(referrer, referral):
    page = referrer.get(page_of(referral)).text
    question = referral.questions.get()
    assert WORDS in page
    for fact in question.facts:
        assert str(MissingFact(fact).label) in page
    assert day_and_date(question.due_on) in page
    assert "never send one" in page  # no images


def test_nobody_of_staff_and_nothing_of_the_young_person_stands_on_it(referrer, referral):
    page = referrer.get(page_of(referral)).text
    young_person = referral.young_person
    for name in [referral.owner.full_name, young_person.first_name, young_person.postcode, referral.reason]:
        assert name not in page


def test_the_answer_is_kept_and_the_colleague_it_is_with_hears_of_it(referrer, referral):
    response = answer(referrer, referral)

    question = referral.questions.get()
    assert (response.status_code, response.url) == (302, page_of(referral))
    assert (question.answer, state(referral)) == (ANSWER, ReferralStatus.SCREENING)
    [letter] = Message.objects.all()
    assert (letter.template, letter.to) == ("referral-answered", referral.owner.email)
    relay.pay()
    assert ANSWER not in mail.outbox[0].body
    page = referrer.get(page_of(referral)).text
    assert "Thank you. We have your answer" in page
    assert ANSWER in page
    assert "<textarea" not in page


def test_a_double_click_is_one_answer_and_the_same_page(referrer, referral):
    for _click in range(3):
        assert answer(referrer, referral).url == page_of(referral)
    assert Question.objects.get().answer == ANSWER
    assert Message.objects.count() == 1
    assert referral.status_changes.count() == 1


def test_a_second_answer_is_not_kept_and_says_so_with_every_word(referrer, referral):
    answer(referrer, referral)
    response = answer(referrer, referral, "It is her uncle who is at home.")
    assert response.status_code == 409
    assert "You have answered this question already." in response.text
    assert "It is her uncle who is at home." in response.text
    assert Question.objects.get().answer == ANSWER


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("withdraw", "The referral has ended since we asked, so your answer is not kept."),
        ("stop_waiting", "We do not need an answer any more, so this one is not kept."),
    ],
)
def test_a_late_answer_meets_a_clear_sentence_and_keeps_its_words(referrer, referral, how, sentence):
    if how == "withdraw":
        operations.withdraw(referral, by=referral.owner)
    else:
        operations.stop_waiting(referral, by=referral.owner, reason="Told by phone.")
    response = answer(referrer, referral)
    assert response.status_code == 409
    assert sentence in response.text
    assert ANSWER in response.text
    assert "Told by phone." not in response.text + referrer.get(page_of(referral)).text
    assert Question.objects.get().answer == ""


def test_an_old_page_does_not_answer_a_new_question(referrer, referral):
    answer(referrer, referral)
    operations.ask(
        referral, by=referral.owner, facts=["police"], text="", due_on=timezone.localdate() + timedelta(days=3)
    )
    assert answer(referrer, referral, "To the first question, again.").status_code == 409
    assert Question.objects.open().get().facts == ["police"]
    answer(referrer, referral, "No reference yet.", number="2")
    assert Question.objects.latest("pk").answer == "No reference yet."


def test_a_day_that_has_passed_is_said_kindly(referrer, referral):
    question = referral.questions.get()
    operations.stop_waiting(referral, by=referral.owner, reason="Told by phone.")
    Referral.objects.filter(pk=referral.pk).update(status="awaiting_information", paused_at=timezone.now())
    QuestionFactory(referral=referral, due_on=timezone.localdate() - timedelta(days=2), asked_by=question.asked_by)
    page = referrer.get(page_of(referral)).text
    assert "It is not too late: please answer now." in page
    assert "An answer is not needed any more." in page


def test_where_nothing_was_asked_it_says_so(referrer):
    referral = ReferralFactory(referrer_email=steps.EMAIL)
    page = referrer.get(page_of(referral)).text
    assert "We have not asked for anything" in page
    assert "<textarea" not in page
    assert answer(referrer, referral).status_code == 409


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_answer_says_something(referrer, referral, text):
    page = answer(referrer, referral, text)
    assert page.context["form"].errors == {"text": ["Answer this question: Your answer"]}
    assert state(referral) == ReferralStatus.AWAITING_INFORMATION


def test_an_answer_that_is_too_long_is_kept_on_the_page(referrer, referral):
    page = answer(referrer, referral, "ŵ" * 4001)
    assert "4000" in str(page.context["form"].errors["text"])
    assert "ŵ" * 4001 in page.text


# Who may


def test_a_visitor_proves_an_address_first_and_comes_back(client, referral):
    response = client.get(page_of(referral))
    assert response.url == f"{reverse('refer:email')}?next={page_of(referral)}"


def test_whoever_was_signed_out_while_typing_reads_their_words_again(client, referral):
    response = answer(client, referral)
    assert response.status_code == 403
    assert ANSWER in response.text
    assert f"next={page_of(referral)}" in response.text
    assert Question.objects.get().is_open


def test_a_stranger_cannot_tell_whether_there_is_a_question(client, referral):
    steps.prove_at_once(client, "stranger@school.example")
    draft = ReferralDraftFactory(email="owner@school.example")
    nowhere = client.get(reverse("refer:messages", args=[uuid.uuid4()]))
    for token in [referral.form_token, draft.pk]:
        for response in [client.get, client.post]:
            found = response(reverse("refer:messages", args=[token]))
            assert (found.status_code, found.content) == (404, nowhere.content)


def test_a_draft_that_is_not_sent_has_no_questions(referrer):
    draft = ReferralDraftFactory(email=steps.EMAIL)
    assert referrer.get(reverse("refer:messages", args=[draft.pk])).status_code == 404


# Where it leads


def test_your_referrals_and_the_outcome_lead_to_the_question(referrer, referral):
    for name in ["mine", "outcome"]:
        address = reverse("refer:mine") if name == "mine" else page_of(referral, name)
        page = referrer.get(address).text
        assert page_of(referral) in page
        assert "Answer our question" in page


def test_the_outcome_of_what_waits_names_no_day_that_does_not_hold(referrer, referral):
    page = referrer.get(page_of(referral, "outcome")).text
    assert "We decide by" not in page
    assert "the decision waits" in page
    answer(referrer, referral)
    assert "We decide by" in referrer.get(page_of(referral, "outcome")).text


def test_what_is_opened_again_is_looked_at_again_on_the_outcome(referrer):
    referral = ReferralFactory(not_accepted=True, referrer_email=steps.EMAIL)
    explanation = referral.decisions.get().explanation
    assert explanation in referrer.get(page_of(referral, "outcome")).text

    operations.reopen(referral, by=MembershipFactory().user, reason="The social worker rang.")

    page = referrer.get(page_of(referral, "outcome")).text
    assert "We are looking at it" in page
    assert "We decide by" in page
    assert explanation not in page
    assert "The social worker rang." not in page


def test_a_hold_says_nothing_of_its_reason_to_the_referrer(referrer):
    referral = ReferralFactory(screening=True, referrer_email=steps.EMAIL)
    day = timezone.localdate() + timedelta(days=7)
    operations.hold(referral, by=MembershipFactory().user, reason="The school is closed.", review_on=day)
    page = referrer.get(page_of(referral, "outcome")).text
    assert "We are looking at it" in page
    assert "The school is closed." not in page


def test_the_welsh_twin_asks_in_welsh(referrer, referral):
    with override("cy"):
        page = referrer.get(reverse("refer:messages", args=[referral.form_token]))
    assert '<html lang="cy">' in page.text


# Whatever is sent


SENT = [*ODD, *(text for text in REFUSED if text.isprintable() or ord(text[-1]) < 0xD800)]  # as a browser can send


@pytest.mark.parametrize("odd", SENT, ids=range(len(SENT)))
def test_whatever_is_typed_is_kept_or_said(referrer, referral, odd):
    assert answer(referrer, referral, odd).status_code in (200, 302, 400)
    assert answer(referrer, referral, "Words.", number=odd).status_code in (200, 302, 400, 409)


@given(st.dictionaries(st.sampled_from(["text", "number", "answer", "question", "status"]), st.text(max_size=40)))
@hypothesis(max_examples=30)
def test_no_combination_breaks_the_page(client, referral, typed):
    if "referrer" not in client.session:
        steps.prove_at_once(client)
    typed = {name: text.encode(errors="replace").decode() for name, text in typed.items()}
    assert client.post(page_of(referral), typed).status_code in (200, 302, 400, 409)
    assert client.get(page_of(referral)).status_code == 200


def test_fields_that_the_form_does_not_have_change_nothing(referrer, referral):
    answer(referrer, referral, asked_by="1", due_on="2030-01-01", status="accepted", owner="", closed_because="x")
    after = referral.questions.get()
    assert (after.closed_because, after.asked_by, state(referral)) == ("", referral.owner, ReferralStatus.SCREENING)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_times(referrer, referral, count):
    QuestionFactory.create_batch(count, referral=referral, closed=True)
    with CaptureQueriesContext(connection) as asked:
        assert referrer.get(page_of(referral)).status_code == 200
    sent = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    assert len(sent) == 5  # session, referral, questions, number to ring, contacts


def test_an_answer_needs_the_token_of_its_form(referral):
    browser = Client(enforce_csrf_checks=True)
    steps.prove_at_once(browser)
    assert answer(browser, referral).status_code == 403
    assert Question.objects.get().is_open


def test_thanks_are_said_once(referrer, referral):
    response = answer(referrer, referral)
    assert len(list(get_messages(response.wsgi_request))) == 1
