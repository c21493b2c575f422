"""Reviews, requests for more time and the forecast in words. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import consent_words, extending, presenting, rules
from ui.times import day_and_date, long_date, time_of_day

NO_MORE_TIME = {
    "not_running": gettext_lazy("Support does not run now: the case is “%(status)s”."),
    "said_no": gettext_lazy(
        "The young person said no to taking part. While that stands, more time is neither asked for nor approved."
    ),
    "most": gettext_lazy("Support is planned for as long as it may last, to %(end)s."),
    "early": gettext_lazy("More time can be asked for from %(opens)s, when the six-month decision opens."),
    "waits": gettext_lazy("A request for more time waits for a decision already."),
    "planned": gettext_lazy("Support is planned to %(end)s now. Choose a later day."),
}


def open_review(review, *, case, user):
    """One that is to be held: what it is, by when, and what this person may do with it."""
    day = {"day": day_and_date(review.due_on)}
    args = [case.reference, review.pk]
    return {
        "kind": review.get_kind_display(),
        "due": _("Was due on %(day)s") % day if review.is_overdue else _("Due on %(day)s") % day,
        "is_late": review.is_overdue,
        "is_asked_for": review.is_asked_for,
        "hold_url": reverse("cases:hold_review", args=args) if rules.may_hold_review(user, case, review) else "",
        "cancel_url": reverse("cases:cancel_review", args=args) if rules.may_cancel_review(user, case, review) else "",
    }


def held_review(review):
    return {
        "kind": review.get_kind_display(),
        "day": long_date(review.held_on),
        "by": review.held_by,
        "outcome": review.get_outcome_display(),
        "lines": [line for line in _told_at(review) if line["value"]],
    }


def _told_at(review):
    yield {"label": _("Who took part"), "value": review.present}
    yield {"label": _("What has changed"), "value": review.what_changed}
    yield {"label": _("What the young person says"), "value": review.own_words}
    yield {"label": _("Safety"), "value": review.safety}
    yield {"label": _("Consent"), "value": review.get_consent_check_display()}
    yield {"label": _("What was decided"), "value": review.get_outcome_display()}
    yield {"label": _("Why"), "value": review.because}


def no_more_time(case, why):
    """Why more time is not asked for or approved now, in a sentence; nothing where it may be."""
    if not why:
        return ""
    opens, end = extending.opens_on(case), case.planned_end_on
    known = {"opens": long_date(opens) if opens else "", "end": long_date(end) if end else ""}
    return NO_MORE_TIME[why] % (known | {"status": case.get_status_display()})


def waiting_extension_row(request, *, case):
    """The same line for a manager, with what they need to see before they decide: the day, and consent."""
    told = presenting.clock_words(case, timezone.localdate())
    return {**extension_row(request, case=case), "clock": told["clock"], "consent": consent_words.head(case)}


def decided_first(request):
    """For who came second: who decided, when, and what."""
    words = {
        "name": request.decided_by,
        "day": long_date(request.decided_at),
        "time": time_of_day(request.decided_at),
        "decision": request.get_decision_display(),
    }
    told = _("Nothing of yours was saved: %(name)s decided on this request on %(day)s at %(time)s: “%(decision)s”.")
    return told % words


def extension_row(request, *, case):
    """One line of the requests of a case, or of those that wait for a manager."""
    until = long_date(request.approved_until_on or request.until_on)
    return {
        "pk": request.pk,
        "reference": case.reference,
        "url": reverse("cases:extension", args=[case.reference, request.pk]),
        "until": _("To %(day)s") % {"day": until},
        "by": request.requested_by,
        "at": request.requested_at,
        "status": request.get_decision_display() if request.is_decided else _("Waiting for a decision"),
        "status_kind": ("done" if request.is_approved else "neutral") if request.is_decided else "waiting",
    }


def extension_lines(request):
    """The whole of a request, and the decision where there is one."""
    lines = [
        (_("Until when"), long_date(request.until_on)),
        (_("Which needs remain"), request.needs),
        (_("What will be different"), request.what_will_differ),
        (_("What the young person says"), request.get_view_display()),
        (_("In their words"), request.own_words),
        (_("Safety"), request.safety),
        (_("What else was thought of"), request.alternatives),
        (_("Asked for by"), str(request.requested_by)),
    ]
    if request.is_decided:
        lines += [
            (_("Decision"), request.get_decision_display()),
            (_("Approved until"), long_date(request.approved_until_on) if request.approved_until_on else ""),
            (_("Why"), request.reasons),
            (_("Decided by"), str(request.decided_by)),
        ]
    return [{"label": label, "value": value} for label, value in lines if value]
