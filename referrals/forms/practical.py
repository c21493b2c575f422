"""Section 10: what makes it possible to meet (domain.md 2.4, part 17). Nothing of it is required."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.enums import DeliveryMode
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, words, yes_no_not_known
from ui.forms import Details, Reveal, Section, form_helper

FAR_APART = (DeliveryMode.VIDEO, DeliveryMode.PHONE, DeliveryMode.CHAT)


def brief(label, **options):
    return words(label, rows=2, limit=1000, required=False, **options)


class PracticalForm(SectionForm):
    parts = {
        "young_person": (
            "access_needs", "transport", "meeting_times", "meeting_modes", "safe_places", "places_to_avoid",
            "private_space", "own_device", "visit_safety",
        )
    }  # fmt: skip

    meeting_modes = forms.MultipleChoiceField(
        label=_("How would they like to meet us?"),
        help_text=_("Choose all that they like."),
        choices=DeliveryMode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    private_space = yes_no_not_known(_("Is there a private place to talk from?"), required=False)
    own_device = yes_no_not_known(_("Do they have a phone or computer that nobody else looks at?"), required=False)
    meeting_times = line(_("Which days and times suit them?"), limit=200, required=False)
    transport = line(_("How can they travel?"), limit=200, required=False)
    access_needs = brief(
        _("What do they need to get in, and to be comfortable?"),
        help_text=_("For example, a place without steps, a quiet room, or short meetings."),
    )
    safe_places = brief(_("Where is it safe to meet?"))
    places_to_avoid = brief(_("Which places should we avoid?"))
    visit_safety = brief(
        _("What must a worker know before a visit?"),
        help_text=_("Facts only: a dog, who else may be there, threats that were made."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("Ways to meet"),
                "meeting_modes",
                Reveal("private_space", "own_device", when=f"meeting_modes={'|'.join(FAR_APART)}"),
                "meeting_times",
            ),
            Section(
                _("Places"),
                "safe_places",
                "places_to_avoid",
                Details(
                    _("Travel, access, and what to know before a visit"), "transport", "access_needs", "visit_safety"
                ),
            ),
            extra_buttons=[LATER],
        )
