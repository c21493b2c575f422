"""An assessment is begun, written part by part, signed; and what is said of it afterwards.

Nothing gates the writing: not consent, not a pause. Words that were typed stay
when consent is withdrawn or the case ends.
"""

from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases import assessing
from cases.enums import AssessmentKind, CaseKind, CaseStatus, EntryKind, TaskKind
from cases.managers import manager_of
from cases.models import (
    Addendum,
    Assessment,
    ExternalMeasure,
    ExternalScore,
    ReflectiveComment,
    Task,
)
from cases.operations.notes import set_task_locked
from cases.parts import carry_on, changes_in, save_changes
from cases.steps import MoveNotAllowed, lock_open, move_locked, tell
from centres import working_days

FIND_A_WORKER_WITHIN = 5  # working days, as long as an accepted young person waits to be allocated (domain.md 4.4)


class NotForThisCase(Exception):
    """This kind of assessment is not one that this case may have now."""


class PartChanged(Exception):
    """The part, or the whole, was saved elsewhere since this page was made."""


class NotComplete(Exception):
    """Something is missing that a signed assessment has. ``missing``: part and sentence."""

    def __init__(self, missing):
        super().__init__(f"{len(missing)} missing")
        self.missing = missing


class NobodyToAsk(Exception):
    """No other manager of the centre may see this young person."""


@transaction.atomic
def start_assessment(case, *, by, kind):
    """Begin one; the case moves from *engaging* to *assessing*. Where a draft is open already, it is that one.

    An update begins with what was said before, so that nobody is asked twice.
    Raises ``MoveNotAllowed``, ``NotForThisCase``.
    """
    case = lock_open(case, beside=("offer",))
    draft = Assessment.objects.drafts().filter(case=case).first()
    if draft is not None:
        return draft
    if case.kind == CaseKind.CARER_ONLY:
        raise NotForThisCase(f"{case} is about a carer alone")
    if case.status == CaseStatus.AWAITING_ALLOCATION:
        raise MoveNotAllowed(f"{case} has nobody who works on it")
    earlier = list(Assessment.objects.signed().filter(case=case))
    if kind not in assessing.kinds_for(case, earlier=earlier):
        raise NotForThisCase(f"{case} cannot have {kind}")
    version = case.assessments.aggregate(last=Max("version"))["last"] or 0
    draft = Assessment.objects.create(case=case, kind=kind, version=version + 1, started_by=by)
    if kind == AssessmentKind.UPDATE:
        carry_on(Assessment.objects.before(draft), to=draft)
    if case.status == CaseStatus.ENGAGING:
        move_locked(case, CaseStatus.ASSESSING, by=by)
    record("assessment.started", case, by=by, assessment=draft.pk, kind=kind)
    tell(case, EntryKind.ASSESSMENT, _("An assessment was begun"), by=by, path=draft.get_absolute_url())
    return draft


def _lock_draft(assessment):
    """The draft as it is now, held with its case. Raises ``MoveNotAllowed``."""
    case = lock_open(assessment.case, beside=("offer",))
    draft = Assessment.objects.select_for_update(of=["self"]).get(pk=assessment.pk)
    draft.case = case
    if draft.is_signed:
        raise MoveNotAllowed(f"{draft} is signed")
    return draft


@transaction.atomic
def save_part(assessment, *, by, part, values, seen):
    """Keep one part as it was left, whole or not. ``values`` as ``assessing.held`` gives them.

    The same words twice write nothing. Raises ``PartChanged`` where the part
    holds something else than ``seen`` says the page showed, ``MoveNotAllowed``
    once it is signed.
    """
    draft, part = _lock_draft(assessment), assessing.BY_SLUG[part]
    held = assessing.held(draft, part)
    if assessing.seen(held) != seen and held != held | values:
        raise PartChanged(f"{part.slug} of {draft}")
    changed = changes_in(held, values)
    if changed:
        save_changes(draft, changed)
        record("assessment.saved", draft.case, by=by, assessment=draft.pk, part=part.slug)
    return draft


@transaction.atomic
def answer_separate_worker(assessment, *, by, needed, because=""):
    """Whether the family's needs call for a separate worker or assessment (R-wal-20).

    *Yes* closes the combined form off: what was written stays, as an
    assessment of the young person's needs, and a manager looks for a worker.
    Raises ``MoveNotAllowed``, ``NobodyToAsk``, ``ValueError`` without a reason.
    """
    if needed and not because.strip():
        raise ValueError("say why")
    draft = _lock_draft(assessment)
    draft.needs_separate_worker, draft.separate_worker_because = needed, because
    if needed and draft.kind == AssessmentKind.CHILD_AND_PARENT_NEEDS:
        draft.kind = AssessmentKind.CHILD_NEEDS
    draft.edition += 1
    draft.save(update_fields=["needs_separate_worker", "separate_worker_because", "kind", "edition"])
    record("separate_worker.answered", draft.case, by=by, assessment=draft.pk, needed=needed)
    if needed:
        _ask_for_a_worker(draft, by)
    return draft


def _ask_for_a_worker(draft, by):
    """Once: a task that is open already is not set again."""
    if Task.objects.open().filter(case=draft.case, kind=TaskKind.SEPARATE_WORKER).exists():
        return
    manager = manager_of(draft.case, without=[by])
    if manager is None:
        raise NobodyToAsk(f"{draft.case} has no other manager")
    title = _("The family’s needs call for a separate worker")
    what = _("Find a separate worker for the family’s needs.")
    due_on = working_days.after(timezone.localdate(), FIND_A_WORKER_WITHIN)
    set_task_locked(draft.case, by=by, what=what, owner=manager, due_on=due_on, kind=TaskKind.SEPARATE_WORKER)
    tell(draft.case, EntryKind.ASSESSMENT, title, by=by, path=draft.get_absolute_url())


@transaction.atomic
def sign_assessment(assessment, *, by, edition):
    """Sign it: from now on it stays as it is, and the case moves from *assessing* to *planning*.

    ``edition`` is the one that was read. Raises ``PartChanged``,
    ``NotComplete``, ``MoveNotAllowed``.
    """
    draft = _lock_draft(assessment)
    prefetch_related_objects([draft], *assessing.VOICED)
    if draft.edition != edition:
        raise PartChanged(f"{draft} is at {draft.edition}")
    if found := assessing.missing(draft):
        raise NotComplete(found)
    draft.signed_at, draft.signed_by = timezone.now(), by
    draft.save(update_fields=["signed_at", "signed_by"])
    _move_on(draft.case, by)
    record("assessment.signed", draft.case, by=by, assessment=draft.pk, version=draft.version)
    tell(draft.case, EntryKind.ASSESSMENT, _("The assessment was signed"), by=by, path=draft.get_absolute_url())
    return draft


def _move_on(case, by):
    """A draft of before the case was closed and opened again is signed while they get to know each other again."""
    if case.status == CaseStatus.ENGAGING:
        move_locked(case, CaseStatus.ASSESSING, by=by)
    if case.status == CaseStatus.ASSESSING:
        move_locked(case, CaseStatus.PLANNING, by=by)


@transaction.atomic
def add_addendum(assessment, *, by, text):
    """Add to what was signed, or put it right beside it. Raises ``MoveNotAllowed`` where it is not signed."""
    signed = _lock_signed(assessment)
    added = Addendum.objects.create(assessment=signed, words=text, by=by)
    record("assessment.added_to", signed.case, by=by, assessment=signed.pk, addendum=added.pk)
    title = _("Something was added to the assessment")
    tell(signed.case, EntryKind.ASSESSMENT, title, by=by, words=text, path=signed.get_absolute_url())
    return added


@transaction.atomic
def comment_on_assessment(assessment, *, by, text):
    """A manager's thoughts after reading. Raises ``MoveNotAllowed`` where it is not signed, or signed by ``by``."""
    signed = _lock_signed(assessment)
    if signed.signed_by_id == by.pk:
        raise MoveNotAllowed(f"{signed} was signed by {by.pk}")
    comment = ReflectiveComment.objects.create(assessment=signed, words=text, by=by)
    record("assessment.commented_on", signed.case, by=by, assessment=signed.pk, comment=comment.pk)
    title = _("A manager commented on the assessment")
    tell(signed.case, EntryKind.ASSESSMENT, title, by=by, words=text, path=signed.get_absolute_url())
    return comment


def _lock_signed(assessment):
    case = lock_open(assessment.case)
    signed = Assessment.objects.select_for_update(of=["self"]).get(pk=assessment.pk)
    signed.case = case
    if not signed.is_signed:
        raise MoveNotAllowed(f"{signed} is a draft")
    return signed


@transaction.atomic
def record_measure(case, *, by, scores, **what):
    """The result of a tool that is somebody else's, as it was given: nothing is worked out from it.

    ``what``: the columns of ``ExternalMeasure``; ``scores``: pairs of label and value. Raises ``MoveNotAllowed``.
    """
    case = lock_open(case)
    measure = ExternalMeasure.objects.create(case=case, by=by, **what)
    ExternalScore.objects.bulk_create(
        ExternalScore(measure=measure, label=label, value=value) for label, value in scores
    )
    record("measure.recorded", case, by=by, measure=measure.pk, instrument=measure.instrument)
    title = _("A result was typed in: %(tool)s") % {"tool": measure.name}
    tell(case, EntryKind.ASSESSMENT, title, by=by, words=measure.result)
    return measure
