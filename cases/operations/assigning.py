"""Who works on a case. Access follows at once: an assignment owns one grant."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, holding
from audit.recording import record
from cases.enums import AGREED_NOW, AssignmentKind, CaseKind, CaseStatus, EntryKind, TaskKind
from cases.models import Assignment
from cases.operations.notes import hand_over_tasks_locked, set_task_locked
from cases.steps import ClosedToThem, MoveNotAllowed, NotTheirWork, apart_from, lock_open, move_locked, tell
from centres import working_days
from outbox.operations import owe
from people.enums import GrantGround
from people.operations import end_grant, grant
from people.visible import is_open_to_all

TALK_WITHIN = 10  # working days
GROUNDS = {AssignmentKind.COVER: GrantGround.COVER}


class WorksOnItAlready(Exception):
    """This colleague works on the case now."""


@transaction.atomic
def assign(case, *, to, kind, by, reason="", until_at=None):
    """Let a colleague work on a case, from now on. A second lead is refused: ``reassign``.

    Raises ``ClosedToThem``, ``NotTheirWork`` for whoever is no practitioner of its centre, ``WorksOnItAlready``.
    ``until_at``: when they see it no more, whatever happens; ``end_cover`` tells of it.
    """
    case = lock_open(case, for_people=[to])
    return assign_locked(case, to=to, kind=kind, by=by, reason=reason, until_at=until_at)


def assign_locked(case, *, to, kind, by, reason="", until_at=None):
    """The same for a case that this act holds."""
    if case.kind == CaseKind.CARER_ONLY:
        raise MoveNotAllowed(f"{case} is about a carer alone")
    if not is_open_to_all(case.subject, {to.pk}) or to.pk in apart_from(case.subject):
        raise ClosedToThem(f"{case} is closed to {to.pk}")
    if Assignment.objects.current().filter(case=case, user=to).exists():
        raise WorksOnItAlready(f"{to.pk} works on {case}")
    if not holding(Permission.WORK_ON_CASES).filter(centre=case.centre_id, user=to).exists():
        raise NotTheirWork(f"{to.pk} is no practitioner where {case} is")
    given = grant(case.subject, to=to, ground=GROUNDS.get(kind, GrantGround.ASSIGNMENT), by=by, until_at=until_at)
    assignment = Assignment.objects.create(case=case, user=to, kind=kind, grant=given, assigned_by=by, reason=reason)
    if kind == AssignmentKind.LEAD and case.status == CaseStatus.AWAITING_ALLOCATION:
        move_locked(case, CaseStatus.ENGAGING, by=by)
    record("case.assigned", case, by=by, to=to.pk, kind=kind)
    words = {"name": to.full_name, "part": AssignmentKind(kind).label}
    tell(case, EntryKind.PEOPLE, _("%(name)s begins: %(part)s") % words, by=by)
    if kind == AssignmentKind.LEAD:
        _talk_about_consent(case, to, by)
        _tell_them(assignment)
    return assignment


def _tell_them(assignment):
    """Who is given a case hears of it at once (domain.md 7), unless they gave it to themselves."""
    if assignment.user_id != assignment.assigned_by_id:
        owe(
            "allocated",
            key=f"allocated:{assignment.pk}",
            to=assignment.user.email,
            language="en-gb",
            reference=assignment.case.reference,
            path=assignment.case.get_absolute_url(),
        )


def _talk_about_consent(case, lead, by):
    """What they agreed to, they agreed to with somebody else: with a new worker it is talked about (domain.md 2.6)."""
    if case.consent_state in AGREED_NOW:
        what = _("Talk about taking part again: the young person agreed to it with somebody else")
        due_on = working_days.after(timezone.localdate(), TALK_WITHIN)
        set_task_locked(case, by=by, kind=TaskKind.CONSENT_REVIEW, owner=lead, due_on=due_on, what=what)


@transaction.atomic
def reassign(case, *, to, by, because, handover):
    """Another lead practitioner, with a reason and what they must know; the one before sees the case no more.

    ``to`` may be nobody: the case then waits for a practitioner. What the one
    before owed goes over in the same act. Raises ``MoveNotAllowed``,
    ``ClosedToThem``, ``ValueError`` without a reason or a hand-over.
    """
    if not because.strip() or not handover.strip():
        raise ValueError("say why, and what the next practitioner must know")
    case = lock_open(case, for_people=[to] if to else [])
    lead = Assignment.objects.current().leads().filter(case=case).first()
    if lead is None:
        raise MoveNotAllowed(f"{case} has no lead")
    if to is not None and lead.user_id == to.pk:
        raise WorksOnItAlready(f"{to.pk} leads {case}")
    end_locked(lead, by=by, because=because, handover=handover)
    follows = _follow(case, to, by)
    hand_over_tasks_locked(case, of=lead.user, by=by)
    return follows


def _follow(case, to, by):
    if to is not None:
        _end_other_part(case, to, by)
        return assign_locked(case, to=to, kind=AssignmentKind.LEAD, by=by)
    if case.status == CaseStatus.ENGAGING:
        move_locked(case, CaseStatus.AWAITING_ALLOCATION, by=by)
    return None


def _end_other_part(case, colleague, by):
    """Who worked alongside becomes the lead: one part at a time."""
    for other in Assignment.objects.current().filter(case=case, user=colleague):
        end_locked(other, by=by, because=_("Becomes the lead practitioner."))


@transaction.atomic
def end_assignment(assignment, *, by, because):
    """Who works alongside, or covers, stops; a lead is changed by ``reassign``. Raises ``MoveNotAllowed``."""
    if not because.strip():
        raise ValueError("say why")
    case = lock_open(assignment.case)
    assignment = Assignment.objects.select_related("case__referral", "user", "grant").get(pk=assignment.pk)
    if assignment.until_at is not None or assignment.kind == AssignmentKind.LEAD:
        raise MoveNotAllowed(f"{assignment} has ended, or leads")
    end_locked(assignment, by=by, because=because)
    hand_over_tasks_locked(case, of=assignment.user, by=by)
    return assignment


def end_locked(assignment, *, by, because, handover="", until_at=None):
    """End one part of a case that this act holds, and the grant with it: now, or at ``until_at``."""
    assignment.ended_by, assignment.until_at = by, timezone.now()
    assignment.ended_because, assignment.handover = because, handover
    assignment.save(update_fields=["ended_by", "until_at", "ended_because", "handover"])
    if until_at is None:
        end_grant(assignment.grant, by=by)
    else:
        assignment.grant.until_at = until_at
        assignment.grant.save(update_fields=["until_at"])
    record("case.unassigned", assignment.case, by=by, to=assignment.user_id, kind=assignment.kind)
    words = {"name": assignment.user.full_name, "part": assignment.get_kind_display()}
    tell(assignment.case, EntryKind.PEOPLE, _("%(name)s ends: %(part)s") % words, by=by, words=because)
    return assignment
