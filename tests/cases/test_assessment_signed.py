"""An assessment is signed whole, once, by somebody who has read it; and stays as it was."""

import pytest
from django.db import IntegrityError, transaction

from cases import assessing, operations
from cases.enums import CaseStatus
from cases.models import Assessment
from tests.cases.saving import save
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AddendumFactory,
    AssessmentFactory,
    ExternalMeasureFactory,
    ExternalScoreFactory,
    FamilyViewFactory,
    HopeFactory,
    MarkFactory,
    NeedFactory,
    ReflectiveCommentFactory,
    StrengthFactory,
    WorryFactory,
    signed_assessment,
)
from tests.factories.cases import CaseFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


def a_case(state):
    return CaseFactory(**({} if state == "engaging" else {state: True}))


# Signed


@pytest.mark.requirement("R-nat-20")
def test_without_a_strength_it_is_not_signed():
    draft, by = AssessmentFactory(whole=True), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotComplete) as refused:
        operations.sign_assessment(draft, by=by, edition=1)
    assert [slug for slug, _sentence in refused.value.missing] == ["strengths"]
    rows = Assessment.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="assessment_is_signed_with_a_strength"), transaction.atomic():
        rows.update(signed_at=draft.started_at, signed_by=by)


def test_an_empty_one_says_all_that_is_missing_in_the_order_of_its_parts():
    slugs = [slug for slug, _sentence in assessing.missing(AssessmentFactory())]
    assert slugs == ["what-matters", "what-matters", "strengths", "analysis", "needs", "agreement"]


@pytest.mark.parametrize("agreement", ["partly", "disagree", "not_shared_yet"])
def test_who_does_not_agree_is_asked_why(agreement):
    draft = AssessmentFactory(whole=True, strengths=["Draws."], agreement=agreement)
    assert [slug for slug, _sentence in assessing.missing(draft)] == ["agreement"]
    draft.agreement_because = "She sees the evenings differently."
    assert assessing.missing(draft) == []


@pytest.mark.parametrize(
    ("factory", "lacks"),
    [(StrengthFactory, "voice"), (WorryFactory, "voice"), (WorryFactory, "kind"), (HopeFactory, "voice"),
     (FamilyViewFactory, "whose")],
)  # fmt: skip
def test_each_word_in_a_signed_one_has_a_voice(factory, lacks):
    draft, by = AssessmentFactory(whole=True, strengths=["Draws."]), UserFactory()
    factory(assessment=draft, **{lacks: ""})
    with leaves_no_trace(), pytest.raises(operations.NotComplete):
        operations.sign_assessment(draft, by=by, edition=1)
    rows = Assessment.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="assessment_is_signed_with_every_voice_named"), transaction.atomic():
        rows.update(signed_at=draft.started_at, signed_by=by)


def test_signing_moves_the_case_on_to_planning():
    draft, by = AssessmentFactory(whole=True, strengths=["Draws."]), UserFactory()
    with writes(AssessmentEvent=1, CaseEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=2):
        operations.sign_assessment(draft, by=by, edition=1)
    draft.refresh_from_db()
    assert (draft.signed_by, draft.case.status) == (by, CaseStatus.PLANNING)


@pytest.mark.parametrize("state", ["planning", "active", "ending"])
def test_signed_later_the_case_stays_where_it_is(state):
    draft = AssessmentFactory(whole=True, strengths=["Draws."], case=a_case(state))
    operations.sign_assessment(draft, by=UserFactory(), edition=1)
    draft.case.refresh_from_db()
    assert draft.case.status == CaseStatus(state)


def test_a_draft_from_before_the_case_was_closed_and_opened_again_is_signed_too():
    draft = AssessmentFactory(whole=True, strengths=["Draws."], case=CaseFactory())
    operations.sign_assessment(draft, by=UserFactory(), edition=1)
    draft.case.refresh_from_db()
    assert draft.case.status == CaseStatus.PLANNING


def test_nobody_signs_what_they_have_not_read():
    draft, by = AssessmentFactory(whole=True, strengths=["Draws."]), UserFactory()
    save(draft, "what-matters", what_matters="My dog.")
    with leaves_no_trace(), pytest.raises(operations.PartChanged):
        operations.sign_assessment(draft, by=by, edition=1)
    operations.sign_assessment(draft, by=by, edition=2)


def test_it_is_signed_once():
    done, by = signed_assessment(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.sign_assessment(done, by=by, edition=1)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        save(done, "what-matters", by=by, what_matters="Something else.")


# What stays as it was

ROWS = [StrengthFactory, WorryFactory, HopeFactory, NeedFactory, FamilyViewFactory, MarkFactory]


def signed_with(factory):
    draft = AssessmentFactory(whole=True, strengths=["Draws."])
    row = factory(assessment=draft)
    operations.sign_assessment(draft, by=UserFactory(), edition=1)
    return row


@pytest.mark.parametrize("factory", ROWS)
def test_a_row_of_a_signed_one_is_not_changed_not_deleted_and_gets_no_other_beside_it(factory):
    row = signed_with(factory)
    rows, change = type(row).objects.filter(pk=row.pk), {"value": 9} if factory is MarkFactory else {"words": "x"}
    elsewhere = factory()
    for act in (
        lambda: rows.update(**change),
        rows.delete,
        lambda: rows.update(assessment=elsewhere.assessment),
        lambda: type(row).objects.filter(pk=elsewhere.pk).update(assessment=row.assessment),
        lambda: factory(assessment=row.assessment),
    ):
        with pytest.raises(IntegrityError, match="signed_assessment_stays_as_it_was"), transaction.atomic():
            act()


def test_a_signed_one_is_not_changed_and_no_assessment_is_deleted():
    done, draft = signed_assessment(), AssessmentFactory()
    rows = Assessment.objects.filter(pk=done.pk)
    for act in (
        lambda: rows.update(analysis="x"),
        lambda: rows.update(signed_at=None, signed_by=None),
        Assessment.objects.filter(pk=draft.pk).delete,
    ):
        with pytest.raises(IntegrityError, match="signed_assessment_stays_as_it_was"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("factory", "rule"),
    [
        (AddendumFactory, "said_once_of_an_assessment"),
        (ReflectiveCommentFactory, "said_once_of_an_assessment"),
        (ExternalMeasureFactory, "measure_is_written_once"),
        (ExternalScoreFactory, "score_is_written_once"),
    ],
)
def test_what_is_said_beside_it_is_written_once(factory, rule):
    row = factory()
    rows = type(row).objects.filter(pk=row.pk)
    change = next({name: "x"} for name in ("words", "result", "value") if hasattr(row, name))
    for act in (lambda: rows.update(**change), rows.delete):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            act()


def test_a_correction_stands_beside_what_was_signed():
    done, by = signed_assessment(), UserFactory()
    with writes(Addendum=1, AddendumEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        operations.add_addendum(done, by=by, text="It was in May.")
    assert done.addenda.get().by == by


def test_a_manager_who_has_not_signed_it_comments_on_it():
    done, by = signed_assessment(), UserFactory()
    with writes(ReflectiveComment=1, ReflectiveCommentEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        operations.comment_on_assessment(done, by=by, text="What would she say to it?")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.comment_on_assessment(done, by=done.signed_by, text="Well done.")
    with pytest.raises(IntegrityError, match="comment_is_by_somebody_else"), transaction.atomic():
        ReflectiveCommentFactory(assessment=done, by=done.signed_by)


@pytest.mark.parametrize("act", [operations.add_addendum, operations.comment_on_assessment])
def test_a_draft_is_changed_itself(act):
    draft, by = AssessmentFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        act(draft, by=by, text="x")
    for factory in (AddendumFactory, ReflectiveCommentFactory):
        with pytest.raises(IntegrityError, match="said_of_a_signed_assessment"), transaction.atomic():
            factory(assessment=draft)
