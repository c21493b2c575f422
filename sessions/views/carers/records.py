"""What a parent or carer agreed to, how it is safe to reach them, and what they need."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import contact_in_words
from cases.forms.sharing import AddContactForm, ConfirmContactForm
from cases.steps import MoveNotAllowed
from cases.views.base import PAGE_AND_ACT
from people.visible import safe_contacts
from sessions import carer_consenting, carer_rules, carer_words
from sessions.carer_enums import SAID
from sessions.forms.carer_assessment import CarerAssessmentForm
from sessions.forms.carer_contacts import CarerAddendumForm
from sessions.forms.carers import CarerConsentForm
from sessions.models.carers import CarerAnswer, CarerAssessment, CarerConsent
from sessions.operations import carer_assessments as assessments
from sessions.operations import carer_records as records
from sessions.operations.carer_consent import record_carer_consent
from sessions.operations.carer_logging import write_carer_assessment
from sessions.views.carers.base import act, act_page, for_who_finishes, for_who_works, get_strand, strand_page


@require_GET
def consent(request, key):
    strand = get_strand(request, key)
    rows = CarerConsent.objects.visible_to(request.user).filter(strand=strand).select_related("recorded_by")
    theirs = CarerAnswer.objects.visible_to(request.user).filter(strand=strand, response__in=SAID)
    answers = theirs.select_related("by")
    said = list(reversed(carer_consenting.in_order(rows)))
    context = {"said": said, "answers": list(answers.order_by("-at", "-pk"))}
    return strand_page(request, strand, "sessions/carers/consent.html", **context)


@require_http_methods(PAGE_AND_ACT)
def record_consent(request, key):
    strand = for_who_works(request, key)
    form = CarerConsentForm(request.POST or None, strand=strand, initial={"event": request.GET.get("event", "")})
    said, to_page = form.said if form.is_valid() else {}, carer_words.page(strand, "carer_consent")
    title, words = _("Talk about taking part"), _("What they said is kept.")
    return act(request, strand, form, title, words, record_carer_consent, to_page=to_page, **said)


# How it is safe to reach them


@require_GET
def ways(request, key):
    strand = get_strand(request, key)
    found = list(safe_contacts(strand.subject))
    works_with = carer_rules.works_with(request.user, strand)
    context = {
        "ways": [contact_in_words.in_full(way, with_code_words=works_with) for way in found],
        "must_not_know": contact_in_words.who_must_not_know(found),
    }
    return strand_page(request, strand, "sessions/carers/ways.html", **context)


@require_http_methods(PAGE_AND_ACT)
def add_way(request, key):
    strand = for_who_works(request, key)
    form = AddContactForm(request.POST or None)
    said, to_page = form.said if form.is_valid() else {}, carer_words.page(strand, "carer_contacts")
    title, words = _("Add a way to reach them"), _("It is kept and confirmed.")
    return act(request, strand, form, title, words, records.add_carer_contact, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def confirm_way(request, key, pk):
    strand = for_who_works(request, key)
    contact = get_object_or_404(strand.subject.safe_contacts, pk=pk)
    form = ConfirmContactForm(request.POST or None, contact=contact)
    said, to_page = form.cleaned_data if form.is_valid() else {}, carer_words.page(strand, "carer_contacts")
    title, confirms = _("Is this safe?"), records.confirm_carer_contact
    return act(request, strand, form, title, _("It is confirmed."), confirms, strand, contact, to_page=to_page, **said)


# What they need


@require_GET
def assessment(request, key):
    """Every version, the newest first; a draft may be read by whoever reads the strand."""
    strand = get_strand(request, key)
    writes = carer_rules.may_write(request.user, strand)
    found = CarerAssessment.objects.visible_to(request.user).filter(strand=strand)
    found = list(found.select_related("started_by", "signed_by").prefetch_related("addenda__by"))
    finishes = carer_rules.may_finish_the_rest(request.user, strand)
    versions = [_version(strand, row, writes, finishes) for row in found]
    context = {"versions": versions, "may_begin": writes and all(row.is_signed for row in found)}
    return strand_page(request, strand, "sessions/carers/assessment.html", **context)


def _version(strand, row, writes, finishes):
    action = carer_words.page(strand, "add_to_carer_assessment", row.version)
    form = CarerAddendumForm(action=action) if writes and row.is_signed else None
    return carer_words.assessment(row, strand=strand, may_write=finishes) | {"form": form}


def _get_assessment(request, strand, version):
    found = CarerAssessment.objects.visible_to(request.user).filter(strand=strand)
    row = get_object_or_404(found, version=version)
    row.strand = strand
    return row


@require_POST
def start_assessment(request, key):
    strand = for_who_works(request, key)
    try:
        begun = assessments.start_carer_assessment(strand, by=request.user)
    except MoveNotAllowed:
        messages.error(request, _("Nothing was begun: nobody works with them now."))
        return redirect(carer_words.page(strand, "carer_assessment"))
    return redirect(carer_words.page(strand, "write_carer_assessment", begun.version))


@require_http_methods(PAGE_AND_ACT)
def write_assessment(request, key, version):
    """Saved as it was left, or signed; two who write at once each see what the other wrote before they save."""
    strand = for_who_finishes(request, key)
    draft = _get_assessment(request, strand, version)
    form, title = CarerAssessmentForm(request.POST or None, assessment=draft), _("What they need")
    if draft.is_signed:
        messages.info(request, _("It is signed. Add to it instead."))
        return redirect(carer_words.page(strand, "carer_assessment"))
    if not form.is_valid():
        return act_page(request, strand, form, title)
    try:
        write_carer_assessment(draft, by=request.user, signs=form.signs, **form.written)
    except (assessments.AssessmentChanged, MoveNotAllowed):
        messages.error(request, _("Nothing was saved: it was changed on another page. Your words stand here still."))
        return act_page(request, strand, form, title, status=409)
    messages.success(request, _("It is signed.") if form.signs else _("It is saved."))
    return redirect(carer_words.page(strand, "carer_assessment"))


@require_http_methods(PAGE_AND_ACT)
def add_to_assessment(request, key, version):
    strand = for_who_works(request, key)
    row = _get_assessment(request, strand, version)
    form = CarerAddendumForm(request.POST or None)
    said, to_page = form.cleaned_data if form.is_valid() else {}, carer_words.page(strand, "carer_assessment")
    title, adds = _("Add to it"), assessments.add_to_carer_assessment
    return act(request, strand, form, title, _("It is added."), adds, row, to_page=to_page, **said)
