"""The manager who hears of a case: somebody else than its practitioner, at its centre, to whom it is not closed."""

from django.db.models import Exists, OuterRef

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission
from cases.models import Assignment
from people.models import DataSubject

ROLES = [role for role, held in PERMISSIONS.items() if Permission.OVERSEE_CASES in held]


def manager_of(case, *, without=()):
    """Whoever gave the case to its lead, while they manage there; else another manager; nobody where there is none.

    Never the lead, and none of ``without``.
    """
    lead = Assignment.objects.current().leads().filter(case=case).first()
    taken = {person.pk for person in without} | ({lead.user_id} if lead else set())
    manages = Membership.objects.current().filter(centre=case.centre_id, role__in=ROLES, user=OuterRef("pk"))
    may_see = DataSubject.objects.staff_open_to(case.subject)
    found = User.objects.filter(Exists(manages), pk__in=may_see.values("pk")).exclude(pk__in=taken)
    gave_it = lead.assigned_by_id if lead else case.opened_by_id
    return min(found, key=lambda person: (person.pk != gave_it, person.full_name, person.pk), default=None)
