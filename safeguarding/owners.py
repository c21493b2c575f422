"""Who may be given something to do about a concern."""

from django.db.models import Exists, OuterRef

from accounts.models import Membership
from accounts.permissions import PERMISSIONS, Permission
from people.models import AccessGrant, DataSubject
from safeguarding.querysets import APART

FOLLOW = [role for role, held in PERMISSIONS.items() if Permission.FOLLOW_CONCERNS in held]


def who_may_be_asked(concern):
    """Staff of the centre who follow concerns there, and who work with the person; none to whom they are closed.

    Not who is on duty only now: on the day it is due they could not open it.
    """
    here = Membership.objects.current().filter(user=OuterRef("pk"), centre=concern.subject.centre_id)
    given = AccessGrant.objects.current().filter(user=OuterRef("pk"), subject=concern.subject_id)
    if concern.about_colleague:
        here, given = here.filter(role__in=APART), given.none()
    open_to = DataSubject.objects.staff_open_to(concern.subject).exclude(pk=concern.colleague_id)
    works_here = open_to.filter(Exists(here))
    return works_here.filter(Exists(here.filter(role__in=FOLLOW)) | Exists(given)).order_by("full_name", "pk")
