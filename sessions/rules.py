"""Who may do what with sessions, given the case and the session. Templates hide a button by the same answer."""

from cases import rules as cases
from cases.enums import CaseKind
from cases.managers import lead_of


def has_sessions(case):
    """A case with a carer alone has no young person whom anybody meets: the carer's sessions are their own."""
    return case.kind != CaseKind.CARER_ONLY


def reads_sessions(user, case):
    """Practitioners and managers; who reads a case for a concern has no need of what was said (security.md 5)."""
    return cases.reads_work(user, case)


def reads_for_a_reason(user, case):
    """A manager who does not work with them says why before they read what was said (security.md 5)."""
    return cases.oversees(user, case) and not case.is_worked_on_by(user)


def plans_sessions(user, case):
    """Who works on it, and managers of the centre: one cancels for a colleague who is ill."""
    return cases.works_on(user, case)


def may_plan(user, case):
    return case.is_open and has_sessions(case) and plans_sessions(user, case)


def may_move(user, case, session):
    """Move or cancel what nobody has said anything about yet."""
    return session.is_planned and may_plan(user, case)


def records_sessions(user, case):
    """What was said is written by practitioners who work with them; a manager reads it (security.md 5)."""
    return cases.is_assigned(user, case)


def works_beside_sessions(user, case):
    """What people were told of, and what they think of us: who works on it writes it down, and managers."""
    return cases.works_on(user, case)


def may_signpost(user, case):
    return case.is_open and works_beside_sessions(user, case)


def may_ask_for_feedback(user, case):
    """In every open state, of a young person; nothing in it depends on what they answer."""
    return case.is_open and case.asks_for_consent and works_beside_sessions(user, case)


def may_have_feed(user):
    """Whoever works with cases has a diary, and while they do, an address for the calendar on their phone."""
    return cases.works_with_cases(user)


def may_log(user, case):
    """Write down a session that has happened, whether anybody had planned it or not."""
    return case.is_open and has_sessions(case) and records_sessions(user, case)


def may_record(user, case, session):
    """Until it is signed; what was moved to another time is written there."""
    return may_log(user, case) and session.may_be_written


def may_throw_away(user, case, session):
    """A draft that they began themselves: nobody has said that it happened."""
    return may_record(user, case, session) and session.may_be_thrown_away_by(user)


def may_sign(user, case, session):
    return may_record(user, case, session) and session.waits_for_a_signature


def may_take_as_mistake(user, case, session):
    """Before it is signed; what is signed is put right beside it."""
    return may_sign(user, case, session)


def may_see_mistakes(user, case):
    """In a list: whoever answers for the case. Each has its own page, to which the story leads."""
    return cases.oversees(user, case) or lead_of(case) == user


def may_add(user, case, session):
    """To what was signed: beside it, never in place of it."""
    return may_log(user, case) and session.is_signed


def may_start(user, case, session):
    """Ask whether it is safe to talk: before it begins, or as long as it is not signed."""
    return may_record(user, case, session) and session.may_start_remotely
