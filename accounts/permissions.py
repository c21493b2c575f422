"""What a role may *do* at its centre. What it may *see* is ``visible_to``'s business, never this table's."""

from enum import StrEnum, auto

from django.utils import timezone

from accounts.enums import Role
from accounts.models import DutyShift, Membership
from accounts.querysets import duty_workers


class Permission(StrEnum):
    SCREEN_REFERRALS = auto()
    DECIDE_REFERRALS = auto()
    COUNTERSIGN_DECISIONS = auto()
    REOPEN_REFERRALS = auto()
    EXCLUDE_COLLEAGUES = auto()
    RAISE_CONCERNS = auto()
    FOLLOW_CONCERNS = auto()
    CONFIGURE_CENTRE = auto()
    MANAGE_USERS = auto()


P = Permission

# From security.md 5; the tests' copy of it is written by hand.
PERMISSIONS = {
    Role.DUTY_WORKER: {P.SCREEN_REFERRALS, P.DECIDE_REFERRALS, P.EXCLUDE_COLLEAGUES, P.RAISE_CONCERNS},
    Role.PRACTITIONER: {P.EXCLUDE_COLLEAGUES, P.RAISE_CONCERNS},
    Role.TEAM_MANAGER: {
        P.SCREEN_REFERRALS,
        P.DECIDE_REFERRALS,
        P.COUNTERSIGN_DECISIONS,
        P.REOPEN_REFERRALS,
        P.EXCLUDE_COLLEAGUES,
        P.RAISE_CONCERNS,
        P.FOLLOW_CONCERNS,
    },
    Role.SAFEGUARDING_LEAD: {P.COUNTERSIGN_DECISIONS, P.RAISE_CONCERNS, P.FOLLOW_CONCERNS},
    Role.CENTRE_ADMIN: {P.CONFIGURE_CENTRE},
    Role.DATA_PROTECTION: {P.EXCLUDE_COLLEAGUES},
    Role.SYSTEM_ADMIN: {P.CONFIGURE_CENTRE, P.MANAGE_USERS},
}
PERMISSIONS[Role.SERVICE_MANAGER] = PERMISSIONS[Role.TEAM_MANAGER]


def memberships_of(user, *, at=None):
    """The (centre, role) pairs ``user`` holds, read once for each request's user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if at is not None:
        return frozenset(_pairs(user, at))
    if not hasattr(user, "_memberships_now"):
        user._memberships_now = frozenset(_pairs(user, None))
    return user._memberships_now


def _pairs(user, at):
    return user.memberships.current(at=at).values_list("centre_id", "role")


def roles_at(user, centre_id):
    return {role for centre, role in memberships_of(user) if centre == centre_id}


def has_permission(user, permission, *, centre):
    """Whether ``user`` holds ``permission`` at ``centre``. Nobody holds anything everywhere."""
    return any(permission in PERMISSIONS[role] for role in roles_at(user, centre.pk))


def has_permission_somewhere(user, permission):
    """For what stands in the menu; each page asks again, for its own centre."""
    return any(permission in PERMISSIONS[role] for _centre, role in memberships_of(user))


def centres_with_role(user, *roles, at=None):
    """Ids of the centres where ``user`` holds one of ``roles``."""
    return [centre for centre, role in memberships_of(user, at=at) if role in roles]


def centres_with_permission(user, permission):
    """Ids of the centres where ``user`` holds ``permission``."""
    return [centre for centre, role in memberships_of(user) if permission in PERMISSIONS[role]]


def centres_on_duty(user, *, at=None):
    """Ids of the centres where ``user`` is the duty worker, or one of them, at the moment ``at``.

    For now, which every list and count of a page asks about, the rota is read
    once for each request's user object, as memberships are.
    """
    if not centres_with_role(user, Role.DUTY_WORKER):
        return []
    if at is not None:
        return _duty_centres(user, at)
    if not hasattr(user, "_on_duty_now"):
        user._on_duty_now = _duty_centres(user, timezone.now())
    return user._on_duty_now


def _duty_centres(user, at):
    return list(on_duty(at=at).filter(user=user).values_list("centre", flat=True))


def on_duty(*, at):
    """The memberships on duty at the moment ``at``, at every centre."""
    return duty_workers(Membership.objects.all(), DutyShift.objects.all(), at)


def to_alert(centre, *, at):
    """Who hears of danger at ``centre`` now: those on duty and, where no shift covers, managers and leads too."""
    people = set(on_duty(at=at).filter(centre=centre).values_list("user_id", flat=True))
    if not DutyShift.objects.covering(at).filter(centre=centre).exists():
        others = [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD]
        people |= set(centre.memberships.current(at=at).filter(role__in=others).values_list("user_id", flat=True))
    return people
