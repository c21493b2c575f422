"""Who may do what with a concern."""

from accounts.permissions import Permission, centres_on_duty, has_permission
from safeguarding.enums import ALLOWED_MOVES, ConcernStatus

ACTED_ON = (ConcernStatus.ACKNOWLEDGED, ConcernStatus.ACTING)


def may_acknowledge(user, concern):
    return concern.status == ConcernStatus.RAISED and hears(user, concern)


def may_reopen(user, concern):
    """Whoever may raise one and sees this one: nobody needs leave to say that it is not over."""
    return concern.status == ConcernStatus.CLOSED and may_raise(user, concern)


def may_raise(user, concern):
    return has_permission(user, Permission.RAISE_CONCERNS, centre=concern.subject.centre)


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


def hears(user, concern):
    """To say that they have it: who follows it, and who is on duty there now, of what somebody else raised.

    What happens then is for who follows it (docs/decisions/0100).
    """
    is_on_duty = concern.subject.centre_id in centres_on_duty(user) and concern.raised_by_id != user.pk
    return is_on_duty or follows(user, concern)


def follows(user, concern):
    """The power alone, whatever the state: a page that has gone stale is told who was first, not refused."""
    return has_permission(user, Permission.FOLLOW_CONCERNS, centre=concern.subject.centre)
