"""The last page: what whoever sends the form says about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PrForm, Section, form_helper


class DeclarationForm(PrForm):
    accurate = forms.BooleanField(
        label=_("It is right as far as I know, and I will tell you when something changes while we wait."),
        error_messages={"required": _("Tick the box if your answers are right as far as you know.")},
    )
    told = forms.BooleanField(
        label=_("I have told the young person what I am sharing, or there is a reason not to tell them yet."),
        error_messages={"required": _("Tick the box if the young person knows, or there is a reason to wait.")},
    )
    not_instead = forms.BooleanField(
        label=_("I understand that this does not replace telling children’s social care or the police."),
        error_messages={"required": _("Tick the box to say that you know what this form does not replace.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(_("Before you send"), "accurate", "told", "not_instead"), submit=_("Send the referral"), guard=False
        )
