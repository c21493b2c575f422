"""Who may cover for whom: whoever has a part in the same work, at one of their centres, now."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from accounts.enums import MANAGERS, Role
from accounts.models import Membership, User
from accounts.permissions import memberships_of

# By the role of who is away, so that the cover may open what they hear of. Managers see all work of their centre.
COVERED_BY = {
    Role.DUTY_WORKER: (Role.DUTY_WORKER, *MANAGERS),
    Role.PRACTITIONER: (Role.PRACTITIONER, *MANAGERS),
    **dict.fromkeys(MANAGERS, (*MANAGERS, Role.SAFEGUARDING_LEAD, Role.DUTY_WORKER)),
    Role.SAFEGUARDING_LEAD: (Role.SAFEGUARDING_LEAD, *MANAGERS),
    Role.CENTRE_ADMIN: (Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN),
    Role.DATA_PROTECTION: (Role.DATA_PROTECTION,),
    Role.SYSTEM_ADMIN: (Role.SYSTEM_ADMIN,),
}


def who_may_cover(user):
    """The colleagues who may cover for ``user``, by name."""
    held = [Q(centre=centre, role__in=COVERED_BY[role]) for centre, role in sorted(memberships_of(user))]
    beside = Membership.objects.current().filter(reduce(or_, held, Q(pk__in=[])), user=OuterRef("pk"))
    return User.objects.filter(Exists(beside)).exclude(pk=user.pk).order_by("full_name", "pk")
