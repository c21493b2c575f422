"""Steps that acts on planned sessions share, each on a row that the act holds with its case. No acts themselves."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import tell
from sessions.enums import SessionStatus, Wish
from sessions.models import SupportSession
from ui.times import moment

SAME = ("kind", "mode", "place", "planned_minutes", "practitioner", "joint_key")  # as before, where nobody changes it


def plan_locked(case, *, by, **columns):
    session = SupportSession.objects.create(case=case, planned_by=by, **columns)
    record("session.planned", case, by=by, session=session.pk, kind=session.kind)
    return session


def move_locked(session, *, by, planned_at, wish, **changes):
    """A new one takes its place, and the story tells from when to when. Nothing is asked: the act has asked it."""
    then = {name: getattr(session, name) for name in SAME} | changes
    session.status = SessionStatus.RESCHEDULED
    session.save(update_fields=["status"])
    chain = {"moved_from": session, "moved_by_wish_of": Wish(wish)}
    moved = plan_locked(session.case, by=by, planned_at=planned_at, **then, **chain)
    record("session.moved", session.case, by=by, session=session.pk, to=moved.pk, wish=wish)
    words = {"kind": moved.get_kind_display(), "before": moment(session.planned_at), "now": moment(planned_at)}
    wish_words = _("Whose wish it was: %(wish)s") % {"wish": Wish(wish).label}
    tell_of(session.case, _("Moved: %(kind)s, from %(before)s to %(now)s") % words, by=by, words=wish_words)
    return moved


def cancel_locked(session, *, by, attendance, **told):
    """Cancel it, and sign it: nothing else is to be said about it."""
    now = timezone.now()
    columns = {
        **told,
        "status": SessionStatus.CANCELLED,
        "attendance": attendance,
        "edition": session.edition + 1,
        **{"recorded_at": now, "recorded_by": by, "signed_at": now, "signed_by": by},
    }
    for name, value in columns.items():
        setattr(session, name, value)
    session.save(update_fields=[*columns])
    record("session.cancelled", session.case, by=by, session=session.pk, attendance=attendance)
    return session


def cancel_and_tell(session, *, by, **told):
    cancel_locked(session, by=by, **told)
    words = {"kind": session.get_kind_display(), "when": moment(session.planned_at)}
    answer = session.get_attendance_display()
    why = f"{answer}. {session.why_not}" if session.why_not else f"{answer}."
    tell_of(session.case, _("Cancelled: %(kind)s, %(when)s") % words, by=by, words=why)
    return session


def tell_of(case, title, *, by, words=""):
    path = reverse("sessions:sessions", args=[case.reference])
    tell(case, EntryKind.SESSION, title, by=by, words=words, path=path)
