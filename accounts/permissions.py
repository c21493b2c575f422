"""What a role may *do* at its centre. What it may *see* is ``visible_to``'s business, never this table's."""

from enum import StrEnum, auto

from django.utils import timezone

from accounts.enums import Role
from accounts.models import DutyShift, Membership
from accounts.prepared import Place, Prepared
from accounts.querysets import Wall, is_on_duty
from centres.models import ServiceCentre
from centres.querysets import NATIONAL


class Permission(StrEnum):
    SCREEN_REFERRALS = auto()
    DECIDE_REFERRALS = auto()
    COUNTERSIGN_DECISIONS = auto()
    REOPEN_REFERRALS = auto()
    EXCLUDE_COLLEAGUES = auto()
    LIFT_EXCLUSIONS = auto()
    RAISE_CONCERNS = auto()
    FOLLOW_CONCERNS = auto()
    CONFIGURE_CENTRE = auto()
    MANAGE_USERS = auto()
    WATCH_OPERATIONS = auto()
    ALLOCATE_CASES = auto()
    WORK_ON_CASES = auto()
    OVERSEE_CASES = auto()


P = Permission

# From security.md 5; the tests' copy of it is written by hand.
PERMISSIONS = {
    Role.DUTY_WORKER: {P.SCREEN_REFERRALS, P.DECIDE_REFERRALS, P.EXCLUDE_COLLEAGUES, P.RAISE_CONCERNS},
    Role.PRACTITIONER: {P.EXCLUDE_COLLEAGUES, P.RAISE_CONCERNS, P.WORK_ON_CASES},
    Role.TEAM_MANAGER: {
        P.SCREEN_REFERRALS,
        P.DECIDE_REFERRALS,
        P.COUNTERSIGN_DECISIONS,
        P.REOPEN_REFERRALS,
        P.EXCLUDE_COLLEAGUES,
        P.LIFT_EXCLUSIONS,
        P.RAISE_CONCERNS,
        P.FOLLOW_CONCERNS,
        P.ALLOCATE_CASES,
        P.OVERSEE_CASES,
    },
    Role.SAFEGUARDING_LEAD: {P.COUNTERSIGN_DECISIONS, P.RAISE_CONCERNS, P.FOLLOW_CONCERNS},
    Role.CENTRE_ADMIN: {P.CONFIGURE_CENTRE},
    Role.DATA_PROTECTION: {P.EXCLUDE_COLLEAGUES},
    Role.SYSTEM_ADMIN: {P.CONFIGURE_CENTRE, P.MANAGE_USERS, P.WATCH_OPERATIONS},
}
PERMISSIONS[Role.SERVICE_MANAGER] = PERMISSIONS[Role.TEAM_MANAGER]


def memberships_of(user, *, at=None):
    """The (centre, role) pairs ``user`` holds; for now, put together once for each request's user object."""
    if at is not None or not (user.is_authenticated and user.is_active):
        return _pairs(_standing(user, at))
    if not hasattr(user, "_memberships_now"):
        user._memberships_now = _pairs(_standing(user, at))
    return user._memberships_now


def _pairs(standing):
    return frozenset((centre, role) for centre, role, _on_duty in standing)


def _standing(user, at):
    """Centre, role and whether on duty, for each role held; for now, read once for each request's user object."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if at is not None:
        return STANDING.rows(user=user.pk, **Wall.at(at)._asdict())
    if not hasattr(user, "_standing_now"):
        user._standing_now = STANDING.rows(user=user.pk, **Wall.at(timezone.now())._asdict())
    return user._standing_now


def _standing_query():
    wall = Wall(*(Place(name) for name in Wall._fields))
    held = Membership.objects.held_on(wall.day).filter(user=Place("user"))
    on_duty_now = is_on_duty(DutyShift.objects.all(), wall)
    return held.annotate(on_duty=on_duty_now).values_list("centre", "role", "on_duty").order_by()


STANDING = Prepared(_standing_query)


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
    """Ids of the centres where ``user`` is the duty worker, or one of them, at the moment ``at``."""
    return [centre for centre, _role, now in _standing(user, at) if now]


def holding(*permissions):
    """The memberships that give one of ``permissions`` now, at every centre."""
    roles = [role for role, held in PERMISSIONS.items() if held & set(permissions)]
    return Membership.objects.current().filter(role__in=roles)


def on_duty(*, at):
    """The memberships on duty at the moment ``at``, at every centre."""
    wall = Wall.at(at)
    return Membership.objects.held_on(wall.day).filter(is_on_duty(DutyShift.objects.all(), wall))


def to_alert(centre, *, at):
    """Who hears of danger at ``centre`` now: those on duty and, where no shift covers, managers and leads too."""
    people = set(on_duty(at=at).filter(centre=centre).values_list("user_id", flat=True))
    if not DutyShift.objects.covering(Wall.at(at)).filter(centre=centre).exists():
        others = [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD]
        people |= set(centre.memberships.current(at=at).filter(role__in=others).values_list("user_id", flat=True))
    return people


def to_call_in(*, at):
    """Who hears of danger at a centre that has nobody left: the people of the national centre.

    Danger that no human hears of is the worst that this service can do; a
    centre whose last colleague has left must not be the way to it.
    """
    return set().union(*(to_alert(national, at=at) for national in ServiceCentre.objects.filter(code=NATIONAL)))
