"""A concern in words; the rules say which acts are offered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeguarding import powers, rules
from safeguarding.enums import ConcernStatus
from safeguarding.escalation import level_of
from safeguarding.querysets import NEVER
from safeguarding.signals import requests_about
from ui.times import moment

# A letter is owed in the act and leaves with the next relay: nobody has read it yet.
IS_RAISED = gettext_lazy(
    "The concern is raised. A letter goes now to who is on shift and who follows concerns. Danger now? Ring 999."
)
HEARD_APART = gettext_lazy(
    "The concern is raised. Only the safeguarding leads and the service managers of the centre see it."
)
WAITS_AGAIN = gettext_lazy(
    "The concern waits for somebody again. A letter goes now to who is on shift and who follows concerns. "
    "Danger now? Ring 999."
)
WAITS_AGAIN_APART = gettext_lazy(
    "The concern waits for somebody again. A letter goes now to safeguarding leads and service managers, and to "
    "nobody else. Danger now? Ring 999."
)
KINDS = {ConcernStatus.RAISED: "new", ConcernStatus.ACKNOWLEDGED: "doing", ConcernStatus.ACTING: "doing"}


def cards(concerns, user):
    """Cards that stand alone, each with the request about the person, asked for in one statement."""
    requests = requests_about((concern.subject_id for concern in concerns), user=user)
    return [card(concern, user) | {"request": requests.get(concern.subject_id)} for concern in concerns]


def card(concern, user, *, opens=False):
    """Everything a page says of one concern; ``subject.centre`` is loaded.

    ``opens``: the caller knows that ``user`` may open its own page; who follows concerns always may.
    """
    return {
        "pk": concern.pk,
        "severity": concern.get_severity_display(),
        "status": concern.get_status_display(),
        "status_kind": KINDS.get(concern.status, "neutral"),
        "what": concern.what,
        "done_now": concern.done_now,
        "outcome": concern.outcome,
        "is_open": concern.is_open,
        "is_overdue": concern.is_overdue,
        "raised_at": concern.raised_at,
        "raised_by": str(concern.raised_by or _("The referrer’s answers")),
        "due": _due(concern),
        "next": _next(concern, user),
        "steps": _steps(concern),
        "url": concern.get_absolute_url(),
        "page_url": concern.get_absolute_url() if opens or powers.follows(user, concern) else "",
        "gone": _gone(concern),
        "about": _about(concern),
        "is_reopened": concern.reopened_at is not None and concern.is_open,
        "because": _because(concern),
        "reopen_url": _url("reopen", concern) if rules.may_reopen(user, concern) else "",
        "acknowledge_url": _url("acknowledge", concern) if rules.may_acknowledge(user, concern) else "",
        "close_url": _url("close", concern) if rules.may_close(user, concern) else "",
    }


def _url(name, concern):
    return reverse(f"safeguarding:{name}", args=[concern.key])


def _about(concern):
    if not concern.about_colleague:
        return ""
    if concern.colleague is None:
        return _("About a colleague. Only the safeguarding leads and the service managers of the centre see this.")
    words = _("About a colleague: %(name)s. Only other safeguarding leads and service managers of the centre see this.")
    return words % {"name": concern.colleague}


def _gone(concern):
    """How far one that waits has gone, where a list has asked for it."""
    said = getattr(concern, "said", NEVER)
    return level_of(said).label if said > 0 and concern.status == ConcernStatus.RAISED else ""


def _due(concern):
    if concern.status != ConcernStatus.RAISED:
        return ""
    words = _("Overdue: it should have been acknowledged by %(moment)s")
    if not concern.is_overdue:
        words = _("To be acknowledged by %(moment)s")
    return words % {"moment": moment(concern.acknowledge_by)}


def _next(concern, user):
    """What comes next of one that somebody has, for this reader."""
    if concern.status == ConcernStatus.RAISED or not concern.is_open:
        return ""
    if powers.follows(user, concern):
        return _("Follow it, and close it with an outcome")
    if concern.acknowledged_by_id == user.pk:
        return _("Write down to whom you took it, and whether the young person was told")
    return _("%(name)s has it") % {"name": concern.acknowledged_by}


def _because(concern):
    """Why it was opened again, where a page has read it."""
    return concern.because if concern.is_open and getattr(concern, "because", None) else ""


def _steps(concern):
    steps = []
    if concern.acknowledged_at:
        words = _("Acknowledged by %(name)s, %(moment)s")
        steps.append(words % {"name": concern.acknowledged_by, "moment": moment(concern.acknowledged_at)})
    if concern.closed_at:
        words = _("Closed by %(name)s, %(moment)s")
        steps.append(words % {"name": concern.closed_by, "moment": moment(concern.closed_at)})
    return steps
