"""A session in words: ready strings for lists. Pure over loaded rows; asks the database nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.enums import SessionStatus
from ui.times import moment


def lists(sessions):
    """Rows by what they came to. ``sessions`` come newest first; what is still to come is told in the order of days."""
    rows = {"needs_a_record": [], "coming": [], "held": [], "not_held": []}
    for session in sessions:
        rows[_list_of(session)].append(row(session))
    rows["coming"].reverse()
    return rows


def _list_of(session):
    if session.is_planned:
        return "needs_a_record" if session.needs_a_record else "coming"
    return "held" if session.took_place else "not_held"


def row(session):
    """One line of a list."""
    return {
        "pk": session.pk,
        "when": moment(session.happened_at),
        "kind": session.get_kind_display(),
        "facts": facts(session),
        "came_of_it": "" if session.is_planned else came_of_it(session),
        "waits": _("Not signed yet") if session.waits_for_a_signature else "",
    }


def facts(session):
    """Where or how, how long, with whom."""
    minutes = session.minutes
    length = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return [session.get_mode_display(), length, str(session.practitioner)]


def came_of_it(session):
    """In the words of its answer; what was moved has none."""
    if session.status == SessionStatus.RESCHEDULED:
        return session.get_status_display()
    return session.get_attendance_display()
