"""A session that is written down, in words: why it cannot be so, what it lacks, and all that is in it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.enums import InterventionFocus
from sessions.enums import Approach
from ui.times import moment, time_of_day

# Each with the page that leads on, where one does.
REFUSED = {
    "early": gettext_lazy("This is before the case was opened. Check the day."),
    "to_come": gettext_lazy("This time has not come yet. Check the day, the time and how long it was."),
    "cancel": gettext_lazy(
        "This time has not come yet. If it will not take place, cancel the session on its own page."
    ),
    "consent": gettext_lazy(
        "The young person has not said yes to this, in this way, on that day, or it is not recorded. "
        "Until then it is not written down as held. What you typed is kept below."
    ),
    "stage": gettext_lazy(
        "Therapeutic work begins with a decision about this one young person. What you typed is kept below."
    ),
    "purpose": gettext_lazy("Say which need or goal of theirs this work was made for."),
    "overlap": gettext_lazy(
        "Another session at that time is written down already. If it is this one, there is nothing more to do. "
        "If there were two, say so below and save again."
    ),
    "severity": gettext_lazy("Say how soon somebody must see that it is less safe."),
    "safety_words": gettext_lazy("Say what has changed in their safety."),
    "next": gettext_lazy("This time has passed. Choose another for the next session, or leave it for now."),
}
LEADS_ON = {
    "overlap": ("sessions:sessions", gettext_lazy("To all sessions")),
    "consent": ("cases:consent", gettext_lazy("To the page on consent")),
    "stage": ("cases:pathway", gettext_lazy("To the page on the way of working")),
}
LACKS = {
    "what": gettext_lazy("Say what you did together."),
    "purpose": REFUSED["purpose"],
    "agreement": gettext_lazy(
        "Write down how you agreed, by that day, to keep sessions at a distance safe. It holds for six weeks."
    ),
    "start": gettext_lazy("Say how you know that it was safe to talk."),
}


def refused(why, case):
    """The sentence for a refusal, and where to go on."""
    page, label = LEADS_ON.get(why, ("", ""))
    return {"words": REFUSED[why], "url": reverse(page, args=[case.reference]) if page else "", "label": label}


def lacks(found, session):
    """What a session needs before it is signed, each with its page."""
    reference = session.case.reference
    pages = {
        "agreement": reverse("sessions:remote_agreement", args=[reference]) + f"?for={session.pk}",
        "start": reverse("sessions:start_remote", args=[reference, session.pk]),
    }
    record = reverse("sessions:record", args=[reference, session.pk])
    return [{"words": LACKS[what], "url": pages.get(what, record)} for what in found]


def title(session):
    return _("%(kind)s, %(when)s") % {"kind": session.get_kind_display(), "when": moment(session.happened_at)}


def waiting(session, case):
    """A planned one that nobody has written down, with the page for it."""
    return {"words": title(session), "url": reverse("sessions:record", args=[case.reference, session.pk])}


def when(session):
    """From when to when, and how long that was."""
    if not session.took_place:
        return moment(session.planned_at)
    minutes = session.minutes
    length = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    words = {"from": moment(session.started_at), "to": time_of_day(session.ended_at), "length": length}
    return _("%(from)s to %(to)s (%(length)s)") % words


def rows(session):
    """Everything that was written, as questions and answers; what nobody wrote is left out. Its lists are loaded."""
    came_to_nothing = session.recorded_at is not None and not session.took_place and not session.is_mistake
    told = [
        (_("Who else was there"), session.present),
        (_("Why it is a mistake") if session.is_mistake else _("Why"), session.why_not),
        (_("What we do today"), session.get_follow_up_display()),
        (_("What we will do differently"), session.what_we_change),
        (_("What happened") if came_to_nothing else _("What we did"), session.what_we_did),
        (_("In the young person’s words"), session.own_words),
        (_("How they seemed"), session.how_they_seemed),
        (_("Strengths we noticed"), session.strengths),
        (_("Worries we noticed"), session.worries),
        (_("Has safety changed?"), session.get_safety_change_display()),
        (_("What has changed"), session.safety_words),
        (_("Goals it went towards"), [row.goal.own_words for row in session.goals.all()]),
        (_("Towards the goals"), session.towards_goals),
        (_("Needs it was for"), [row.need.words for row in session.needs.all()]),
        (_("Topics"), [str(row.topic) for row in session.topics.all()]),
        (_("How we worked"), [Approach(name).label for name in session.approaches]),
        (_("What it was about"), [InterventionFocus(name).label for name in session.focus]),
        (_("Which wider issues"), session.wider_issues),
        (_("What comes next"), session.next_step),
    ]
    return facts(session) + [_row(label, value) for label, value in told if value]


def facts(session):
    """What every reader of the case may know of it."""
    place = f"{session.get_mode_display()}, {session.place}" if session.place else session.get_mode_display()
    told = [
        (_("When"), when(session)),
        (_("Where, or how"), place),
        (_("With whom"), str(session.practitioner)),
    ]
    return [_row(label, value) for label, value in told]


def _row(label, value):
    return {"label": label, "lines": value} if isinstance(value, list) else {"label": label, "value": value}


def agreed(agreement):
    """What was agreed for sessions at a distance: first where to send help, and what to do when a call breaks off."""
    told = [
        (_("Where to send help, if they need it"), agreement.emergency_address),
        (_("The number for when it breaks off"), agreement.back_up_number),
        (_("What happens when it breaks off"), agreement.if_cut_off),
        (_("Do those at home know that you talk?"), agreement.get_carer_knows_display()),
        (_("What could go wrong, and what to do about it"), agreement.risks),
        (_("Is the device, and the account on it, theirs alone?"), agreement.get_device_is_private_display()),
        (_("Who else knows the password"), agreement.passwords_known_by),
        (_("Can they be where nobody sees or hears them?"), agreement.get_place_is_private_display()),
        (_("Do they have headphones?"), agreement.get_has_headphones_display()),
        (_("Written down by"), _("%(name)s, %(moment)s") % {"name": agreement.by, "moment": moment(agreement.at)}),
    ]
    return [_row(label, value) for label, value in told if value]


def remote(session):
    """Each time it was asked, the first first. Its starts are loaded."""
    return [remote_rows(start, session) for start in session.remote_starts.all()]


def remote_rows(start, session):
    """How it was known that it was safe to talk."""
    by = _("Written down afterwards by") if start.is_written_afterwards(session) else _("Asked by")
    told = [
        (_("Are they ok to talk now?"), start.get_ok_to_talk_display()),
        (_("Who hears it?"), start.who or start.get_who_hears_display()),
        (_("Where they were"), start.where),
        (_("How long there was"), start.how_long),
        (by, _("%(name)s, %(moment)s") % {"name": start.by, "moment": moment(start.at)}),
    ]
    return [_row(label, value) for label, value in told if value]


def chain(session, moved):
    """Every time this meeting was planned for, first to last, each with its page. ``moved``: all that were, by id."""
    first, times = session, []
    while first.moved_from_id in moved:
        first = moved[first.moved_from_id]
    while first is not None:
        times.append(first)
        first = next((row for row in moved.values() if row.moved_from_id == first.pk), None)
    return [_time(one, session) for one in times] if len(times) > 1 else []


def _time(one, session):
    wish = _("Whose wish it was: %(wish)s") % {"wish": one.get_moved_by_wish_of_display()} if one.moved_from_id else ""
    return {
        "when": moment(one.planned_at),
        "wish": wish,
        "url": one.get_absolute_url(),
        "is_this": one.pk == session.pk,
    }


def signed(session):
    words = {"name": session.signed_by, "moment": moment(session.signed_at)}
    if session.is_mistake:
        return _("%(name)s wrote, %(moment)s, that it was entered by mistake. It counts for nothing.") % words
    return _("Signed by %(name)s, %(moment)s. It stays as it is.") % words


def written(session):
    words = {"name": session.recorded_by, "moment": moment(session.recorded_at)}
    return _("Written down by %(name)s, %(moment)s.") % words
