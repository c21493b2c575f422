"""A session that was recorded by mistake counts for nothing, and its record stays: nothing is deleted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import KeptAlready, MoveNotAllowed, tell
from sessions import writing
from sessions.enums import SessionStatus
from ui.times import moment


@transaction.atomic
def take_as_mistake(session, *, by, seen, why):
    """It was entered by mistake. Every word stays, and its times in its history; it is signed with the reason.

    What was owed for it today is owed no more; a concern that was raised with it stays. ``seen``: the edition that
    was read. Raises ``MoveNotAllowed`` where nobody has said what came of it or it is signed, ``SessionChanged``,
    ``KeptAlready`` where the form was sent twice.
    """
    session = writing.hold(session)
    if session.is_mistake and (session.signed_by, session.why_not) == (by, why):
        raise KeptAlready("the same was said already")
    if not session.waits_for_a_signature:
        raise MoveNotAllowed(f"{session} is signed, or nobody has said what came of it")
    writing.refuse_unseen(session, seen)
    title = _("Entered by mistake: %(kind)s, %(when)s")
    words = {"kind": session.get_kind_display(), "when": moment(session.happened_at)}
    was, now = (session.attendance, session.follow_up), timezone.now()
    nothing = {"status": SessionStatus.BY_MISTAKE, "attendance": "", "follow_up": "", "started_at": None}
    nothing |= {"ended_at": None, "why_not": why, "signed_by": by, "signed_at": now}
    writing.keep(session, nothing, beside={})
    record("session.taken_as_mistake", session.case, by=by, session=session.pk)
    writing.follow_up(session, by=by, was=was)
    tell(session.case, EntryKind.SESSION, title % words, by=by, path=session.get_absolute_url())
    return session
