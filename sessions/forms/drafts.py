"""Throwing away what was begun and not said to have happened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PrForm, form_helper


class ThrowAwayForm(PrForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("seen", submit=_("Throw this draft away"))
