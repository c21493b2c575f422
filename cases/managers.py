"""Who hears of a case, and is given what an act leaves to be done: its lead practitioner, and the managers of its
centre to whom it is not closed."""

from django.db.models import Exists, OuterRef

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission
from accounts.prepared import Place, Prepared
from cases.models import Assignment
from people.models import DataSubject
from people.visible import is_open_to_all

ROLES = [role for role, held in PERMISSIONS.items() if Permission.OVERSEE_CASES in held]


def managers_of(case):
    """Each who manages there and may know of the young person; first whoever gave the case to its lead."""
    lead = _lead(case)
    gave_it = lead.assigned_by_id if lead else case.opened_by_id
    found = _open_to(case).filter(_manages(case))
    return sorted(found, key=lambda person: (person.pk != gave_it, person.full_name, person.pk))


def who_may_be_asked(case):
    """Who may be given something to do on it: who works on it now and who manages there, while it is open to them."""
    works_on_it = Exists(Assignment.objects.current().filter(case=case, user=OuterRef("pk")))
    return _open_to(case).filter(works_on_it | _manages(case)).order_by("full_name", "pk")


def who_works_on(case):
    """Who works on it now, in whatever part, while it is open to them."""
    working = Assignment.objects.current().filter(case=case, user=OuterRef("pk"))
    return _open_to(case).filter(Exists(working)).order_by("pk")


def _open_to(case):
    return User.objects.filter(pk__in=DataSubject.objects.staff_open_to(case.subject).values("pk"))


def _manages(case):
    held = Membership.objects.current().filter(centre=case.centre_id, role__in=ROLES)
    return Exists(held.filter(user=OuterRef("pk")))


def manager_of(case, *, without=()):
    """Whoever gave the case to its lead, while they manage there; else another manager; nobody where there is none.

    Never the lead, and none of ``without``.
    """
    lead = _lead(case)
    taken = {person.pk for person in without} | ({lead.user_id} if lead else set())
    return next((person for person in managers_of(case) if person.pk not in taken), None)


def lead_of(case):
    """The lead practitioner, where there is one who may still know of the young person."""
    lead = _lead(case)
    return lead.user if lead and is_open_to_all(case.subject, {lead.user_id}) else None


def _lead(case):
    return LEAD.first(case=case.pk)


LEAD = Prepared(lambda: Assignment.objects.current().leads().filter(case=Place("case")).select_related("user"))
