"""Saying that a session, or a contact with a parent or carer, was entered by mistake."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PrForm, form_helper, words


class MistakeForm(PrForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    why = words(
        _("Why is it a mistake?"),
        rows=2,
        limit=1000,
        help_text=_(
            "It then counts for nothing. What was written stays, with your name: the lead practitioner and managers "
            "see it. A concern that was raised with it stays with whoever follows it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("seen", "why", submit=_("It was entered by mistake"))


class CarerMistakeForm(MistakeForm):
    why = words(
        _("Why is it a mistake?"),
        rows=2,
        limit=1000,
        help_text=_(
            "It then counts for nothing. What was written stays, with your name: who works with them and managers see "
            "it. A concern that was raised with it stays with whoever follows it."
        ),
    )
