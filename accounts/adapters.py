"""Where allauth asks how we sign in: closed sign-up, limits that lock nobody out, factors encrypted at rest."""

import base64
import time
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import browsers, known_devices, sessions
from accounts.encryption import decrypt, encrypt
from accounts.models import User
from audit.recording import record
from outbox.operations import owe

TOO_MANY_TRIES = _(
    "There were too many tries. Wait five minutes, then try again. "
    "If you cannot wait, ring your team manager, who can reach a system administrator."
)
CODE_NOT_RIGHT = _(
    "That code is not right. Wait until your app shows a new code, then type that one. A recovery code works once only."
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both, then try again."),
        "incorrect_password": _("That password is not right. Try again."),
        "enter_current_password": _("That is not the password you use now. Try again."),
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_TRIES,
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request):
        return False

    def clean_email(self, email):
        return email.lower()

    def is_safe_url(self, url):
        """Only a path on this site, whatever other hosts the settings allow."""
        parts = urlsplit(url)
        return not parts.scheme and not parts.netloc and super().is_safe_url(url)

    # Signing in

    def pre_authenticate(self, request, **credentials):
        """Refuse a try beyond the limits, before the password is looked at.

        A stranger's tries count for the account and for their address. A
        browser that has signed this account in before is counted by itself,
        so that nobody can lock a duty worker out by guessing.
        """
        email = credentials.get("email", "").lower()
        self._login_failed_rl_usage = self._count_try(request, email)
        if not self._login_failed_rl_usage:
            _record_refusal(email, why="too_many_tries")
            raise self.validation_error("too_many_login_attempts")

    def _count_try(self, request, email):
        """What this try used up of the limits, to be given back on success; nothing where one is reached."""
        device = known_devices.device_of(request, email)
        limits = (
            [("login_failed_on_known_device", device)]
            if device
            else [("login_failed_from_address", None), ("login_failed", email)]
        )
        used = []
        for action, key in limits:
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not usage:
                return None
            used += usage.usage
        return ratelimit.RateLimitUsage(usage=used)

    def authenticate(self, request, **credentials):
        """A disabled account is answered like a wrong password."""
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request, **credentials):
        _record_refusal(credentials.get("email", ""), why="password")

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        record("sign_in.accepted", user, by=user)
        known_devices.remember(request, response, user.email)
        return response

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in within the last minutes has just said who they are."""
        signed_in_at = context.request.session.get(sessions.SIGNED_IN_AT, 0)
        if 0 <= time.time() - signed_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    # Letters: owed like all others, so that a mail server that is away neither fails nor tells anything

    def send_password_reset_mail(self, user, email, context):
        owe(
            "staff-password-reset",
            key=f"staff-password-reset:{user.pk}:{get_random_string(12)}",
            to=user.email,
            language=translation.get_language(),
            path=urlsplit(context["password_reset_url"]).path,
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Changes of a password or a factor are told by ``accounts.receivers``."""


def _record_refusal(email, *, why):
    """Say that a try was refused: of whose account when there is one, and never what was typed."""
    try:
        subject = User.objects.get_by_natural_key(email)
    except ObjectDoesNotExist:
        subject = "user"
    record("sign_in.refused", subject, by="sign_in", why=why)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie in the database sealed, as text."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": CODE_NOT_RIGHT}

    def encrypt(self, text):
        return base64.b64encode(encrypt(text.encode(), purpose="factors")).decode()

    def get_public_key_credential_rp_entity(self):
        """A passkey belongs to the site, whatever name a request called it by."""
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user, type):
        """What the page suggests: people know a passkey by the device it is on."""
        browser, system = browsers.named(context.request.headers.get("User-Agent", ""))
        names = {"browser": browser, "system": system}
        return gettext("%(browser)s on %(system)s") % names if all(names.values()) else gettext("My device")

    def decrypt(self, encrypted_text):
        return decrypt(base64.b64decode(encrypted_text), purpose="factors").decode()
