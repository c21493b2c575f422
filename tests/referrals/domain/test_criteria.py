"""Holding a referral against the criteria: it prompts, is written down, and decides nothing (domain.md 4.2)."""

import pytest

from audit.models import AuditEvent
from referrals import checklist, operations
from referrals.enums import IF_NOT_MET, Criterion, CriterionAnswer
from referrals.models import CriterionCheck
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.screening import CriterionCheckFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ENDED = ["accepted", "not_accepted", "duplicate", "withdrawn"]
OPEN = ["", "screening", "waiting", "awaiting_information", "on_hold"]


def a_referral(trait="screening", **values):
    return ReferralFactory(**({trait: True} if trait else {}), **values)


def check(referral, *, by=None, seen=None, **answers):
    if seen is None:
        seen = checklist.version(CriterionCheck.objects.filter(referral=referral))
    return operations.check_criteria(referral, by=by or UserFactory(), answers=answers, seen=seen)


@pytest.mark.parametrize("trait", OPEN)
def test_answers_are_kept_with_who_and_when_and_the_referral_stays_as_it_is(trait):
    referral, worker = a_referral(trait), UserFactory()

    with writes(CriterionCheck=2, CriterionCheckEvent=2, AuditEvent=1):
        changed = check(referral, by=worker, age=("met", ""), knows=("not_met", "Nobody has told her yet."))

    assert changed == ["age", "knows"]
    held = {row.criterion: (row.answer, row.note, row.by) for row in CriterionCheck.objects.all()}
    assert held == {"age": ("met", "", worker), "knows": ("not_met", "Nobody has told her yet.", worker)}
    [event] = AuditEvent.objects.all()
    assert (event.verb, event.facts) == ("criteria.checked", {"age": "met", "knows": "not_met"})


def test_only_what_changed_is_written():
    referral = a_referral()
    first, second = UserFactory.create_batch(2)
    check(referral, by=first, age=("met", ""), area=("not_known", ""))

    with writes(CriterionCheckEvent=1, AuditEvent=1):
        check(referral, by=second, age=("met", ""), area=("met", "They moved in May."))

    assert CriterionCheck.objects.get(criterion="age").by == first


def test_nothing_new_is_nothing_written():
    referral, worker = a_referral(), UserFactory()
    check(referral, age=("met", ""))
    with leaves_no_trace():
        assert check(referral, by=worker, age=("met", "")) == []


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen():
    referral, worker = a_referral(), UserFactory()
    check(referral, age=("met", ""))
    with leaves_no_trace(), pytest.raises(operations.CheckedMeanwhile):
        check(referral, by=worker, seen="", age=("not_met", "Nineteen in May."))


@pytest.mark.parametrize("trait", ENDED)
def test_what_has_ended_is_not_held_against_anything(trait):
    referral, worker = a_referral(trait), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        check(referral, by=worker, age=("met", ""))


@pytest.mark.parametrize("answer", CriterionAnswer)
def test_every_answer_leaves_every_decision_possible(answer):
    """Advisory: a list of prompts, never a verdict."""
    referral = a_referral()
    check(referral, **{criterion.value: (answer, "") for criterion in checklist.criteria_for(referral)})
    decision = operations.decide(referral, by=UserFactory(), outcome="accepted_allocate")
    assert decision.needs_second_person == []


@pytest.mark.requirement("R-wal-33", part="asked when the referral is held against the criteria")
@pytest.mark.parametrize(("traits", "is_asked"), [({}, False), ({"wal3": True}, False), ({"route_b": True}, True),
                                                  ({"route_c": True}, False)])  # fmt: skip
def test_readiness_is_asked_on_route_b_only(traits, is_asked):
    referral = ReferralFactory(screening=True, **traits)
    assert (Criterion.READY in checklist.criteria_for(referral)) == is_asked
    assert len(checklist.criteria_for(referral)) == 9 + is_asked


def test_every_criterion_says_what_to_do_where_it_is_not_met_and_never_to_refuse():
    assert set(IF_NOT_MET) == set(Criterion)
    for words in IF_NOT_MET.values():
        assert not {"reject", "refuse it", "decline"} & set(str(words).lower().split())


@pytest.mark.parametrize("answer", CriterionAnswer)
def test_the_checklist_shows_each_criterion_and_prompts_where_one_is_not_met(answer):
    held = CriterionCheckFactory(criterion="knows", answer=answer, note="Rang the school.")
    rows = {row["label"]: row for row in checklist.rows(held.referral, [held])}
    row = rows[Criterion.KNOWS.label]
    assert len(rows) == 9
    assert (row["words"], row["note"]) == (answer.label, "Rang the school.")
    assert bool(row["prompt"]) == (answer == "not_met")
    assert rows[Criterion.AGE.label]["words"] == "Not looked at yet"


def test_a_version_changes_with_each_save():
    referral = a_referral()
    seen = [""]
    for note in ["one", "two", "three"]:
        check(referral, age=("met", note))
        seen.append(checklist.version(referral.criteria.all()))
    assert len(set(seen)) == 4
