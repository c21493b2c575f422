"""An assessment from its first word to its signature, and what stays as it was after it."""

import pytest
from django.db import IntegrityError, transaction

from cases import assessing, operations
from cases.enums import AssessmentKind, CaseStatus, TaskKind
from cases.models import Assessment, Strength, Task, TimelineEntry
from tests.cases.saving import save
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    StrengthFactory,
    a_case_that_may_include_the_parents,
    combined_assessment,
    signed_assessment,
)
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

K = AssessmentKind
OPEN = ["engaging", "assessing", "planning", "active", "ending"]


def a_case(state):
    return CaseFactory(**({} if state == "engaging" else {state: True}))


def start(case, **details):
    by = details.pop("by", None) or UserFactory()
    return operations.start_assessment(case, by=by, **{"kind": K.CHILD_NEEDS, **details})


def entry(words, **more):
    return {"words": words, "domain": "", "voice": "young_person", **more}


# Begun


@pytest.mark.requirement("R-wal-19")
def test_it_is_begun_and_the_case_is_assessing():
    case, by = CaseFactory(), UserFactory()
    with writes(Assessment=1, AssessmentEvent=1, CaseEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=2):
        draft = start(case, by=by)
    case.refresh_from_db()
    assert (draft.kind, draft.version, draft.started_by, draft.is_signed) == (K.CHILD_NEEDS, 1, by, False)
    assert case.status == CaseStatus.ASSESSING


@pytest.mark.parametrize("state", OPEN[1:])
def test_later_the_case_stays_where_it_is(state):
    case = a_case(state)
    start(case)
    case.refresh_from_db()
    assert case.status == CaseStatus(state)


@pytest.mark.parametrize("state", ["awaiting_allocation", "closed"])
def test_none_is_begun_where_nobody_works_on_the_case(state):
    case, by = a_case(state), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        start(case, by=by)


def test_a_second_click_leads_to_the_draft_that_is_open():
    draft, by = AssessmentFactory(), UserFactory()
    with leaves_no_trace():
        assert start(draft.case, by=by) == draft


def test_an_update_needs_one_before():
    case, by = CaseFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotForThisCase):
        start(case, kind=K.UPDATE, by=by)


def test_a_case_about_a_carer_alone_has_none():
    case, by = CaseFactory(kind="carer_only"), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotForThisCase):
        start(case, by=by)
    with pytest.raises(IntegrityError, match="assessment_is_about_the_young_person"), transaction.atomic():
        AssessmentFactory(case=case)


# Written, part by part


def test_a_part_is_kept_and_its_history_with_it():
    draft, by = AssessmentFactory(), UserFactory()
    with writes(AssessmentEvent=1, StrengthEvent=2, Strength=2, AuditEvent=1):
        save(draft, "strengths", by=by, strengths=[entry("Draws."), entry("Asks for help.")])
    assert [row.words for row in draft.strengths.all()] == ["Draws.", "Asks for help."]


def test_the_same_words_again_write_nothing():
    draft, by = StrengthFactory(words="Draws.", domain="").assessment, UserFactory()
    with leaves_no_trace():
        save(draft, "strengths", by=by, strengths=[entry("Draws.")])


def test_one_more_letter_is_one_more_version_of_one_row():
    draft = AssessmentFactory(strengths=["Draws."])
    save(draft, "strengths", strengths=[entry("Draws."), entry("Asks for hel")])
    by = UserFactory()
    with writes(AssessmentEvent=1, StrengthEvent=1, AuditEvent=1):
        save(draft, "strengths", by=by, strengths=[entry("Draws."), entry("Asks for help")])


def test_what_is_taken_out_of_the_middle_is_what_goes():
    draft = AssessmentFactory()
    save(draft, "hopes", hopes=[{"words": words, "voice": "young_person"} for words in ("A", "B", "C")])
    first, second, third = draft.hopes.all()
    save(draft, "hopes", hopes=[{"words": words, "voice": "young_person"} for words in ("A", "C")])
    assert list(draft.hopes.all()) == [first, third]
    save(draft, "hopes", hopes=[{"words": words, "voice": "young_person"} for words in ("C", "D", "A")])
    assert [row.words for row in draft.hopes.all()] == ["C", "D", "A"]


def test_marks_are_given_changed_and_taken_back():
    draft = AssessmentFactory()
    save(draft, "marks", marks={"safe_today.young_person": 3, "safety.practitioner": 0})
    save(draft, "marks", marks={"safe_today.young_person": 4})
    assert [(mark.about, mark.voice, mark.value) for mark in draft.marks.all()] == [("safe_today", "young_person", 4)]


def test_half_a_thought_is_kept_as_it_was_left():
    draft = AssessmentFactory()
    save(draft, "worries", worries=[{"words": "The bus", "kind": "", "domain": "", "voice": ""}])
    assert draft.worries.get().words == "The bus"


@pytest.mark.parametrize("slug", ["what-matters", "strengths", "marks"])
def test_nothing_is_overwritten_unseen(slug):
    draft, by = AssessmentFactory(), UserFactory()
    shown = assessing.seen(assessing.held(draft, assessing.BY_SLUG[slug]))
    theirs = {"what-matters": {"what_matters": "My dog."}, "strengths": {"strengths": [entry("Draws.")]}}
    theirs["marks"] = {"marks": {"hope.young_person": 7}}
    mine = {"what-matters": {"what_matters": "My cat."}, "strengths": {"strengths": [entry("Sings.")]}}
    mine["marks"] = {"marks": {"hope.young_person": 8}}
    save(draft, slug, **theirs[slug])
    with leaves_no_trace(), pytest.raises(operations.PartChanged):
        operations.save_part(draft, by=by, part=slug, values=mine[slug], seen=shown)
    with leaves_no_trace():  # the same words from another window are no conflict
        operations.save_part(draft, by=by, part=slug, values=theirs[slug], seen=shown)


def test_two_write_two_parts_at_once():
    draft = AssessmentFactory()
    stale = Assessment.objects.get(pk=draft.pk)
    save(draft, "what-matters", what_matters="My dog.")
    save(stale, "analysis", analysis="People are on her side.")
    draft.refresh_from_db()
    assert (draft.what_matters, draft.analysis) == ("My dog.", "People are on her side.")


# With the parents


@pytest.mark.requirement("R-wal-20", part="the task; the parents' own assessment is the carer's strand")
def test_complex_needs_close_the_combined_form_off_and_a_manager_looks_for_another_worker():
    draft, lead = combined_assessment(parents_needs="A break.", strengths=["Draws."]), UserFactory()
    AssignmentFactory(case=draft.case, user=lead)
    manager = MembershipFactory(centre=draft.case.centre, role="team_manager").user
    with writes(AssessmentEvent=1, Task=1, TaskEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=2):
        operations.answer_separate_worker(draft, by=lead, needed=True, because="Three households.")

    draft.refresh_from_db()
    task = Task.objects.get(kind=TaskKind.SEPARATE_WORKER)
    assert (draft.kind, draft.parents_needs) == (K.CHILD_NEEDS, "A break.")
    assert task.owner == manager != lead
    assert K.CHILD_AND_PARENT_NEEDS not in assessing.kinds_for(draft.case, earlier=[draft])


def test_asked_again_the_task_is_not_set_twice():
    draft, by = combined_assessment(), UserFactory()
    MembershipFactory(centre=draft.case.centre, role="team_manager")
    for because in ("Three households.", "Four households."):
        operations.answer_separate_worker(draft, by=by, needed=True, because=because)
    assert Task.objects.count() == 1


def test_the_manager_is_not_the_lead_nor_who_answers_nor_one_who_must_not_see_them():
    draft, by = combined_assessment(), UserFactory()
    centre = draft.case.centre
    lead, other = (MembershipFactory(centre=centre, role="team_manager").user for _one in range(2))
    AssignmentFactory(case=draft.case, user=lead)
    ExclusionFactory(subject=draft.case.subject, user=other)
    MembershipFactory(centre=centre, role="team_manager", user=by)
    MembershipFactory(role="team_manager")
    with leaves_no_trace(), pytest.raises(operations.NobodyToAsk):
        operations.answer_separate_worker(draft, by=by, needed=True, because="Three households.")


def test_a_separate_worker_has_a_reason():
    draft, by = combined_assessment(), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.answer_separate_worker(draft, by=by, needed=True, because=" ")


def test_with_the_parents_the_question_is_answered_before_it_is_signed():
    draft, by = combined_assessment(whole=True, strengths=["Draws."]), UserFactory()
    assert [slug for slug, _sentence in assessing.missing(draft)] == ["separate-worker"]
    operations.answer_separate_worker(draft, by=by, needed=False)
    operations.sign_assessment(draft, by=by, edition=2)
    assert Assessment.objects.get().kind == K.CHILD_AND_PARENT_NEEDS


def test_with_the_parents_only_where_it_is_offered():
    case, offered, by = CaseFactory(), a_case_that_may_include_the_parents(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotForThisCase):
        start(case, kind=K.CHILD_AND_PARENT_NEEDS, by=by)
    with pytest.raises(IntegrityError, match="assessment_with_parents_only_where_offered"), transaction.atomic():
        AssessmentFactory(case=case, kind=K.CHILD_AND_PARENT_NEEDS)
    assert start(offered, kind=K.CHILD_AND_PARENT_NEEDS).kind == K.CHILD_AND_PARENT_NEEDS


def test_once_found_to_need_a_separate_worker_the_combined_form_stays_closed():
    case = a_case_that_may_include_the_parents(planning=True)
    signed_assessment(case=case, needs_separate_worker=True, separate_worker_because="Three households.")
    by = UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotForThisCase):
        start(case, kind=K.CHILD_AND_PARENT_NEEDS, by=by)


# Results of others


def test_a_result_of_somebody_elses_tool_is_kept_as_it_was_given():
    case, by = CaseFactory(), UserFactory()
    what = {"instrument": "seraf", "respondent": "Us", "completed_by": "Social worker", "completed_on": "2026-11-02"}
    with writes(
        ExternalMeasure=1, ExternalMeasureEvent=1, ExternalScore=2, ExternalScoreEvent=2,
        TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1,
    ):  # fmt: skip
        measure = operations.record_measure(case, by=by, scores=[("Part A", "7"), ("Part B", "twelve")], **what)
    assert [(score.label, score.value) for score in measure.scores.all()] == [("Part A", "7"), ("Part B", "twelve")]


# What ends does not erase


def test_nothing_is_written_on_a_closed_case_and_the_words_are_still_there():
    draft, by = AssessmentFactory(case=CaseFactory(closed=True), what_matters="My dog."), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        save(draft, "what-matters", by=by, what_matters="x")
    assert Assessment.objects.get().what_matters == "My dog."


def test_the_story_leads_to_the_assessment_and_tells_none_of_it():
    draft = AssessmentFactory(whole=True, strengths=["Draws."])
    operations.sign_assessment(draft, by=UserFactory(), edition=1)
    told = TimelineEntry.objects.get()
    assert (told.path, told.words) == (draft.get_absolute_url(), "")
    assert Strength.objects.count() == 1


@pytest.mark.parametrize("state", OPEN[1:])
def test_who_says_no_while_it_is_half_typed_loses_no_word_of_it(state):
    draft = AssessmentFactory(case=a_case(state))
    save(draft, "what-matters", what_matters="My dog, and")
    save(draft, "strengths", strengths=[entry("Asks for hel")])
    MembershipFactory(centre=draft.case.centre, role="team_manager")
    before = Assessment.objects.filter(pk=draft.pk).values().get()
    operations.withdraw_consent(draft.case, by=UserFactory())

    assert Assessment.objects.filter(pk=draft.pk).values().get() == before
    assert draft.strengths.get().words == "Asks for hel"
    save(draft, "what-matters", what_matters="My dog, and being believed.")  # to write it down is no direct work
