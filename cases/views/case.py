"""The caseload, and the story of one case."""

from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from cases import addresses, consent_words, operations, presenting, rules, story, visible
from cases.forms.told import RAISES, ContactForm, NoteForm, PauseForm, TimelineFilterForm, note_to_begin
from cases.models import Case
from cases.querysets import PAGE
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, case_page, get_case
from referrals.forms.triage import RaiseAboutColleagueForm, RaiseConcernForm
from safeguarding import presenting as concerns_in_words
from safeguarding.operations import raise_concern as raise_a_concern
from safeguarding.presenting import HEARD_APART, IS_RAISED
from safeguarding.visible import about
from ui.forms import LONG

OFFERS_IT = {"raise_url": ""}  # a page that raises a concern, or offers it itself


@require_GET
def caseload(request):
    """The open cases of whoever asks; a manager may look at all of the centre's."""
    sees_all = rules.allocates(request.user) and request.GET.get("show") == "all"
    everyone = Case.objects.visible_to(request.user).open()
    found = everyone.for_list() if sees_all else visible.caseload_of(request.user)
    rows = [presenting.row(case, user=request.user) for case in found]
    record("cases.listed", "cases", by=request.user, shown=[row["pk"] for row in rows])
    context = {"rows": rows, "sees_all": sees_all, "may_see_all": rules.allocates(request.user)}
    context["works_with_cases"] = rules.works_with_cases(request.user)
    return render(request, "cases/caseload.html", context)


@require_GET
def case(request, reference):
    """The story, newest first, twenty at a time; what is pinned stands above."""
    case = get_case(request, reference)
    form = TimelineFilterForm(request.GET) if "kind" in request.GET else None
    kind = form.cleaned_data.get("kind", "") if form and form.is_valid() else ""
    shown = {"case": case, "may_pin": rules.may_pin(request.user, case)}
    shown |= {"may_raise": rules.may_raise_concern(request.user, case)}
    (entries, next_url), pinned = _entries(request, case, kind)
    concerns = (
        [concern for concern in about(case.subject, request.user) if concern.is_open] if case.has_open_concern else []
    )
    is_theirs = bool(concerns) and case.is_worked_on_by(request.user)
    paused = visible.rest_of(case)
    context = {
        "entries": presenting.entries(entries, **shown),
        "pinned": presenting.entries(pinned, **shown),
        "may_pin": shown["may_pin"],
        "next_url": next_url,
        "filters": form or TimelineFilterForm,
        "filters_have_errors": bool(form and form.errors),
        "kind": kind,
        "is_later_page": bool(request.GET.get("before")),
        "concerns": [concerns_in_words.card(concern, request.user, opens=is_theirs) for concern in concerns],
        "paused": paused,
        "first_steps": consent_words.first_steps(case),
        "may": may(request.user, case, is_paused=paused is not None),
        "note_form": note_to_begin,
    }
    return case_page(request, case, "cases/case.html", head=OFFERS_IT, **context)


def _entries(request, case, kind):
    """The rows of this page with the address of the next, and what is pinned, which stands on the first."""
    before = story.key_from(request.GET.get("before"))
    if not before and not kind:
        found, pinned = visible.first_entries(case)
        return _page_of(found, case, kind), pinned
    rows = case.timeline.filter(kind=kind) if kind else case.timeline.all()
    pinned = [] if before else visible.pinned_entries(case)
    return _page_of(list(rows.of_page(before=before)), case, kind), pinned


def _page_of(found, case, kind):
    """Without the one more, which tells that there is another page."""
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], story.page_after(case, at=last.at, pk=last.pk, kind=kind)


def may(user, case, *, is_paused):
    """What the rules allow this person here: what the page offers, and the address of each."""
    allowed_here = {
        "contact": rules.may_record_contact(user, case),
        "note": rules.may_write(user, case),
        "raise_concern": rules.may_raise_concern(user, case),
        "safety_change": rules.may_write(user, case),
        "report_missing": rules.may_plan(user, case) and case.missing_id is None,
        "contribute": rules.may_write(user, case),
        "supervision": rules.reads_supervision(user, case),
        "pause": rules.may_pause(user, case, is_paused=is_paused),
        "resume": rules.may_resume(user, case, is_paused=is_paused),
        "reassign": rules.may_assign(user, case) and case.lead_id is not None,
        "lead": rules.may_assign(user, case) and case.lead_id is None,
        "assign": rules.may_assign(user, case),
    }
    return {name: addresses.of(f"cases:{name}", case.reference) for name, holds in allowed_here.items() if holds}


@require_http_methods(PAGE_AND_ACT)
def note(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = NoteForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    answer = act(request, case, form, _("Add a note"), _("The note is kept."), operations.add_note, **answers)
    if answer.status_code != HTTPStatus.FOUND or RAISES not in request.POST:
        return answer
    line = case.timeline.in_words().filter(by=request.user, words=answers["text"]).latest("pk")
    return redirect(addresses.of("cases:raise_of_entry", case.reference, line.pk))


@require_http_methods(PAGE_AND_ACT)
def contact(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = ContactForm(request.POST or None)
    told = form.told if form.is_valid() else {}
    words, stays_open = _("The contact is kept."), rules.may_record_contact(request.user, case)
    title, keeps = _("Add a contact"), operations.record_contact
    return act(request, case, form, title, words, keeps, stays_open=stays_open, **told)


@require_http_methods(PAGE_AND_ACT)
def raise_concern(request, reference):
    case = get_case(request, reference)
    allowed(rules.may_raise_concern(request.user, case))
    apart = addresses.of("cases:raise_about_colleague", case.reference)
    form = RaiseConcernForm(request.POST or None, colleague_url=apart)
    title = _("Raise a safeguarding concern")
    if not form.is_valid():
        return act_page(request, case, form, title, stays_open=True, head=OFFERS_IT)
    raise_a_concern(case.subject, by=request.user, **form.cleaned_data)
    messages.success(request, IS_RAISED)
    return redirect(case)


@require_http_methods(PAGE_AND_ACT)
def raise_of_entry(request, reference, pk):
    """A concern of what somebody wrote down: its words stand in the form, and the line knows it from then on."""
    case = get_case(request, reference)
    allowed(rules.may_raise_concern(request.user, case))
    entry = get_object_or_404(case.timeline.in_words().select_related("by", "concern"), pk=pk)
    apart = addresses.of("cases:raise_about_colleague", case.reference)
    form = RaiseConcernForm(
        request.POST or None, colleague_url=apart, initial={"what": Truncator(entry.words).chars(LONG)}
    )
    if not form.is_valid():
        title, line = _("Raise a safeguarding concern"), presenting.raised_of(entry)
        shown = {"template": "cases/raise_of_entry.html", "line": line, "head": OFFERS_IT}
        return act_page(request, case, form, title, stays_open=True, **shown)
    operations.raise_of_entry(entry, by=request.user, **form.cleaned_data)
    messages.success(request, IS_RAISED)
    return redirect(case)


@require_http_methods(PAGE_AND_ACT)
def raise_about_colleague(request, reference):
    case = get_case(request, reference)
    allowed(rules.may_raise_concern(request.user, case))
    form = RaiseAboutColleagueForm(request.POST or None, subject=case.subject, user=request.user)
    if not form.is_valid():
        title = _("Raise a concern about a colleague")
        return act_page(request, case, form, title, stays_open=True, head=OFFERS_IT)
    raise_a_concern(case.subject, by=request.user, about_colleague=True, **form.cleaned_data)
    messages.success(request, HEARD_APART)
    return redirect(case)


@require_http_methods(PAGE_AND_ACT)
def pause(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = PauseForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    words = _("The work rests. The planned end stays where it is.")
    return act(request, case, form, _("Let the work rest"), words, operations.pause, **answers)


@require_POST
def resume(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    try:
        operations.resume(case, by=request.user)
    except operations.MoveNotAllowed:
        messages.info(request, _("The work does not rest."))
    else:
        messages.success(request, _("The work goes on."))
    return redirect(case)


@require_POST
def pin(request, reference, pk):
    """Keep a line in sight, or let it go: whichever it is not."""
    case = get_case(request, reference)
    allowed(rules.may_pin(request.user, case))
    entry = get_object_or_404(case.timeline, pk=pk)
    (operations.pin if entry.pinned_at is None else operations.unpin)(entry, by=request.user)
    return redirect(case)
