"""A carer's strand: added, offered, answered, given to somebody of their own, ended.

No act here writes a row of the young person's: no status, no date, no task, no
line of the timeline (R-nat-32). What the young person's practitioner may know
is read from the strand itself, as a summary.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import CaseKind, CaseStatus
from cases.steps import A_MOMENT, ClosedToThem, KeptAlready, MoveNotAllowed, lock_open, move_locked
from people import operations as people
from people.enums import GrantGround
from people.operations import grant
from people.visible import is_open_to_all
from referrals.enums import CarerResponse
from sessions.carer_enums import AFTER_ANSWER, READS_ON, SAID, WANTED, CarerAttendance, StrandEntryKind, StrandStatus
from sessions.carer_people import same_person, sees_the_young_person, worry_about
from sessions.carer_steps import NO_ANSWER, cancel_planned, hold, hold_worked_on, keep, move, tell_strand
from sessions.models.carers import CarerAnswer, CarerStrand
from sessions.operations.carer_contacts import NoMoreDirectSessions

S, K = StrandStatus, StrandEntryKind


def _not_now():
    """The one neutral sentence of the carer's own record, where the reason is for others."""
    return _("No support is offered for now")


class WorksWithTheYoungPerson(Exception):
    """A separate practitioner works with parents and carers (R-nat-29)."""


@transaction.atomic
def add_carer(case, *, by, same_as=None, is_another=False, **said):
    """A parent or carer of the young person, with a strand that is not offered yet. ``said``: columns of ``Carer``.

    ``same_as``: one whom we know from an earlier case of theirs; ``is_another``:
    somebody else of the same name. Where the referral has a worry about somebody
    of this name, a manager looks first. Raises ``MoveNotAllowed``, ``KeptAlready``
    where they are here already, and ``IntegrityError`` where ``by`` knows nothing of it.
    """
    case = lock_open(case, beside=("offer", "young_person__subject"))
    _refuse_twice(case, by, same_as, is_another, said)
    carer = same_as or people.add_carer(case.young_person, by=by, **said)
    strand = CarerStrand.objects.create(
        case=case, carer=carer, subject=carer.subject, direct_max=case.offer.carer_direct_sessions, added_by=by
    )
    record("strand.added", strand, by=by, carer=carer.pk)
    tell_strand(strand, K.STRAND, _("They were added as a parent or carer"), by=by)
    if worry_about(carer, case):
        _hold_back(strand, by, _("The referral has a worry about somebody of this name."))
    return strand


def _refuse_twice(case, by, same_as, is_another, said):
    """One person has one strand of a case, and ten sessions in it."""
    here = CarerStrand.objects.summary_visible_to(by).filter(case=case).select_related("carer")
    if is_another:
        here = here.filter(added_by=by, added_at__gt=timezone.now() - A_MOMENT)
    carers = [strand.carer for strand in here]
    if same_as in carers or (same_as is None and same_person(carers, **said)):
        raise KeptAlready("they are here already")


@transaction.atomic
def offer(strand, *, by):
    """Offer them support of their own. Also after a no, and after it has ended. Raises ``MoveNotAllowed``."""
    strand = hold(strand, case_is_open=True)
    return _offer(strand, by)


def _offer(strand, by):
    offered = {"offered_by": by, "offered_at": timezone.now()}
    move(strand, S.OFFERED, by=by, **offered, **NO_ANSWER)
    tell_strand(strand, K.STRAND, _("Support of their own was offered"), by=by)
    return strand


@transaction.atomic
def answer(strand, *, by, response, own_words="", because=""):
    """What they answered, whenever and as often as they do (domain.md 5.11). Raises ``MoveNotAllowed``.

    Whoever asks of their own accord was offered it in the same breath.
    ``because``: why it is not safe to ask; it stands in no story that the
    carer may read. Nobody has words of their own who was not asked.
    """
    strand, response = hold(strand), CarerResponse(response)
    if strand.is_blocked:
        raise MoveNotAllowed(f"{strand} is {strand.status}")
    own_words = own_words if response in SAID else ""
    CarerAnswer.objects.create(strand=strand, response=response, own_words=own_words, by=by)
    _follow(strand, response, by)
    if strand.status == S.NOT_SAFE_TO_OFFER and because:
        keep(strand, not_safe_because=because)
    record("strand.answered", strand, by=by, response=response)
    tell_strand(strand, K.STRAND, _told(response), by=by, words=own_words)
    return strand


def _told(response):
    """Only what they said themselves is told as their answer; why it is not safe to ask them is told to nobody."""
    if response == CarerResponse.NOT_SAFE_TO_ASK:
        return _not_now()
    title = _("They answered: %(answer)s") if response in SAID else _("We noted: %(answer)s")
    return title % {"answer": response.label}


def _follow(strand, response, by):
    """Where the answer leads. *Not decided* and *not asked* take nothing from whoever is supported already."""
    answered = {"response": response, "answered_by": by, "answered_at": timezone.now()}
    to_status = _leads_to(strand, response)
    if to_status is None:
        return
    if to_status != strand.status and (to_status == S.OFFERED or not strand.can_move_to(to_status)):
        _offer(strand, by)
    if to_status == strand.status:
        keep(strand, **answered)
        return
    if to_status == S.ENDED:
        answered |= _ended(by, _("There is no parent or carer now."))
    move(strand, to_status, by=by, reads_until=timezone.now() + READS_ON, **answered)
    if to_status == S.NOT_SAFE_TO_OFFER:
        _cancel_for_now(strand, by)
    elif to_status not in WANTED:
        cancel_planned(strand, by=by, attendance=CarerAttendance.CONSENT_WITHDRAWN)


def _leads_to(strand, response):
    """The status after this answer; nothing where it stays as it was, answer and all."""
    if response in AFTER_ANSWER:
        to_status = AFTER_ANSWER[response]
        return strand.status if to_status == S.ACCEPTED and strand.status in WANTED else to_status
    if strand.status in (*WANTED, S.DECLINED):
        return None
    if response == CarerResponse.UNDECIDED:
        return S.OFFERED
    return strand.status


@transaction.atomic
def find_not_safe(strand, *, by, because):
    """It is not safe to offer it now. Raises ``MoveNotAllowed``, ``ValueError`` without a reason.

    ``because`` is for managers and the young person's side: it stands in no
    story that the carer may read, for it may be what the young person said.
    """
    _refuse_silence(because)
    strand = hold(strand)
    move(strand, S.NOT_SAFE_TO_OFFER, by=by, reads_until=timezone.now() + READS_ON, not_safe_because=because)
    _cancel_for_now(strand, by)
    tell_strand(strand, K.STRAND, _not_now(), by=by)
    return strand


def _cancel_for_now(strand, by):
    """By us, and in words that give nobody away."""
    cancel_planned(strand, by=by, attendance=CarerAttendance.CANCELLED_BY_PRACTITIONER, why=_not_now())


@transaction.atomic
def hold_back(strand, *, by, because):
    """Only a manager decides from now on: there is a worry about this carer. Whoever works with them sees it no more.

    ``because`` stands in no story that the carer may read. Raises
    ``MoveNotAllowed``, ``ValueError`` without a reason.
    """
    _refuse_silence(because)
    return _hold_back(hold(strand), by, because)


def _hold_back(strand, by, because):
    held_back = {"held_back_by": by, "held_back_at": timezone.now(), "held_back_because": because}
    move(strand, S.BLOCKED, by=by, **held_back)
    cancel_planned(strand, by=by, attendance=CarerAttendance.CANCELLED_BY_PRACTITIONER, why=_("A manager decides."))
    tell_strand(strand, K.STRAND, _("A manager decides how it goes on"), by=by)
    return strand


@transaction.atomic
def give_back(strand, *, by):
    """A manager has looked: it may be offered. Raises ``MoveNotAllowed``."""
    strand = move(hold(strand), S.NOT_OFFERED, by=by, **NO_ANSWER)
    tell_strand(strand, K.STRAND, _("A manager has looked: it may be offered"), by=by)
    return strand


@transaction.atomic
def allocate(strand, *, to, by):
    """Give them a practitioner of their own, or another one; the grant begins and ends with it.

    What is to come goes with them; what was, and nobody has written down, stays with who was there.
    Raises ``MoveNotAllowed`` where they do not want support, ``ClosedToThem``,
    ``WorksWithTheYoungPerson``.
    """
    strand = hold(strand, case_is_open=True)
    if strand.status not in WANTED or strand.practitioner_id == to.pk:
        raise MoveNotAllowed(f"{strand} is {strand.status}, with {strand.practitioner_id}")
    if not all(is_open_to_all(subject, {to.pk}) for subject in (strand.subject, strand.case.subject)):
        raise ClosedToThem(f"{strand} is closed to {to.pk}")
    if sees_the_young_person(to, strand.case):
        raise WorksWithTheYoungPerson(f"{to.pk} sees {strand.case}")
    if strand.grant is not None:
        people.end_grant(strand.grant, by=by)
        to_come = strand.contacts.planned().filter(planned_at__gt=timezone.now())
        to_come.filter(practitioner=strand.practitioner).update(practitioner=to)
        strand.carer_tasks.open().filter(owner=strand.practitioner).update(owner=to)
    given = grant(strand.subject, to=to, ground=GrantGround.CARER_STRAND, by=by)
    keep(strand, practitioner=to, grant=given, allocated_by=by, allocated_at=timezone.now(), status=_with(strand))
    _begin_case(strand.case, by)
    record("strand.allocated", strand, by=by, to=to.pk)
    tell_strand(strand, K.PEOPLE, _("%(name)s works with them now") % {"name": to.full_name}, by=by)
    return strand


def _with(strand):
    return S.ACTIVE if strand.status == S.ACCEPTED else strand.status


def _begin_case(case, by):
    """A case with a carer alone begins with who works with them; a young person's is not touched."""
    if case.kind == CaseKind.CARER_ONLY and case.can_move_to(CaseStatus.ACTIVE):
        move_locked(case, CaseStatus.ACTIVE, by=by)


@transaction.atomic
def go_on_to_ongoing_support(strand, *, by):
    """The direct sessions are over for now; support goes on without a limit (R-nat-31). Raises ``MoveNotAllowed``."""
    strand = move(hold_worked_on(strand), S.ONGOING_SUPPORT, by=by)
    tell_strand(strand, K.STRAND, _("Ongoing support"), by=by)
    return strand


@transaction.atomic
def go_back_to_direct_sessions(strand, *, by):
    """There are direct sessions again, of those that are left. Raises ``MoveNotAllowed``, ``NoMoreDirectSessions``."""
    strand = hold_worked_on(strand)
    if not strand.direct_left:
        raise NoMoreDirectSessions(f"{strand} has had all of them")
    move(strand, S.ACTIVE, by=by)
    tell_strand(strand, K.STRAND, _("Direct sessions again"), by=by)
    return strand


@transaction.atomic
def end_strand(strand, *, by, because):
    """It ends, with a reason; whoever worked with them reads it for 30 days more. Raises ``MoveNotAllowed``."""
    _refuse_silence(because)
    strand = hold(strand)
    move(strand, S.ENDED, by=by, reads_until=timezone.now() + READS_ON, **_ended(by, because))
    cancel_planned(strand, by=by, attendance=CarerAttendance.CANCELLED_BY_PRACTITIONER, why=because)
    tell_strand(strand, K.STRAND, _("The support has ended"), by=by, words=because)
    return strand


def _ended(by, because):
    return {"ended_by": by, "ended_at": timezone.now(), "ended_because": because}


def _refuse_silence(because):
    if not because.strip():
        raise ValueError("say why")
