"""Cases whose plan is to be looked at today, and what a sweep says of them."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from reminders import operations, projecting
from reminders.models import Reminder
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.reviews import ReviewFactory


@transaction.atomic
def due(people):
    """So many colleagues, each with a case whose plan is to be looked at."""
    centre = ServiceCentreFactory()
    for _each in range(people):
        lead = MembershipFactory(centre=centre, role=Role.PRACTITIONER).user
        case = CaseFactory(active=True, referral__centre=centre, led_by=lead)
        ReviewFactory(case=case, due_on=timezone.localdate())


def what_one_sweep_writes(now=None):
    """Of one that nobody disturbs; undone again."""
    with transaction.atomic():
        projecting.project_reminders(by="test", now=now)
        found = keys()
        transaction.set_rollback(True)
    return found


def keys():
    return Counter(Reminder.objects.values_list(*operations.KEY))
