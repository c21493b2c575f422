"""Who may do what with a referral, given its state. Templates hide a button by the same answer."""

from accounts.enums import MANAGERS
from accounts.permissions import (
    Permission,
    centres_on_duty,
    centres_with_role,
    has_permission,
    has_permission_somewhere,
)
from people.models import DataSubject
from referrals.enums import ACCEPTS, ALLOWED_MOVES, DOES_NOT_ACCEPT, Outcome, ReferralStatus


def works_with_queue(user):
    """Whether the queue is this person's to work, as duty worker, manager or second person."""
    powers = (Permission.SCREEN_REFERRALS, Permission.COUNTERSIGN_DECISIONS)
    return any(has_permission_somewhere(user, power) for power in powers)


def may_assign(user, referral):
    return referral.is_open and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_start_screening(user, referral):
    return referral.status == ReferralStatus.SUBMITTED and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_set_priority(user, referral):
    return referral.is_open and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_add_note(user, referral):
    """In every state, by whoever works on it."""
    return holds(user, Permission.SCREEN_REFERRALS, referral)


def may_check_criteria(user, referral):
    return referral.is_open and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_hold(user, referral, waiting=None):
    """Not while a decision waits for a second person: it could not take effect."""
    return (
        referral.status == ReferralStatus.SCREENING
        and waiting is None
        and holds(user, Permission.SCREEN_REFERRALS, referral)
    )


def may_resume(user, referral):
    return referral.status == ReferralStatus.ON_HOLD and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_ask(user, referral, waiting=None):
    """One message at a time, and as little while a decision waits as a hold."""
    return may_hold(user, referral, waiting)


def may_stop_waiting(user, referral):
    return referral.status == ReferralStatus.AWAITING_INFORMATION and holds(user, Permission.SCREEN_REFERRALS, referral)


def may_reopen(user, referral, last=None):
    """A manager of the centre: the referrer has been told that it ended.

    Not one of those who said that we do not accept it: what the referrer reads
    promises another manager. ``last``: its last decision.
    """
    no = last is not None and last.outcome in DOES_NOT_ACCEPT
    said_no = no and user.pk in (last.decided_by_id, last.countersigned_by_id)
    return not referral.is_open and not said_no and holds(user, Permission.REOPEN_REFERRALS, referral)


def may_decide(user, referral, waiting=None):
    """Whoever screens may decide; some decisions then wait for a second person. ``waiting``: the one that does."""
    return (
        referral.status == ReferralStatus.SCREENING
        and waiting is None
        and holds(user, Permission.DECIDE_REFERRALS, referral)
    )


def may_countersign(user, decision):
    """A second person of the centre, never the one who decided first."""
    return (
        decision is not None
        and decision.waits_for_second_person
        and decision.decided_by_id != user.pk
        and holds(user, Permission.COUNTERSIGN_DECISIONS, decision.referral)
    )


def may_withdraw(user, referral):
    return ReferralStatus.WITHDRAWN in ALLOWED_MOVES[referral.status] and holds(
        user, Permission.DECIDE_REFERRALS, referral
    )


def may_step_back(user, referral):
    """To say "I know this family": whoever sees it, whatever their role, must be able to."""
    return user.is_authenticated


def may_keep_out(user, referral):
    return holds(user, Permission.EXCLUDE_COLLEAGUES, referral)


def may_lift_exclusions(user, referral):
    """A manager of the centre. Whoever is excluded does not see the referral, and so not this either."""
    return holds(user, Permission.LIFT_EXCLUSIONS, referral)


def may_raise_concern(user, referral):
    return holds(user, Permission.RAISE_CONCERNS, referral)


def may_read_restricted(user, referral):
    """People and places of concern, code words, and what the family must not know (security.md 5).

    For who is on duty at the centre, its managers, and whoever works with the
    young person. Not for a safeguarding lead who follows a concern, and not
    for a duty worker whose shift is over: they read the rest.
    """
    whole = {*centres_with_role(user, *MANAGERS), *centres_on_duty(user)}
    return referral.centre_id in whole or DataSubject.objects.granted_to(user).filter(pk=referral.subject_id).exists()


def outcomes_offered(user, referral):
    """The outcomes that ``user`` may choose: what the centre offers, and what a manager alone may say.

    To withdraw is an act of its own, open in more states than a decision is.
    """
    offer, is_manager = referral.offer, may_say_no_capacity(user, referral)
    hidden = {
        Outcome.ACCEPTED_CARER_ONLY: not offer.carer_only,
        Outcome.ACCEPTED_CONSULTATION_ONLY: not offer.consultation,
        Outcome.NO_CAPACITY: not is_manager,
    }
    every = (*ACCEPTS, *DOES_NOT_ACCEPT, Outcome.DUPLICATE_MERGED)
    return [outcome for outcome in every if not hidden.get(outcome)]


def may_say_no_capacity(user, referral):
    """A manager of the centre alone (domain.md 4.5): who may open a referral again may also say this."""
    return holds(user, Permission.REOPEN_REFERRALS, referral)


def holds(user, permission, referral):
    """The power alone, whatever the state: a page that has gone stale is told who was first, not refused."""
    return has_permission(user, permission, centre=referral.centre)
