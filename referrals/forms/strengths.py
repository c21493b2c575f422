"""Section 9: what the young person is good at and what they want (domain.md 2.4, parts 14 and 15)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, words
from ui.forms import Details, Section, form_helper

STRENGTHS = ("strengths", "interests", "going_well", "proud_of")


def brief(label, **options):
    return words(label, rows=2, limit=2000, required=False, **options)


class StrengthsForm(SectionForm):
    parts = {
        "young_person": (
            "strengths", "strengths_not_known", "interests", "going_well", "proud_of", "culture_and_faith",
            "wishes", "worries_about_us", "preferred_worker", "helped_before", "tried_before",
        )
    }  # fmt: skip

    strengths = words(
        _("What are they good at, and what do people like about them?"),
        rows=2,
        limit=2000,
        help_text=_("One thing is enough: “kind to younger children”, “asks for help when it counts”."),
        error_messages={"required": _("Tell us one strength, or tick “I do not know any strengths yet”.")},
    )
    strengths_not_known = forms.BooleanField(label=_("I do not know any strengths yet"), required=False)
    interests = brief(_("What do they enjoy?"))
    going_well = brief(_("What is going well, or was better at another time?"))
    proud_of = brief(_("What are they proud of?"))
    culture_and_faith = brief(_("What support do they have from their culture or faith?"))
    wishes = brief(
        _("What do they want, in their own words?"),
        help_text=_("What they hope for, big or small. Leave it empty if nobody has asked them."),
    )
    worries_about_us = brief(_("Does anything worry them about meeting us?"))
    preferred_worker = line(
        _("Whom would they rather work with?"),
        limit=200,
        required=False,
        help_text=_("For example, a woman, a man, or somebody who speaks their language."),
    )
    helped_before = brief(_("What has helped before, and what has not?"))
    tried_before = brief(_("What have you or others tried?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("Strengths"),
                "strengths",
                "strengths_not_known",
                "interests",
                Details(_("More that is strong"), "going_well", "proud_of", "culture_and_faith"),
                intro=_("Our work begins with what is strong. Tell us one thing, or that you do not know yet."),
            ),
            Section(
                _("What they want"),
                "wishes",
                "helped_before",
                Details(
                    _("More about meeting us, and what was tried"),
                    "worries_about_us",
                    "preferred_worker",
                    "tried_before",
                ),
            ),
            extra_buttons=[LATER],
        )

    def clean(self):
        """One strength at least, wherever it was said, or that none is known; words count more than the tick."""
        cleaned = super().clean()
        if any(cleaned.get(name) for name in STRENGTHS):
            cleaned["strengths_not_known"] = False
        if cleaned.get("strengths_not_known") or any(cleaned.get(name) for name in STRENGTHS):
            self._need_not_be_said("strengths")
        return cleaned

    def _need_not_be_said(self, name):
        if self.has_error(name, "required"):
            del self.errors[name]
            self.cleaned_data[name] = ""
