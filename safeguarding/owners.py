"""Who may be given something to do about a concern."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership
from accounts.permissions import PERMISSIONS, Permission
from centres.querysets import NATIONAL
from people.models import AccessGrant, DataSubject
from safeguarding.querysets import APART

FOLLOW = [role for role, held in PERMISSIONS.items() if Permission.FOLLOW_CONCERNS in held]


def who_may_be_asked(concern):
    """Staff of the centre who follow concerns there, and who work with the person; none to whom they are closed.

    Not who is on duty only now: on the day it is due they could not open it.
    And who follows concerns at the national centre, where they were called in.
    """
    held = Membership.objects.current().filter(user=OuterRef("pk"))
    given = AccessGrant.objects.current().filter(user=OuterRef("pk"), subject=concern.subject_id)
    here, follow = held.filter(centre=concern.subject.centre_id), APART if concern.about_colleague else FOLLOW
    follows = Exists(here.filter(role__in=follow))
    works_with_them = Q(Exists(here), Exists(given)) if not concern.about_colleague else Q(pk__in=[])
    national = held.filter(centre__code=NATIONAL, role__in=follow)
    called_in = Q(Exists(national), Exists(given.called_in()))
    open_to = DataSubject.objects.staff_open_to(concern.subject).exclude(pk=concern.colleague_id)
    return open_to.filter(Q(follows) | works_with_them | called_in).order_by("full_name", "pk")
