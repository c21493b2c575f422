"""Contacts with a parent or carer: what comes, what was, and one short page to write each down."""

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.steps import MoveNotAllowed
from cases.views.base import PAGE_AND_ACT, allowed
from sessions import carer_rules, carer_words
from sessions.forms.carer_contacts import (
    CancelContactForm,
    CarerAddendumForm,
    MoveContactForm,
    PlanContactForm,
)
from sessions.models.carers import CarerSession
from sessions.operations import SessionChanged
from sessions.operations import carer_contacts as contacts
from sessions.views.carers.base import act, for_who_works, get_strand, strand_page, why_refused

LISTS = ("drafts", "needs_a_record", "coming", "direct", "others", "not_held", "mistakes")


@require_GET
def carer_sessions(request, key):
    """All of them: what needs a record, what comes, the direct ones by their number, and the rest."""
    strand = get_strand(request, key)
    found = CarerSession.objects.visible_to(request.user).filter(strand=strand).select_related("practitioner")
    found = found.with_direct_place().with_other_side().order_by(Coalesce("started_at", "planned_at").desc(), "-pk")
    lists = {name: [] for name in LISTS}
    for row in found:
        lists[_list_of(row)].append(carer_words.contact(row, strand=strand))
    lists["coming"].reverse()
    return strand_page(request, strand, "sessions/carers/contacts.html", **lists)


def _list_of(row):
    if row.is_draft:
        return "drafts"
    if row.is_planned:
        return "needs_a_record" if row.needs_a_record else "coming"
    if row.is_mistake:
        return "mistakes"
    if not row.took_place:
        return "not_held"
    return "direct" if row.direct_number else "others"


def get_contact(request, key, pk):
    """The strand and one contact of it, or 404."""
    strand = get_strand(request, key)
    found = CarerSession.objects.visible_to(request.user).select_related("practitioner").with_direct_place()
    found = found.with_other_side()
    session = get_object_or_404(found, pk=pk, strand=strand)
    session.strand = strand
    return strand, session


def to_finish(request, key, pk):
    """The same for who writes it; 403 for who reads it."""
    strand, session = get_contact(request, key, pk)
    theirs = session.practitioner_id == request.user.pk or carer_rules.works_with(request.user, strand)
    allowed(theirs)
    return strand, session


@require_GET
def carer_session(request, key, pk):
    strand, session = get_contact(request, key, pk)
    may_finish = carer_rules.may_finish(request.user, strand, session)
    action = carer_words.page(strand, "add_to_contact", session.pk)
    writes = session.is_signed and carer_rules.works_with(request.user, strand)
    context = {
        "contact": carer_words.contact_in_full(session, strand=strand),
        "addenda": list(session.addenda.select_related("by")),
        "may_record": may_finish and session.may_be_written and session.recorded_at is None,
        "may_throw_away": carer_rules.may_throw_away(request.user, strand, session),
        "may_change": may_finish and session.recorded_at is not None,
        "may_take_as_mistake": carer_rules.may_take_as_mistake(request.user, strand, session),
        "addendum_form": CarerAddendumForm(action=action) if writes else None,
    }
    return strand_page(request, strand, "sessions/carers/contact.html", **context)


@require_http_methods(PAGE_AND_ACT)
def plan(request, key):
    strand = for_who_works(request, key)
    form = PlanContactForm(request.POST or None)
    said, title = form.said if form.is_valid() else {}, _("Plan a contact")
    return _act(request, strand, form, title, _("It is planned."), contacts.plan_contact, strand, **said)


@require_http_methods(PAGE_AND_ACT)
def cancel(request, key, pk):
    strand, session = to_finish(request, key, pk)
    form = CancelContactForm(request.POST or None)
    said = form.said if form.is_valid() else {}
    title = _("It will not take place, for neither side") if session.joint_key else _("It will not take place")
    return _act(request, strand, form, title, _("It is cancelled."), contacts.cancel_contact, session, **said)


@require_http_methods(PAGE_AND_ACT)
def move(request, key, pk):
    strand, session = to_finish(request, key, pk)
    form = MoveContactForm(request.POST or None)
    said = form.said if form.is_valid() else {}
    title = _("Another time, for both sides") if session.joint_key else _("Another time")
    return _act(request, strand, form, title, _("It has another time."), contacts.move_contact, session, **said)


@require_http_methods(PAGE_AND_ACT)
def add(request, key, pk):
    """Something is added to what is signed."""
    strand, session = to_finish(request, key, pk)
    form = CarerAddendumForm(request.POST or None)
    said, title = form.cleaned_data if form.is_valid() else {}, _("Add to it")
    return _act(request, strand, form, title, _("It is added."), contacts.add_to_contact, session, **said)


def _act(request, strand, form, title, words, operation, /, *args, **details):
    """As any act on a strand: back to all contacts, and a refusal is told in words of contacts."""
    to_page = carer_words.page(strand, "carer_sessions")
    return act(request, strand, form, title, words, operation, *args, to_page=to_page, why=why_not, **details)


def why_not(refused, strand):
    if isinstance(refused, contacts.AllArePlanned):
        return _(
            "Nothing was saved: with those that are planned there would be more direct sessions than were agreed. "
            "Cancel one of them first, or plan ongoing support."
        )
    if isinstance(refused, contacts.NoMoreDirectSessions):
        words = _("Nothing was saved: all %(most)d direct sessions have been held. Choose ongoing support: it goes on.")
        return words % {"most": strand.direct_max}
    if isinstance(refused, contacts.NotPlanned):
        return _("Nothing was saved: it was changed on another page meanwhile. Open it again to see how it stands.")
    if isinstance(refused, contacts.NotAgreed):
        words = _("Nothing was saved: they had not agreed to a direct session when it began, or not in this way.")
        link = format_html('<a href="{}">{}</a>', carer_words.page(strand, "carer_consent"), _("What they agreed to"))
        return format_html("{} {}", words, link)
    return why_refused(refused, strand)


@require_POST
def sign(request, key, pk):
    """What stood on the page is signed, and nothing that was changed meanwhile."""
    strand, session = to_finish(request, key, pk)
    if session.took_place and not session.what_we_did:
        messages.info(request, _("Say what you did together, then sign it."))
        return redirect(carer_words.page(strand, "record_contact", session.pk))
    try:
        contacts.sign_contact(session, by=request.user, edition=_seen(request))
    except SessionChanged:
        messages.error(request, _("Nothing was signed: it was changed on another page. Read it again, then sign it."))
    except MoveNotAllowed:
        messages.info(request, _("It was signed already."))
    else:
        messages.success(request, _("It is signed."))
    return redirect(carer_words.page(strand, "carer_session", session.pk))


def _seen(request):
    """Which edition the page showed; none that is where it says nothing."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0
