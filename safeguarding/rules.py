"""Who may do what with a concern."""

from accounts.permissions import Permission, has_permission
from safeguarding.enums import ALLOWED_MOVES, ConcernStatus

ACTED_ON = (ConcernStatus.ACKNOWLEDGED, ConcernStatus.ACTING)


def may_acknowledge(user, concern):
    return concern.status == ConcernStatus.RAISED and follows(user, concern)


def may_close(user, concern):
    return ConcernStatus.CLOSED in ALLOWED_MOVES[concern.status] and follows(user, concern)


def may_act(user, concern):
    """Take it further, and set what somebody is to do: once somebody has acknowledged it, until it is closed."""
    return concern.status in ACTED_ON and follows(user, concern)


def may_finish(user, concern, action):
    return action.is_open and (action.owner_id == user.pk or follows(user, concern))


def has_part(user, concern, actions):
    """Who follows it, and who was given one of its ``actions``: they write what they heard, and who was told."""
    return any(action.owner_id == user.pk for action in actions) or follows(user, concern)


def follows(user, concern):
    """The power alone, whatever the state: a page that has gone stale is told who was first, not refused."""
    return has_permission(user, Permission.FOLLOW_CONCERNS, centre=concern.subject.centre)
