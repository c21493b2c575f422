"""The way of the work: the menu, the focus, and a stage that changes by a decision about one young person."""

import pytest
from django.db import IntegrityError, transaction

from cases import operations
from cases.enums import STAGES_AFTER, WORK_TYPES_OF, InterventionFocus, OptionAnswer, PathwayStage, WorkType
from cases.forms.allocating import AllocateForm
from cases.models import Case, FocusChosen, OptionOffered, StageDecision
from centres.enums import Scheme
from centres.models import ServiceOffer
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.network import (
    FocusChosenFactory,
    OptionOfferedFactory,
    StageDecisionFactory,
    SupportOptionFactory,
)
from tests.factories.referrals import ReferralFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

P = PathwayStage
TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1}


# The menu


@pytest.mark.requirement("R-wal-18")
def test_each_answer_is_kept_and_the_latest_holds(case):
    talking, group = SupportOptionFactory(), SupportOptionFactory()
    by = UserFactory()
    with writes(OptionOffered=2, OptionOfferedEvent=2, **TOLD):
        operations.answer_menu(case, by=by, answers=[(talking, "accepted", "Yes please."), (group, "later", "")])
    operations.answer_menu(case, by=by, answers=[(talking, "accepted", "Yes please."), (group, "declined", "")])

    held = {row.option: row.answer for row in case.options_offered.latest()}
    assert held == {talking: OptionAnswer.ACCEPTED, group: OptionAnswer.DECLINED}
    assert [row.answer for row in OptionOffered.objects.filter(option=group)] == ["later", "declined"]


def test_what_is_as_it_was_is_not_written_again(case):
    offered, by = OptionOfferedFactory(case=case), UserFactory()
    with leaves_no_trace():
        assert operations.answer_menu(case, by=by, answers=[(offered.option, offered.answer, "")]) == []


# The focus


@pytest.mark.requirement("R-wal-25")
def test_the_focus_may_be_several_and_the_latest_holds(case):
    by = UserFactory()
    operations.choose_focus(case, by=by, focus=["socio_educative"])
    with writes(FocusChosen=1, FocusChosenEvent=1, **TOLD):
        operations.choose_focus(
            case, by=by, focus=["emotional_regulation", "wider_issues"], wider_issues="Where she lives."
        )
    latest = case.focuses.first()
    assert (latest.focus, latest.wider_issues) == (["emotional_regulation", "wider_issues"], "Where she lives.")
    assert InterventionFocus.values == ["socio_educative", "emotional_regulation", "wider_issues"]


# The kind of work


@pytest.mark.requirement("R-wal-30")
@pytest.mark.parametrize(("scheme", "is_offered"), [(Scheme.NAT4, True), (Scheme.WAL3, False)])
def test_recovery_alone_is_not_offered_in_south_wales(scheme, is_offered):
    referral, user = ReferralFactory(accepted=True), UserFactory()
    referral.offer.scheme = scheme
    kinds = [kind for kind, _label in AllocateForm(referral=referral, user=user).fields["work_type"].choices]
    assert (WorkType.RECOVERY in kinds) == is_offered
    assert kinds == list(WORK_TYPES_OF[scheme])


# The stage


def offers_therapy(case, holds=True):
    ServiceOffer.objects.filter(pk=case.offer_id).update(therapeutic_available=holds)


def decide(case, by, to_stage, discussed_with=None):
    decision = {
        "reasons": "She asks for it.",
        "young_persons_view": "I am ready.",
        "safety": "At home with her aunt.",
        "discussed_on": "2026-11-02",
    }
    discussed_with = discussed_with or UserFactory()
    return operations.decide_stage(case, by=by, to_stage=to_stage, discussed_with=discussed_with, **decision)


@pytest.fixture
def socio_educative(case):
    offers_therapy(case)
    decide(case, UserFactory(), P.SOCIO_EDUCATIVE)
    case.refresh_from_db()
    return case


@pytest.mark.requirement("R-wal-27")
@pytest.mark.requirement("R-wal-26")
def test_a_stage_follows_the_one_before_by_a_decision_with_reasons_and_the_young_persons_view(case):
    offers_therapy(case)
    by, discussed_with = UserFactory(), UserFactory()
    with writes(StageDecision=1, StageDecisionEvent=1, CaseEvent=1, **TOLD):
        decide(case, by, P.SOCIO_EDUCATIVE, discussed_with=discussed_with)
    decided = decide(case, by, P.THERAPEUTIC)
    case.refresh_from_db()
    assert (case.pathway_stage, decided.decided_by, decided.from_stage) == (P.THERAPEUTIC, by, P.SOCIO_EDUCATIVE)


@pytest.mark.parametrize("stage", [P.THERAPEUTIC, P.ENDING, P.STABILISE_AND_BUILD_TRUST])
def test_no_stage_is_jumped_over(case, stage):
    offers_therapy(case)
    by, other = UserFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        decide(case, by, stage, discussed_with=other)


def test_therapeutic_work_is_not_begun_where_it_is_not_offered(socio_educative):
    offers_therapy(socio_educative, holds=False)
    by, other = UserFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotOfferedHere):
        decide(socio_educative, by, P.THERAPEUTIC, discussed_with=other)


def test_nothing_is_decided_on_a_closed_case():
    case, by, other = CaseFactory(closed=True), UserFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        decide(case, by, P.SOCIO_EDUCATIVE, discussed_with=other)


# Round our code


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.requirement("R-wal-27")
@pytest.mark.parametrize("stage", [P.SOCIO_EDUCATIVE, P.THERAPEUTIC, P.ENDING])
def test_the_database_refuses_a_stage_without_a_decision(case, stage):
    offers_therapy(case)
    with refused("case_changes_stage_by_a_decision"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(pathway_stage=stage)


@pytest.mark.requirement("R-wal-26")
def test_the_database_refuses_therapeutic_work_where_the_offer_has_none(socio_educative):
    StageDecisionFactory(case=socio_educative, from_stage=P.SOCIO_EDUCATIVE, to_stage=P.THERAPEUTIC)
    offers_therapy(socio_educative, holds=False)
    with refused("case_is_therapeutic_only_where_it_is_offered"), transaction.atomic():
        Case.objects.filter(pk=socio_educative.pk).update(pathway_stage=P.THERAPEUTIC)


def test_the_database_refuses_a_case_that_begins_with_therapeutic_work():
    with refused("case_is_therapeutic_only_where_it_is_offered"), transaction.atomic():
        CaseFactory(pathway_stage=P.THERAPEUTIC)
    with refused("case_changes_stage_by_a_decision"), transaction.atomic():
        CaseFactory(pathway_stage=P.THERAPEUTIC, referral__offer__therapeutic_available=True)


def test_a_decision_is_used_once(socio_educative):
    """There and back: the first decision for therapeutic work does not lead there a second time."""
    by = UserFactory()
    decide(socio_educative, by, P.THERAPEUTIC)
    decide(socio_educative, by, P.SOCIO_EDUCATIVE)
    with refused("case_changes_stage_by_a_decision"), transaction.atomic():
        Case.objects.filter(pk=socio_educative.pk).update(pathway_stage=P.THERAPEUTIC)


def test_a_decision_starts_where_the_case_stands(case):
    with refused("stage_decision_starts_where_the_case_stands"), transaction.atomic():
        StageDecisionFactory(case=case, from_stage=P.SOCIO_EDUCATIVE, to_stage=P.THERAPEUTIC)


def test_a_decision_of_another_case_leads_nowhere(case):
    StageDecisionFactory()
    with refused("case_changes_stage_by_a_decision"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(pathway_stage=P.SOCIO_EDUCATIVE)


@pytest.mark.parametrize(
    ("factory", "rule", "change"),
    [
        (OptionOfferedFactory, "option_offered_is_written_once", {"answer": "declined"}),
        (FocusChosenFactory, "focus_is_written_once", {"focus": ["emotional_regulation"]}),
        (StageDecisionFactory, "stage_decision_is_written_once", {"reasons": "x"}),
    ],
)
def test_what_was_decided_is_neither_changed_nor_deleted(factory, rule, change):
    rows = type(factory()).objects.all()
    with refused(rule), transaction.atomic():
        rows.update(**change)
    with refused(rule), transaction.atomic():
        rows.delete()


def test_every_stage_has_its_next_ones_and_the_ending_none():
    assert set(STAGES_AFTER) == set(P)
    assert STAGES_AFTER[P.ENDING] == set()
    assert {stage for stages in STAGES_AFTER.values() for stage in stages} == set(P) - {P.ENDING}
    assert StageDecision.objects.count() == FocusChosen.objects.count() == 0
