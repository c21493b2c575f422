"""Pages of signing in that differ from allauth's: they record what they do, in the same transaction."""

from allauth.account.views import LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import operations, sessions
from accounts.forms import LookForm
from accounts.models import Session
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


class EnterCode(AuthenticateView):
    def _build_forms(self):
        """The one form there is. allauth takes a post without a code for a passkey, which we do not have yet."""
        data = self.request.POST if self.request.method == "POST" else None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=data)
        self.webauthn_form = None
        return self.auth_form


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
