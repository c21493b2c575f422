"""What somebody was told of, besides us. Nothing is sent: it is written down that they were told (R-wal-15)."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import lock_open, refuse_twice, tell
from sessions.enums import ForWhom
from sessions.models import Signpost


@transaction.atomic
def signpost(case, *, by, resource=None, **told):
    """Write down what somebody was told of. ``told``: the other columns of ``Signpost``.

    Raises ``MoveNotAllowed`` once the case is closed, ``KeptAlready``.
    """
    case = lock_open(case)
    refuse_twice(case.signposts, by=by, resource=resource, **told)
    given = Signpost.objects.create(case=case, resource=resource, by=by, **told)
    record("signpost.given", case, by=by, signpost=given.pk, resource=given.resource_id, for_whom=given.for_whom)
    words = {"what": given.what, "whom": ForWhom(given.for_whom).label}
    path = reverse("sessions:signposts", args=[case.reference])
    tell(case, EntryKind.PATHWAY, _("Told of %(what)s: %(whom)s") % words, by=by, path=path)
    return given
