"""Who may do what with a concern."""

from safeguarding.enums import ALLOWED_MOVES, ConcernStatus
from safeguarding.powers import finishes, follows, hears, may_raise, sees_to

ACTED_ON = (ConcernStatus.ACKNOWLEDGED, ConcernStatus.ACTING)


def may_acknowledge(user, concern):
    return concern.status == ConcernStatus.RAISED and hears(user, concern)


def may_reopen(user, concern):
    """Whoever may raise one and sees this one: nobody needs leave to say that it is not over."""
    return concern.status == ConcernStatus.CLOSED and may_raise(user, concern)


def may_close(user, concern):
    return ConcernStatus.CLOSED in ALLOWED_MOVES[concern.status] and follows(user, concern)


def may_act(user, concern):
    """Set what somebody is to do: once somebody has acknowledged it, until it is closed."""
    return concern.status in ACTED_ON and follows(user, concern)


def may_take_further(user, concern):
    return concern.status in ACTED_ON and sees_to(user, concern)


def may_finish(user, concern, action):
    return action.is_open and finishes(user, concern, action)
