"""Who may do what with a referral, given its state. Templates hide a button by the same answer."""

from accounts.permissions import Permission, has_permission
from referrals.enums import ALLOWED_MOVES, ReferralStatus


def may_assign(user, referral):
    return referral.is_open and _may(user, Permission.SCREEN_REFERRALS, referral)


def may_start_screening(user, referral):
    return referral.status == ReferralStatus.SUBMITTED and _may(user, Permission.SCREEN_REFERRALS, referral)


def may_set_priority(user, referral):
    return referral.is_open and _may(user, Permission.SCREEN_REFERRALS, referral)


def may_add_note(user, referral):
    """In every state, by whoever works on it."""
    return _may(user, Permission.SCREEN_REFERRALS, referral)


def may_decide(user, referral, waiting=None):
    """Whoever screens may decide; some decisions then wait for a second person. ``waiting``: the one that does."""
    return (
        referral.status == ReferralStatus.SCREENING
        and waiting is None
        and _may(user, Permission.DECIDE_REFERRALS, referral)
    )


def may_countersign(user, decision):
    """A second person of the centre, never the one who decided first."""
    return (
        decision is not None
        and decision.waits_for_second_person
        and decision.decided_by_id != user.pk
        and _may(user, Permission.COUNTERSIGN_DECISIONS, decision.referral)
    )


def may_withdraw(user, referral):
    return ReferralStatus.WITHDRAWN in ALLOWED_MOVES[referral.status] and _may(
        user, Permission.DECIDE_REFERRALS, referral
    )


def may_keep_out(user, referral):
    """To say "I know this family", and to keep a colleague out."""
    return _may(user, Permission.EXCLUDE_COLLEAGUES, referral)


def may_raise_concern(user, referral):
    return _may(user, Permission.RAISE_CONCERNS, referral)


def _may(user, permission, referral):
    return has_permission(user, permission, centre=referral.centre)
