"""How a case ends, and how it opens again. Nothing ends by itself."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.closing import finding_of, unanswered
from cases.enums import (
    AS_PLANNED,
    CHECK_IN_AFTER,
    CHECK_IN_WITHIN,
    READ_ON,
    REOPENED_WITHIN,
    AssignmentKind,
    CaseStatus,
    CheckIn,
    EntryKind,
    NeedAnswer,
    PathwayStage,
    PlanStatus,
    ReviewKind,
    TaskKind,
)
from cases.models import Assignment, Case, Ending, EndingItem, EndingWriting, Pause
from cases.operations.assigning import assign_locked, end_locked
from cases.operations.notes import hand_over_tasks_locked, set_task_locked
from cases.planning import end_plan_locked
from cases.reviewing import cancel_locked, plan_again_locked
from cases.signals import case_closes
from cases.steps import MoveNotAllowed, lock, lock_open, move_locked, tell
from people.operations import end_grant
from safeguarding.visible import has_open


class ChangedMeanwhile(Exception):
    """Somebody else wrote on this ending since the page was shown."""


class NotFinished(Exception):
    """Something that a good ending has is neither done nor explained."""

    def __init__(self, findings):
        super().__init__(", ".join(finding.key for finding in findings))
        self.findings = findings


class SeenToBeUndone(Exception):
    """What the product sees to be undone nobody says is done: only why it does not apply."""


class OwnProposal(Exception):
    """Whoever began, wrote, answered or proposed an ending does not sign it off."""


class ConcernIsOpen(Exception):
    """A safeguarding concern about the young person is open."""


class TooLate(Exception):
    """After 28 days a case does not open again: it is a new referral."""


@transaction.atomic
def begin_ending(case, *, by, reason, ends_on, reason_words=""):
    """Begin to end, from whatever open state. The work goes on until it is signed off. Raises ``MoveNotAllowed``."""
    case = lock_open(case)
    why = {"reason": reason, "reason_words": reason_words, "ends_on": ends_on, "came_from": case.status}
    move_locked(case, CaseStatus.ENDING, by=by)
    ending = Ending.objects.create(case=case, begun_by=by, **why)
    record("ending.begun", case, by=by, ending=ending.pk, reason=reason)
    tell(case, EntryKind.ENDING, _("We begin to end"), by=by, words=ending.get_reason_display(), path=_page(case))
    return ending


@transaction.atomic
def go_on_after_all(ending, *, by, because):
    """They do not end: the case goes back to where it was, and the ending stays as it stands, with who and why.

    Until it is signed off. Raises ``MoveNotAllowed``, ``ValueError`` without a reason.
    """
    if not because.strip():
        raise ValueError("say why")
    case, ending = _hold(ending)
    if not ending.is_under_way:
        raise MoveNotAllowed(f"{ending} is over")
    _keep_locked(ending, gone_on_by=by, gone_on_at=timezone.now(), gone_on_because=because)
    move_locked(case, _status_before(case, ending), by=by)
    record("ending.gone_on", case, by=by, ending=ending.pk)
    tell(case, EntryKind.ENDING, _("We go on after all"), by=by, words=because, path=_page(case))
    return ending


def _status_before(case, ending):
    """Whether it waits for a practitioner is as it is now: one may have come or left meanwhile."""
    has_lead = case.assignments.current().leads().exists()
    if ending.came_from == CaseStatus.AWAITING_ALLOCATION and has_lead:
        return CaseStatus.ENGAGING
    if ending.came_from == CaseStatus.ENGAGING and not has_lead:
        return CaseStatus.AWAITING_ALLOCATION
    return ending.came_from or (CaseStatus.ACTIVE if case.support_started_on else CaseStatus.ENGAGING)


@transaction.atomic
def write_ending(ending, *, by, seen, **told):
    """Write on an ending that is not proposed. ``seen``: the version that the page showed.

    An answer that a colleague gives meanwhile overwrites no word, and stops nobody who writes.

    Raises ``MoveNotAllowed`` once it is proposed, ``ChangedMeanwhile``.
    """
    case, ending = _hold(ending)
    if not ending.may_be_written:
        raise MoveNotAllowed(f"{ending} is proposed")
    if ending.writings.filter(version__gt=seen).exists():
        raise ChangedMeanwhile(f"{ending} is at {ending.version}")
    _keep_locked(ending, **told)
    EndingWriting.objects.create(ending=ending, version=ending.version, by=by)
    record("ending.written", case, by=by, ending=ending.pk)
    return ending


@transaction.atomic
def answer_requirement(ending, *, by, key, answer, why=""):
    """Say that a requirement is done, or why it does not apply.

    Raises ``MoveNotAllowed`` once it is proposed, ``SeenToBeUndone``.
    """
    case, ending = _hold(ending)
    if not ending.may_be_written:
        raise MoveNotAllowed(f"{ending} is proposed")
    finding = finding_of(case, ending, key)
    if answer == NeedAnswer.DONE and finding is not None and finding.found:
        raise SeenToBeUndone(f"{key} of {ending}")
    why = why if answer == NeedAnswer.NOT_APPLICABLE else ""
    item, _is_new = EndingItem.objects.update_or_create(
        ending=ending, key=key, defaults={"answer": answer, "why": why, "by": by, "at": timezone.now()}
    )
    _keep_locked(ending)
    record("ending.answered", case, by=by, ending=ending.pk, key=key, answer=answer)
    return item


@transaction.atomic
def propose_ending(ending, *, by, seen):
    """Ask somebody else to sign it off. ``seen``: the version that the page showed.

    Raises ``MoveNotAllowed``, ``ChangedMeanwhile``, ``NotFinished``, and ``IntegrityError`` where the
    summary does not say what every ending says (the constraint of the row).
    """
    case, ending = _hold(ending)
    if not ending.may_be_written:
        raise MoveNotAllowed(f"{ending} is proposed")
    _refuse_stale(ending, seen)
    _refuse_unfinished(case, ending)
    not_sent_back = {"sent_back_by": None, "sent_back_at": None, "sent_back_reason": ""}
    _keep_locked(ending, proposed_by=by, proposed_at=timezone.now(), **not_sent_back)
    record("ending.proposed", case, by=by, ending=ending.pk)
    tell(case, EntryKind.ENDING, _("The ending waits for a manager"), by=by, path=_page(case))
    return ending


@transaction.atomic
def send_back_ending(ending, *, by, seen, reason):
    """Not yet: say what is missing.

    Raises ``MoveNotAllowed`` where none waits, ``ChangedMeanwhile``, ``ValueError`` without a reason.
    """
    if not reason.strip():
        raise ValueError("say why")
    case, ending = _hold(ending)
    if not ending.is_proposed:
        raise MoveNotAllowed(f"{ending} does not wait")
    _refuse_stale(ending, seen)
    sent_back = {"sent_back_by": by, "sent_back_at": timezone.now(), "sent_back_reason": reason}
    _keep_locked(ending, proposed_by=None, proposed_at=None, **sent_back)
    record("ending.sent_back", case, by=by, ending=ending.pk)
    tell(case, EntryKind.ENDING, _("The ending went back"), by=by, words=reason, path=_page(case))
    return ending


@transaction.atomic
def sign_off_ending(ending, *, by, seen):
    """Close the case. Who worked on it reads it for 30 days more; the check-in that was agreed is owed, and readable.

    Open tasks stay with their owners. What is required is computed once more:
    something may have come up since it was proposed. What was not read is not
    signed: ``seen`` is the version that the page showed. Raises ``MoveNotAllowed``,
    ``ChangedMeanwhile``, ``OwnProposal``, ``ConcernIsOpen``, ``NotFinished``.
    """
    case, ending = _hold(ending)
    if not ending.is_proposed:
        raise MoveNotAllowed(f"{ending} does not wait")
    _refuse_stale(ending, seen)
    if ending.is_work_of(by):
        raise OwnProposal(f"{ending} is the work of {by.pk}")
    if has_open(case.subject_id):
        raise ConcernIsOpen(f"{case} has an open concern")
    _refuse_unfinished(case, ending)
    _keep_locked(ending, signed_off_by=by, signed_off_at=timezone.now())
    record("ending.signed_off", case, by=by, ending=ending.pk)
    _owe_check_in(case, ending, by=by)
    _end_what_was_planned(case, ending, by=by)
    case_closes.send(sender=Case, case=case, by=by)
    _close(case, ending, by=by)
    tell(case, EntryKind.ENDING, _("The case is closed"), by=by, words=ending.get_reason_display(), path=_page(case))
    return ending


@transaction.atomic
def reopen_case(case, *, by, lead, because):
    """Open a closed case again, with a lead practitioner; the work begins with getting to know each other.

    The clock stands where it stood, and the reviews that closing cancelled are
    planned again. Raises ``MoveNotAllowed``, ``TooLate``,
    ``ClosedToThem``, ``ValueError`` without a reason, and ``IntegrityError`` on
    ``case_open_once_per_young_person``.
    """
    if not because.strip():
        raise ValueError("say why")
    case = lock(case, for_people=[lead])
    ending = Ending.objects.select_for_update(of=["self"]).current().filter(case=case).first()
    if case.status != CaseStatus.CLOSED or ending is None:
        raise MoveNotAllowed(f"{case} is {case.status}")
    if timezone.now() > ending.signed_off_at + REOPENED_WITHIN:
        raise TooLate(f"{case} closed on {ending.signed_off_at:%d %m %Y}")
    _keep_locked(ending, reopened_by=by, reopened_at=timezone.now(), reopened_because=because)
    case.pathway_stage = PathwayStage.STABILISE_AND_BUILD_TRUST
    case.save(update_fields=["pathway_stage"])
    move_locked(case, CaseStatus.ENGAGING, by=by)
    plan_again_locked(case, cancelled_since=ending.signed_off_at, by=by)
    record("ending.reopened", case, by=by, ending=ending.pk)
    tell(case, EntryKind.ENDING, _("The case opens again"), by=by, words=because, path=_page(case))
    earlier = _end_reading_on(case, by=by)
    assign_locked(case, to=lead, kind=AssignmentKind.LEAD, by=by)
    for colleague in earlier:
        hand_over_tasks_locked(case, of=colleague, by=by)
    return case


def _end_reading_on(case, *, by):
    """Who read a closed case after their work has no part in the new one, but for who is given one; says who it was."""
    now = timezone.now()
    earlier = Assignment.objects.filter(case=case, until_at__isnull=False, grant__until_at__gt=now)
    rows = list(earlier.select_related("user", "grant__subject"))
    for row in rows:
        end_grant(row.grant, by=by)
    return {row.user for row in rows}


def _hold(ending):
    """The case and its ending as they are now, held until the act ends: first the case, as every act does."""
    case = lock_open(ending.case, beside=["young_person"])
    ending = Ending.objects.select_for_update(of=["self"]).get(pk=ending.pk)
    ending.case = case
    return case, ending


def _keep_locked(ending, **columns):
    """Every act on an ending raises its version, so that a page that was opened before it is known as old."""
    for name, value in columns.items():
        setattr(ending, name, value)
    ending.version += 1
    ending.save(update_fields=[*columns, "version"])


def _refuse_stale(ending, seen):
    if ending.version != seen:
        raise ChangedMeanwhile(f"{ending} is at {ending.version}, seen at {seen}")


def _refuse_unfinished(case, ending):
    if lacking := unanswered(case, ending):
        raise NotFinished(lacking)


def _owe_check_in(case, ending, *, by):
    if ending.check_in != CheckIn.YES:
        return
    lead = case.assignments.current().leads().select_related("user").first()
    due_on = _last_day(ending) + CHECK_IN_AFTER
    what = _("Ask how they are, as was agreed: four to six weeks after the ending")
    owner = lead.user if lead else by
    set_task_locked(case, by=by, what=what, owner=owner, due_on=due_on, kind=TaskKind.CHECK_IN_AFTER)


def _last_day(ending):
    """They were with us until the last day, or until the sign-off where that is later."""
    return max(ending.ends_on, timezone.localdate())


def _end_what_was_planned(case, ending, *, by):
    """The plan in use ends with the case, and no review is waited for; the six-month decision stays as it stands."""
    to_status = PlanStatus.COMPLETED if ending.reason in AS_PLANNED else PlanStatus.ENDED_EARLY
    because = ending.get_reason_display()
    end_plan_locked(case, to_status, on=timezone.localdate(), by=by, because=because)
    cancel_locked(case.reviews.exclude(kind=ReviewKind.SIX_MONTH_DECISION), by=by, because=because)


def _close(case, ending, *, by):
    for paused in Pause.objects.filter(case=case, resumed_on__isnull=True):
        paused.resumed_by, paused.resumed_on = by, timezone.localdate()
        paused.save(update_fields=["resumed_by", "resumed_on"])
    for assignment in Assignment.objects.current().filter(case=case).select_related("case", "user", "grant"):
        assignment.case = case
        until_at = _reads_until(assignment, ending)
        end_locked(assignment, by=by, because=ending.get_reason_display(), until_at=until_at)
    case.pathway_stage = PathwayStage.ENDING
    case.save(update_fields=["pathway_stage"])
    move_locked(case, CaseStatus.CLOSED, by=by)


def _reads_until(assignment, ending):
    """Thirty days; for who asks how they are, until the last day of that."""
    until_at = timezone.now() + READ_ON
    if ending.check_in == CheckIn.YES and assignment.kind == AssignmentKind.LEAD:
        day_after = _last_day(ending) + CHECK_IN_WITHIN + timedelta(days=1)
        return max(until_at, timezone.make_aware(datetime.combine(day_after, time())))
    return until_at


def _page(case):
    return reverse("cases:ending", args=[case.reference])
