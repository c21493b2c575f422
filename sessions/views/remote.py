"""By phone, video or chat: what was agreed before they first meet so, and whether it was safe to talk each time."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.views.base import PAGE_AND_ACT, allowed, case_page
from sessions import operations, recording_words, rules, writing
from sessions.forms.remote import RemoteAgreementForm, RemoteStartForm
from sessions.models import RemoteAgreement, SupportSession
from sessions.views.base import act_page, get_case_with_sessions, get_session


@require_http_methods(PAGE_AND_ACT)
def remote_agreement(request, reference):
    """Before they first meet at a distance, and every six weeks. ``?for=`` the session that waits for it.

    Whoever reads sessions and does not hold them reads what was agreed: one covers when a call breaks off.
    """
    case = get_case_with_sessions(request, reference)
    before = RemoteAgreement.objects.filter(case=case).select_related("by").first()
    if request.method != "POST" and not rules.may_log(request.user, case):
        rows = recording_words.agreed(before) if before else []
        return case_page(request, case, "sessions/remote.html", agreement=before, rows=rows)
    allowed(rules.records_sessions(request.user, case))
    form = RemoteAgreementForm(request.POST or None, before=before)
    title = _("How you keep sessions at a distance safe")
    if not form.is_valid():
        return act_page(request, case, form, title, before=before)
    try:
        operations.agree_remote(case, by=request.user, **form.cleaned_data)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the case was closed meanwhile."))
        return act_page(request, case, form, title, status=409)
    messages.success(request, _("It is kept, and holds for six weeks."))
    return _go_on(request, case)


def _go_on(request, case):
    """To the session that waited for the agreement, where one leads here; else to all of them."""
    asked_for = request.GET.get("for", "")
    pk = int(asked_for) if asked_for.isdecimal() and len(asked_for) < 10 else 0
    if pk and SupportSession.objects.visible_to(request.user).filter(case=case, pk=pk).exists():
        return redirect("sessions:start_remote", case.reference, pk)
    return redirect("sessions:sessions", case.reference)


@require_http_methods(PAGE_AND_ACT)
def start_remote(request, reference, pk):
    """Thirty seconds at every start. Where it is not safe, the session is over, and somebody makes sure today."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_start(request.user, case, session):
        return _not_now(request, session)
    form = RemoteStartForm(request.POST or None, session=session)
    title = _("Was it safe to talk?") if form.is_afterwards else _("Is it safe to talk?")
    if not form.is_valid():
        return _start_page(request, case, form, title, session)
    try:
        operations.start_remote(session, by=request.user, **form.told)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the session is signed, was moved, or does not begin now."))
        return _start_page(request, case, form, title, session, status=409)
    messages.success(request, form.words_when_kept)
    return redirect(session)


def _not_now(request, session):
    if session.is_planned and not session.is_about_to_begin:
        messages.info(request, _("Ask when you are about to begin, in the hour before: it may be otherwise by then."))
    return redirect(session)


def _start_page(request, case, form, title, session, *, status=200):
    holds = RemoteAgreement.objects.filter(case=case).that_hold_on(writing.day_of(session)).exists()
    return act_page(request, case, form, title, session, status=status, lacks_agreement=not holds, asks_start=True)
