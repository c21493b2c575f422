"""What one side tells the other, on purpose: a copy, with a reason. It opens nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import Strand
from cases.steps import refuse_twice
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold_free, tell_strand
from sessions.models.carers import SharedItem


@transaction.atomic
def share(strand, *, by, from_side, kind, text, reason, said_on=None):
    """Tell the other side. The words are kept with the strand, and both sides read what was told.

    No line is written in the young person's timeline, from whichever side it
    comes: their page of parents and carers shows what was shared. Raises
    ``MoveNotAllowed`` where a manager holds it back, ``KeptAlready``,
    ``ValueError`` without words or a reason.
    """
    if not text.strip() or not reason.strip():
        raise ValueError("say what, and why")
    strand, from_side = hold_free(strand), Strand(from_side)
    refuse_twice(strand.shared, by=by, text=text)
    item = SharedItem.objects.create(
        strand=strand, from_side=from_side, kind=kind, text=text, reason=reason, by=by,
        said_on=said_on or timezone.localdate(),
    )  # fmt: skip
    record("item.shared", strand, by=by, item=item.pk, from_side=from_side, kind=kind)
    tell_strand(strand, StrandEntryKind.SHARED, _TOLD[from_side](), by=by, words=text)
    return item


_TOLD = {
    Strand.CARER: lambda: _("The young person’s side was told something"),
    Strand.YOUNG_PERSON: lambda: _("The young person’s side told us something"),
}
