"""A session in words: ready strings for lists. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.presenting import who_words
from sessions.enums import DO_NOT_STAND
from sessions.together_words import other_side
from ui.times import moment


def lists(sessions, *, case, user, may_plan, may_log):
    """Rows by what they came to. ``sessions`` come newest first; what is still to come is told in the order of days."""
    rows = {"drafts": [], "needs_a_record": [], "coming": [], "held": [], "not_held": [], "mistakes": []}
    for session in sessions:
        rows[_list_of(session)].append(row(session, case=case, user=user, may_plan=may_plan, may_log=may_log))
    rows["coming"].reverse()
    return rows


def _list_of(session):
    if session.is_draft:
        return "drafts"
    if session.is_planned:
        return "needs_a_record" if session.needs_a_record else "coming"
    if session.is_mistake:
        return "mistakes"
    return "held" if session.took_place else "not_held"


def row(session, *, case, user, may_plan, may_log):
    """One line of a list."""
    may_move = may_plan and session.is_planned
    may_throw_away = may_log and session.may_be_thrown_away_by(user)
    return {
        "pk": session.pk,
        "url": _address("session", session, case),
        "when": moment(session.happened_at),
        "kind": session.get_kind_display(),
        "facts": facts(session),
        "came_of_it": "" if session.is_planned else came_of_it(session),
        "waits": waits(session, user),
        "is_draft": session.is_draft,
        "throw_url": _address("throw_away", session, case) if may_throw_away else "",
        "moved": moved(session),
        "other_side": other_side(session),
        "move_url": "" if session.needs_a_record or not may_move else _address("move", session, case),
        "cancel_url": _address("cancel", session, case) if may_move else "",
        "record_url": record_url(session, case) if may_log and (session.is_draft or session.needs_a_record) else "",
    }


def waits(session, user):
    """What somebody still has to do with it, in a word."""
    if session.is_draft:
        return _("A draft that you began") if session.planned_by_id == user.pk else _("A draft")
    return _("Not signed yet") if session.waits_for_a_signature else ""


def record_url(session, case):
    return _address("record", session, case)


def _address(name, session, case):
    return reverse(f"sessions:{name}", args=[case.reference, session.pk])


def moved(session):
    """From which time, and by whose wish; nothing where it was not."""
    if session.moved_from is None:
        return ""
    told = {"when": moment(session.moved_from.planned_at), "wish": session.get_moved_by_wish_of_display()}
    return _("Moved from %(when)s. Whose wish it was: %(wish)s.") % told


def facts(session):
    """Where or how, how long, with whom."""
    minutes = session.minutes
    length = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return [session.get_mode_display(), length, str(session.practitioner)]


def came_of_it(session):
    """In the words of its answer; what was moved, or entered by mistake, has none."""
    if session.status in DO_NOT_STAND:
        return session.get_status_display()
    return session.get_attendance_display()


def home_lines(sessions):
    """For the page that staff begin their day on: what still needs a record or a signature, and what is next."""
    return [_home_line(session) for session in sessions]


def _home_line(session):
    """It leads to where it is written down, once its time has passed; else to the session, where it is signed too."""
    case = session.case
    return {
        "pk": session.pk,
        "of": "sessions",
        "order": session.planned_at,
        "reference": case.reference,
        "who": who_words(case.young_person, timezone.localdate()),
        "url": record_url(session, case) if session.is_draft or session.needs_a_record else session.get_absolute_url(),
        "what": session.get_kind_display(),
        "how": session.get_mode_display(),
        "when": moment(session.planned_at),
        "needs_a_record": session.needs_a_record,
        "is_draft": session.is_draft,
        "is_unsigned": session.waits_for_a_signature,
    }
