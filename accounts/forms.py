"""Forms of signing in: allauth's own, in our words and our look."""

from datetime import time
from unicodedata import normalize

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts import passkeys
from accounts.enums import LETTER_HOURS, Theme
from ui.forms import Button, PrForm, PrFormMixin, form_helper
from ui.times import time_of_day

PASSWORD_MOST = 128  # a longer one only costs time to hash
EMAIL = {"label": _("What is your work e-mail address?"), "help_text": ""}
PASSWORD = {"label": _("What is your password?"), "help_text": ""}
NEW_PASSWORD = {
    "label": _("Choose a new password"),
    "help_text": _("15 characters or more. Three or four words that do not belong together work well."),
}
AGAIN = {"label": _("Type the new password again"), "help_text": ""}
CODE = {
    "label": _("What is the code?"),
    "help_text": _("The 6 digits your authenticator app shows now, or one of your recovery codes."),
}


class SignInLook(PrFormMixin):
    """What these forms share: our labels, no placeholders, and a password that has an end."""

    words = {}
    submit = _("Continue")
    kind = "primary"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, texts in self.words.items():
            self.fields[name].label = texts["label"]
            self.fields[name].help_text = texts["help_text"]
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if "password" in name:
                field.validators.append(MaxLengthValidator(PASSWORD_MOST))
                field.to_python = _composed(field.to_python)
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"
        self.helper = form_helper(*self.fields, submit=None, guard=False)
        self.helper.buttons = [Button(self.submit, kind=self.kind)]


def _composed(to_python):
    """One keyboard sends ŵ as one character, another as two: the same word is the same password (NFKC)."""
    return lambda value: to_python(normalize("NFKC", value) if isinstance(value, str) else value)


class SignInForm(SignInLook, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}
    submit = _("Sign in")


class ReauthenticateForm(SignInLook, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class ResetPasswordForm(SignInLook, account.ResetPasswordForm):
    words = {"email": EMAIL}
    submit = _("Send me a link")


class ResetPasswordKeyForm(SignInLook, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}
    submit = _("Save the password")


class ChangePasswordForm(SignInLook, account.ChangePasswordForm):
    words = {
        "oldpassword": {"label": _("What is the password you use now?"), "help_text": ""},
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }
    submit = _("Change the password")


class FactorForm(SignInLook, factor.AuthenticateForm):
    words = {"code": CODE}
    submit = _("Sign in")


class FactorAgainForm(SignInLook, factor.ReauthenticateForm):
    words = {"code": CODE}


class ActivateFactorForm(SignInLook, ActivateTOTPForm):
    words = {
        "code": {
            "label": _("What code does the app show now?"),
            "help_text": _("6 digits. The app shows new ones every 30 seconds."),
        }
    }
    submit = _("Turn on the second factor")


class DeactivateFactorForm(SignInLook, DeactivateTOTPForm):
    submit = _("Remove this phone")
    kind = "danger"


class GenerateCodesForm(SignInLook, GenerateRecoveryCodesForm):
    submit = _("Make ten new codes")


PASSKEY_NOT_SENT = _("Your browser did not send a passkey. Try again, or use another way.")
PASSKEY_NOT_RIGHT = _("That passkey did not work. Try again, or use another way.")


class PasskeyField(forms.Field):
    """What our script puts there after asking the device. It is never shown again."""

    widget = forms.HiddenInput

    def __init__(self, read):
        super().__init__(error_messages={"required": PASSKEY_NOT_SENT})
        self.read = read

    def to_python(self, value):
        try:
            return self.read(value) if value else None
        except passkeys.NotAPasskey as error:
            raise forms.ValidationError(PASSKEY_NOT_RIGHT) from error

    def bound_data(self, data, initial):
        return None


class KnownPasskey(SignInLook):
    """A passkey of nobody, of somebody else or of a closed account is answered alike, in words about passkeys."""

    submit = _("Use my passkey")

    def clean_credential(self):
        try:
            authenticator = super().clean_credential()
        except forms.ValidationError as error:
            raise _about_passkeys(error) from error
        if not authenticator.user.is_active:
            raise forms.ValidationError(PASSKEY_NOT_RIGHT)
        return authenticator


class PasskeySignInForm(KnownPasskey, webauthn.LoginWebAuthnForm):
    credential = PasskeyField(passkeys.assertion)


class PasskeyForm(KnownPasskey, webauthn.AuthenticateWebAuthnForm):
    credential = PasskeyField(passkeys.assertion)


class PasskeyAgainForm(KnownPasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = PasskeyField(passkeys.assertion)


NAME_OF_PASSKEY = {
    "label": _("What do you call this device?"),
    "help_text": _("So that you know later which passkey is on it."),
}


class AddPasskeyForm(SignInLook, webauthn.AddWebAuthnForm):
    """Every passkey of ours signs in by itself, so nothing is asked but its name."""

    passwordless = None
    name = forms.CharField(max_length=60, required=False)
    credential = PasskeyField(passkeys.registration)
    words = {"name": NAME_OF_PASSKEY}
    submit = _("Make the passkey")

    def clean(self):
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except forms.ValidationError as error:
            raise _about_passkeys(error) from error


class NamePasskeyForm(SignInLook, webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=60)
    words = {"name": NAME_OF_PASSKEY}
    submit = _("Save the name")


class RemovePasskeyForm(PrForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=None, guard=False)
        self.helper.buttons = [Button(_("Remove this passkey"), kind="danger")]


def _about_passkeys(error):
    """allauth knows one sentence for everything that is not right, and ours speaks of codes."""
    return forms.ValidationError(PASSKEY_NOT_RIGHT) if getattr(error, "code", "") == "incorrect_code" else error


class LetterHourForm(PrForm):
    letter_hour = forms.TypedChoiceField(
        label=_("When should your letter come?"),
        help_text=_("One letter a day at most, with numbers and no names, and only on a day on which there is news."),
        choices=[(hour, time_of_day(time(hour))) for hour in LETTER_HOURS],
        coerce=int,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("letter_hour", submit=_("Save"))


class LookForm(PrForm):
    theme = forms.ChoiceField(
        label=_("Which colours do you read best?"), choices=Theme.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("theme", submit=_("Save"))
