"""When one person alone may not decide (design.md 6.2). Pure."""

from referrals.eligibility import Fit
from referrals.enums import ACCEPTS, ALWAYS_BY_TWO, DOES_NOT_ACCEPT, Outcome, SecondPersonReason

DUPLICATE_MERGED = Outcome.DUPLICATE_MERGED  # joined to another, a concern could end unseen


def reasons(outcome, *, is_current_exploitation, fit, has_open_concern):
    """Why a second person is needed, in the order they are shown; empty when one is enough.

    ``fit`` is the worst finding of ``referrals.eligibility`` for the referral.
    """
    found = {
        SecondPersonReason.CURRENT_EXPLOITATION: outcome in ACCEPTS and is_current_exploitation,
        SecondPersonReason.AGAINST_A_FINDING: outcome in ACCEPTS and fit == Fit.DOES_NOT_FIT,
        SecondPersonReason.OPEN_CONCERN: outcome in (*DOES_NOT_ACCEPT, DUPLICATE_MERGED) and has_open_concern,
        SecondPersonReason.OUTCOME_NEEDS_TWO: outcome in ALWAYS_BY_TWO,
    }
    return [reason for reason, holds in found.items() if holds]
