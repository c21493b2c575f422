"""What the sweeps of several days say, and to whom."""

from datetime import UTC, datetime

import time_machine

from accounts.enums import Role
from centres.working_days import LONDON
from reminders import projecting
from reminders.models import Reminder
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HEARS = {
    "duty": Role.DUTY_WORKER,
    "manager": Role.TEAM_MANAGER,
    "service": Role.SERVICE_MANAGER,
    "protection": Role.DATA_PROTECTION,
}


def at(moment):
    """A day, at noon, or a moment in London."""
    moment = moment if "T" in str(moment) else f"{moment}T12:00"
    return time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=LONDON), tick=False)


def works_on(case, **part):
    """Since long ago, whatever day a test has travelled to."""
    return AssignmentFactory(case=case, **{"from_at": LONG_AGO, "grant__from_at": LONG_AGO} | part).user


def staff_of(centre):
    """Somebody for each part that hears, by its name."""
    return {name: MembershipFactory(centre=centre, role=role).user for name, role in HEARS.items()}


def heard(kind, moment, staff):
    """What a sweep at that moment leaves to be heard: pairs of part and stage."""
    names = {user.pk: name for name, user in staff.items()}
    with at(moment):
        projecting.project_reminders(by="test")
        live = Reminder.objects.speaking().filter(kind=kind)
        return {(names[person], stage) for person, stage in live.values_list("person", "stage")}
