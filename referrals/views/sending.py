"""Sending a referral, its receipt, and what came of it."""

import time

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods, require_safe

from centres.models import ContactPointOfCentre
from referrals import answers, operations, paper, said
from referrals.forms.declaration import DeclarationForm
from referrals.forms.whole import WholeForm
from referrals.models import Referral
from referrals.proof import SENT
from referrals.reading import outcome_for_referrer, status_for_referrer
from referrals.views.drafts import PAGE, of_own_draft, referrer_required
from ui.forms import Include
from ui.pdf import answers_on_paper
from ui.views import gone

COPY_FOR_SECONDS = 60 * 60


@require_http_methods(PAGE)
@of_own_draft
def check_answers(request, draft):
    """Read everything once more, and send. Sending is always possible to try: it explains what is missing."""
    whole = WholeForm(draft)
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _answers_page(request, draft, whole, form)
    if request.POST.get("seen") != str(draft.version):
        return _answers_page(request, draft, whole, form, status=409)
    if not whole.incomplete and form.is_valid():
        return _send(request, draft, whole, form)
    return _answers_page(request, draft, whole, form)


def _answers_page(request, draft, whole, form, *, status=200):
    """Every answer as it is saved now. 409: what would have been sent is not what the page before this showed."""
    form.helper.layout.append(Include("refer/_seen.html", seen=draft.version))
    context = {
        "form": form,
        "draft": draft,
        "incomplete": whole.tasks(whole.incomplete),
        "unopened": whole.tasks(whole.unopened),
        "summaries": whole.summaries(),
        "findings": whole.findings(),
        "is_missing": whole.is_missing_now,
        "was_tried": request.method == "POST",
        "was_changed": status == 409,
    }
    return render(request, "refer/check_answers.html", context, status=status)


def _send(request, draft, whole, form):
    """A double click, a retry and the back button all end at the same receipt.

    Its letters are in the language of the page it was sent from, whichever it was begun in.
    """
    draft.language = get_language()
    try:
        operations.submit(draft, by=request.referrer, **whole.parts())
    except operations.DraftChanged:
        draft.refresh_from_db()
        return _answers_page(request, draft, WholeForm(draft), form, status=409)
    except operations.AlreadySent:
        return redirect("refer:sent", draft.pk)
    except operations.DraftGone as gone:
        raise Http404 from gone
    request.session[SENT] = _fresh(request) | {str(draft.pk): time.time()}
    return redirect("refer:sent", draft.pk)


def _fresh(request):
    """What was sent from this session within the hour."""
    sent = request.session.get(SENT, {})
    return {pk: at for pk, at in sent.items() if time.time() - at < COPY_FOR_SECONDS}


@require_safe
@referrer_required
def sent(request, draft):
    """The receipt; with a copy of the answers for one hour, in the session that sent them."""
    referral = _with_answers(request, draft)
    is_fresh = str(draft) in _fresh(request)
    context = {
        "referral": referral,
        "number": ContactPointOfCentre.objects.number_of(referral.centre_id),
        "copy": answers.sections(referral) if is_fresh else None,
    }
    return render(request, "refer/sent.html", context)


def _with_answers(request, draft):
    """Without what is restricted: the paper may be read by others than who wrote it."""
    own = Referral.objects.sent_by(request.referrer).select_related(
        "subject", "young_person__responsible_authority", "safety", "local_authority"
    )
    return said.with_lists(get_object_or_404(own, form_token=draft))


@require_safe
@referrer_required
def copy(request, draft):
    """The same answers to keep, in the language they were given in; the file is named after the reference alone."""
    referral = _with_answers(request, draft)
    number = ContactPointOfCentre.objects.number_of(referral.centre_id)
    if str(draft) not in _fresh(request):
        return gone(request, template="refer/copy_gone.html", referral=referral, number=number)
    with override(referral.language):
        content = answers_on_paper(paper.copy_of(referral, number=number), language=referral.language)
    name = f"{referral.reference}-referral.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
@referrer_required
def outcome(request, draft):
    """Reference, status, reason and what we suggest; never who the young person is."""
    referral = get_object_or_404(Referral.objects.sent_by(request.referrer), form_token=draft)
    context = {
        "referral": referral,
        "status": status_for_referrer(referral),
        "outcome": outcome_for_referrer(referral),
        "number": ContactPointOfCentre.objects.number_of(referral.centre_id),
    }
    return render(request, "refer/outcome.html", context)
