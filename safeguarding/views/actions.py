"""What is done about a concern: taken further, answered, given to somebody, finished, told to the young person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.recording import record
from safeguarding import operations, powers, presenting, rules
from safeguarding.forms.actions import ActionForm, FinishForm, ReplyForm, TakeFurtherForm, TellingForm
from safeguarding.owners import who_may_be_asked
from safeguarding.routes import name_of
from safeguarding.views.base import PAGE_AND_ACT, allowed, get_concern, say_who_was_first


@require_http_methods(PAGE_AND_ACT)
def take_further(request, key):
    concern = get_concern(request, key)
    allowed(powers.sees_to(request.user, concern))
    if request.method != "POST" and not rules.may_take_further(request.user, concern):
        return _not_now(request, concern)
    people, nation = who_may_be_asked(concern), concern.subject.centre.nation
    form = TakeFurtherForm(request.POST or None, nation=nation, people=people, user=request.user)
    said = form.said if form.is_valid() else {}
    words = _("It is kept. What they say can be added as soon as you hear it.")
    return _act(request, concern, form, _("Take it further"), words, operations.take_further, **said)


@require_http_methods(PAGE_AND_ACT)
def set_action(request, key):
    concern = get_concern(request, key)
    allowed(powers.follows(request.user, concern))
    if request.method != "POST" and not rules.may_act(request.user, concern):
        return _not_now(request, concern)
    form = ActionForm(request.POST or None, people=who_may_be_asked(concern), user=request.user)
    answers = form.cleaned_data if form.is_valid() else {}
    words, title = _("It is added to what is to be done."), _("Add something to do")
    return _act(request, concern, form, title, words, operations.set_action, **answers)


@require_http_methods(PAGE_AND_ACT)
def finish_action(request, key, pk):
    """Whoever it was given to, and who follows the concern."""
    concern = get_concern(request, key)
    action = get_object_or_404(concern.actions.select_related("concern", "done_by"), pk=pk)
    allowed(powers.finishes(request.user, concern, action))
    if not action.is_open:
        messages.info(request, _("%(name)s has finished it already.") % {"name": action.done_by})
        if request.method != "POST":
            return redirect(concern)
    form = FinishForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    words, finish = _("It is kept."), operations.finish_action
    return _act(request, concern, form, _("Finish it"), words, finish, action, about=action.what, **answers)


@require_http_methods(PAGE_AND_ACT)
def add_reply(request, key, pk):
    concern = get_concern(request, key)
    allowed(powers.has_part(request.user, concern, concern.actions.all()))
    escalation = get_object_or_404(concern.escalations.select_related("concern"), pk=pk)
    form = ReplyForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    about = name_of(escalation.route, concern.subject.centre.nation)
    words, add = _("It is kept."), operations.add_reply
    return _act(request, concern, form, _("Add what came after"), words, add, escalation, about=about, **answers)


@require_http_methods(PAGE_AND_ACT)
def telling(request, key):
    concern = get_concern(request, key)
    allowed(powers.has_part(request.user, concern, concern.actions.all()))
    form = TellingForm(request.POST or None, user=request.user)
    told = form.telling if form.is_valid() else {}
    words, title = _("It is kept whether the young person was told."), _("Was the young person told?")
    return _act(request, concern, form, title, words, operations.record_telling, **told)


def _not_now(request, concern):
    """Nobody is given a form that can only be refused."""
    say_who_was_first(request, concern.key)
    return redirect(concern)


def _act(request, concern, form, title, kept, operation, *args, about="", **details):
    """The page of one act; or do what a valid form asks, once. A page that had gone stale is told who was first."""
    if not form.is_valid():
        return _page(request, concern, form, title, about)
    try:
        operation(*(args or [concern]), by=request.user, **details)
    except operations.ClosedToThem:
        get_concern(request, concern.key)  # 404 where it is oneself
        messages.error(request, _("The person you chose cannot see this young person. Please choose another."))
        return _page(request, concern, form, title, about, status=409)
    except operations.MoveNotAllowed:
        if not messages.get_messages(request):
            say_who_was_first(request, concern.key)
        return _page(request, concern, form, title, about, status=409)
    messages.success(request, kept)
    return redirect(concern)


def _page(request, concern, form, title, about, *, status=200):
    record("concern.viewed", concern, by=request.user)
    card = presenting.card(concern, request.user)
    context = {"concern": card, "form": form, "title": title, "about": about}
    return render(request, "safeguarding/act.html", context, status=status)
