"""Section 3: why the referral is made."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.enums import Scheme
from referrals.enums import CATEGORIES_OF, Category, HarmStatus
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, one_of, words, yes_no_not_known
from referrals.forms.gate import category_field, follow_up_field
from ui.forms import Include, Reveal, Section, form_helper

ROUTE_B = f"category={Category.WAL_B_TRAUMA}"
ROUTE_C = f"category={Category.WAL_C_HIGH_OR_CURRENT}"


class ConcernsForm(SectionForm):
    parts = {
        "referral": (
            "category", "categories_also", "route_c_follow_up", "trauma_is_cse_related", "trauma_and_risk",
            "ready_for_support", "reason", "recent_change", "harm", "impact", "young_person_view",
        )
    }  # fmt: skip

    reason = words(
        _("What are you worried about, and why now?"),
        rows=7,
        help_text=_("We do not need a detailed account. A short summary is enough."),
        error_messages={"required": _("Say what worries you about sexual exploitation. A short summary is enough.")},
    )
    recent_change = words(_("What has changed recently?"), rows=4, limit=2000, required=False)
    harm = one_of(_("Do you know of harm that has happened?"), HarmStatus)
    impact = words(_("How does it affect the young person day to day?"), rows=4, limit=2000, required=False)
    young_person_view = words(
        _("How does the young person see it?"),
        rows=4,
        limit=2000,
        help_text=_("In their own words where you can. If you do not know, say why."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        scheme = self.given.offer.scheme if self.given.offer else Scheme.NAT4
        self.fields["category"] = category_field(scheme)
        self.fields["categories_also"] = forms.MultipleChoiceField(
            label=_("Does anything else on the list apply too?"),
            help_text=_("Choose all that apply, or none. What you chose above counts already."),
            choices=[(category.value, category.label) for category in CATEGORIES_OF[scheme]],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        routes = self._add_routes() if scheme == Scheme.WAL3 else []
        self.helper = form_helper(
            Section(_("The situation"), "category", *routes, "categories_also"),
            Section(
                _("Your worry"),
                Include("refer/_no_images.html"),
                "reason",
                "recent_change",
                "harm",
                "impact",
            ),
            Section(
                _("The young person’s view"),
                "young_person_view",
                intro=_("Many young people do not see it as exploitation. That never counts against them."),
            ),
            extra_buttons=[LATER],
        )

    def _add_routes(self):
        """What only the Welsh routes ask."""
        self.fields["route_c_follow_up"] = follow_up_field()
        self.fields["trauma_is_cse_related"] = yes_no_not_known(
            _("Is what they have been through related to sexual exploitation?"),
            help_text=_("It need not be, to be referred."),
        )
        self.fields["trauma_and_risk"] = words(
            _("How does it make sexual exploitation more likely?"), rows=4, limit=2000
        )
        self.fields["ready_for_support"] = words(
            _("What tells you that they are in a place to use support now?"),
            rows=4,
            limit=2000,
            required=False,
            help_text=_("We need this before we can accept. Leave it empty if you do not know yet."),
        )
        return [
            Reveal("route_c_follow_up", when=ROUTE_C),
            Reveal("trauma_is_cse_related", "trauma_and_risk", "ready_for_support", when=ROUTE_B),
        ]

    def clean(self):
        cleaned = super().clean()
        also = cleaned.get("categories_also") or []
        cleaned["categories_also"] = [category for category in also if category != cleaned.get("category")]
        return cleaned

    def values_for(self, part):
        return {name: self.cleaned_data.get(name, "") for name in self.parts.get(part, ())}
