"""What each request of a signed-in user must hold: a session within its limits, and a second factor."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.redirects import send_to
from audit.recording import record
from ui.session_end import BACKGROUND

WITHOUT_FACTOR = {
    "account_logout", "account_reauthenticate", "mfa_reauthenticate", "step_up",
    "mfa_activate_totp", "mfa_add_webauthn",
}  # fmt: skip
WITHOUT_CODES = WITHOUT_FACTOR | {
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}
CODES = Authenticator.Type.RECOVERY_CODES


def session_limits(get_response):
    """Sign staff out when idle too long, or signed in too long. The page they were on comes back after sign-in.

    A public page goes on, for whoever sits there now.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        why = sessions.ended_why(request.session)
        if why:
            _end(request, why)
            return _to_sign_in(request) if _is_for_staff(view) else None
        if BACKGROUND not in request.headers:
            sessions.note_seen(request.session)
        request.staff_seconds = int(sessions.seconds_left(request.session)[0])
        return None

    middleware.process_view = process_view
    return middleware


def _is_for_staff(view):
    return getattr(view, "login_required", True)


def _end(request, why):
    record("session.ended", request.user, by="session_limits", why=why)
    request.session.flush()
    request.user = AnonymousUser()


def _to_sign_in(request):
    if not request.htmx:
        messages.info(request, _("You were signed out. Your draft is safe."))
    query = QueryDict(mutable=True)
    query["next"] = _page_of(request)
    return send_to(request, f"{resolve_url(settings.LOGIN_URL)}?{query.urlencode(safe='/')}")


def _page_of(request):
    """The address of the page the reader has before them: not of a fragment, nor of a button."""
    if request.htmx:
        page = request.htmx.current_url_abs_path
    elif request.method in ("GET", "HEAD"):
        page = request.get_full_path()
    else:
        page = _own_path(request, request.headers.get("Referer", ""))
    return page or reverse("home")


def _own_path(request, address):
    root = f"{request.scheme}://{request.get_host()}"
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}) and address.startswith(f"{root}/")
    return address.removeprefix(root) if is_ours else None


def second_factor(get_response):
    """Somebody without a second factor, or who has not seen their recovery codes, reaches the set-up only.

    Public pages stay open: they show what a stranger may see.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if name in WITHOUT_FACTOR or not _is_for_staff(view):
            return None
        missing = _missing_step(request.user)
        if missing is None or (missing != "mfa_activate_totp" and name in WITHOUT_CODES):
            return None
        return send_to(request, reverse(missing))

    middleware.process_view = process_view
    return middleware


def _missing_step(user):
    """The URL name of the step of the set-up that ``user`` has still to take, if any."""
    held = {factor["type"]: factor["viewed_at"] for factor in user.factors_held}
    if not FACTORS & held.keys():
        return "mfa_activate_totp"
    if CODES not in held:
        return "mfa_generate_recovery_codes"
    return None if held[CODES] else "mfa_view_recovery_codes"
