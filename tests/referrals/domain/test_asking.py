"""A question to the referrer: it stops the clock, is answered once, and is not waited for for ever."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from audit.models import AuditEvent
from outbox.models import Message
from referrals import operations
from referrals.enums import Outcome, ReferralStatus
from referrals.models import Question, StatusChange
from tests.factories.accounts import DutyShiftFactory, MembershipFactory, UserFactory
from tests.factories.people import ExclusionFactory
from tests.factories.screening import QuestionFactory
from tests.referrals.domain.waiting import (
    ASKED,
    ENDED,
    FRIDAY_AT_5,
    LONDON,
    MONDAY,
    NOT_BEING_SCREENED,
    a_referral,
    ask,
    verbs,
)
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

# Asking


def test_asking_stops_the_clock_and_owes_one_letter_that_says_no_more_than_by_when():
    referral, worker = a_referral("screening"), UserFactory()

    with writes(
        Question=1, QuestionEvent=1, ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=2, Message=1
    ):
        question = ask(referral, by=worker, due_on=date(2030, 1, 7))

    referral.refresh_from_db()
    assert (referral.status, referral.is_paused) == (ReferralStatus.AWAITING_INFORMATION, True)
    assert (question.facts, question.text, question.asked_by) == (ASKED["facts"], ASKED["text"], worker)
    [letter] = Message.objects.all()
    assert (letter.template, letter.to, letter.due_on) == (
        "referral-question",
        referral.referrer_email,
        date(2030, 1, 7),
    )
    assert (letter.reference, letter.path) == (referral.reference, f"/refer/{referral.form_token}/messages/")
    assert verbs() == ["question.asked", "referral.information_asked"]
    assert ASKED["text"] not in str(list(AuditEvent.objects.values()))


def test_a_welsh_referral_is_asked_in_welsh():
    ask(a_referral("screening", language="cy"))
    [letter] = Message.objects.all()
    assert (letter.language, letter.path.startswith("/cy/refer/")) == ("cy", True)


@pytest.mark.parametrize("trait", [*NOT_BEING_SCREENED, "waiting"])
def test_only_about_what_is_being_screened_and_undecided_is_asked(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ask(referral, by=worker)


@pytest.mark.parametrize("changed", [{"facts": [], "text": " "}, {"due_on": date(2020, 1, 1)}])
def test_a_question_asks_something_by_a_day_to_come(changed):
    referral, worker = a_referral("screening"), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say what is missing"):
        ask(referral, by=worker, **changed)


@pytest.mark.parametrize("changed", [{"facts": []}, {"text": ""}])
def test_ticks_or_words_are_enough(changed):
    assert ask(a_referral("screening"), **changed).is_open


# The clock


@pytest.mark.parametrize("how", ["answer", "stop_waiting"])
@pytest.mark.parametrize(
    ("waited", "due"),
    [
        (timedelta(hours=3), FRIDAY_AT_5),
        (timedelta(days=2), datetime(2026, 6, 23, 17, 0, tzinfo=LONDON)),
        (timedelta(days=7), datetime(2026, 6, 26, 17, 0, tzinfo=LONDON)),
    ],
)
def test_the_day_by_which_we_decide_moves_on_by_the_working_days_that_we_waited(how, waited, due):
    referral, worker = a_referral("screening", decide_by=FRIDAY_AT_5), UserFactory()
    with time_machine.travel(MONDAY, tick=False):
        question = ask(referral, by=worker)
    with time_machine.travel(MONDAY + waited, tick=False):
        if how == "answer":
            operations.answer(question, by=referral.referrer_email, text="She knows.")
        else:
            operations.stop_waiting(referral, by=worker, reason="They told us by phone.")

    referral.refresh_from_db()
    assert (referral.status, referral.paused_at, referral.decide_by) == (ReferralStatus.SCREENING, None, due)


@time_machine.travel(FRIDAY_AT_5 + timedelta(days=30), tick=False)
def test_what_waits_for_the_referrer_is_never_overdue():
    referral = a_referral("awaiting_information", decide_by=FRIDAY_AT_5)
    assert not referral.is_overdue
    assert not referral.is_due_today


def test_what_was_late_before_we_asked_is_late_afterwards():
    referral = a_referral("screening", overdue=True)
    operations.answer(ask(referral), by=referral.referrer_email, text="She knows.")
    referral.refresh_from_db()
    assert referral.is_overdue


# The answer


def test_the_answer_is_kept_and_the_referral_goes_on_without_anybody_of_staff():
    referral = a_referral("screening")
    question = ask(referral, by=MembershipFactory(centre=referral.centre).user)

    with writes(QuestionEvent=1, ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, Message=1):
        operations.answer(question, by=referral.referrer_email, text="She knows and agrees.")

    question.refresh_from_db()
    assert (question.answer, question.answered_at is not None) == ("She knows and agrees.", True)
    step = StatusChange.objects.latest("pk")
    assert (step.from_status, step.to_status, step.by, step.recorded) == (
        "awaiting_information",
        "screening",
        None,
        False,
    )


def test_a_sweep_adds_the_event_of_an_answer_and_calls_it_no_submission():
    referral = a_referral("screening", in_danger=True)
    operations.answer(ask(referral), by=referral.referrer_email, text="She knows.")

    assert operations.record_submissions(by="sweep") == 1
    assert operations.record_submissions(by="sweep") == 0
    assert verbs() == ["question.answered", "question.asked", "referral.information_asked"]


def hears_of_the_answer(question):
    operations.answer(question, by=question.referral.referrer_email, text="She knows.")
    letters = Message.objects.filter(template="referral-answered")
    assert {letter.path for letter in letters} == {question.referral.get_absolute_url()}
    return {letter.to for letter in letters}


def a_question(centre_of=None, **owner):
    asker = MembershipFactory()
    referral = a_referral("awaiting_information", centre=asker.centre, **{"owner": asker.user} | owner)
    return QuestionFactory(referral=referral, asked_by=asker.user)


def test_the_colleague_it_is_with_gets_a_letter():
    question = a_question()
    owner = MembershipFactory(centre=question.referral.centre).user
    type(question.referral).objects.update(owner=owner)
    assert hears_of_the_answer(question) == {owner.email}


def test_where_it_is_with_nobody_who_asked_gets_it():
    question = a_question(owner=None)
    assert hears_of_the_answer(question) == {question.asked_by.email}


@pytest.mark.parametrize("why", ["excluded", "left", "another role", "inactive"])
def test_where_they_cannot_open_it_any_more_whoever_is_on_duty_gets_it(why):
    question = a_question()
    held = Membership.objects.get(user=question.asked_by)
    on_duty = MembershipFactory(centre=held.centre)
    if why == "excluded":
        ExclusionFactory(subject=question.referral.subject, user=held.user)
    elif why == "left":
        Membership.objects.filter(pk=held.pk).update(until_on=timezone.localdate())
    elif why == "another role":
        Membership.objects.filter(pk=held.pk).update(role=Role.PRACTITIONER)
    else:
        type(held.user).objects.filter(pk=held.user_id).update(is_active=False)
    assert hears_of_the_answer(question) == {on_duty.user.email}


def test_where_nobody_screens_there_any_more_nobody_is_written_to_and_the_answer_is_kept():
    question = QuestionFactory()
    operations.answer(question, by="x@school.example", text="She knows.")
    assert not Message.objects.exists()
    assert Question.objects.get().answer == "She knows."


def test_an_answer_is_given_once():
    referral = a_referral("screening")
    question = ask(referral)
    operations.answer(question, by=referral.referrer_email, text="She knows.")

    with leaves_no_trace(), pytest.raises(operations.AlreadyAnswered) as before:
        operations.answer(question, by=referral.referrer_email, text="She does not know.")
    assert before.value.question.answer == "She knows."


@pytest.mark.parametrize("how", ["stop_waiting", "withdraw"])
def test_a_late_answer_is_not_needed(how):
    referral, worker = a_referral("screening"), UserFactory()
    question = ask(referral)
    if how == "withdraw":
        operations.withdraw(referral, by=worker)
    else:
        operations.stop_waiting(referral, by=worker, reason="Told by phone.")

    with leaves_no_trace(), pytest.raises(operations.NoAnswerNeeded):
        operations.answer(question, by=referral.referrer_email, text="She knows.")


def test_no_answer_is_no_answer():
    question = QuestionFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say something"):
        operations.answer(question, by="x@school.example", text=" \n")


def test_a_second_question_follows_the_first():
    referral = a_referral("screening")
    operations.answer(ask(referral), by=referral.referrer_email, text="She knows.")
    second = ask(referral)
    assert second.is_open
    assert Message.objects.filter(template="referral-question").count() == 2


# Going on without it


def test_to_stop_waiting_closes_the_question_with_the_reason():
    referral, worker = a_referral("screening"), UserFactory()
    question = ask(referral)

    with writes(ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, QuestionEvent=1, AuditEvent=2):
        operations.stop_waiting(referral, by=worker, reason="They told us by phone.")

    question.refresh_from_db()
    assert (question.closed_by, question.closed_because, question.answer) == (worker, "They told us by phone.", "")
    assert {"question.closed", "referral.screening_resumed"} <= set(verbs())


@pytest.mark.parametrize("trait", ["", "screening", "waiting", "on_hold", *ENDED])
def test_only_what_waits_is_not_waited_for_any_more(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.stop_waiting(referral, by=worker, reason="Told by phone.")


def test_to_stop_waiting_needs_a_reason():
    referral, worker = QuestionFactory().referral, UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.stop_waiting(referral, by=worker, reason="  ")


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN_BY_REFERRER, Outcome.DECLINED_BY_YOUNG_PERSON])
def test_what_is_withdrawn_asks_nobody_anything(outcome):
    question, worker = QuestionFactory(), UserFactory()

    ended = operations.withdraw(question.referral, by=worker, outcome=outcome)

    question.refresh_from_db()
    assert (question.closed_by, bool(question.closed_because), question.is_open) == (worker, True, False)
    assert (ended.paused_at, ended.status) == (None, ReferralStatus.WITHDRAWN)


def test_what_is_withdrawn_from_a_hold_has_no_day_of_review():
    assert operations.withdraw(a_referral("on_hold"), by=UserFactory()).review_on is None


@pytest.mark.parametrize("trait", ["awaiting_information", "on_hold"])
def test_nothing_is_decided_while_it_waits(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.decide(referral, by=worker, outcome=Outcome.ACCEPTED_ALLOCATE)


def test_a_shift_says_who_is_on_duty_when_nobody_else_can_open_the_answer():
    question = a_question()
    ExclusionFactory(subject=question.referral.subject, user=question.asked_by)
    off, on = MembershipFactory.create_batch(2, centre=question.referral.centre)
    every_hour = {"weekday": None, "on": timezone.localdate(), "starts_at": "00:00", "ends_at": "23:59:59"}
    DutyShiftFactory(membership=on, **every_hour)
    assert hears_of_the_answer(question) == {on.user.email}
    assert off.user.email not in set(Message.objects.values_list("to", flat=True))
