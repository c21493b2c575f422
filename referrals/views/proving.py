"""Proving an e-mail address with a one-time code. The same sentences and a code for every address."""

import logging
import re
import secrets

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from outbox.letters import send_code
from referrals import check as kept
from referrals import proof
from referrals.addresses import is_free_mail
from referrals.forms.email import AgainForm, CodeForm, EmailForm
from referrals.operations import codes
from referrals.proof import ASKED
from referrals.views.check import begin_draft
from referrals.views.drafts import referrer_required
from ui import session_end
from ui.views import too_many_requests

logger = logging.getLogger(__name__)

PAGE = ["GET", "HEAD", "POST"]
# Of the codes for one address a place gets five an hour, so that a stranger elsewhere does not use them up.
LIMITS = {"code_asked_here": "5/h/key", "code_sent": "20/h/key,20/h/ip", "code_tried": "60/h/ip"}
OWN_PAGES = re.compile(r"(/cy)?/refer/([0-9a-f-]{36}/([a-z-]+/)?)?")
HOUR = 3600


@login_not_required
@transaction.non_atomic_requests
@require_http_methods(PAGE)
def email(request):
    form = EmailForm(request.POST or None)
    if form.is_valid():
        return _send(request, form.cleaned_data["email"], back_to=request.GET.get("next", ""))
    return render(request, "refer/email.html", {"form": form, "is_returning": not kept.read(request).get("done")})


@login_not_required
@transaction.non_atomic_requests
@require_http_methods(PAGE)
def code(request):
    """Type the code. Each try is counted at once: no transaction of the request can take it back."""
    asked = request.session.get(ASKED)
    if asked is None:
        return redirect("refer:email")
    if "again" in request.POST:
        return _send(request, asked["email"], back_to=asked["next"])
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if not _may_try(request, asked):
            return too_many_requests(request, retry_after=HOUR)
        typed = form.cleaned_data["code"]
        if codes.use_code(asked["email"], typed, by=asked["email"], browser=asked["browser"]):
            return _welcome(request, asked)
        form.add_error("code", _("This code is not right, or too old. Check the e-mail, or ask for another code."))
    return render(request, "refer/code.html", _code_page(asked, form))


@login_not_required
@require_POST
def leave(request):
    """Stop here: the next person at this computer needs a code of their own.

    The words that say so hang on the address, not on a session: nothing of it waits for the next person.
    """
    proof.leave(request)
    return kept.forget(redirect(f"{reverse('refer:start_page')}?left"))


@require_http_methods(PAGE)
@referrer_required
def session(request):
    """When a new code is asked for. To post here is to stay; a page that only wants to know says it asks by itself."""
    seconds, can_stay = proof.seconds_left(request.session)
    if can_stay:
        words = _("At %(time)s you will need a new code to go on, because nothing has happened here for a while.")
    else:
        words = _("A code opens your referrals for ten hours. At %(time)s you will need a new one to go on.")
    return session_end.answer(seconds=seconds, can_stay=can_stay, words=words)


def _send(request, address, *, back_to):
    """Make a code and mail it now, after it is stored; say so when it could not leave."""
    if not _may_ask(request, address):
        return too_many_requests(request, retry_after=HOUR)
    browser = request.session.get(ASKED, {}).get("browser") or secrets.token_urlsafe()
    new = codes.issue_code(address, by=address, browser=browser)
    has_left = True
    try:
        send_code(new, to=address, language=get_language(), minutes=codes.MINUTES)
    except OSError as error:
        has_left = False
        logger.warning("code not sent", extra={"kind": type(error).__name__})
    back_to = back_to if OWN_PAGES.fullmatch(back_to) else ""
    request.session[ASKED] = {"email": address, "has_left": has_left, "next": back_to, "browser": browser}
    return redirect("refer:code")


def _may_ask(request, address):
    place = get_adapter().get_client_ip(request)
    return _is_within_limit(request, "code_asked_here", key=f"{address} {place}") and _is_within_limit(
        request, "code_sent", key=address
    )


def _may_try(request, asked):
    return _is_within_limit(request, "code_tried") and not codes.is_locked(asked["email"], browser=asked["browser"])


def _is_within_limit(request, action, *, key=None):
    return ratelimit.consume(request, app="referrals", action=action, key=key, config=LIMITS)


def _welcome(request, asked):
    """Go on where they were: with the draft that the check began, at the page they came from, or at their list."""
    del request.session[ASKED]
    proof.prove(request, asked["email"])
    answers = kept.read(request)
    if answers.get("done"):
        return begin_draft(request, asked["email"], answers)
    return HttpResponseRedirect(asked["next"] or reverse("refer:mine"))


def _code_page(asked, form):
    return {
        "form": form,
        "again": AgainForm(action=reverse("refer:code")),
        "address": asked["email"],
        "has_left": asked["has_left"],
        "is_free_mail": is_free_mail(asked["email"]),
    }
