"""What was done about a concern, in words, as a plain chronology; and what is still to be done."""

from datetime import time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from safeguarding import powers, rules
from safeguarding.routes import ReplyKind, name_of
from ui.times import long_date, moment


def acting(concern, user):
    """What the page of a concern says of what is done, and what this person may do: seven statements."""
    actions = list(concern.actions.for_page())
    escalations = list(concern.escalations.for_page())
    tellings = list(concern.tellings.select_related("by"))
    has_part = powers.has_part(user, concern, actions)
    return {
        "to_do": [_to_do(action, concern, user) for action in actions if action.is_open],
        "chronology": _chronology(concern, actions, escalations, tellings, has_part=has_part),
        "may": _may(concern, user, has_part=has_part),
        "is_told": any(telling.at >= concern.waits_since for telling in tellings),
    }


def left(concern, user):
    """What stops a concern from being closed."""
    return [_to_do(action, concern, user) for action in concern.actions.owed().for_page()]


def _may(concern, user, *, has_part):
    offered = {
        "take_further": rules.may_take_further(user, concern),
        "set_action": rules.may_act(user, concern),
        "telling": has_part,
    }
    return {name: _url(name, concern) for name, holds in offered.items() if holds}


def _url(name, concern, *more):
    return reverse(f"safeguarding:{name}", args=[concern.key, *more])


def _to_do(action, concern, user):
    words = _("%(name)s, by %(day)s") % {"name": action.owner, "day": long_date(action.due_on)}
    if action.is_overdue:
        words = _("%(name)s: it should have been done by %(day)s") % {
            "name": action.owner,
            "day": long_date(action.due_on),
        }
    finish = _url("finish_action", concern, action.pk) if rules.may_finish(user, concern, action) else ""
    return {"what": action.what, "words": words, "is_overdue": action.is_overdue, "finish_url": finish}


def _chronology(concern, actions, escalations, tellings, *, has_part):
    """Everything in the order in which it happened; what has a day alone stands where it was written on that day."""
    nation = concern.subject.centre.nation
    entries = list(_of_the_concern(concern))
    for escalation in escalations:
        entries.append(_escalation(escalation, nation, _url("add_reply", concern, escalation.pk) if has_part else ""))
        entries += [_reply(reply, escalation, nation) for reply in escalation.replies.all()]
    entries += [_telling(telling) for telling in tellings]
    for action in actions:
        entries += _action(action)
    return sorted(entries, key=lambda entry: entry["order"])  # of one minute, as they were written


def _entry(title, at, by, *, text="", on=None, rows=(), url="", written=None):
    """One line. ``on``: the day it happened, where only the day is known; it was written down ``at``.

    ``written``: when, where it happened ``at`` a minute that somebody typed.
    """
    day = on or timezone.localdate(at)
    local = timezone.localtime(at)
    minute = local.time().replace(second=0, microsecond=0) if day == local.date() else time.max
    order = (day, minute, written or at)
    when = long_date(on) if on else moment(at)
    told = [{"label": label, "value": value} for label, value in rows if value]
    return {"title": title, "when": when, "by": by, "text": text, "rows": told, "url": url, "order": order}


def _of_the_concern(concern):
    yield _entry(_("Raised"), concern.raised_at, concern.raised_by or _("The referrer’s answers"))
    turns = concern.reopenings.select_related("by", "acknowledged_by", "closed_by") if concern.reopened_at else ()
    yield from _turns(turns)
    yield from _alerts(concern, turns)
    if concern.acknowledged_at:
        yield _entry(_("Acknowledged"), concern.acknowledged_at, concern.acknowledged_by)
    if concern.closed_at:
        yield _entry(_("Closed"), concern.closed_at, concern.closed_by)


def _turns(turns):
    """How it had ended before it was opened again."""
    for turn in turns:
        yield _entry(_("Acknowledged"), turn.acknowledged_at, turn.acknowledged_by)
        yield _entry(_("Closed"), turn.closed_at, turn.closed_by, text=turn.outcome)
        yield _entry(_("Opened again"), turn.at, turn.by, text=turn.because)


def _alerts(concern, turns):
    """Who was told while it waited, and how far it went."""
    alerts = list(concern.alerts.all())
    began = {concern.raised_at, concern.reopened_at, *(turn.at for turn in turns)}
    people = User.objects.filter(pk__in={pk for each in alerts for pk in each.people})
    users = {user.pk: user for user in people.only("full_name").prefetch_related("absences")}
    for alert in alerts:
        told = ", ".join(sorted(_told(users[pk], alert.at) for pk in alert.people))
        title = alert.level.label if alert.waits_since in began else _("Told that nothing is written down yet")
        yield _entry(title, alert.at, told or _("There was nobody to tell"))


def _told(user, at):
    """A name, and that they were away on the day when they were told."""
    on = timezone.localdate(at)
    spans = (each for each in user.absences.all() if not (each.called_off_at and each.called_off_at <= at))
    is_away = any(each.from_on <= on < each.until_on for each in spans)
    return _("%(name)s (away)") % {"name": user.full_name} if is_away else user.full_name


def _escalation(escalation, nation, url):
    rows = [
        (_("How"), escalation.get_method_display()),
        (_("Team or office"), escalation.agency),
        (_("Spoke to"), escalation.person),
        (_("Their reference"), escalation.reference),
        (_("What we know"), escalation.known),
        (_("What we do not know"), escalation.not_known),
        (_("Discussed with"), escalation.discussed_with),
        (_("Young person told that we do this"), escalation.young_person_not_told_because or _("Yes")),
        (_("Parent or carer told that we do this"), escalation.parent_not_told_because or _("Yes")),
    ]
    for number, told in ((-2, escalation.young_person_told), (-1, escalation.parent_told)):
        if not told:
            label, why = rows[number]
            rows[number] = (label, _("No: %(why)s") % {"why": why})
    title = _("Taken further: %(whom)s") % {"whom": name_of(escalation.route, nation)}
    return _entry(title, escalation.sent_at, escalation.by, rows=rows, url=url, written=escalation.at)


def _reply(reply, escalation, nation):
    words = {"whom": name_of(escalation.route, nation), "kind": ReplyKind(reply.kind).label}
    rows = [(_("Who said it"), reply.person)]
    title = _("%(whom)s: %(kind)s") % words
    return _entry(title, reply.at, reply.by, on=reply.happened_on, text=reply.words, rows=rows)


def _telling(telling):
    if not telling.was_told:
        words = _("The young person was not told")
        return _entry(words, telling.at, telling.by, text=telling.not_told_because)
    rows = [(_("Told by"), telling.by_whom), (_("What they said"), telling.their_words)]
    return _entry(_("The young person was told"), telling.at, telling.by, on=telling.told_on, rows=rows)


def _action(action):
    given = {"what": action.what, "name": action.owner, "day": long_date(action.due_on)}
    yield _entry(_("To do: %(what)s") % given, action.set_at, action.set_by, text=_("%(name)s, by %(day)s") % given)
    if not action.is_open:
        end = action.get_came_to_display()
        yield _entry(_("%(end)s: %(what)s") % {"end": end, **given}, action.done_at, action.done_by, text=action.words)
