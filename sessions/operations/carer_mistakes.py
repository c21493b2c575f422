"""A contact with a parent or carer that was recorded by mistake counts for nothing, and its record stays."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import KeptAlready, MoveNotAllowed
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold_contact, keep, tell_strand
from sessions.enums import SessionStatus
from sessions.writing import refuse_unseen
from ui.times import moment

TAKES_NO_PLACE = {"attendance": "", "direct_number": None, "started_at": None, "ended_at": None}


@transaction.atomic
def take_contact_as_mistake(session, *, by, seen, why):
    """It was entered by mistake. Every word stays, and its times in its history; it is signed with the reason.

    Where it was one of the ten, that one is to be had again (R-nat-30); a concern that was raised with it stays.
    ``seen``: the edition that was read. Raises ``MoveNotAllowed`` where nobody has said what came of it, it is signed
    or a manager holds it back, ``SessionChanged``, ``KeptAlready`` where the form was sent twice.
    """
    strand, session = hold_contact(session)
    if session.is_mistake and (session.signed_by, session.why_not) == (by, why):
        raise KeptAlready("the same was said already")
    if not session.waits_for_a_signature:
        raise MoveNotAllowed(f"{session} is signed, or nobody has said what came of it")
    refuse_unseen(session, seen)
    words = {"kind": session.get_kind_display(), "when": moment(session.happened_at)}
    said = {"why_not": why, "signed_by": by, "signed_at": timezone.now(), "edition": session.edition + 1}
    keep(session, status=SessionStatus.BY_MISTAKE, **TAKES_NO_PLACE, **said)
    record("carer_session.taken_as_mistake", session, by=by)
    title, path = _("Entered by mistake: %(kind)s, %(when)s") % words, [strand.key, session.pk]
    tell_strand(strand, StrandEntryKind.CONTACT, title, by=by, path=reverse("sessions:carer_session", args=path))
    return session
