"""What the young person's side is told of parents and carers: that they are there, how it stands, what was shared."""

from collections import defaultdict
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission
from cases import rules as cases
from cases.enums import Strand as Side
from cases.steps import KeptAlready
from cases.views.base import PAGE_AND_ACT, allowed, case_page, get_case
from cases.views.base import act_page as case_act_page
from sessions import carer_rules, carer_summaries, carer_words
from sessions.carer_enums import WORKED_ON
from sessions.carer_people import is_a_carer, known_carers, practitioners_for
from sessions.forms.carer_together import TogetherForm
from sessions.forms.carers import (
    AddCarerForm,
    AllocateStrandForm,
    AnswerForm,
    ConfirmForm,
    NotSafeForm,
    ShareForm,
    WorryForm,
)
from sessions.models.carers import CarerStrand, SharedItem
from sessions.operations import carer_strands as strands
from sessions.operations.carer_contacts import plan_together as together
from sessions.operations.carer_sharing import share
from sessions.views.carers.base import REFUSED, why_refused

# Here "they say no" would be read as the parent's: the young person's own no has its place on the young person's pages.
OF_A_PARENT = {"withdraw_url": ""}


def _get_case(request, reference):
    """The case, or 404; and 403 for who sees it and has no part in the work."""
    case = get_case(request, reference)
    allowed(cases.reads_work(request.user, case))
    return case


def _get_strand(request, reference, key):
    """The case and the summary of one strand on it, or 404 where this person may not know of it."""
    case = _get_case(request, reference)
    found = carer_summaries.summary(request.user, case, key)
    if found is None:
        raise Http404
    return case, found


@require_GET
def parents(request, reference):
    case = _get_case(request, reference)
    found = carer_summaries.summaries(request.user, case)
    context = {
        "carers": _carers(request.user, case, found),
        **_not_added(case, found),
        "may_add": carer_rules.may_add_carer(request.user, case),
    }
    return case_page(request, case, "sessions/carers/parents.html", head=OF_A_PARENT, **context)


def _carers(user, case, found):
    """Each with what was shared, what may be done from this side, and the way to their own page for who may read it."""
    read = set(CarerStrand.objects.visible_to(user).filter(case=case).values_list("pk", flat=True))
    shared = defaultdict(list)
    for item in SharedItem.objects.visible_to(user).filter(strand__case=case).select_related("by"):
        shared[item.strand_id].append(carer_words.shared(item))
    for strand in found:
        yield carer_words.summary(strand, user=user) | {
            "url": carer_words.page(strand) if strand.pk in read else "",
            "shared": shared[strand.pk],
            "may": [
                {"label": label, "url": reverse(f"sessions:{name}", args=[case.reference, strand.key])}
                for name, label, holds in _acts(user, strand)
                if holds
            ],
        }


def _acts(user, strand):
    """What this person may do here from the young person's side, each with its address and its words."""
    yield "offer_support", _("Offer support"), carer_rules.may_offer(user, strand)
    yield "answer_support", _("Write down what they answer"), carer_rules.may_answer(user, strand)
    yield "allocate_carer", _allocate_label(strand), carer_rules.may_allocate(user, strand)
    yield "plan_together", _("Plan a session together"), carer_rules.may_plan_together(user, strand)
    yield "share_with_carer", _("Share something"), carer_rules.may_share_with_carers_side(user, strand)
    yield "not_safe_to_offer", _("It is not safe to offer now"), carer_rules.may_find_not_safe(user, strand)
    yield "hold_back", _("There is a worry about them"), carer_rules.may_hold_back(user, strand)
    yield "give_back", _("It may be offered"), carer_rules.may_give_back(user, strand)


def _allocate_label(strand):
    return _("Change who works with them") if strand.practitioner_id else _("Choose who works with them")


def _not_added(case, found):
    """Parents and carers whom the referral names and who have no strand yet; and whether it names others."""
    there, family = {strand.carer_name.casefold() for strand in found}, list(case.referral.family.all())
    carers = [person for person in family if is_a_carer(person)]
    named = [person for person in carers if person.name.strip().casefold() not in there]
    return {"named": named, "has_others": len(carers) < len(family)}


def _page(case):
    return reverse("sessions:parents", args=[case.reference])


@require_http_methods(PAGE_AND_ACT)
def add_carer(request, reference):
    case = _get_case(request, reference)
    allowed(cases.works_on(request.user, case))
    known = known_carers(request.user, case)
    form = AddCarerForm(request.POST or None, known=known, initial=_named(case, request.GET.get("named", "")))
    said, title = form.said if form.is_valid() else {}, _("Add a parent or carer")
    words = _("They are added. Nothing changes for the young person.")
    return _act(request, case, None, form, title, words, strands.add_carer, **said)


def _named(case, pk):
    """Somebody whom the referral names, as a beginning: the last word of a name is the surname more often than not."""
    person = case.referral.family.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
    if person is None:
        return {}
    first, _space, last = person.name.strip().rpartition(" ")
    return {"first_name": first or last, "last_name": last if first else "", "relationship": person.relationship}


def _allocates(user, case):
    return cases.holds(user, Permission.ALLOCATE_CASES, case)


def _for_an_act(request, reference, key, may):
    """The case and the strand for an act of this side; 403 where the rule says no to this person whatever the state."""
    case, strand = _get_strand(request, reference, key)
    allowed(may(request.user, case))
    return case, strand


@require_http_methods(PAGE_AND_ACT)
def offer_support(request, reference, key):
    case, strand = _for_an_act(request, reference, key, cases.works_on)
    form = ConfirmForm.of(request, _("They heard that they may have support of their own."), _("It was offered"))
    title, words = _("Offer support of their own"), _("It is kept that it was offered.")
    return _act(request, case, strand, form, title, words, strands.offer)


@require_http_methods(PAGE_AND_ACT)
def answer(request, reference, key):
    case, strand = _for_an_act(request, reference, key, cases.works_on)
    form, title = AnswerForm(request.POST or None), _("What do they answer?")
    if _is_for_others(request.user, strand):
        return _theirs_to_write(request, case, strand, form, title)
    words = _("Their answer is kept. Nothing changes for the young person.")
    return _act(request, case, strand, form, title, words, strands.answer, **_said(form))


@require_http_methods(PAGE_AND_ACT)
def not_safe(request, reference, key):
    case, strand = _for_an_act(request, reference, key, cases.works_on)
    form, title = NotSafeForm(request.POST or None), _("Not safe to offer now")
    if _is_for_others(request.user, strand):
        return _theirs_to_write(request, case, strand, form, title)
    words = _("It is kept. It may be offered when it is safe.")
    return _act(request, case, strand, form, title, words, strands.find_not_safe, **_said(form))


def _said(form):
    return form.said if form.is_valid() else {}


def _is_for_others(user, strand):
    return strand.status in WORKED_ON and not carer_rules.may_answer(user, strand)


def _theirs_to_write(request, case, strand, form, title):
    """Somebody works with them: whoever comes from the young person's side is told whom to talk to, words kept."""
    words = _(
        "Nothing can be saved here: %(name)s works with them, and writes down what they answer. "
        "If there is a worry about them, say so: a manager decides then."
    )
    messages.error(request, words % {"name": strand.practitioner_name})
    return _act_page(request, case, strand, form, title, status=409 if request.method == "POST" else 200)


@require_http_methods(PAGE_AND_ACT)
def allocate_carer(request, reference, key):
    """A manager gives them somebody of their own: nobody who works with the young person (R-nat-29)."""
    case, strand = _for_an_act(request, reference, key, _allocates)
    whole = CarerStrand.objects.summary_visible_to(request.user).for_page().get(pk=strand.pk)
    form = AllocateStrandForm(request.POST or None, people=practitioners_for(whole))
    said, words = form.cleaned_data if form.is_valid() else {}, _("They have a practitioner of their own.")
    return _act(request, case, strand, form, _("Choose who works with them"), words, strands.allocate, **said)


@require_http_methods(PAGE_AND_ACT)
def hold_back(request, reference, key):
    """Whoever sees a worry about a carer says so; from then on only a manager decides."""
    case, strand = _for_an_act(request, reference, key, cases.works_on)
    form, title = WorryForm(request.POST or None), _("There is a worry about them")
    return _act(
        request, case, strand, form, title, _("From now on a manager decides."), strands.hold_back, **_said(form)
    )


@require_http_methods(PAGE_AND_ACT)
def give_back(request, reference, key):
    case, strand = _for_an_act(request, reference, key, cases.oversees)
    form = ConfirmForm.of(request, _("A manager has looked, and found that it may be offered."), _("It may be offered"))
    title, words = _("It may be offered"), _("It may be offered now.")
    return _act(request, case, strand, form, title, words, strands.give_back)


@require_http_methods(PAGE_AND_ACT)
def share_it(request, reference, key):
    case, strand = _for_an_act(request, reference, key, cases.works_on)
    title = _("Share something with their side")
    form = ShareForm(request.POST or None, title=title)
    said, words = form.cleaned_data if form.is_valid() else {}, _("It is shared: these words, and nothing else.")
    shares = partial(share, from_side=Side.YOUNG_PERSON)
    return _act(request, case, strand, form, title, words, shares, **said)


@require_http_methods(PAGE_AND_ACT)
def plan_together(request, reference, key):
    """Both sides get the time and the place; what is said there each side writes down for itself."""
    case, strand = _for_an_act(request, reference, key, cases.is_assigned)
    form = TogetherForm(request.POST or None, case=case)
    said, title = form.chosen if form.is_valid() else {}, _("Plan a session together")
    words = _("It is planned for both: each side writes down its own.")
    plans = partial(together, young_persons_practitioner=request.user)
    return _act(request, case, strand, form, title, words, plans, **said)


def _act(request, case, strand, form, title, words, operation, **details):
    """Do what a valid form asks, once; a page that had gone stale is told how it stands now. No strand: a new one."""
    if not form.is_valid():
        return _act_page(request, case, strand, form, title)
    try:
        operation(strand or case, by=request.user, **details)
    except KeptAlready:
        words = _("It was kept already.")
    except REFUSED as refused:
        case, strand = _as_it_is_now(request, case, strand)
        messages.error(request, why_refused(refused, strand) if strand else _why_not_added(case))
        return _act_page(request, case, strand, form, title, status=409)
    messages.success(request, words)
    return redirect(_page(case))


def _as_it_is_now(request, case, strand):
    return _get_strand(request, case.reference, strand.key) if strand else (_get_case(request, case.reference), None)


def _why_not_added(case):
    stands = {"status": case.get_status_display()}
    return _("Nothing was saved: the case has changed. It is “%(status)s” now.") % stands


def _act_page(request, case, strand, form, title, *, status=200):
    """Whom it is about stands in its heading, and what keeps the young person safe above the form."""
    about = f"{strand.carer_name}, {strand.relationship}" if strand else ""
    shown = {"template": "sessions/carers/parent_act.html", "head": OF_A_PARENT, "about": about}
    return case_act_page(request, case, form, title, status=status, **shown)
