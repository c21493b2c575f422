"""Pages of signing in that differ from allauth's: they record what they do, in the same transaction."""

import json

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView, ReauthenticateView
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from accounts import operations, sessions, step_up
from accounts.forms import LetterHourForm, LookForm, RemovePasskeyForm
from accounts.models import Session
from audit.recording import record
from ui import session_end


class SignOut(LogoutView):
    """Sign out, and have the browser forget every page it kept.

    "cookies" is not asked for: the session is dead on our side and its cookie
    deleted, and the cookie of a known device is what lets its owner in while
    somebody else is guessing.
    """

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class GoesOn:
    """Whoever has shown that it is they goes on with what they had sent."""

    def form_valid(self, form):
        response = super().form_valid(form)
        waiting = step_up.suspended(self.request)
        return redirect("step_up") if waiting and waiting["path"] == response.url else response


class PasswordAgain(GoesOn, ReauthenticateView):
    pass


class CodeAgain(GoesOn, CodeAgainView):
    pass


def go_on(request):
    """What was sent before we asked who is there, to be sent again to where it was going, by a script or a press."""
    act = step_up.suspended(request)
    return render(request, "account/go_on.html", {"act": act}) if act else redirect("home")


class EnterCode(AuthenticateView):
    """After the password: a code or, for those who have one, a passkey."""

    def _build_forms(self):
        """allauth takes every post without a code for a passkey, also of somebody who has none."""
        user, sent = self.stage.login.user, self.request.POST if self.request.method == "POST" else None
        has_passkey = is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])
        by_passkey = has_passkey and sent is not None and "credential" in sent
        self.auth_form = self.get_form_class()(user=user, data=None if by_passkey else sent)
        self.webauthn_form = None
        if has_passkey:
            self.webauthn_form = self.get_webauthn_form_class()(user=user, data=sent if by_passkey else None)
        return self.webauthn_form if by_passkey else self.auth_form

    def form_invalid(self, form):
        if form is self.webauthn_form:
            tell_refused_passkey(self.request, form, self.stage.login.user)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.webauthn_form:
            ask_for_passkey(self.webauthn_form, "get", context["js_data"]["request_options"])
        return context


class PasskeySignIn(LoginWebAuthnView):
    """To sign in by a passkey alone. It says whose it is, so no address is asked for and none is told."""

    def form_invalid(self, form):
        tell_refused_passkey(self.request, form, "user")
        way = get_next_redirect_url(self.request)
        return redirect(add_query_params(reverse("account_login"), {"next": way} if way else {}))


class PasskeyAgain(GoesOn, ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs):
        context = super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        ask_for_passkey(context["form"], "get", webauthn.begin_authentication(self.request.user))
        return context

    def form_invalid(self, form):
        """allauth would send somebody who is signed in to the page to sign in, and forget where they were going."""
        tell_refused_passkey(self.request, form, self.request.user)
        return redirect(self.request.get_full_path())


class AddPasskey(AddWebAuthnView):
    def get_context_data(self, **kwargs):
        """allauth asks for a key that is no passkey, and leaves the choice to a script."""
        context = super(AddWebAuthnView, self).get_context_data(**kwargs)
        ask_for_passkey(context["form"], "create", webauthn.begin_registration(self.request.user, passwordless=True))
        return context | {"is_first": not is_mfa_enabled(self.request.user)}


class NamePasskey(EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    @transaction.atomic
    def form_valid(self, form):
        record("passkey.renamed", self.request.user, by=self.request.user)
        return super().form_valid(form)


class RemovePasskey(RemoveWebAuthnView):
    form_class = RemovePasskeyForm
    success_url = reverse_lazy("mfa_index")


def ask_for_passkey(form, act, options):
    """Let static/js/passkey.js ask the device when the form is sent: for a new passkey, or to sign with one."""
    form.helper.attrs |= {"data_passkey": act, "data_options": json.dumps(options)}


def tell_refused_passkey(request, form, user):
    record("sign_in.refused", user, by="sign_in", why="passkey")
    messages.error(request, form.errors["credential"][0])


class ActivateFactor(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        operations.tell_of_change("factor.added", self.request.user, by=self.request.user)
        return response


class GenerateCodes(GenerateRecoveryCodesView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        operations.tell_of_change("recovery_codes.generated", self.request.user, by=self.request.user)
        return response


def staff(request):
    """The address to remember: whoever is signed in goes home, others to sign-in."""
    return redirect("home")


def session(request):
    """When it ends. To post here is to stay; a page that only wants to know says that it asks by itself."""
    seconds, can_stay = sessions.seconds_left(request.session)
    if can_stay:
        words = _("You will be signed out at %(time)s, because nothing has happened here for a while.")
    else:
        hours = settings.STAFF_SESSION_HOURS
        words = _("Nobody stays signed in for more than %(hours)d hours. You will be signed out at %(time)s.")
        words %= {"hours": hours, "time": "%(time)s"}
    return session_end.answer(seconds=seconds, can_stay=can_stay, words=words)


def own_sessions(request):
    """Where one is signed in, and the end of it: of one browser, or of all but this."""
    sessions_now = list(Session.objects.open_of(request.user))
    here = request.session.session_key
    if request.method == "POST":
        _end_sessions(request, sessions_now, here)
        return redirect("own_sessions")
    others = [row for row in sessions_now if row.pk != here]
    current = next((row for row in sessions_now if row.pk == here), None)
    return render(request, "account/sessions.html", {"current": current, "others": others})


def _end_sessions(request, sessions_now, here):
    wanted = request.POST.get("end", "")
    if wanted == "others":
        operations.end_other_sessions(request.user, by=request.user, but=here)
        messages.success(request, _("You are signed out everywhere but here."))
        return
    found = next((row for row in sessions_now if row.handle == wanted and row.pk != here), None)
    if found:
        operations.end_session(found, by=request.user)
        messages.success(request, _("You are signed out there."))
    else:
        messages.info(request, _("You are not signed in there any more."))


def look(request):
    form = LookForm(request.POST if request.method == "POST" else None, initial={"theme": request.user.theme})
    if form.is_valid():
        operations.choose_theme(request.user, by=request.user, theme=form.cleaned_data["theme"])
        messages.success(request, _("Your pages look like this now, on every device."))
        return redirect("look")
    return render(request, "account/look.html", {"form": form})


def letter_hour(request):
    """At which hour the one letter a day comes."""
    form = LetterHourForm(
        request.POST if request.method == "POST" else None, initial={"letter_hour": request.user.letter_hour}
    )
    if form.is_valid():
        operations.choose_letter_hour(request.user, by=request.user, hour=form.cleaned_data["letter_hour"])
        messages.success(request, _("Your letter comes at that hour now."))
        return redirect("letter_hour")
    return render(request, "account/letter_hour.html", {"form": form})
