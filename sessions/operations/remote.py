"""Sessions by phone, video or chat: how they are kept safe, and whether it is safe to talk as one begins."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import MoveNotAllowed, lock_open, tell
from sessions import writing
from sessions.enums import Attendance, OkToTalk
from sessions.models import RemoteAgreement, RemoteStart
from sessions.models.remote import RENEWED_AFTER


@transaction.atomic
def agree_remote(case, *, by, agreed_on, **agreed):
    """Write down what was agreed before they meet at a distance. ``agreed``: the columns of ``RemoteAgreement``.

    It holds for six weeks. The same twice is once. Raises ``MoveNotAllowed`` once the case is closed.
    """
    case = lock_open(case)
    kept = RemoteAgreement.objects.filter(case=case, agreed_on=agreed_on, **agreed).first()
    if kept is not None:
        return kept
    until_on = agreed_on + RENEWED_AFTER
    kept = RemoteAgreement.objects.create(case=case, agreed_on=agreed_on, until_on=until_on, by=by, **agreed)
    record("remote_agreement.recorded", case, by=by, agreement=kept.pk)
    tell(case, EntryKind.SAFETY, _("How sessions at a distance are kept safe was agreed"), by=by)
    return kept


@transaction.atomic
def start_remote(session, *, by, ok_to_talk, follow_up="", why_not="", **asked):
    """Write down what was asked as a session began, once more where they try again. ``asked``: ``RemoteStart``'s.

    Where it was not safe, the session was not held: ``why_not``, and what is done today, ``follow_up``, stand in it.
    Each answer stays, and the latest counts; the same twice is once. Raises ``MoveNotAllowed`` more than an hour before
    it begins, and once it is signed, moved or cancelled.
    """
    session = writing.hold(session)
    if not session.may_start_remotely:
        raise MoveNotAllowed(f"{session} does not begin now")
    if ok_to_talk == OkToTalk.NOT_SAFE:
        _not_safe(session, by=by, follow_up=follow_up, why_not=why_not)
    told = {"session": session, "ok_to_talk": ok_to_talk, "by": by, **asked}
    last = session.remote_starts.last()
    if last and all(getattr(last, name) == value for name, value in told.items()):
        return session
    RemoteStart.objects.create(**told)
    record("session.started", session.case, by=by, session=session.pk, ok=ok_to_talk)
    return session


def _not_safe(session, *, by, follow_up, why_not):
    if session.recorded_at is not None:
        raise MoveNotAllowed(f"somebody has said what came of {session}")
    attendance = Attendance.NOT_SAFE
    columns = {"attendance": attendance, "status": writing.STATUS_OF[attendance]}
    columns |= {"follow_up": follow_up, "why_not": why_not, "recorded_at": timezone.now(), "recorded_by": by}
    writing.keep(session, columns, {})
    record("session.recorded", session.case, by=by, session=session.pk, kind=session.kind, attendance=attendance)
    writing.follow_up(session, by=by)
    title = _("%(kind)s: %(came_of_it)s")
    told = {"kind": session.get_kind_display(), "came_of_it": session.get_attendance_display()}
    path = session.get_absolute_url()
    tell(session.case, EntryKind.SESSION, title % told, by=by, at=session.planned_at, path=path)
