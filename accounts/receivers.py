"""What Django and allauth announce about signing in: marked, recorded, and told to the person."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from accounts import operations, sessions
from audit.recording import record


@receiver(user_logged_in)
def start_session(sender, *, request, user, **kwargs):
    sessions.start(request.session, user_agent=request.headers.get("User-Agent", ""))


@receiver(user_logged_out)
def record_sign_out(sender, *, user, **kwargs):
    if user is not None:
        record("sign_out.accepted", user, by=user)


@receiver(account.password_changed)
@receiver(account.password_reset)
def tell_of_password(sender, *, request, user, **kwargs):
    """Everywhere else the old password signed in: a browser that brings its session finds none."""
    operations.end_other_sessions(user, by=user, but=request.session.session_key)
    operations.tell_of_change("password.changed", user, by=user)


@receiver(mfa.authenticator_removed)
def tell_of_removed_factor(sender, *, user, authenticator, **kwargs):
    verbs = {Authenticator.Type.TOTP: "factor.removed", Authenticator.Type.WEBAUTHN: "passkey.removed"}
    if authenticator.type in verbs:
        operations.tell_of_change(verbs[authenticator.type], user, by=user)


@receiver(mfa.authenticator_added)
def tell_of_new_passkey(sender, *, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        operations.tell_of_change("passkey.added", user, by=user)


@receiver(mfa.authenticator_used)
def tell_of_used_recovery_code(sender, *, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        operations.tell_of_change("recovery_code.used", user, by=user)


@receiver(mfa.authentication_failed)
def record_refused_code(sender, *, user, **kwargs):
    record("sign_in.refused", user, by="sign_in", why="second_factor")
