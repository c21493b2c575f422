"""What the database keeps where no CHECK can, tried by going round our code (design.md 6.1)."""

from datetime import date

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from protect_respect import house
from referrals import operations
from referrals.enums import ENDED, STATUS_AFTER, Outcome
from referrals.models import Decision, Note, Question, Referral, StatusChange
from tests.factories.accounts import UserFactory
from tests.factories.referrals import (
    DecisionFactory,
    NotAcceptedReasonFactory,
    NoteFactory,
    ReferralFactory,
    StatusChangeFactory,
)
from tests.factories.screening import QuestionFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now


def refused(name, sentence):
    return pytest.raises(IntegrityError, match=f'"{name}": {sentence}')


def commit():
    """What is asked at the end of a transaction, asked now."""
    connection.check_constraints()


def end(referral, status):
    Referral.objects.filter(pk=referral.pk).update(status=status, decided_at=NOW())


# A referral that has ended has a decision in effect

UNDECIDED = ["ended_referral_has_a_decision_in_effect", "A referral ends by a decision"]


@pytest.mark.parametrize("status", ENDED)
def test_a_referral_does_not_end_without_a_decision(status):
    referral = ReferralFactory(screening=True)
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, status)
        commit()


@pytest.mark.parametrize("status", ENDED)
def test_a_referral_is_not_written_as_ended_without_a_decision(status):
    with refused(*UNDECIDED), transaction.atomic():
        ReferralFactory(screening=True, status=status, decided_at=NOW())
        commit()


@pytest.mark.parametrize("answer", ["waiting", "sent_back", "overtaken"])
def test_a_decision_that_is_not_in_effect_ends_nothing(answer):
    referral = DecisionFactory(**{answer: True}).referral
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, "accepted")
        commit()


@pytest.mark.parametrize("outcome", Outcome)
def test_a_decision_leads_to_its_own_status_and_to_no_other(outcome):
    reason = {"reason": NotAcceptedReasonFactory(), "explanation": "Why.", "suggestion": "What instead."}
    referral = DecisionFactory(outcome=outcome, **reason).referral
    for status in set(ENDED) - {STATUS_AFTER[outcome]}:
        with refused(*UNDECIDED), transaction.atomic():
            end(referral, status)
            commit()
    end(referral, STATUS_AFTER[outcome])
    commit()


def test_a_countersigned_decision_ends_a_referral():
    referral = DecisionFactory(countersigned=True).referral
    end(referral, "accepted")
    commit()


def test_the_end_and_its_decision_are_written_in_any_order():
    referral = ReferralFactory(screening=True)
    end(referral, "accepted")
    DecisionFactory(referral=referral)
    commit()


def test_an_end_that_is_taken_back_in_the_same_act_needs_no_decision():
    referral = ReferralFactory(screening=True)
    end(referral, "accepted")
    Referral.objects.filter(pk=referral.pk).update(status="screening", decided_at=None)
    commit()


def test_a_referral_that_is_taken_up_again_needs_another_decision():
    referral = ReferralFactory(accepted=True)
    commit()
    StatusChangeFactory(referral=referral, from_status="accepted", to_status="screening")
    Referral.objects.filter(pk=referral.pk).update(status="screening", decided_at=None)
    with refused(*UNDECIDED), transaction.atomic():
        end(referral, "accepted")
        commit()
    DecisionFactory(referral=referral)
    end(referral, "accepted")
    commit()


# Written once

SENTENCES = {
    NoteFactory: ["note_is_written_once", "A note stays as it was written. Add another to correct it."],
    StatusChangeFactory: ["status_change_is_written_once", "A step of a referral stays as it was written."],
    DecisionFactory: ["decision_is_made_once", "A decision stays as it was made, and is answered once."],
    QuestionFactory: ["question_is_answered_once", "A question stays as it was asked, and is answered or closed once."],
}
each_kind = pytest.mark.parametrize("factory", SENTENCES, ids=lambda factory: factory._meta.model.__name__)


def in_sql(statement, row):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("TABLE", row._meta.db_table).replace("THIS", f"WHERE id = {row.pk}"))


@each_kind
@pytest.mark.parametrize(
    "statement", ["UPDATE TABLE SET referral_id = 1 THIS", "DELETE FROM TABLE THIS", "TRUNCATE TABLE CASCADE"]
)
def test_what_is_written_once_is_not_changed_in_plain_sql(factory, statement):
    row = factory()
    commit()
    with refused(*SENTENCES[factory]):
        in_sql(statement, row)
    assert type(row).objects.get() == row


@each_kind
def test_what_is_written_once_is_not_deleted(factory):
    row = factory()
    with refused(*SENTENCES[factory]), transaction.atomic():
        row.delete()


@each_kind
def test_a_referral_with_a_history_is_not_deleted(factory):
    referral = factory().referral
    with pytest.raises(ProtectedError):
        referral.delete()


@pytest.mark.parametrize("change", [{"text": "Other words."}, {"at": NOW}, {"by": UserFactory}, {"kind": "priority"}])
def test_a_note_is_not_rewritten(change):
    note = NoteFactory()
    change = {field: value() if callable(value) else value for field, value in change.items()}
    with refused(*SENTENCES[NoteFactory]), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(**change)


@pytest.mark.parametrize("change", [{"note": "Other words."}, {"at": NOW}, {"by": UserFactory}, {"recorded": False}])
def test_a_step_is_not_rewritten(change):
    step = StatusChangeFactory()
    change = {field: value() if callable(value) else value for field, value in change.items()}
    with refused(*SENTENCES[StatusChangeFactory]), transaction.atomic():
        StatusChange.objects.filter(pk=step.pk).update(**change)


def test_a_step_is_ticked_when_the_trail_has_its_event_and_nothing_else_changes_with_it():
    step = StatusChangeFactory(recorded=False)
    rows = StatusChange.objects.filter(pk=step.pk)
    with refused(*SENTENCES[StatusChangeFactory]), transaction.atomic():
        rows.update(recorded=True, note="Other words.")
    rows.update(recorded=True)


REWRITTEN = [
    {"outcome": Outcome.ACCEPTED_WAITING_LIST},
    {"explanation": "Other words."},
    {"suggestion": "Other words."},
    {"ready_for_support": "Other words."},
    {"reason": NotAcceptedReasonFactory},
    {"decided_by": UserFactory},
    {"decided_at": NOW},
    {"needs_second_person": ["open_concern"]},
    {"referral": ReferralFactory},
]


@pytest.mark.parametrize("traits", ["", "waiting", "countersigned", "sent_back", "overtaken"])
@pytest.mark.parametrize("change", REWRITTEN, ids=lambda change: next(iter(change)))
def test_what_was_decided_is_not_rewritten(change, traits):
    decision = DecisionFactory(**({traits: True} if traits else {}))
    change = {field: value if isinstance(value, (str, list)) else value() for field, value in change.items()}
    with refused(*SENTENCES[DecisionFactory]), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


ANSWERS = {
    "countersigned": {"countersigned_by": UserFactory, "countersigned_at": NOW},
    "sent_back": {"sent_back_by": UserFactory, "sent_back_at": NOW, "sent_back_reason": "Ring first."},
    "overtaken": {"overtaken_at": NOW},
}


def answer(decision, name):
    fields = {field: value if isinstance(value, str) else value() for field, value in ANSWERS[name].items()}
    Decision.objects.filter(pk=decision.pk).update(**fields)


@pytest.mark.parametrize("second", ANSWERS)
@pytest.mark.parametrize("first", ANSWERS)
def test_a_decision_is_answered_once(first, second):
    decision = DecisionFactory(waiting=True)
    answer(decision, first)
    with refused(*SENTENCES[DecisionFactory]), transaction.atomic():
        answer(decision, second)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_decision_by_one_person_is_not_answered(name):
    decision = DecisionFactory()
    with refused(*SENTENCES[DecisionFactory]), transaction.atomic():
        answer(decision, name)


@pytest.mark.parametrize("answer", ["countersigned", "sent_back", "overtaken"])
def test_an_answer_is_not_taken_back(answer):
    decision = DecisionFactory(**{answer: True})
    nothing = dict.fromkeys(ANSWERS[answer]) | {"sent_back_reason": ""}
    with refused(*SENTENCES[DecisionFactory]), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**nothing)


@pytest.mark.parametrize("traits", ["", "answered", "closed"])
@pytest.mark.parametrize(
    "change",
    [
        {"text": "Another."},
        {"facts": ["police"]},
        {"due_on": date(2030, 1, 1)},
        {"asked_at": NOW},
        {"asked_by": UserFactory},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_asked_is_not_rewritten(change, traits):
    question = QuestionFactory(**({traits: True} if traits else {}))
    change = {field: value() if callable(value) else value for field, value in change.items()}
    with refused(*SENTENCES[QuestionFactory]), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)


CAME_OF_IT = {
    "answered": {"answer": "She knows.", "answered_at": NOW},
    "closed": {"closed_by": UserFactory, "closed_at": NOW, "closed_because": "Told by phone."},
}


@pytest.mark.parametrize("second", CAME_OF_IT)
@pytest.mark.parametrize("first", CAME_OF_IT)
def test_a_question_is_answered_or_closed_once(first, second):
    question = QuestionFactory(**{first: True})
    again = {field: value if isinstance(value, str) else value() for field, value in CAME_OF_IT[second].items()}
    with refused(*SENTENCES[QuestionFactory]), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**again)


# The acts live with it, and nothing is forgotten here


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED_ALLOCATE, Outcome.DUPLICATE_MERGED])
def test_what_is_decided_by_one_person_ends(outcome):
    operations.decide(ReferralFactory(screening=True), by=UserFactory(), outcome=outcome)
    commit()


# What other floors keep is broken in their own tests (tests/safeguarding, tests/cases, tests/sessions).
FLOORS = {app.label for app in house.our_apps()} - {"safeguarding", "cases", "support_sessions", "reminders"}


def test_every_rule_of_ours_in_a_trigger_is_broken_here():
    rules = {trigger.name for model, trigger in pgtrigger.registered() if model._meta.app_label in FLOORS}
    histories = {"insert_insert", "update_update", "delete_delete"}
    of_the_trail = {"append_only", "no_truncate"}  # tests.audit.test_append_only
    ours = {UNDECIDED[0], *(name for name, _sentence in SENTENCES.values())}
    assert rules - histories - of_the_trail == ours
