"""Criteria, holds, questions and second looks through their pages, and what the referral and the queue then show."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from referrals import operations
from referrals.enums import MissingFact, ReferralStatus
from referrals.models import CriterionCheck, Question, Referral
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory, StatusChangeFactory
from tests.factories.screening import CriterionCheckFactory, QuestionFactory
from ui.times import day_and_date

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def typed_day(name, days):
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def in_words(days):
    return day_and_date(timezone.localdate() + timedelta(days=days))


HOLD = {"reason": "The school is closed until Monday."}
ASK = {"facts": ["who_knows", "safety_plan"], "text": "Who is at home in the evening?"}


def state(referral):
    return Referral.objects.values_list("status", flat=True).get(pk=referral.pk)


def text_of(client, referral):
    return client.get(referral.get_absolute_url()).content.decode()


# Criteria


def test_the_page_of_criteria_keeps_answers_and_notes(client, screened, duty_worker, at):
    typed = {"seen": "", "age": "met", "knows": "not_met", "knows_note": "The school will tell her."}

    response = client.post(at("criteria", screened), typed)

    assert response.url == screened.get_absolute_url()
    held = {row.criterion: (row.answer, row.note, row.by) for row in CriterionCheck.objects.all()}
    assert held == {"age": ("met", "", duty_worker), "knows": ("not_met", "The school will tell her.", duty_worker)}
    page = text_of(client, screened)
    assert "The school will tell her." in page
    assert "Ask the referrer to talk with them. Offer to meet them together." in page
    assert "7 criteria are not looked at yet." in page


def test_the_page_shows_what_was_answered_before(client, screened, at):
    CriterionCheckFactory(referral=screened, criterion="age", answer="not_known", note="Rang the school.")
    form = client.get(at("criteria", screened)).context["form"]
    assert (form["age"].value(), form["age_note"].value()) == ("not_known", "Rang the school.")
    assert form["seen"].value()


def test_readiness_stands_on_the_page_of_route_b_only(client, sign_in, at):
    for trait, is_asked in [("route_b", True), ("wal3", False)]:
        referral = ReferralFactory(screening=True, **{trait: True})
        sign_in(Role.DUTY_WORKER, at=referral.centre)
        assert ("ready" in client.get(at("criteria", referral)).context["form"].fields) == is_asked
        client.post(at("criteria", referral), {"seen": "", "ready": "met"})
        assert referral.criteria.exists() == is_asked


def test_criteria_without_any_answer_are_not_called_kept(client, screened, at):
    response = client.post(at("criteria", screened), {"seen": ""})
    assert response.context["form"].non_field_errors() == [
        "Answer at least one. What nobody has looked at yet may stay open."
    ]


def test_a_note_without_an_answer_is_not_lost(client, screened, at):
    response = client.post(at("criteria", screened), {"seen": "", "age_note": "Nineteen in May."})
    assert response.context["form"].errors == {"age": ["Say whether it is met, or clear the note."]}
    assert "Nineteen in May." in response.content.decode()


def test_two_who_check_at_once_see_what_the_other_saved(client, screened, at):
    seen = client.get(at("criteria", screened)).context["form"]["seen"].value()
    CriterionCheckFactory(referral=screened, criterion="age", answer="not_met", note="Nineteen in May.")

    response = client.post(at("criteria", screened), {"seen": seen, "age": "met", "age_note": "Eighteen."})

    page = response.content.decode()
    assert response.status_code == 409
    assert "A colleague has saved other answers" in page
    assert "Nineteen in May." in page
    assert "Eighteen." in page
    assert CriterionCheck.objects.get().answer == "not_met"
    again = response.context["form"]["seen"].value()
    client.post(at("criteria", screened), {"seen": again, "age": "met", "age_note": "Eighteen."})
    assert CriterionCheck.objects.get().note == "Eighteen."


def test_criteria_are_possible_from_the_start_and_not_after_the_end(client, referral, duty_worker, at):
    client.post(at("criteria", referral), {"seen": "", "age": "met"})
    assert CriterionCheck.objects.count() == 1
    DecisionFactory(referral=referral)
    Referral.objects.filter(pk=referral.pk).update(status="accepted", decided_at=timezone.now())

    opened = client.get(at("criteria", referral))
    assert (opened.url, said(opened)) == (
        referral.get_absolute_url(),
        ["The criteria are kept.", "This is not possible now: the referral is “Accepted”."],
    )
    late = client.post(at("criteria", referral), {"seen": "", "area": "met"})
    assert late.status_code == 409
    assert CriterionCheck.objects.count() == 1


def test_the_history_tells_one_save_as_one_entry(client, screened, at):
    client.post(at("criteria", screened), {"seen": "", "age": "met", "area": "not_known"})
    [entry] = client.get(screened.get_absolute_url()).context["history"]
    assert entry["title"] == "Held against the criteria"
    assert len(entry["text"].splitlines()) == 2


# Hold


def test_a_hold_shows_why_and_until_when_and_the_clock_runs_on(client, screened, at):
    client.post(at("hold", screened), HOLD | typed_day("review_on", 7))

    assert state(screened) == ReferralStatus.ON_HOLD
    response = client.get(screened.get_absolute_url())
    page = response.content.decode()
    assert HOLD["reason"] in page
    assert response.context["head"]["then"] == f"On hold until {in_words(7)}"
    assert response.context["head"]["due"].startswith("Due")
    [row] = client.get(reverse("triage:queue")).context["rows"]
    assert (row["then"], row["due"]) == (f"On hold until {in_words(7)}", response.context["head"]["due"])
    assert response.context["history"][0]["title"] == "On hold"


@pytest.mark.parametrize("days", [0, -3])
def test_a_hold_whose_day_has_come_says_so_everywhere(client, screened, at, days):
    review_on = timezone.localdate() + timedelta(days=days)
    Referral.objects.filter(pk=screened.pk).update(status="on_hold", review_on=review_on)
    StatusChangeFactory(referral=screened, from_status="screening", to_status="on_hold", note="The school is closed.")

    assert "The hold is over: look at it again" in text_of(client, screened)
    [row] = client.get(reverse("triage:queue"), {"show": "hold_over"}).context["rows"]
    assert row["then"] == "The hold is over: look at it again"


def test_screening_goes_on_with_one_button(client, screened, at):
    client.post(at("hold", screened), HOLD | typed_day("review_on", 7))
    assert f'action="{at("resume", screened)}"' in text_of(client, screened)

    response = client.post(at("resume", screened))

    assert (state(screened), said(response)[-1]) == (ReferralStatus.SCREENING, "Screening goes on.")
    assert client.get(screened.get_absolute_url()).context["history"][0]["title"] == "Screening goes on"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(0, "Choose a day after today"), (-1, "Choose a day after today"), (29, "Choose an earlier day")],
)
def test_the_day_of_review_lies_within_four_weeks(client, screened, at, day, sentence):
    response = client.post(at("hold", screened), HOLD | typed_day("review_on", day))
    assert sentence in response.context["form"].errors["review_on"][0]
    assert state(screened) == ReferralStatus.SCREENING


@pytest.mark.parametrize("days", [1, 28])
def test_tomorrow_and_four_weeks_are_days_of_review(client, screened, at, days):
    client.post(at("hold", screened), HOLD | typed_day("review_on", days))
    assert state(screened) == ReferralStatus.ON_HOLD


# Asking


def test_the_page_proposes_three_working_days_and_lists_what_is_asked_most(client, screened, at):
    form = client.get(at("ask", screened)).context["form"]
    assert [value for value, _label in form.fields["facts"].choices] == MissingFact.values
    assert form["due_on"].value() > timezone.localdate() + timedelta(days=2)


def test_asking_pauses_the_clock_where_everybody_sees_it(client, screened, duty_worker, at):
    response = client.post(at("ask", screened), ASK | typed_day("due_on", 3))

    assert response.url == screened.get_absolute_url()
    question = Question.objects.get()
    assert (question.facts, question.text, question.asked_by) == (ASK["facts"], ASK["text"], duty_worker)
    page = client.get(screened.get_absolute_url())
    assert page.context["head"]["due"] == f"Paused since {in_words(0)}"
    assert page.context["head"]["then"] == f"Answer due {in_words(3)}"
    text = page.content.decode()
    assert ASK["text"] in text
    assert str(MissingFact.SAFETY_PLAN.label) in text
    [row] = client.get(reverse("triage:queue"), {"status": "awaiting_information"}).context["rows"]
    assert (row["due"], row["then"], row["is_overdue"]) == (
        f"Paused since {in_words(0)}",
        f"Answer due {in_words(3)}",
        False,
    )


def test_an_answer_that_does_not_come_is_said(client, referral, duty_worker):
    Referral.objects.filter(pk=referral.pk).update(status="awaiting_information", paused_at=timezone.now())
    QuestionFactory(referral=referral, due_on=timezone.localdate() - timedelta(days=1))
    response = client.get(referral.get_absolute_url())
    assert response.context["head"]["then"] == f"No answer by {in_words(-1)}"
    assert "Ring the referrer." in response.content.decode()


@pytest.mark.parametrize("missing", [{}, {"facts": [], "text": "  "}])
def test_a_question_asks_something(client, screened, at, missing):
    response = client.post(at("ask", screened), missing | typed_day("due_on", 3))
    assert response.context["form"].errors["facts"] == ["Tick what is missing, or write it in your own words."]
    assert not Question.objects.exists()


def test_who_asks_a_welsh_referrer_is_told_so(client, screened, at):
    note = "The referrer wrote in Welsh."
    assert note not in client.get(at("ask", screened)).content.decode()
    Referral.objects.filter(pk=screened.pk).update(language="cy")
    assert note in client.get(at("ask", screened)).content.decode()


def test_who_sends_a_step_twice_is_not_told_of_another(client, screened, duty_worker, at):
    client.post(at("hold", screened), HOLD | typed_day("review_on", 7))
    page = client.post(at("hold", screened), HOLD | typed_day("review_on", 7))
    assert page.status_code == 409
    assert "you made it “On hold” yourself" in page.text
    assert "was first" not in page.text


def test_of_two_who_ask_the_second_keeps_their_words(client, screened, at):
    colleague = MembershipFactory(centre=screened.centre).user
    StatusChangeFactory(referral=screened, from_status="screening", to_status="awaiting_information", by=colleague)
    QuestionFactory(referral=screened)
    Referral.objects.filter(pk=screened.pk).update(status="awaiting_information", paused_at=timezone.now())

    response = client.post(at("ask", screened), ASK | typed_day("due_on", 3))

    page = response.content.decode()
    assert response.status_code == 409
    assert ASK["text"] in page
    assert f"{colleague.full_name} was first" in page
    assert Question.objects.count() == 1


@pytest.mark.parametrize("name", ["ask", "hold"])
def test_nobody_writes_a_form_while_a_decision_waits(client, screened, at, name):
    DecisionFactory(referral=screened, waiting=True)
    response = client.get(at(name, screened))
    assert said(response) == ["This is not possible now: a decision waits for a second person."]
    assert name not in client.get(screened.get_absolute_url()).context["may"]


def test_the_answer_stands_on_the_page_and_marks_the_row(client, screened):
    question = QuestionFactory(referral=screened, answered=True, text="Who is at home?")
    page = client.get(screened.get_absolute_url())
    text = page.content.decode()
    assert page.context["head"]["status"] == "The referrer has answered"
    assert question.answer in text
    assert "What we asked the referrer" in text
    [row] = client.get(reverse("triage:queue"), {"show": "answered"}).context["rows"]
    assert "The referrer has answered" in row["status"]
    titles = [entry["title"] for entry in page.context["history"]]
    assert titles == ["The referrer answered", "Asked the referrer"]


def test_to_stop_waiting_says_why_to_colleagues(client, screened, at):
    client.post(at("ask", screened), ASK | typed_day("due_on", 3))

    client.post(at("stop_waiting", screened), {"reason": "The social worker told us by phone."})

    assert state(screened) == ReferralStatus.SCREENING
    assert "The social worker told us by phone." in text_of(client, screened)
    titles = [entry["title"] for entry in client.get(screened.get_absolute_url()).context["history"]]
    assert titles == ["Stopped waiting for the referrer", "Asked the referrer"]


# A second look


@pytest.fixture
def ended(referral):
    DecisionFactory(referral=referral, not_accepted=True)
    Referral.objects.filter(pk=referral.pk).update(status="not_accepted", decided_at=timezone.now())
    return referral


def test_a_manager_opens_again_what_ended(client, ended, stand_before, at):
    stand_before(Role.TEAM_MANAGER, ended)

    response = client.post(at("reopen", ended), {"reason": "The social worker rang."})

    assert (response.url, state(ended)) == (ended.get_absolute_url(), ReferralStatus.SCREENING)
    entry = client.get(ended.get_absolute_url()).context["history"][0]
    assert (entry["title"], entry["text"]) == ("Opened again", "The social worker rang.")


@pytest.mark.parametrize("who", ["decided_by", "countersigned_by"])
def test_who_said_no_does_not_look_at_it_again(client, referral, stand_before, at, who):
    """What the referrer reads promises another manager."""
    manager = stand_before(Role.TEAM_MANAGER, referral)
    both = {"decided_by": UserFactory(), "countersigned_by": UserFactory(), "countersigned_at": timezone.now()}
    DecisionFactory(
        referral=referral, not_accepted=True, needs_second_person=["outcome_needs_two"], **{**both, who: manager}
    )
    Referral.objects.filter(pk=referral.pk).update(status="not_accepted", decided_at=timezone.now())

    assert "reopen" not in client.get(referral.get_absolute_url()).context["may"]
    assert client.get(at("reopen", referral)).status_code == 403
    assert client.post(at("reopen", referral), {"reason": "The social worker rang."}).status_code == 403
    assert state(referral) == ReferralStatus.NOT_ACCEPTED


def test_what_was_opened_again_can_be_decided_by_who_decided_before(client, ended, stand_before, at):
    manager = stand_before(Role.TEAM_MANAGER, ended)
    client.post(at("reopen", ended), {"reason": "The social worker rang."})
    decide = {"outcome": "accepted_allocate"}
    assert client.get(at("decide", ended)).status_code == 200
    client.post(at("decide", ended), decide)
    assert state(ended) == ReferralStatus.ACCEPTED
    assert ended.decisions.filter(decided_by=manager).count() == 1


def test_a_decision_from_before_a_second_look_is_not_taken_for_todays(client, ended, stand_before, at):
    manager = stand_before(Role.TEAM_MANAGER, ended)
    DecisionFactory(referral=ended, not_accepted=True, decided_by=manager)
    operations.reopen(ended, by=UserFactory(), reason="The social worker rang.")
    client.post(at("hold", ended), HOLD | typed_day("review_on", 7))
    response = client.get(at("decide", ended))
    assert response.status_code == 200
    assert "You have already decided" not in str(said(response))
    assert f"What {manager} decided" not in response.content.decode()


def test_a_second_look_needs_a_reason(client, ended, stand_before, at):
    stand_before(Role.TEAM_MANAGER, ended)
    response = client.post(at("reopen", ended), {"reason": " "})
    assert list(response.context["form"].errors) == ["reason"]
    assert state(ended) == ReferralStatus.NOT_ACCEPTED


# What each page offers


@pytest.mark.parametrize(
    ("trait", "role", "offered"),
    [
        ("screening", Role.DUTY_WORKER, {"criteria", "ask", "hold"}),
        ("screening", Role.TEAM_MANAGER, {"criteria", "ask", "hold"}),
        ("waiting", Role.DUTY_WORKER, {"criteria"}),
        ("awaiting_information", Role.DUTY_WORKER, {"criteria", "stop_waiting"}),
        ("on_hold", Role.DUTY_WORKER, {"criteria", "resume"}),
        ("accepted", Role.DUTY_WORKER, set()),
        ("accepted", Role.SERVICE_MANAGER, {"reopen"}),
        ("withdrawn", Role.TEAM_MANAGER, {"reopen"}),
    ],
)
def test_the_page_offers_what_is_possible_now(client, sign_in, trait, role, offered):
    referral = ReferralFactory(**{trait: True})
    sign_in(role, at=referral.centre)
    may = set(client.get(referral.get_absolute_url()).context["may"])
    assert may & {"criteria", "ask", "hold", "stop_waiting", "resume", "reopen"} == offered


@pytest.mark.parametrize("name", ["criteria", "hold", "ask"])
def test_each_page_is_on_the_trail(client, screened, duty_worker, at, name):
    client.get(at(name, screened))
    [event] = AuditEvent.objects.filter(verb="referral.viewed")
    assert (event.actor_id, event.facts) == (duty_worker.pk, {"page": name})
