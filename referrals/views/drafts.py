"""A referrer's own drafts: the list, the tasks of one, its sections."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.prepared import Place, Prepared
from centres.models import LocalAuthority
from referrals import operations
from referrals.forms.whole import WholeForm, answers_shown
from referrals.models import Referral, ReferralDraft
from referrals.reading import status_for_referrer
from referrals.sections import BY_SLUG, LEFT, after
from referrals.views import saving
from ui.forms import Include
from ui.rows import entry_named, with_another, without
from ui.times import long_date

PAGE = ["GET", "HEAD", "POST"]
SHOWN = 100  # of the referrals that somebody has sent, the newest


def referrer_required(view):
    """Only with a proven address; whoever has none proves it and comes back. The answer is the same for every id."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.referrer:
            return view(request, *args, **kwargs)
        return prove_first(request)

    return login_not_required(asked)


def prove_first(request):
    query = QueryDict(mutable=True)
    query["next"] = request.path
    return HttpResponseRedirect(f"{reverse('refer:email')}?{query.urlencode(safe='/')}")


def of_own_draft(view):
    """With the draft that is theirs. One they have sent leads to its receipt; any other is a page that is not there."""

    @wraps(view)
    def found(request, draft):
        draft, receipt = _find(request, draft)
        return receipt or view(request, draft)

    return referrer_required(found)


OWN_DRAFT = Prepared(lambda: ReferralDraft.objects.visible_to(Place("referrer")).filter(pk=Place("pk")))


def _find(request, pk):
    draft = OWN_DRAFT.first(referrer=request.referrer, pk=pk)
    if draft is None:
        get_object_or_404(Referral.objects.sent_by(request.referrer), form_token=pk)
        return None, redirect("refer:sent", pk)
    return draft, None


@require_safe
@referrer_required
def mine(request):
    drafts = ReferralDraft.objects.visible_to(request.referrer)
    sent = Referral.objects.sent_by(request.referrer).order_by("-submitted_at")[:SHOWN]
    rows = [{"referral": referral, "status": status_for_referrer(referral)} for referral in sent]
    return render(request, "refer/mine.html", {"drafts": _with_areas(drafts), "sent": rows})


def _with_areas(drafts):
    """Each draft with the council area it is about, so that two can be told apart: no name stands in a list."""
    codes = {draft: WholeForm(draft).area_code for draft in drafts}
    areas = {area.code: area for area in LocalAuthority.objects.filter(code__in=codes.values())}
    return [{"draft": draft, "area": areas.get(code, "")} for draft, code in codes.items()]


@require_safe
@of_own_draft
def tasks(request, draft):
    whole = WholeForm(draft)
    context = {
        "draft": draft,
        "tasks": whole.tasks(),
        "left": len(whole.incomplete),
        "offers_welsh": whole.given.offers_welsh,
    }
    return render(request, "refer/tasks.html", context)


@require_http_methods(PAGE)
@of_own_draft
def discard(request, draft):
    """Asked once more on a page of its own; then it is gone."""
    if request.method == "POST":
        operations.discard_draft(draft, by=request.referrer)
        messages.success(request, _("The draft was deleted."))
        return redirect("refer:mine")
    return render(request, "refer/discard.html", {"draft": draft})


@login_not_required
@require_http_methods(PAGE)
def section(request, draft, section):
    """Every word is kept, right or wrong; what is not complete is said, and can be sent to later."""
    if saving.is_autosave(request):
        return saving.autosave(request, draft, section)
    if not request.referrer:
        saving.keep_what_was_typed(request, draft, section)
        return prove_first(request)
    draft, receipt = _find(request, draft)
    if receipt:
        return receipt
    whole = WholeForm(draft)
    if request.method == "GET" or request.method == "HEAD":
        return _section_page(request, draft, section, whole.shown(section))
    form = whole.blank(section, request.POST)
    typed = _typed(request, form)
    if saving.was_changed_elsewhere(request, draft, section, typed):
        return _conflict(request, draft, section, form, whole)
    try:
        draft = operations.save_section(
            draft, by=request.referrer, section=section, values=typed, version=draft.version
        )
    except operations.DraftChanged:
        return _conflict(request, draft, section, form, whole)
    except operations.DraftGone:
        return _find(request, draft.pk)[1]
    if "add" in request.POST or "remove" in request.POST:
        return _to_the_list(request, draft, section)
    if LEFT in typed:
        messages.success(
            request, _("Saved. You can come back to it until %(day)s.") % {"day": long_date(draft.kept_until)}
        )
        return redirect("refer:tasks", draft.pk)
    if form.is_valid():
        return _next(request, draft, section)
    return _section_page(request, draft, section, form)


def _next(request, draft, section):
    following = after(section)
    if request.GET.get("from") == "check" or following is None:
        return redirect("refer:check_answers", draft.pk)
    return redirect("refer:section", draft.pk, following)


def _typed(request, form):
    """What was typed, with one entry more or fewer where that was asked for: saved, and not complained about yet."""
    typed = form.typed(request.POST)
    if (name := request.POST.get("add")) in form.rows:
        return with_another(typed, form.rows[name]) | {LEFT: ["1"]}
    if (entry := entry_named(request.POST.get("remove"), form.rows)) is not None:
        return without(typed, *entry) | {LEFT: ["1"]}
    return typed | ({LEFT: ["1"]} if "later" in request.POST else {})


def _to_the_list(request, draft, section):
    """Back to the page, where the list has grown or shrunk."""
    name = request.POST.get("add") or request.POST.get("remove", "").rpartition("-")[0]
    address = reverse("refer:section", args=[draft.pk, section])
    came_from = "?from=check" if request.GET.get("from") == "check" else ""
    at = f"#div_id_{name}" if name in WholeForm(draft).filled(section).rows else ""
    return HttpResponseRedirect(f"{address}{came_from}{at}")


def _section_page(request, draft, section, form, *, status=200, **context):
    slugs = list(BY_SLUG)
    if section != "about-you":
        form.not_remembered()
    form.helper.layout.append(Include("refer/_seen.html", seen=saving.seen_in(draft, section)))
    if status != 409:  # where two texts stand side by side a person chooses: the page saves nothing by itself
        form.helper.attrs["data_autosave"] = "1"
        form.helper.layout.append(Include("refer/_autosave.html"))
    context |= {
        "form": form,
        "draft": draft,
        "section": BY_SLUG[section],
        "step": slugs.index(section) + 1,
        "of": len(slugs),
        "is_from_check": request.GET.get("from") == "check",
    }
    return render(request, "refer/section.html", context, status=status)


def _conflict(request, draft, section, form, whole):
    """Show what is saved beside what was typed here: the person chooses, nothing is overwritten silently."""
    saved, here = whole.filled(section), form
    saved.is_valid()
    here.is_valid()
    differing = [name for name in here.asked() if saved.sent(name) != here.sent(name)]
    rows = [answer for name in differing for answer in answers_shown(saved, name)]
    return _section_page(request, draft, section, form, status=409, saved_elsewhere=rows)
