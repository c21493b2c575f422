"""What parents and carers think of us: on their own strand, and quoted only where they said yes to it (R-nat-28)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases.steps import KeptAlready, MoveNotAllowed
from sessions.models import Feedback
from sessions.models.carers import CarerFeedback, StrandEntry
from sessions.operations.carer_feedback import record_carer_feedback, take_back_carer_quote
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerFeedbackFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.signposts import FeedbackFactory
from tests.sessions.carer_hands import at, beside, post, typed
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ACT = {"StrandEntry": 1, "StrandEntryEvent": 1, "AuditEvent": 1}


def said(**more):
    words = {"said_of_us": "Somebody asks me too.", "said_to_change": "Ring later.", "may_quote": "no"}
    asked = {"occasion": "three_months", "asked_on": timezone.localdate(), "answered": "given", "how": "told_us"}
    return asked | {"it_helps": 8} | words | more


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    client.force_login(mine)
    return CarerStrandFactory(case=case, active=True, practitioner=mine)


def test_what_they_said_is_kept_and_their_story_says_only_that_they_were_asked(strand):
    with writes(CarerFeedback=1, CarerFeedbackEvent=1, **ACT):
        told = record_carer_feedback(strand, by=strand.practitioner, **said())
    assert (told.said_to_change, told.may_quote, told.by) == ("Ring later.", "no", strand.practitioner)
    entry = StrandEntry.objects.get()
    assert (entry.title, entry.words) == ("What they think of us. After three months: They answered", "")


@pytest.mark.parametrize("strand", [{"ended": True}, {"active": True, "case__closed": True}])
def test_they_are_asked_at_the_ending_too(strand):
    record_carer_feedback(CarerStrandFactory(**strand), by=UserFactory(), **said(occasion="ending"))


def test_nothing_is_written_where_a_manager_holds_it_back_nor_twice():
    blocked, strand, by = CarerStrandFactory(blocked=True), CarerStrandFactory(active=True), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        record_carer_feedback(blocked, by=by, **said())
    record_carer_feedback(strand, by=by, **said())
    with leaves_no_trace(), pytest.raises(KeptAlready):
        record_carer_feedback(strand, by=by, **said())


# Quoting


@pytest.mark.requirement("R-nat-28", part="which parent or carer may be quoted")
def test_words_are_quoted_only_where_they_said_yes_to_it():
    yes = CarerFeedbackFactory(quotable=True)
    for other in ({}, {"may_quote": ""}, {"rather_not": True}, {"taken_back": True}):
        CarerFeedbackFactory(**other)
    CarerFeedbackFactory(quotable=True, strand=CarerStrandFactory(blocked=True))
    FeedbackFactory(quotable=True)
    assert list(CarerFeedback.objects.quotable()) == [yes]


@pytest.mark.parametrize("state", ["active", "ended", "blocked"])
def test_words_are_taken_back_at_any_time_and_once(state):
    row, by = CarerFeedbackFactory(quotable=True, strand=CarerStrandFactory(**{state: True})), UserFactory()
    with writes(CarerFeedbackEvent=1, **ACT):
        take_back_carer_quote(row, by=by)
    assert not CarerFeedback.objects.quotable().exists()
    with leaves_no_trace():
        take_back_carer_quote(row, by=by)
    with pytest.raises(IntegrityError, match="carer_feedback_is_written_once"), transaction.atomic():
        CarerFeedback.objects.update(quote_taken_back_at=None, quote_taken_back_by=None)


def test_what_nobody_may_use_is_not_taken_back():
    row, by = CarerFeedbackFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        take_back_carer_quote(row, by=by)


# Through their pages

SAID = {"occasion": "settling_in", "answered": "given", "how": "told_us", "it_helps": "7"} | typed("asked_on", 0)


def test_what_they_think_is_kept_with_their_answer_about_quoting(client, strand):
    response = post(client, "ask_carer_feedback", strand, SAID | {"said_to_change": "Ring later.", "may_quote": "no"})
    assert response.status_code == 302, response.context["form"].errors
    told = CarerFeedback.objects.get()
    assert (told.it_helps, told.said_to_change, told.may_quote) == (7, "Ring later.", "no")
    page = client.get(at("carer_feedback", strand)).text
    for words in ("It helps me as a parent or carer", "7 of 10", "These words are not used anywhere else."):
        assert words in page
    assert not Feedback.objects.exists()


def test_whether_we_may_quote_is_asked_apart(client, strand):
    page = post(client, "ask_carer_feedback", strand, SAID | {"said_of_us": "She waits."})
    assert set(page.context["form"].errors) == {"may_quote"}


@pytest.mark.requirement("R-nat-28", part="a parent or carer takes their words back from the page")
def test_they_take_their_words_back_also_by_a_manager_while_one_decides(client, strand, sign_in):
    blocked = CarerFeedbackFactory(quotable=True, strand=CarerStrandFactory(case=strand.case, blocked=True))
    row = CarerFeedbackFactory(quotable=True, strand=strand)
    assert at("take_back_carer_quote", strand, row.pk) in client.get(at("carer_feedback", strand)).text
    client.post(at("take_back_carer_quote", strand, row.pk))
    page = client.get(at("carer_feedback", strand)).text
    assert "They took it back" in page
    assert at("take_back_carer_quote", strand, row.pk) not in page
    sign_in(Role.TEAM_MANAGER, at=strand.case.centre)
    client.post(at("take_back_carer_quote", blocked.strand, blocked.pk))
    assert not CarerFeedback.objects.not_taken_back().exists()


@pytest.mark.requirement("R-nat-28", part="a parent's words stand on no other page of theirs, nor on paper")
def test_their_words_stand_on_no_page_but_this_whatever_they_answered(client, strand):
    for may_quote in ("yes", "no"):
        words = {"said_of_us": "Canary words.", "said_to_change": "Canary change."}
        record_carer_feedback(strand, by=strand.practitioner, **said(may_quote=may_quote, **words))
    assert client.get(at("carer_feedback", strand)).text.count("Canary words.") == 2
    for name in ("strand", "carer_sessions", "carer_consent", "carer_signposts", "carer_shared", "our_support"):
        assert b"Canary" not in client.get(at(name, strand)).content


@pytest.mark.requirement("R-nat-32", part="what each side thinks of us stays on its own")
def test_neither_side_reads_what_the_other_thinks_of_us(client, strand):
    CarerFeedbackFactory(strand=strand, said_of_us="She asks me too.")
    FeedbackFactory(case=strand.case, said_of_us="He is funny.")
    theirs = client.get(at("carer_feedback", strand)).text
    assert ("She asks me too." in theirs, "He is funny." in theirs) == (True, False)
    lead = UserFactory(with_factor=True)
    MembershipFactory(user=lead, role=Role.PRACTITIONER, centre=strand.case.centre)
    AssignmentFactory(case=strand.case, user=lead)
    client.force_login(lead)
    page = client.get(beside("feedback", strand.case)).text
    assert ("She asks me too." in page, "He is funny." in page) == (False, True)


def test_whoever_worked_with_them_asks_at_the_ending(client, strand):
    post(client, "end_strand", strand, {"because": "They have what they need."})
    strand.refresh_from_db()
    assert strand.status == "ended"
    assert at("ask_carer_feedback", strand) in client.get(at("strand", strand)).text
    answers = SAID | {"occasion": "ending", "answered": "rather_not", "it_helps": ""}
    assert post(client, "ask_carer_feedback", strand, answers).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_of_three_as_of_one(client, strand, count, django_assert_num_queries):
    CarerFeedbackFactory.create_batch(count, strand=strand)
    with django_assert_num_queries(13):
        client.get(at("carer_feedback", strand))


def test_the_page_of_contacts_leads_there(client, strand):
    assert f'href="{at("carer_feedback", strand)}"' in client.get(at("carer_sessions", strand)).text
    back = client.get(at("carer_feedback", strand)).context["back"]
    assert back["url"] == reverse("sessions:carer_sessions", args=[strand.key])
