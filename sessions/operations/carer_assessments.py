"""The assessment of a carer's own needs: begun, written, signed, added to (R-wal-20, 21)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import MoveNotAllowed
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold, hold_worked_on, tell_strand
from sessions.models.carers import CarerAssessment, CarerAssessmentAddendum
from sessions.models.carers.assessment import NEEDED

K = StrandEntryKind


class AssessmentChanged(Exception):
    """It was saved elsewhere since this page was made."""


class NotComplete(Exception):
    """Something is missing that a signed assessment has. ``missing``: names of columns."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def start_carer_assessment(strand, *, by):
    """Begin one; where a draft is open already, it is that one. Raises ``MoveNotAllowed``."""
    strand = hold_worked_on(strand)
    draft = strand.carer_assessments.drafts().first()
    if draft is not None:
        return draft
    version = strand.carer_assessments.aggregate(last=Max("version"))["last"] or 0
    draft = CarerAssessment.objects.create(strand=strand, version=version + 1, started_by=by)
    record("carer_assessment.started", strand, by=by, assessment=draft.pk)
    tell_strand(strand, K.ASSESSMENT, _("An assessment of their needs was begun"), by=by)
    return draft


@transaction.atomic
def save_carer_assessment(assessment, *, by, edition, **values):
    """Keep it as it was left. The same words twice write nothing. Raises ``MoveNotAllowed``, ``AssessmentChanged``."""
    strand, draft = _hold_draft(assessment)
    changed = {name: value for name, value in values.items() if getattr(draft, name) != value}
    if not changed:
        return draft
    _refuse_stale(draft, edition)
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.edition += 1
    draft.save(update_fields=[*changed, "edition"])
    record("carer_assessment.saved", strand, by=by, assessment=draft.pk)
    return draft


@transaction.atomic
def sign_carer_assessment(assessment, *, by, edition):
    """Sign it: from now on it stays as it is. Raises ``AssessmentChanged``, ``NotComplete``, ``MoveNotAllowed``."""
    strand, draft = _hold_draft(assessment)
    _refuse_stale(draft, edition)
    if missing := [name for name in NEEDED if not getattr(draft, name).strip()]:
        raise NotComplete(missing)
    draft.signed_by, draft.signed_at = by, timezone.now()
    draft.save(update_fields=["signed_by", "signed_at"])
    record("carer_assessment.signed", strand, by=by, assessment=draft.pk)
    tell_strand(strand, K.ASSESSMENT, _("The assessment of their needs was signed"), by=by)
    return draft


@transaction.atomic
def add_to_carer_assessment(assessment, *, by, words):
    """Add to what was signed, or put it right beside it. Raises ``MoveNotAllowed`` where it is not signed."""
    strand, assessment = _hold(assessment)
    if not assessment.is_signed:
        raise MoveNotAllowed(f"{assessment} is a draft")
    added = CarerAssessmentAddendum.objects.create(assessment=assessment, words=words, by=by)
    record("carer_assessment.added_to", strand, by=by, assessment=assessment.pk, addendum=added.pk)
    tell_strand(strand, K.ASSESSMENT, _("Something was added to the assessment of their needs"), by=by, words=words)
    return added


def _hold(assessment):
    strand = hold(assessment.strand)
    if strand.is_blocked:
        raise MoveNotAllowed(f"{strand} is {strand.status}")
    assessment = CarerAssessment.objects.select_for_update(of=["self"]).get(pk=assessment.pk)
    assessment.strand = strand
    return strand, assessment


def _hold_draft(assessment):
    strand, assessment = _hold(assessment)
    if assessment.is_signed:
        raise MoveNotAllowed(f"{assessment} is signed")
    return strand, assessment


def _refuse_stale(draft, edition):
    if draft.edition != edition:
        raise AssessmentChanged(f"{draft} is at {draft.edition}")
