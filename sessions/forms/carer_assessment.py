"""What a parent or carer needs, written over time and then signed. Strengths come before worries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models.carers import CarerAssessment
from sessions.models.carers.assessment import NEEDED
from ui.forms import PrForm, Section, form_helper, words

FIRST = ("what_matters", "how_done", "strengths", "understanding", "feelings")
THEN = ("keeping_safe", "family", "identity", "practical", "worries")
LAST = ("analysis", "recommendation", "comments")
SIGN = "sign"


class CarerAssessmentForm(PrForm):
    """Everything may be left for another day; what is needed to sign is asked when it is signed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *args, assessment, **kwargs):
        self.signs = SIGN in (data or {})
        held = {name: getattr(assessment, name) for name in PARTS} | {"seen": assessment.edition}
        super().__init__(data, *args, initial=held, **kwargs)
        for name in PARTS:
            label = CarerAssessment._meta.get_field(name).verbose_name
            needed = self.signs and name in NEEDED
            self.fields[name] = words(label, rows=3, limit=8000, required=needed)
        self.helper = form_helper(
            "seen",
            Section(_("Them, and what is strong"), *FIRST),
            Section(_("Their life, and what worries them"), *THEN),
            Section(_("What it means"), *LAST),
            submit=_("Save, and go on later"),
            extra_buttons=[(SIGN, _("Sign it"))],
        )
        self.helper.hide_optional = True

    @property
    def written(self):
        """What ``write_carer_assessment`` takes."""
        answers = self.cleaned_data
        return {name: answers[name] or "" for name in PARTS} | {"edition": answers["seen"] or 0}


PARTS = (*FIRST, *THEN, *LAST)
