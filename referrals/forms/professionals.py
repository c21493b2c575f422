"""Section 6: where social care and the courts are with it, and who else works with the young person."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centres.enums import Nation
from referrals.enums import (
    LookedAfter,
    ProfessionalRole,
    ProtectionCategory,
    SocialCareStatus,
    for_nation,
)
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, pick_one, yes_no_not_known
from ui.forms import Reveal, Section, form_helper
from ui.rows import RowForm, RowsOf

PROTECTED = "social_care_status=child_protection_plan|child_protection_register"


class ProfessionalRow(RowForm):
    number_label = _("Professional %(number)d")
    remove_label = _("Remove professional %(number)d")
    add_label = _("Add another professional")

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose one")), *ProfessionalRole.choices])
    name = line(_("Name"), limit=160, required=False)
    organisation = line(_("Organisation"), limit=160, required=False)
    contact = line(_("Phone or e-mail"), limit=160, required=False)
    knows_of_referral = yes_no_not_known(_("Do they know about this referral?"), required=False)
    may_share = yes_no_not_known(_("May we share with them?"), required=False)
    is_lead = yes_no_not_known(_("Are they the lead professional?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(*self.fields, submit="")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("name") and not cleaned.get("organisation"):
            self.add_error("name", ValidationError(_("Give a name or an organisation."), code="required"))
        return cleaned


class ProfessionalsForm(SectionForm):
    parts = {"young_person": ("social_care_status", "looked_after", "protection_category", "social_care_number")}
    lists = {"professionals": ProfessionalRow}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nation = self.given.area.nation if self.given.area else Nation.ENGLAND
        self.fields["social_care_status"] = pick_one(
            _("Where is social care with it now?"), for_nation(SocialCareStatus, nation)
        )
        self.fields["protection_category"] = pick_one(_("Which category?"), for_nation(ProtectionCategory, nation))
        self.fields["looked_after"] = pick_one(
            _("Are they looked after, or have they been?"), for_nation(LookedAfter, nation)
        )
        self.fields["social_care_number"] = line(_("Social care reference"), limit=60, required=False)
        self.helper = form_helper(
            Section(
                _("Social care"),
                "social_care_status",
                Reveal("protection_category", when=PROTECTED),
                "looked_after",
                "social_care_number",
            ),
            Section(
                _("Who works with them"),
                RowsOf("professionals"),
                intro=_("Name those who know the young person best. Leave this empty if you know of nobody."),
            ),
            extra_buttons=[LATER],
        )
