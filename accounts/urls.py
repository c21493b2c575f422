"""Signing in. allauth's own names, but only the pages we want: no sign-up, no e-mail management, no codes by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.db import transaction
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods

from accounts import views
from accounts.step_up import asks_again
from accounts.timing import in_even_time

READ, WRITE = ["GET", "HEAD"], ["GET", "HEAD", "POST"]


def reads(view):
    return require_http_methods(READ)(view)


def writes(view):
    return require_http_methods(WRITE)(view)


def judges(view):
    """A page that may refuse what was typed: each counter and record is written at once.

    Outside a transaction no refusal undoes its own trace, and no row of a
    counter stays locked while a password is checked.
    """
    return transaction.non_atomic_requests(writes(view))


urlpatterns = [
    path("", reads(views.staff), name="staff"),
    path("session/", writes(views.session), name="staff_session"),
    path("login/", judges(account.login), name="account_login"),
    path("logout/", writes(views.SignOut.as_view()), name="account_logout"),
    path("reauthenticate/", judges(views.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("reauthenticate/go-on/", reads(views.go_on), name="step_up"),
    path("password/change/", writes(account.password_change), name="account_change_password"),
    path("password/reset/", in_even_time(judges(account.password_reset)), name="account_reset_password"),
    path("password/reset/done/", reads(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,100})/$",
        writes(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        reads(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", writes(views.own_sessions), name="own_sessions"),
    path("look/", writes(views.look), name="look"),
    path("letter/", writes(views.letter_hour), name="letter_hour"),
    path("factor/", reads(factor.index), name="mfa_index"),
    path("factor/code/", judges(views.EnterCode.as_view()), name="mfa_authenticate"),
    path("factor/reauthenticate/", judges(views.CodeAgain.as_view()), name="mfa_reauthenticate"),
    path("factor/set-up/", judges(asks_again(views.ActivateFactor.as_view())), name="mfa_activate_totp"),
    path("factor/remove/", writes(asks_again(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("factor/recovery-codes/", reads(asks_again(codes.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path("factor/passkeys/sign-in/", judges(views.PasskeySignIn.as_view()), name="mfa_login_webauthn"),
    path("factor/passkeys/new/", writes(asks_again(views.AddPasskey.as_view())), name="mfa_add_webauthn"),
    path("factor/passkeys/again/", judges(views.PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path(
        "factor/passkeys/<int:pk>/name/",
        writes(asks_again(views.NamePasskey.as_view())),
        name="mfa_edit_webauthn",
    ),
    path(
        "factor/passkeys/<int:pk>/remove/",
        writes(asks_again(views.RemovePasskey.as_view())),
        name="mfa_remove_webauthn",
    ),
    path(
        "factor/recovery-codes/new/",
        writes(asks_again(views.GenerateCodes.as_view())),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "factor/recovery-codes/download/",
        reads(asks_again(codes.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
]
