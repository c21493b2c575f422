"""My parents and carers, and the story of one strand."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from cases import rules as cases
from cases.enums import Strand as Side
from cases.views.base import PAGE_AND_ACT, allowed
from sessions import carer_paper, carer_rules, carer_visible, carer_words
from sessions.carer_enums import StrandStatus as S
from sessions.carer_visible import PAGE
from sessions.forms.carers import (
    AnswerForm,
    CarerNoteForm,
    CarerTaskForm,
    ConfirmForm,
    NotSafeForm,
    ShareForm,
    WhyForm,
    WorryForm,
)
from sessions.models.carers import CarerSession, CarerStrand, CarerTask, SharedItem
from sessions.operations import carer_records as records
from sessions.operations import carer_strands as strands
from sessions.operations.carer_sharing import share as share_it
from sessions.views.carers.base import act, for_who_finishes, for_who_works, get_strand, strand_page


@require_GET
def all_strands(request):
    """The parents and carers of whoever asks; a manager may look at all of the centre's."""
    may_see_all = cases.allocates(request.user)
    sees_all = may_see_all and request.GET.get("show") == "all"
    found = CarerStrand.objects.visible_to(request.user).for_page()
    found = found.exclude(status=S.ENDED) if sees_all else found.worked_on_by(request.user)
    rows = [carer_words.row(strand, user=request.user) for strand in found]
    ended = CarerStrand.objects.visible_to(request.user).read_on_by(request.user).with_what_is_unfinished().for_page()
    ended = [] if sees_all else [carer_words.ended_row(strand, user=request.user) for strand in ended]
    record("strands.listed", "strands", by=request.user, shown=[row["pk"] for row in (*rows, *ended)])
    context = {"rows": rows, "ended": ended, "sees_all": sees_all, "may_see_all": may_see_all}
    return render(request, "sessions/carers/strands.html", context)


@require_GET
def strand(request, key):
    """The story, newest first, with what needs a record and what is owed above it."""
    strand = get_strand(request, key)
    may_write = carer_rules.may_write(request.user, strand)
    context = {
        "needs_a_record": [carer_words.contact(row, strand=strand) for row in carer_visible.unwritten(strand)],
        "open_tasks": carer_visible.open_tasks(strand),
        "may_finish_tasks": carer_rules.may_finish_the_rest(request.user, strand),
        "held_back": strand.held_back_because,
        "may": _may(request.user, strand),
        "note_form": CarerNoteForm(action=carer_words.page(strand, "carer_note")) if may_write else None,
    }
    return strand_page(request, strand, "sessions/carers/strand.html", **context, **_story(request, strand))


def _story(request, strand):
    """Fifty lines of it; ``?page=`` leads to what was before."""
    asked = request.GET.get("page", "")
    page = max(int(asked), 1) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 1
    rows = carer_visible.story(strand, page)
    entries = carer_words.entries(rows[:PAGE], strand=strand)
    before = f"{carer_words.page(strand)}?page={page + 1}" if len(rows) > PAGE else ""
    return {"entries": entries, "next_url": before}


def _may(user, strand):
    """What the rules allow this person here, and the address of each."""
    writes, paces = carer_rules.may_write(user, strand), carer_rules.may_change_pace(user, strand)
    writes_beside = carer_rules.may_write_beside(user, strand)
    allowed_here = {
        "log_contact": writes,
        "plan_contact": writes,
        "carer_task": writes,
        "record_carer_consent": writes,
        "carer_answer": carer_rules.works_with(user, strand),
        "carer_signpost": writes_beside,
        "ask_carer_feedback": writes_beside,
        "carer_share": carer_rules.may_share_with_young_persons_side(user, strand),
        "our_support": carer_rules.may_print(strand),
        "ongoing": paces and strand.can_move_to(S.ONGOING_SUPPORT),
        "direct_again": paces and strand.can_move_to(S.ACTIVE) and strand.direct_left > 0,
        "end_strand": carer_rules.may_end(user, strand),
        "carer_not_safe": carer_rules.works_with(user, strand),
        "carer_worry": carer_rules.works_with(user, strand),
    }
    return {name: carer_words.page(strand, name) for name, holds in allowed_here.items() if holds}


@require_http_methods(PAGE_AND_ACT)
def note(request, key):
    strand = for_who_works(request, key)
    form = CarerNoteForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else {}
    return act(request, strand, form, _("Add a note"), _("The note is kept."), records.add_carer_note, **said)


@require_http_methods(PAGE_AND_ACT)
def task(request, key):
    strand = for_who_works(request, key)
    form = CarerTaskForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else {}
    return act(request, strand, form, _("Add a task"), _("The task is kept."), records.set_carer_task, **said)


@require_POST
def finish_task(request, key, pk):
    strand = for_who_finishes(request, key)
    found = get_object_or_404(CarerTask.objects.visible_to(request.user), pk=pk, strand=strand)
    records.finish_carer_task(found, by=request.user)
    messages.success(request, _("Done."))
    return redirect(carer_words.page(strand))


@require_GET
def shared(request, key):
    strand = get_strand(request, key)
    found = SharedItem.objects.visible_to(request.user).filter(strand=strand).select_related("by")
    items = [carer_words.shared(item) for item in found]
    return strand_page(request, strand, "sessions/carers/shared.html", shared=items)


@require_http_methods(PAGE_AND_ACT)
def share(request, key):
    strand = get_strand(request, key)
    allowed(carer_rules.works_with(request.user, strand) or cases.oversees(request.user, strand.case))
    title = _("Share something with the young person’s side")
    form = ShareForm(request.POST or None, title=title)
    said, to_page = form.cleaned_data if form.is_valid() else {}, carer_words.page(strand, "carer_shared")
    words, shares = _("It is shared: these words, and nothing else."), partial(share_it, from_side=Side.CARER)
    return act(request, strand, form, title, words, shares, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def answer(request, key):
    """What they say anew of wanting support: also that they do not want it any more."""
    strand = for_who_works(request, key)
    form = AnswerForm(request.POST or None)
    said, words = form.said if form.is_valid() else {}, _("Their answer is kept.")
    to_page, title = reverse("sessions:strands"), _("What do they answer?")
    return act(request, strand, form, title, words, strands.answer, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def not_safe(request, key):
    """Whoever works with them finds that it is not safe now."""
    strand = for_who_works(request, key)
    form, title = NotSafeForm(request.POST or None), _("Not safe to offer now")
    said, words = form.said if form.is_valid() else {}, _("It is kept. It may be offered when it is safe.")
    to_page = reverse("sessions:strands")
    return act(request, strand, form, title, words, strands.find_not_safe, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def worry(request, key):
    """Whoever works with them sees a worry about them: from then on only a manager decides, and reads it."""
    strand = for_who_works(request, key)
    form, title = WorryForm(request.POST or None), _("There is a worry about them")
    said, words = form.said if form.is_valid() else {}, _("From now on a manager decides.")
    to_page = reverse("sessions:strands")
    return act(request, strand, form, title, words, strands.hold_back, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def ongoing(request, key):
    strand = for_who_works(request, key)
    intro = _("Calls, texts, check-ins, as often as they need them. Nothing of it counts towards the direct sessions.")
    form = ConfirmForm.of(request, intro, _("Go on with ongoing support"))
    title, words = _("Ongoing support"), _("It goes on as ongoing support.")
    return act(request, strand, form, title, words, strands.go_on_to_ongoing_support)


@require_http_methods(PAGE_AND_ACT)
def direct_again(request, key):
    strand = for_who_works(request, key)
    form = ConfirmForm.of(request, carer_words.meter(strand)["meter"], _("Direct sessions again"))
    title, words = _("Direct sessions again"), _("There are direct sessions again.")
    return act(request, strand, form, title, words, strands.go_back_to_direct_sessions)


@require_http_methods(PAGE_AND_ACT)
def end_strand(request, key):
    strand = get_strand(request, key)
    allowed(carer_rules.works_with(request.user, strand) or cases.oversees(request.user, strand.case))
    title = _("End the support")
    form = WhyForm(
        request.POST or None,
        title=title,
        question=_("Why does it end?"),
        submit=_("End it"),
        help_text=_("They may read this. They may come back: it can be offered again at any time."),
    )
    said, words = (
        form.cleaned_data if form.is_valid() else {},
        _("The support has ended. You read it for 30 days more."),
    )
    return act(request, strand, form, title, words, strands.end_strand, **said)


@require_GET
def our_support(request, key):
    """On paper for the parent or carer: what they agreed to and what comes next. Made now, never stored."""
    strand = get_strand(request, key)
    if not carer_rules.may_print(strand):
        messages.info(request, _("Nobody works with them now: there is nothing to print."))
        return redirect(carer_words.page(strand))
    coming = CarerSession.objects.visible_to(request.user).planned().filter(strand=strand)
    content = carer_paper.our_support(strand, coming)
    record("strand.viewed", strand, by=request.user, page="our_support")
    record("strand.printed", strand, by=request.user)
    headers = {"Content-Disposition": 'attachment; filename="our-support.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
