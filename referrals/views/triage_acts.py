"""What staff do to a referral before it is decided. Each act has its own address."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from accounts.step_up import asks_again_to_write
from audit.recording import record
from people.models import Exclusion
from people.operations import lift_exclusion
from referrals import history, operations, presenting, rules
from referrals.forms.exclusions import LiftExclusionForm
from referrals.forms.triage import (
    AssignForm,
    KeepOutForm,
    NoteForm,
    PriorityForm,
    RaiseAboutColleagueForm,
    RaiseConcernForm,
    TakeForm,
)
from referrals.models import Referral
from referrals.views.triage import act_page, get_referral
from safeguarding.operations import raise_concern as raise_a_concern
from safeguarding.presenting import HEARD_APART, IS_RAISED

PAGE_AND_ACT = ["GET", "HEAD", "POST"]


@require_POST
def take(request, reference):
    """Assign to me. Who reads a stale page does not take it from a colleague: they are told who has it."""
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    form = TakeForm(request.POST)
    seen = form.cleaned_data["owner"] if form.is_valid() else None
    notice = ""
    try:
        operations.assign(referral, by=request.user, to=request.user, instead_of=seen)
    except operations.TakenMeanwhile:
        owner = get_referral(request, reference).owner
        notice = _("%(name)s took this before you.") % {"name": owner}
    except operations.MoveNotAllowed:
        notice = history.who_was_first(get_referral(request, reference), request.user)
    if request.htmx:
        return _row(request, reference, notice)
    if notice:
        messages.warning(request, notice)
    else:
        messages.success(request, _("%(reference)s is with you.") % {"reference": reference})
    return redirect(_way_back(request, form, referral))


def _row(request, reference, notice):
    [values] = Referral.objects.visible_to(request.user).filter(reference=reference).for_queue()
    record("queue.listed", "referral_queue", by=request.user, shown=[values["pk"]])
    rows = presenting.Rows(user=request.user, may_take=True, now=timezone.now())
    return render(request, "triage/_rows.html#row", {"row": rows.row(values, notice=notice, is_fresh=True)})


def _way_back(request, form, referral):
    back = form.cleaned_data.get("back", "") if form.is_valid() else ""
    is_ours = back.startswith(reverse("triage:queue")) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else referral


@require_http_methods(PAGE_AND_ACT)
def assign(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    form = AssignForm(request.POST or None, referral=referral)
    if form.is_valid():
        colleague = form.cleaned_data["colleague"]
        words = _("%(reference)s is with %(name)s.") % {"reference": reference, "name": colleague}
        return _act(request, referral, words, operations.assign, to=colleague)
    return act_page(request, referral, form=form, title=_("Assign to a colleague"))


@require_POST
def start_screening(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    return _act(request, referral, _("Screening has begun."), operations.start_screening)


@require_http_methods(PAGE_AND_ACT)
def priority(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    form = PriorityForm(request.POST or None, initial={"priority": referral.priority})
    if form.is_valid():
        return _act(request, referral, _("The priority is set."), operations.set_priority, **form.cleaned_data)
    return act_page(request, referral, form=form, title=_("Set the priority"))


@require_http_methods(PAGE_AND_ACT)
def note(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        return _act(request, referral, _("The note is kept."), operations.add_note, **form.cleaned_data)
    return act_page(request, referral, form=form, title=_("Add a note"), in_card=True)


@require_http_methods(PAGE_AND_ACT)
def raise_concern(request, reference):
    referral = _get_for(request, reference, Permission.RAISE_CONCERNS)
    apart = reverse("triage:raise_about_colleague", args=[referral.reference])
    form = RaiseConcernForm(request.POST or None, colleague_url=apart)
    if form.is_valid():
        raise_a_concern(referral.subject, by=request.user, **form.cleaned_data)
        messages.success(request, IS_RAISED)
        return redirect(referral)
    return act_page(request, referral, form=form, title=_("Raise a safeguarding concern"))


@require_http_methods(PAGE_AND_ACT)
def raise_about_colleague(request, reference):
    referral = _get_for(request, reference, Permission.RAISE_CONCERNS)
    form = RaiseAboutColleagueForm(request.POST or None, subject=referral.subject, user=request.user)
    if form.is_valid():
        raise_a_concern(referral.subject, by=request.user, about_colleague=True, **form.cleaned_data)
        messages.success(request, HEARD_APART)
        return redirect(referral)
    return act_page(request, referral, form=form, title=_("Raise a concern about a colleague"))


@require_http_methods(PAGE_AND_ACT)
def step_back(request, reference):
    """ "I know this family": from the next request on, this person is not there for them."""
    referral = get_referral(request, reference)
    if not rules.may_step_back(request.user, referral):
        raise PermissionDenied
    if request.method == "POST":
        operations.keep_out(referral, by=request.user, colleague=request.user)
        messages.success(
            request, _("Thank you for saying so. You will not see this referral again; a colleague goes on with it.")
        )
        return redirect("home")
    return act_page(request, referral, "triage/step_back.html")


@require_http_methods(PAGE_AND_ACT)
def keep_out(request, reference):
    referral = _get_for(request, reference, Permission.EXCLUDE_COLLEAGUES)
    form = KeepOutForm(request.POST or None, referral=referral, user=request.user)
    if form.is_valid():
        colleague = form.cleaned_data["colleague"]
        operations.keep_out(referral, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s cannot see this young person any more.") % {"name": colleague})
        return redirect(referral)
    return act_page(request, referral, form=form, title=_("Keep a colleague out"))


@require_http_methods(PAGE_AND_ACT)
@asks_again_to_write
def kept_out(request, reference):
    """Whom this person is closed to, and the way back in: a colleague who pressed it by mistake, or who has moved."""
    referral = _get_for(request, reference, Permission.LIFT_EXCLUSIONS)
    exclusions = list(Exclusion.objects.about(referral.subject))
    form = LiftExclusionForm(request.POST or None, subject=referral.subject)
    if form.is_valid():
        lifted = lift_exclusion(form.cleaned_data["exclusion"], by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s may see this young person again.") % {"name": lifted.user})
        return redirect("triage:kept_out", reference)
    lists = {
        "current": [row for row in exclusions if not row.lifted_at],
        "lifted": [row for row in exclusions if row.lifted_at],
    }
    return act_page(request, referral, "triage/kept_out.html", form=form, **lists)


def _get_for(request, reference, permission):
    """The referral, for somebody with the power. Whether its state allows the act is said by the act itself."""
    referral = get_referral(request, reference)
    if not rules.holds(request.user, permission, referral):
        raise PermissionDenied
    return referral


def _act(request, referral, words, operation, **details):
    try:
        operation(referral, by=request.user, **details)
    except operations.ClosedToThem:
        get_referral(request, referral.reference)  # 404 where it is oneself
        messages.error(request, _("The person you chose cannot take this referral. Please choose another."))
    except operations.MoveNotAllowed:
        messages.error(request, history.who_was_first(get_referral(request, referral.reference), request.user))
    else:
        messages.success(request, words)
    return redirect(referral)
