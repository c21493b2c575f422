"""Section 4: how safe things are now, and who knows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.enums import (
    ASKS_WHETHER_SOCIAL_CARE_KNOWS,
    OPENS_THE_SAFETY_QUESTIONS,
    Danger,
    SocialCareTold,
)
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, one_of, words, yes_no_not_known
from ui.forms import Include, Reveal, Section, form_helper

NOT_TOLD = f"social_care_told={'|'.join(ASKS_WHETHER_SOCIAL_CARE_KNOWS)}"


class SafetyForm(SectionForm):
    parts = {
        "referral": ("danger", "social_care_told", "social_care_contact"),
        "safety": (
            "danger_details", "emergency_called", "safe_at_home", "missing_now", "contact_with_person_of_concern",
            "self_harm_now", "police_know", "police_reference", "social_care_know", "safety_plan", "what_helps",
        ),
    }  # fmt: skip

    danger = one_of(_("Is the young person in danger now, or is a crime happening now?"), Danger)
    danger_details = words(
        _("What is happening now?"),
        rows=3,
        limit=2000,
        required=False,
        help_text=_("One or two sentences are enough."),
    )
    emergency_called = forms.BooleanField(
        label=_("I have called 999, or emergency services are already there"),
        error_messages={"required": _("Call 999 first. Then tick the box.")},
    )
    safe_at_home = yes_no_not_known(_("Are they safe where they live?"))
    missing_now = yes_no_not_known(_("Are they missing now?"))
    contact_with_person_of_concern = yes_no_not_known(
        _("Is somebody who may be exploiting them in contact with them now?")
    )
    self_harm_now = yes_no_not_known(_("Are they hurting themselves, or thinking of suicide?"))
    safety_plan = yes_no_not_known(_("Is there a plan to keep them safe?"))
    what_helps = words(_("What helps to keep them safe?"), rows=4, limit=2000, required=False)
    social_care_told = one_of(
        _("Have you told children’s social care?"),
        SocialCareTold,
        help_text=_("In Wales this is social services. This form does not replace telling them."),
    )
    social_care_contact = line(_("Who was told, and when?"), limit=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        who_knows = self._add_who_knows() if self.given.category in OPENS_THE_SAFETY_QUESTIONS else []
        self.helper = form_helper(
            Section(
                _("Danger now"),
                "danger",
                Reveal(
                    Include("ui/_panel_danger.html", level=3), "danger_details", "emergency_called", when="danger=yes"
                ),
                Reveal(Include("refer/_not_sure.html", level=3), when="danger=not_sure"),
            ),
            Section(
                _("Safety today"),
                "safe_at_home",
                "missing_now",
                Reveal(Include("refer/_missing.html"), when="missing_now=yes"),
                "contact_with_person_of_concern",
                "self_harm_now",
                Reveal(Include("refer/_self_harm.html"), when="self_harm_now=yes"),
                "safety_plan",
                "what_helps",
                intro=_("“Not known” is a good answer. It tells us what to find out."),
            ),
            Section(
                _("Who knows"),
                "social_care_told",
                Reveal("social_care_contact", when="social_care_told=told|telling_now"),
                *who_knows,
            ),
            extra_buttons=[LATER],
        )

    def _add_who_knows(self):
        """Where exploitation may be happening now, we must know who acts (R-nat-10, R-wal-34)."""
        self.fields["social_care_know"] = yes_no_not_known(
            _("Do children’s social care know that exploitation may be happening?")
        )
        self.fields["police_know"] = yes_no_not_known(_("Do the police know?"))
        self.fields["police_reference"] = line(_("Police reference"), limit=60, required=False)
        return [
            Reveal("social_care_know", when=NOT_TOLD),
            "police_know",
            Reveal("police_reference", when="police_know=yes"),
        ]

    def values_for(self, part):
        return {name: self.cleaned_data.get(name, "") for name in self.parts.get(part, ())}
