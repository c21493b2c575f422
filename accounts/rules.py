"""Who may manage users and configure centres. What they see is a queryset's business."""

from accounts.enums import Role
from accounts.permissions import Permission, has_permission_somewhere, memberships_of


def may_configure(user):
    """Whether the configuration pages open at all; which rows they show is asked of each."""
    return has_permission_somewhere(user, Permission.CONFIGURE_CENTRE)


def may_watch_operations(user):
    """How the product itself is: queues and failures, and nothing of a person (security.md 5)."""
    return has_permission_somewhere(user, Permission.WATCH_OPERATIONS)


def may_manage_users(user):
    """Users belong to no one centre, so whoever manages them manages all."""
    return has_permission_somewhere(user, Permission.MANAGE_USERS)


def may_manage_user(user, person):
    """Nobody decides about their own account: not its roles, not whether it is open, not its factors."""
    return user.pk != person.pk and may_manage_users(user)


def may_change_membership(user, membership):
    return user.pk != membership.user_id and may_manage_users(user)


def administered_centres(user):
    """Ids of the centres whose configuration ``user`` may change."""
    return {centre for centre, role in memberships_of(user) if role == Role.CENTRE_ADMIN}
