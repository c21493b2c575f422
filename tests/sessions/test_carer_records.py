"""Notes, tasks, ways to reach a carer, what is shared across, and the assessment of their needs."""

import pytest
from django.utils import timezone

from cases.enums import Strand
from cases.steps import KeptAlready
from sessions.operations import carer_assessments, carer_records, carer_sharing
from tests.factories.accounts import UserFactory
from tests.factories.carers import CarerAssessmentFactory, CarerStrandFactory
from tests.factories.people import ExclusionFactory
from tests.factories.said import SafeContactFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WORDS = {"kind": "spoken", "text": "They cook on Fridays.", "reason": "So that they have an evening together."}
WRITTEN = {
    "what_matters": "Eating together.", "how_done": "Two talks.", "strengths": "She notices.",
    "analysis": "She carries this alone.", "recommendation": "Somebody to ring.",
}  # fmt: skip


@pytest.fixture
def strand():
    return CarerStrandFactory(active=True)


@pytest.fixture
def by(strand):
    return strand.practitioner


def test_a_note_stands_in_their_own_story_alone(strand, by):
    with writes(CarerNote=1, CarerNoteEvent=1, StrandEntry=1, StrandEntryEvent=1, AuditEvent=1):
        carer_records.add_carer_note(strand, by=by, text="She rang.")
    with leaves_no_trace(), pytest.raises(KeptAlready):
        carer_records.add_carer_note(strand, by=by, text="She rang.")


def test_a_task_is_owed_on_this_side_and_done_once(strand, by):
    task = carer_records.set_carer_task(strand, by=by, what="Ring her.", due_on=timezone.localdate())
    assert (task.owner, strand.carer_tasks.open().get()) == (by, task)
    done = carer_records.finish_carer_task(task, by=by)
    assert carer_records.finish_carer_task(done, by=UserFactory()).done_by == by
    assert not strand.carer_tasks.open().exists()


def test_no_task_is_given_to_somebody_to_whom_they_are_closed(strand, by):
    kept_out = ExclusionFactory(subject=strand.subject).user
    with leaves_no_trace(), pytest.raises(carer_records.ClosedToThem):
        carer_records.set_carer_task(strand, by=by, what="x", due_on=timezone.localdate(), owner=kept_out)


def test_a_way_to_reach_them_hangs_on_themselves(strand, by):
    contact = carer_records.add_carer_contact(strand, by=by, kind="mobile", value="07700 900123", safe_to_call="yes")
    assert (contact.subject, contact.confirmed_by) == (strand.subject, by)
    assert not strand.case.subject.safe_contacts.exists()
    carer_records.confirm_carer_contact(strand, contact, by=by, safe_to_call="no")
    theirs = SafeContactFactory(subject=strand.case.subject)
    with leaves_no_trace(), pytest.raises(carer_records.MoveNotAllowed):
        carer_records.confirm_carer_contact(strand, theirs, by=by, safe_to_call="yes")


@pytest.mark.parametrize("from_side", Strand)
def test_what_is_shared_is_a_copy_with_where_it_comes_from_who_gave_it_and_why(strand, by, from_side):
    with writes(SharedItem=1, SharedItemEvent=1, StrandEntry=1, StrandEntryEvent=1, AuditEvent=1):
        item = carer_sharing.share(strand, by=by, from_side=from_side, **WORDS)
    assert (item.from_side, item.by, item.reason) == (from_side, by, WORDS["reason"])


@pytest.mark.parametrize("missing", ["text", "reason"])
def test_nothing_is_shared_without_words_and_a_reason(strand, by, missing):
    with leaves_no_trace(), pytest.raises(ValueError, match="say what"):
        carer_sharing.share(strand, by=by, from_side="carer", **WORDS | {missing: " "})


@pytest.mark.requirement("R-wal-21", part="begun, written, signed, added to")
def test_their_needs_are_assessed_signed_and_added_to(strand, by):
    draft = carer_assessments.start_carer_assessment(strand, by=by)
    assert carer_assessments.start_carer_assessment(strand, by=by) == draft
    with leaves_no_trace(), pytest.raises(carer_assessments.NotComplete) as refused:
        carer_assessments.sign_carer_assessment(draft, by=by, edition=draft.edition)
    assert refused.value.missing == list(WRITTEN)
    draft = carer_assessments.save_carer_assessment(draft, by=by, edition=1, **WRITTEN)
    with leaves_no_trace():
        carer_assessments.save_carer_assessment(draft, by=by, edition=1, **WRITTEN)
    for act in (carer_assessments.save_carer_assessment, carer_assessments.sign_carer_assessment):
        with leaves_no_trace(), pytest.raises(carer_assessments.AssessmentChanged):
            act(draft, by=by, edition=1, **({"worries": "x"} if act.__name__.startswith("save") else {}))
    signed = carer_assessments.sign_carer_assessment(draft, by=by, edition=2)
    carer_assessments.add_to_carer_assessment(signed, by=by, words="Two brothers.")
    assert carer_assessments.start_carer_assessment(strand, by=by).version == 2


def test_what_is_signed_is_not_written_and_what_is_not_is_not_added_to(strand, by):
    draft, signed = CarerAssessmentFactory(strand=strand), CarerAssessmentFactory(signed=True)
    with leaves_no_trace(), pytest.raises(carer_assessments.MoveNotAllowed):
        carer_assessments.add_to_carer_assessment(draft, by=by, words="x")
    with leaves_no_trace(), pytest.raises(carer_assessments.MoveNotAllowed):
        carer_assessments.save_carer_assessment(signed, by=by, edition=1, worries="x")


@pytest.mark.parametrize(
    "act",
    [
        lambda strand, by: carer_records.add_carer_note(strand, by=by, text="x"),
        lambda strand, by: carer_records.set_carer_task(strand, by=by, what="x", due_on=timezone.localdate()),
        lambda strand, by: carer_records.add_carer_contact(strand, by=by, kind="mobile"),
        lambda strand, by: carer_sharing.share(strand, by=by, from_side="carer", **WORDS),
        lambda strand, by: carer_assessments.start_carer_assessment(strand, by=by),
    ],
)
def test_nothing_is_written_while_a_manager_holds_it_back(act):
    strand, somebody = CarerStrandFactory(blocked=True), UserFactory()
    with leaves_no_trace(), pytest.raises(carer_records.MoveNotAllowed):
        act(strand, somebody)
