"""What every page of a strand begins with: the strand, or 404; its head and tabs; the view on the trail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.recording import record
from cases.steps import ClosedToThem, KeptAlready, MoveNotAllowed
from cases.views import sections
from cases.views.base import allowed
from people.visible import safe_contacts
from sessions import carer_reading, carer_rules, carer_summaries, carer_visible, carer_words
from sessions.operations import PlanRefused
from sessions.operations.carer_contacts import NoMoreDirectSessions
from sessions.operations.carer_strands import WorksWithTheYoungPerson
from sessions.planning_words import REFUSED as PLAN_REFUSED

REFUSED = (ClosedToThem, MoveNotAllowed, NoMoreDirectSessions, WorksWithTheYoungPerson)
TABS = [
    ("strand", gettext_noop("Story")),
    ("carer_sessions", gettext_noop("Contacts")),
    ("carer_consent", gettext_noop("Consent")),
    ("carer_contacts", gettext_noop("How to reach them")),
    ("carer_assessment", gettext_noop("Assessment")),
    ("carer_shared", gettext_noop("Shared")),
]


def get_strand(request, key):
    """The strand, or 404: whoever works with the young person has no way here, nor whoever is kept from either."""
    strand = carer_visible.for_page(request.user, key)
    if strand is None:
        raise Http404
    return strand


def for_who_works(request, key):
    """The strand for an act on it; 403 for who reads it and has no part in it."""
    strand = get_strand(request, key)
    allowed(carer_rules.works_with(request.user, strand))
    return strand


def for_who_finishes(request, key):
    """The same for what is finished also after the support has ended, by who worked with them until then."""
    strand = get_strand(request, key)
    allowed(carer_rules.may_finish_the_rest(request.user, strand))
    return strand


def strand_page(request, strand, template, *, status=200, **context):
    """A page of a strand: its head, its tabs, the way back, and the view recorded."""
    name = request.resolver_match.url_name
    record("strand.viewed", strand, by=request.user, page=name)
    beside = {"header": carer_summaries.header(request.user, strand), "consent": carer_reading.consent_of(strand)}
    beside["ways"] = safe_contacts(strand.subject)
    head = carer_words.head(strand, user=request.user, **beside)
    frame = {"strand": strand, "head": head, "tabs": _tabs(strand)}
    frame["back"] = _way_back(sections.mark(frame["tabs"], request.path), head)
    frame["may_write"] = carer_rules.may_write(request.user, strand)
    return render(request, template, frame | context, status=status)


def _tabs(strand):
    return [{"label": _(label), "url": carer_words.page(strand, name), "count": 0} for name, label in TABS]


def _way_back(section, head):
    front = {"url": head["url"], "label": head["reference"]}
    everything = {"url": reverse("sessions:strands"), "label": _("All parents and carers")}
    return sections.way_back(section, front=front, everything=everything)


def act_page(request, strand, form, title, *, status=200, **context):
    return strand_page(request, strand, "sessions/carers/act.html", form=form, title=title, status=status, **context)


def why_refused(refused, strand):
    """What came between: somebody who may not be chosen, or the strand as it is now."""
    if isinstance(refused, WorksWithTheYoungPerson):
        return _("Nothing was saved: they work with the young person. A parent or carer has somebody else.")
    if isinstance(refused, ClosedToThem):
        return _("Nothing was saved: the person you chose cannot see this parent or carer. Please choose another.")
    if isinstance(refused, NoMoreDirectSessions):
        return _("Nothing was saved: all the direct sessions have been held. Ongoing support goes on without a limit.")
    if isinstance(refused, PlanRefused):
        return PLAN_REFUSED[refused.why]
    stands = {"status": strand.status_words}
    return _("Nothing was saved: it has changed. The support is “%(status)s” now.") % stands


def act(request, strand, form, title, words, operation, /, *args, to_page="", why=why_refused, **details):
    """Do what a valid form asks, once; what had gone stale is told how things stand, with every word kept.

    ``why``: the sentence for a refusal, where a page knows more than the strand.
    """
    if not form.is_valid():
        return act_page(request, strand, form, title)
    try:
        operation(*(args or [strand]), by=request.user, **details)
    except KeptAlready:
        words = _("It was kept already.")
    except REFUSED as refused:
        strand = get_strand(request, strand.key)
        messages.error(request, why(refused, strand))
        return act_page(request, strand, form, title, status=409)
    messages.success(request, words)
    return redirect(to_page or carer_words.page(strand))
