"""Why the referral is made, and what was noticed."""

from django.utils.translation import gettext_lazy as _

from centres.enums import Scheme
from referrals.enums import (
    CATEGORIES_OF,
    Category,
    ExploitationContext,
    HarmStatus,
    OtherExploitation,
    PoliceStatus,
    ReferralMechanism,
)
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, one_of, pick_one, several_of, words, yes_no_not_known
from referrals.forms.gate import category_field, follow_up_field
from referrals.forms.signs import SignsField
from ui.forms import Include, Reveal, Section, form_helper

ROUTE_B = f"category={Category.WAL_B_TRAUMA}"
ROUTE_C = f"category={Category.WAL_C_HIGH_OR_CURRENT}"
_M = ReferralMechanism
IN_THE_MECHANISM = "|".join([_M.REFERRED, _M.REASONABLE_GROUNDS, _M.CONCLUSIVE_GROUNDS, _M.NOT_CONFIRMED])


class ConcernsForm(SectionForm):
    parts = {
        "referral": (
            "category", "categories_also", "route_c_follow_up", "trauma_is_cse_related", "trauma_and_risk",
            "ready_for_support", "reason", "recent_change", "harm", "impact", "young_person_view",
            "earlier_exploitation", "earlier_exploitation_details", "other_exploitation", "exploitation_contexts",
            "referral_mechanism", "referral_mechanism_details", "police_status",
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
    earlier_exploitation = yes_no_not_known(
        _("Was there worry about exploitation before, or a service for it?"), required=False
    )
    earlier_exploitation_details = words(_("What was there before?"), rows=3, limit=2000, required=False)
    exploitation_contexts = several_of(
        _("How might it happen, and by whom?"), ExploitationContext, help_text=_("Choose all that you know of.")
    )
    other_exploitation = several_of(
        _("Is there worry about other harm?"), OtherExploitation, help_text=_("Choose all that apply, or none.")
    )
    police_status = pick_one(
        _("Where are the police with it?"), PoliceStatus, help_text=_("Support does not wait for an investigation.")
    )
    referral_mechanism = pick_one(
        _("Was a referral made to the National Referral Mechanism?"),
        ReferralMechanism,
        help_text=_("For modern slavery and trafficking. Nobody under 18 has to agree to it."),
    )
    referral_mechanism_details = line(_("When, and what came of it?"), limit=200, required=False)
    signs = SignsField(
        label=_("What have you noticed?"),
        help_text=_("Open what helps, and answer only what you know. “Not known” is a good answer, too."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        scheme = self.given.offer.scheme if self.given.offer else Scheme.NAT4
        self.fields["category"] = category_field(scheme)
        self.fields["categories_also"] = several_of(
            _("Does anything else on the list apply too?"),
            [(category.value, category.label) for category in CATEGORIES_OF[scheme]],
            help_text=_("Choose all that apply, or none. What you chose above counts already."),
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
            *_what_else(),
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

    def typed(self, data):
        """A browser sends every sign; those of which nothing was said are not kept."""
        typed = super().typed(data)
        return {name: values for name, values in typed.items() if any(values) or not name.startswith("signs_")}

    def lists_for_storing(self):
        return super().lists_for_storing() | {"signs": self.cleaned_data["signs"]}

    def clean(self):
        cleaned = super().clean()
        also = cleaned.get("categories_also") or []
        cleaned["categories_also"] = [category for category in also if category != cleaned.get("category")]
        return cleaned

    def values_for(self, part):
        return {name: self.cleaned_data.get(name, "") for name in self.parts.get(part, ())}


def _what_else():
    """What may be left out: other worries, and the prompts."""
    return (
        Section(
            _("What else is known"),
            "earlier_exploitation",
            Reveal("earlier_exploitation_details", when="earlier_exploitation=yes"),
            "exploitation_contexts",
            "other_exploitation",
            "police_status",
            "referral_mechanism",
            Reveal("referral_mechanism_details", when=f"referral_mechanism={IN_THE_MECHANISM}"),
        ),
        Section(
            _("Signs and circumstances"),
            "signs",
            intro=_(
                "These are prompts, not a test: they are never added up. Leave them out if you have said it above."
            ),
        ),
    )
