"""Proving an e-mail address."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ui.forms import PrForm, form_helper

SIX_DIGITS = re.compile(r"[0-9]{6}")


class EmailForm(PrForm):
    email = forms.EmailField(
        label=_("Your work e-mail address"),
        help_text=_("We send a code of six numbers to it, so that nobody else can read what you write here."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your work e-mail address."),
            "invalid": _("Enter an e-mail address like name@organisation.example"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("email", submit=_("Send me a code"), guard=False)

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if not email.isascii():
            raise ValidationError(self.fields["email"].error_messages["invalid"], code="invalid")
        return email


class CodeForm(PrForm):
    code = forms.CharField(
        label=_("The code of six numbers"),
        help_text=_("It works for 10 minutes, and once only."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "w10"}),
        error_messages={"required": _("Enter the code of six numbers from our e-mail.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("code", submit=_("Continue"), guard=False)

    def clean_code(self):
        """People type spaces and dashes between the numbers; both are fine."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not SIX_DIGITS.fullmatch(code):
            raise ValidationError(_("The code has six numbers. Check the e-mail and type it again."), code="shape")
        return code


class AgainForm(PrForm):
    """Only a button: send another code to the same address."""

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Send another code"), guard=False, action=action)
        self.helper.buttons[0] = type(self.helper.buttons[0])(_("Send another code"), "again", "quiet")
