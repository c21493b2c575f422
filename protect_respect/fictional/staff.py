"""The colleagues of the demonstration: who holds which role where, and when they are on duty."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.enums import Role, Weekday
from accounts.models import DutyShift, Membership, User
from accounts.operations import grant_role
from centres.models import LocalAuthority, ServiceCentre
from centres.querysets import NATIONAL
from protect_respect.fictional.centres import NORTH, SOUTH_WALES

EVERYWHERE = (SOUTH_WALES, NORTH, NATIONAL)

# name of the account: full name, role, centres
COLLEAGUES = {
    "system": ("Sam System", Role.SYSTEM_ADMIN, EVERYWHERE),
    "duty": ("Dilys Duty", Role.DUTY_WORKER, [SOUTH_WALES]),
    "practitioner": ("Prys Practitioner", Role.PRACTITIONER, [SOUTH_WALES]),
    "carer.practitioner": ("Carys Carer-Practitioner", Role.PRACTITIONER, [SOUTH_WALES]),
    "manager": ("Mair Manager", Role.TEAM_MANAGER, [SOUTH_WALES]),
    "manager2": ("Morgan Manager", Role.TEAM_MANAGER, [SOUTH_WALES]),
    "safeguarding": ("Sioned Safeguarding", Role.SAFEGUARDING_LEAD, [SOUTH_WALES]),
    # National has no manager of its own: who else would be the second person there?
    "service": ("Selwyn Service", Role.SERVICE_MANAGER, [SOUTH_WALES, NATIONAL]),
    "dpo": ("Dafydd Data", Role.DATA_PROTECTION, [SOUTH_WALES]),
    "admin": ("Aled Admin", Role.CENTRE_ADMIN, [SOUTH_WALES]),
    "duty.north": ("Dana Duty", Role.DUTY_WORKER, [NORTH]),
    "manager.north": ("Max Manager", Role.TEAM_MANAGER, [NORTH]),
    "duty.national": ("Nell Duty", Role.DUTY_WORKER, [NATIONAL]),
}
WORKING_WEEK = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)


@dataclass(frozen=True)
class Team:
    """Who does what at one centre, for the stories."""

    centre: ServiceCentre
    areas: tuple
    duty: User
    manager: User  # the second person


def make(password):
    """All accounts with one password, their roles, and the duty rota of South Wales and North."""
    hashed = make_password(password)  # once: hashing is slow on purpose
    people = {
        name: User.objects.create(email=f"{name}@demo.example", full_name=full_name, password=hashed)
        for name, (full_name, _role, _centres) in COLLEAGUES.items()
    }
    _give_roles(people)
    for name in ("duty", "duty.north"):
        _put_on_duty(people[name])
    return people


def _give_roles(people):
    """The system administrator's own come first and from nobody; all others from them."""
    centres = {centre.code: centre for centre in ServiceCentre.objects.filter(code__in=EVERYWHERE)}
    for name, (_full_name, role, codes) in COLLEAGUES.items():
        for code in codes:
            if name == "system":
                Membership.objects.create(user=people[name], role=role, centre=centres[code])
            else:
                grant_role(people[name], role=role, centre=centres[code], by=people["system"])


def _put_on_duty(user):
    membership = Membership.objects.get(user=user)
    for weekday in WORKING_WEEK:
        DutyShift.objects.create(membership=membership, weekday=weekday)


def teams(people):
    """One team for each centre that decides, in the order of the stories."""
    pairs = {
        SOUTH_WALES: ("duty", "manager"),
        NORTH: ("duty.north", "manager.north"),
        NATIONAL: ("duty.national", "service"),
    }
    return [
        Team(
            centre=ServiceCentre.objects.get(code=code),
            areas=tuple(_areas(code)),
            duty=people[duty],
            manager=people[manager],
        )
        for code, (duty, manager) in pairs.items()
    ]


def _areas(code):
    """The council areas a centre's referrals come from: its own; National's are some that nobody serves."""
    if code == NATIONAL:
        return LocalAuthority.objects.filter(code__in=["cornwall", "norfolk", "kent", "gwynedd"]).order_by("code")
    return LocalAuthority.objects.filter(centre__code=code).order_by("code")
