"""What staff may type on a concern."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PrForm, Section, form_helper


class CloseForm(PrForm):
    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who did what, and how the young person is kept safe now."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Close the concern"), "outcome"), submit=_("Close the concern"))
