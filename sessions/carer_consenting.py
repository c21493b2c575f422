"""What the ledger of a carer's own consent says. Pure functions over its rows; asks the database nothing.

It is apart from the young person's, and neither reads the other.
"""

from sessions.carer_enums import CARER_AGREES, CARER_SAYS_NO, CarerConsentState, CarerConsentStep
from sessions.enums import DELIVERED_AS

S, E = CarerConsentState, CarerConsentStep


def in_order(rows):
    """As it happened, not as it was typed."""
    return sorted(rows, key=lambda row: (row.at, row.pk))


def standing(rows, moment=None):
    """The yes that stands at ``moment``, or nothing. The database asks the same (``counted_as_agreed``)."""
    told = [row for row in in_order(rows) if moment is None or row.at <= moment]
    decided = [row for row in told if row.event != E.REVIEWED_UNCHANGED]
    return decided[-1] if decided and decided[-1].event in CARER_AGREES else None


def state(rows, day):
    """Where it stands on a day."""
    told = in_order(rows)
    decided = [row for row in told if row.event != E.REVIEWED_UNCHANGED]
    if not decided:
        return S.NOT_ASKED
    if decided[-1].event in CARER_SAYS_NO:
        return S.WITHDRAWN if decided[-1].event == E.WITHDRAWN else S.REFUSED
    reviews = [row.review_on for row in told if row.review_on is not None]
    if reviews and reviews[-1] <= day:
        return S.REVIEW_DUE
    return S.GIVEN_IN_PART if decided[-1].event == E.GIVEN_PARTIAL else S.GIVEN


def covers(rows, mode, started_at):
    """Whether they had agreed to a direct session in this mode when it began. A letter is no way to meet."""
    agreed = standing(rows, started_at)
    return agreed is not None and (mode not in DELIVERED_AS or DELIVERED_AS[mode] in agreed.modes)
