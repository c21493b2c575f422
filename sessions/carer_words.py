"""The strand of a parent or carer in words: ready strings for heads, rows and lists. Pure over loaded rows."""

from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import contact_in_words
from cases.enums import SafetyNow
from cases.enums import Strand as Side
from sessions.carer_enums import CarerConsentState, StrandStatus
from sessions.enums import DO_NOT_STAND, SessionStatus
from sessions.recording_words import signed
from sessions.together_words import other_side
from ui.templatetags.ui import show_marks
from ui.times import long_date, moment

S, C = StrandStatus, CarerConsentState
KEY, ROW = UUID(int=0), 9_999_999_999  # stand in the shape of an address where the strand and the row belong
STATUS_KINDS = {
    S.NOT_OFFERED: "new",
    S.OFFERED: "waiting",
    S.ACCEPTED: "waiting",
    S.ACTIVE: "done",
    S.ONGOING_SUPPORT: "done",
    S.BLOCKED: "stopped",
    S.NOT_SAFE_TO_OFFER: "stopped",
}
ASSESSED = ("what_matters", "how_done", "strengths", "understanding", "feelings", "keeping_safe", "family", "identity")
ASSESSED += ("practical", "worries", "analysis", "recommendation", "comments")
CONSENT_KINDS = {C.GIVEN: "done", C.GIVEN_IN_PART: "done", C.REFUSED: "stopped", C.WITHDRAWN: "stopped"}


def head(strand, *, header, consent, ways, user):
    """The head of every page of a strand: who, with whom, how many of the ten. Of the young person no more than this.

    ``header``: the ``YoungPersonHeader`` of ``carer_summaries``.
    """
    return {
        "name": strand.carer.name_shown,
        "reference": strand.case.reference,
        "relationship": strand.carer.relationship,
        "young_person": _young_person(header),
        "must_not_be_told": header.somebody_must_not_be_told,
        "status": strand.status_words,
        "status_kind": STATUS_KINDS.get(strand.status, "neutral"),
        "with_whom": with_whom(strand, user),
        "consent": {"words": _consent(consent), "kind": CONSENT_KINDS.get(consent, "waiting")},
        "contact": _banner(strand, ways),
        "url": page(strand),
        **meter(strand),
    }


def _consent(state):
    return _("Taking part: %(state)s") % {"state": CarerConsentState(state).label}


def _young_person(header):
    initials = "".join(f"{letter}." for letter in header.initials)
    told = {"initials": initials, "centre": header.centre_name, "status": header.status_words}
    return _("%(initials)s, %(centre)s, %(status)s") % told


def page(strand, name="strand", row=None):
    """The address of a page of a strand; ``row``: the number of what is named on it."""
    shape = _shape(name, row is not None)
    if row is not None:
        shape = shape.replace(str(ROW), str(row))
    return shape.replace(str(KEY), str(strand.key))


@cache
def _shape(name, has_row):
    """Asked of the resolver once in a process, as ``cases.addresses``: the story of a strand names it sixty times."""
    return reverse(f"sessions:{name}", args=[KEY, ROW] if has_row else [KEY])


def with_whom(strand, user):
    return _with(strand.practitioner_id, strand.practitioner, user)


def _with(practitioner_id, name, user):
    if practitioner_id is None:
        return _("Nobody works with them now")
    return _("With you") if practitioner_id == user.pk else _("With %(name)s") % {"name": name}


def meter(strand):
    """Four of ten, and what happens near the end of them (R-nat-30, 31)."""
    numbers = {"held": strand.direct_held, "most": strand.direct_max}
    told, left = _("Direct sessions: %(held)d of %(most)d") % numbers, strand.direct_left
    return {"meter": told, "held": strand.direct_held, "most": strand.direct_max, "near_the_last": _near(strand, left)}


def _near(strand, left):
    if not strand.is_near_the_last:
        return ""
    if left == 0:
        return _("All direct sessions have been held. Ongoing support goes on, without a limit.")
    return ngettext(
        "%(left)d direct session is left. Talk about what comes after: ongoing support has no limit.",
        "%(left)d direct sessions are left. Talk about what comes after: ongoing support has no limit.",
        left,
    ) % {"left": left}


def _banner(strand, ways):
    """How it is safe to reach this parent or carer, in the words in which it is said of a young person."""
    if strand.status == S.ENDED:
        return {}
    return contact_in_words.lines(ways, page(strand, "carer_contacts"))


def row(strand, *, user):
    """One line of somebody's own strands: no name of a child, and the parent's as we use it."""
    return {
        "pk": strand.pk,
        "url": page(strand),
        "name": strand.carer.name_shown,
        "reference": strand.case.reference,
        "relationship": strand.carer.relationship,
        "status": strand.status_words,
        "status_kind": STATUS_KINDS.get(strand.status, "neutral"),
        "with_whom": with_whom(strand, user),
        **meter(strand),
    }


def home_line(strand, *, user):
    """The same on the page where the day begins, with what waits to be written down and to be signed."""
    late = ngettext("%(count)d contact needs a record", "%(count)d contacts need a record", strand.late_count)
    unsigned = ngettext(
        "%(count)d contact is not signed yet", "%(count)d contacts are not signed yet", strand.unsigned_count
    )
    told = [(late, strand.late_count), (unsigned, strand.unsigned_count)]
    return row(strand, user=user) | {"waits": [words % {"count": count} for words, count in told if count]}


def ended_row(strand, *, user):
    """One that has ended, and that ``user`` reads on for a while: with what is not finished."""
    told = [
        (ngettext("%(count)d contact needs a record", "%(count)d contacts need a record", strand.late_count),
         strand.late_count),
        (ngettext("%(count)d contact is not signed", "%(count)d contacts are not signed", strand.unsigned_count),
         strand.unsigned_count),
        (ngettext("%(count)d assessment is a draft", "%(count)d assessments are drafts", strand.draft_count),
         strand.draft_count),
        (ngettext("%(count)d task is open", "%(count)d tasks are open", strand.task_count), strand.task_count),
    ]  # fmt: skip
    return row(strand, user=user) | {"waits": [words % {"count": count} for words, count in told if count]}


def summary(found, *, user):
    """What the young person's side is told of a strand (``StrandSummary``): how it stands, with whom. No more."""
    return {
        "pk": found.pk,
        "name": found.carer_name,
        "relationship": found.relationship,
        "status": found.status_words,
        "not_safe_because": found.not_safe_because,
        "status_kind": STATUS_KINDS.get(found.status, "neutral"),
        "with_whom": _with(found.practitioner_id, found.practitioner_name, user),
    }


def shared(item):
    """One thing that one side told the other, with where it comes from and why."""
    return {
        "pk": item.pk,
        "kind": item.get_kind_display(),
        "comes_from": _comes_from(item),
        "text": item.text,
        "reason": item.reason,
        "by": item.by,
        "at": item.at,
    }


def _comes_from(item):
    said = {"day": long_date(item.said_on)}
    if item.from_side == Side.CARER:
        return _("From the work with the parent or carer, %(day)s.") % said
    return _("From the work with the young person, %(day)s.") % said


def entries(rows, *, strand):
    """Lines of the story of a strand. What has no page of its own stands here in full."""
    here = ("", page(strand))
    return [_entry(row, here) for row in rows]


def _entry(row, here):
    return {
        "kind": row.get_kind_display(),
        "title": row.title,
        "at": row.at.isoformat(),
        "when": moment(row.at),
        "by": str(row.by),
        "text": show_marks(row.words),
        "url": "" if row.path in here else row.path,
    }


def contact(row, *, strand):
    """One line of a list of contacts; ``row`` comes with its practitioner."""
    minutes = row.minutes
    length = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return {
        "pk": row.pk,
        "url": page(strand, "carer_session", row.pk),
        "when": moment(row.happened_at),
        "kind": row.get_kind_display(),
        "facts": [row.get_mode_display(), length, str(row.practitioner)],
        "number": _number(row, strand),
        "came_of_it": _came_of_it(row),
        "waits": _waits(row),
        "is_draft": row.is_draft,
        "other_side": other_side(row),
    }


def _waits(row):
    if row.is_draft:
        return _("A draft")
    return _("Not signed yet") if row.waits_for_a_signature else ""


def _number(row, strand):
    if not row.direct_number:
        return ""
    place = getattr(row, "direct_place", None) or row.direct_number
    return _("Direct session %(number)d of %(most)d") % {"number": place, "most": strand.direct_max}


def _came_of_it(row):
    if row.status == SessionStatus.PLANNED:
        return ""
    if row.status in DO_NOT_STAND:
        return row.get_status_display()
    return row.get_attendance_display()


def contact_in_full(row, *, strand):
    """One contact for its own page: what is empty is left out, for most of it is asked of nobody."""
    told = [
        (_("When"), moment(row.happened_at)),
        (_("Where, or how"), " · ".join(part for part in (row.get_mode_display(), row.place) if part)),
        (_("Why it is a mistake") if row.is_mistake else _("Why"), row.why_not),
        (_("What we did"), row.what_we_did),
        (_("In their words"), row.own_words),
        (_("Strengths we noticed"), row.strengths),
        (_("Worries we noticed"), row.worries),
        (_("What comes next"), row.next_step),
        (_("Who else was there, or could hear"), row.present),
        (_("Has the young person’s safety changed?"), row.get_safety_change_display()),
        (_("Concern"), _raised(row)),
    ]
    rows = [{"label": label, "value": show_marks(value)} for label, value in told if value]
    return contact(row, strand=strand) | {"rows": rows, "edition": row.edition, "mistake": _mistake(row)}


def _mistake(row):
    """Who said that it was entered by mistake, and that it counts for nothing."""
    return signed(row) if row.is_mistake else ""


def _raised(row):
    """Less safe is never written down without a concern in the same act."""
    if row.safety_change != SafetyNow.WORSE or row.recorded_at is None:
        return ""
    return _("A concern was raised with it, last written down on %(day)s.") % {"day": long_date(row.recorded_at)}


def assessment(row, *, strand, may_write):
    """One version of the assessment: what was written, in the order in which it is asked."""
    status, kind = (_("Signed"), "done") if row.is_signed else (_("Draft"), "doing")
    told = {"name": row.signed_by or row.started_by, "day": long_date(row.signed_at or row.started_at)}
    who = _("Signed by %(name)s on %(day)s") if row.is_signed else _("Begun by %(name)s on %(day)s")
    parts = [(row._meta.get_field(name).verbose_name, getattr(row, name)) for name in ASSESSED]
    return {
        "number": row.version,
        "title": _("What they need, version %(version)d") % {"version": row.version},
        "status": status,
        "status_kind": kind,
        "told": who % told,
        "rows": [{"label": str(label), "value": show_marks(words)} for label, words in parts if words],
        "addenda": list(row.addenda.all()),
        "write_url": page(strand, "write_carer_assessment", row.version) if may_write and not row.is_signed else "",
    }
