"""Who may do what with a case, given its state. Templates hide a button by the same answer."""

from django.utils import timezone

from accounts.permissions import Permission, centres_with_permission, has_permission_somewhere
from cases import extending
from cases.enums import FOR_A_MANAGER, CaseKind, CaseStatus, ReviewKind


def works_with_cases(user):
    """Whether cases are this person's work, as practitioner or manager."""
    powers = (Permission.WORK_ON_CASES, Permission.OVERSEE_CASES)
    return any(has_permission_somewhere(user, power) for power in powers)


def allocates(user):
    return has_permission_somewhere(user, Permission.ALLOCATE_CASES)


def works_on(user, case):
    """Who is assigned to it now and managers of the centre write; who sees it for another reason only reads."""
    return is_assigned(user, case) or oversees(user, case)


def is_assigned(user, case):
    """A closed case has nobody: the act itself is refused there, and the page comes back with every word."""
    return holds(user, Permission.WORK_ON_CASES, case) and (not case.is_open or case.is_worked_on_by(user))


def reads_work(user, case):
    """Practitioners and managers read what the work is; also who worked on it, while ``visible_to`` lets them."""
    return holds(user, Permission.WORK_ON_CASES, case) or oversees(user, case)


def holds(user, permission, case):
    """By the centre's id: rows of a list come without their centre."""
    return case.centre_id in centres_with_permission(user, permission)


def may_write(user, case):
    """Notes, contacts and tasks: in every open state, whatever was agreed or withdrawn."""
    return case.is_open and works_on(user, case)


def may_finish_task(user, case, task):
    """Whoever owes it, or a manager; what is for a manager, a manager alone.

    Also once the case is closed: someone asks how they are weeks after the ending.
    """
    owes_it = task.owner_id == user.pk and task.kind not in FOR_A_MANAGER
    return oversees(user, case) or (owes_it and holds(user, Permission.WORK_ON_CASES, case))


def may_record_contact(user, case):
    """And after the ending whoever asks how they are, as was agreed with the young person."""
    return may_write(user, case) or (works_on(user, case) and case.tasks.owed_check_ins(user).exists())


def may_record_consent(user, case):
    """Also no, in every open state and without anybody's approval (R-nat-13)."""
    return may_write(user, case) and case.asks_for_consent


def may_pin(user, case):
    return works_on(user, case)


def may_pause(user, case, *, is_paused):
    return may_write(user, case) and not is_paused


def may_resume(user, case, *, is_paused):
    return may_write(user, case) and is_paused


def may_assign(user, case):
    """Who works on it is for a manager to say (security.md 5). With a carer alone it is said of their strand."""
    return case.is_open and case.asks_for_consent and holds(user, Permission.ALLOCATE_CASES, case)


def may_read_assessments(user, case):
    """Practitioners and managers; who reads a case for a concern has no need of it (security.md 5)."""
    return reads_work(user, case)


def writes_assessments(user, case):
    """Assessments are the work of practitioners; a manager reads them, and comments."""
    return is_assigned(user, case)


def may_write_assessment(user, case):
    return case.is_open and writes_assessments(user, case)


def sees_who_has_no_assessment(user):
    return has_permission_somewhere(user, Permission.OVERSEE_CASES)


def may_comment_on_assessment(user, case, assessment):
    """A manager who has not signed it themselves."""
    return case.is_open and oversees(user, case) and assessment.is_signed and assessment.signed_by_id != user.pk


def may_raise_concern(user, case):
    return holds(user, Permission.RAISE_CONCERNS, case)


def oversees(user, case):
    return holds(user, Permission.OVERSEE_CASES, case)


def may_hold_review(user, case, review):
    """Who works on the case holds its reviews; the one after nine months is a manager's (domain.md 5.6)."""
    is_managers = review.kind == ReviewKind.NINE_MONTH
    return review.is_open and may_write(user, case) and (not is_managers or oversees(user, case))


def may_cancel_review(user, case, review):
    """The six-month decision is always made."""
    return may_hold_review(user, case, review) and review.kind != ReviewKind.SIX_MONTH_DECISION


def may_ask_for_more_time(user, case):
    """From the six-month decision on, while the young person takes part, and never past what is possible."""
    return not extending.why_not_asked(case) and works_on(user, case)


def decides_on_more_time(user):
    return has_permission_somewhere(user, Permission.OVERSEE_CASES)


def may_decide_extension(user, case, request):
    """A manager of the centre, other than whoever asked (R-nat-26)."""
    is_another = request.requested_by_id != user.pk
    waits = case.is_open and not request.is_decided
    return waits and is_another and oversees(user, case)


def reads_supervision(user, case):
    """Who works on it and its managers; not who sees the case because of a concern (domain.md 5.14)."""
    return reads_work(user, case)


def may_supervise(user, case):
    return case.is_open and oversees(user, case)


def may_begin_ending(user, case):
    return may_write(user, case) and case.can_move_to(CaseStatus.ENDING)


def may_write_ending(user, case, ending):
    """Who works on it prepares the ending, until it is proposed."""
    return may_write(user, case) and ending is not None and ending.may_be_written


def may_sign_off(user, case, ending):
    """A manager of the centre who neither proposed it nor wrote or answered any of it (security.md 5, A9)."""
    waits = case.is_open and ending is not None and ending.is_proposed
    return waits and oversees(user, case) and not ending.is_work_of(user)


def may_go_on(user, case, ending):
    """Who works on it, until it is signed off: also while it waits for a manager."""
    return may_write(user, case) and ending is not None and ending.is_under_way


def may_reopen(user, case, ending):
    """A manager, within 28 days; later it is a new referral (design.md 6.2)."""
    in_time = ending is not None and ending.reopens_until is not None and timezone.now() <= ending.reopens_until
    return not case.is_open and case.asks_for_consent and in_time and oversees(user, case)


def may_plan(user, case):
    """Begin a plan or a safety plan: in every open state, on a case about a young person. Nobody approves it."""
    return may_write(user, case) and case.kind != CaseKind.CARER_ONLY


def may_begin_plan(user, case):
    """The first plan, or a new version: until the case is ending."""
    return may_plan(user, case) and case.status != CaseStatus.ENDING


def may_write_plan(user, case, plan):
    return plan is not None and plan.is_being_written and may_plan(user, case)


def may_follow_plan(user, case, plan):
    """Rate its goals, tell how its steps go, end it: while it is in use."""
    return plan is not None and plan.is_in_use and may_plan(user, case)
