"""What staff may type on a concern."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeguarding.forms.actions import AsksWhetherTold, told_today
from ui.forms import PrForm, Section, form_helper


class CloseForm(AsksWhetherTold):
    """``is_told``: somebody has said already whether the young person was told."""

    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who did what, and how the young person is kept safe now."),
    )

    def __init__(self, *args, user, is_told, **kwargs):
        super().__init__(*args, initial=told_today(user), **kwargs)
        self.is_told, questions = is_told, [] if is_told else self.questions()
        if is_told:
            for name in AsksWhetherTold.base_fields:
                del self.fields[name]
        self.helper = form_helper(Section(_("Close the concern"), "outcome", *questions), submit=_("Close the concern"))

    @property
    def said(self):
        """What ``operations.close`` takes."""
        return {"outcome": self.cleaned_data["outcome"], "telling": None if self.is_told else self.telling}


class ReopenForm(PrForm):
    because = forms.CharField(
        label=_("Why is it not over?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was seen or said since, and who told you. The people who follow concerns are told now."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Open the concern again"), "because"), submit=_("Open it again"))
