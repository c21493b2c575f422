"""Who may do what with a concern."""

from accounts.permissions import Permission, has_permission
from safeguarding.enums import ALLOWED_MOVES, ConcernStatus


def may_acknowledge(user, concern):
    return concern.status == ConcernStatus.RAISED and follows(user, concern)


def may_close(user, concern):
    return ConcernStatus.CLOSED in ALLOWED_MOVES[concern.status] and follows(user, concern)


def follows(user, concern):
    """The power alone, whatever the state: a page that has gone stale is told who was first, not refused."""
    return has_permission(user, Permission.FOLLOW_CONCERNS, centre=concern.subject.centre)
