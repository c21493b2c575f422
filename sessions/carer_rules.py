"""Who may do what with a carer's strand. Templates hide a button by the same answer.

Each takes a strand with its ``case``; of the young person's side also the
summary of one. What may be seen at all is ``visible_to``'s business.
"""

from accounts.permissions import Permission
from cases import rules as cases
from sessions.carer_enums import STRAND_MOVES, WANTED, WORKED_ON, StrandStatus
from sessions.models.carers import CarerStrand

S = StrandStatus


def may_add_carer(user, case):
    """Who works with the young person, and managers: of an open case."""
    return case.is_open and cases.works_on(user, case)


def is_of_the_young_persons_side(user, case):
    """Reads the summary of each carer's strand, and what was shared: who works on the case, and managers."""
    return cases.reads_work(user, case)


def works_with(user, strand):
    """Who works with the carer now."""
    return strand.practitioner_id == user.pk and cases.holds(user, Permission.WORK_ON_CASES, strand.case)


def may_offer(user, strand):
    case = strand.case
    return case.is_open and S.OFFERED in STRAND_MOVES[strand.status] and cases.works_on(user, case)


def is_told(user, strand):
    """Who hears what they say: on either side."""
    return cases.works_on(user, strand.case) or works_with(user, strand)


def may_answer(user, strand):
    """Whoever is told. Once somebody works with them, that is for them to write down, or a manager.

    Nobody else ends in one press what a colleague has begun; whoever sees a worry says so (``may_hold_back``).
    """
    if strand.status in WORKED_ON:
        return works_with(user, strand) or cases.oversees(user, strand.case)
    return strand.status != S.BLOCKED and is_told(user, strand)


def may_find_not_safe(user, strand):
    return S.NOT_SAFE_TO_OFFER in STRAND_MOVES[strand.status] and may_answer(user, strand)


def may_hold_back(user, strand):
    """Whoever sees a worry about a carer says so, on either side; only a manager gives it back."""
    return strand.status != S.BLOCKED and is_told(user, strand)


def may_give_back(user, strand):
    return strand.status == S.BLOCKED and cases.oversees(user, strand.case)


def may_allocate(user, strand):
    """Who works with whom is for a manager to say (security.md 5)."""
    return strand.case.is_open and strand.status in WANTED and cases.holds(user, Permission.ALLOCATE_CASES, strand.case)


def may_write(user, strand):
    """Consent, contacts, notes, tasks and assessments are written by who works with them; a manager reads."""
    return works_with(user, strand)


def may_finish(user, strand, session):
    """Whose contact it was finishes and signs it, also after the support has ended."""
    is_theirs = session.practitioner_id == user.pk and cases.holds(user, Permission.WORK_ON_CASES, strand.case)
    return strand.status != S.BLOCKED and not session.is_signed and (is_theirs or works_with(user, strand))


def may_throw_away(user, strand, session):
    """A draft that they began themselves: nobody has said that it happened."""
    return may_finish(user, strand, session) and session.may_be_thrown_away_by(user)


def may_take_as_mistake(user, strand, session):
    """Before it is signed; what is signed is put right beside it."""
    return session.waits_for_a_signature and may_finish(user, strand, session)


def may_finish_the_rest(user, strand):
    """A task that is open, an assessment begun: who works with them; once nobody does, who did, while they read on."""
    if strand.is_worked_on:
        return works_with(user, strand)
    worked = CarerStrand.objects.visible_to(user).read_on_by(user).filter(pk=strand.pk)
    return cases.holds(user, Permission.WORK_ON_CASES, strand.case) and worked.exists()


def works_beside(user, strand):
    """What they were told of, and what they think of us: who works with them, or did and reads on, and managers."""
    return cases.oversees(user, strand.case) or may_finish_the_rest(user, strand)


def may_write_beside(user, strand):
    return strand.status != S.BLOCKED and works_beside(user, strand)


def may_change_pace(user, strand):
    """From direct sessions to ongoing support, and back."""
    return works_with(user, strand)


def may_print(strand):
    """What they are promised on paper is there while somebody works with them."""
    return strand.is_worked_on


def may_end(user, strand):
    return S.ENDED in STRAND_MOVES[strand.status] and (works_with(user, strand) or cases.oversees(user, strand.case))


def may_share_with_carers_side(user, strand):
    """Who works with the young person tells the carer's side, and managers (security.md 5)."""
    return strand.status != S.BLOCKED and cases.works_on(user, strand.case)


def may_share_with_young_persons_side(user, strand):
    return strand.status != S.BLOCKED and (works_with(user, strand) or cases.oversees(user, strand.case))


def may_plan_together(user, strand):
    """A session together is planned from the young person's side, who must want it first."""
    return strand.status == S.ACTIVE and strand.case.is_open and cases.is_assigned(user, strand.case)
