"""What a parent or carer was told of, besides us (R-wal-15). It stands on their own strand, and nowhere else."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import refuse_twice
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold_free, tell_strand
from sessions.models.carers import CarerSignpost


@transaction.atomic
def signpost_carer(strand, *, by, resource=None, **told):
    """Write down what they were told of, also once the support has ended. ``told``: other columns of ``CarerSignpost``.

    Raises ``MoveNotAllowed`` where a manager holds it back, ``KeptAlready``.
    """
    strand = hold_free(strand)
    refuse_twice(strand.carer_signposts, by=by, resource=resource, **told)
    given = CarerSignpost.objects.create(strand=strand, resource=resource, by=by, **told)
    record("carer_signpost.given", strand, by=by, signpost=given.pk, resource=given.resource_id)
    title, path = _("Told of %(what)s") % {"what": given.what}, reverse("sessions:carer_signposts", args=[strand.key])
    tell_strand(strand, StrandEntryKind.STRAND, title, by=by, path=path)
    return given
