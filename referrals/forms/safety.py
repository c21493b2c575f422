"""How safe things are now, who knows, and what was seen of going missing, life online, people and places."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from referrals.enums import (
    ASKS_WHETHER_SOCIAL_CARE_KNOWS,
    OPENS_THE_SAFETY_QUESTIONS,
    ActiveProcess,
    Danger,
    SocialCareTold,
)
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, one_of, several_of, words, yes_no_not_known
from referrals.forms.of_concern import PersonRow, PlaceRow
from ui.forms import DatePartsField, Details, Include, Reveal, Section, form_helper
from ui.rows import RowsOf

NOT_TOLD = f"social_care_told={'|'.join(ASKS_WHETHER_SOCIAL_CARE_KNOWS)}"


MISSING = (
    "missing_in_three_months", "missing_in_twelve_months", "missing_longest", "missing_last_on", "missing_reported",
    "return_conversation", "missing_pattern",
)  # fmt: skip
ONLINE = (
    "platforms", "unknown_people_online", "pressure_online", "images_shared", "devices_controlled", "gifts_online",
    "report_remove",
)  # fmt: skip
MOST_TIMES = 366  # more than once a day is a slip


def times(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_TIMES,
        required=False,
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "numeric"}),
        help_text=_("About how many. Leave it empty if nobody knows."),
        error_messages={
            "invalid": _("Write a number, for example 3."),
            "min_value": _("Write a number, for example 3."),
            "max_value": _("Write a number of up to %(limit_value)d."),
        },
    )


class SafetyForm(SectionForm):
    parts = {
        "referral": ("danger", "social_care_told", "social_care_contact"),
        "safety": (
            "danger_details", "emergency_called", "safe_at_home", "missing_now", "contact_with_person_of_concern",
            "self_harm_now", "police_know", "police_reference", "social_care_know", "safety_plan", "what_helps",
            "safe_to_travel", "threats", "whom_they_would_call", "processes", "friends_affected",
            "missing_before", *MISSING, "online_worry", *ONLINE,
        ),
    }  # fmt: skip
    lists = {"people_of_concern": PersonRow, "places_of_concern": PlaceRow}

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
    safe_to_travel = yes_no_not_known(_("Are they safe when they travel?"), required=False)
    threats = yes_no_not_known(_("Are there weapons, violence or threats?"), required=False)
    whom_they_would_call = line(_("Whom would they call if they felt unsafe?"), limit=200, required=False)
    processes = several_of(
        _("What is under way to protect them?"), ActiveProcess, help_text=_("Choose all that you know of.")
    )

    missing_before = yes_no_not_known(_("Have they been missing before?"), required=False)
    missing_in_three_months = times(_("How many times in the last 3 months?"))
    missing_in_twelve_months = times(_("How many times in the last 12 months?"))
    missing_longest = line(
        _("How long was the longest time?"), limit=80, required=False, help_text=_("For example, two nights.")
    )
    missing_last_on = DatePartsField(label=_("When was the last time?"), required=False, past=True)
    missing_reported = yes_no_not_known(_("Were the police told each time?"), required=False)
    return_conversation = yes_no_not_known(
        _("Were they offered a conversation with somebody independent when they came back?"), required=False
    )
    missing_pattern = words(
        _("What is known of it?"),
        rows=3,
        limit=2000,
        required=False,
        help_text=_("With whom they were, where they were found, how they travelled."),
    )

    online_worry = yes_no_not_known(_("Is there worry about what happens online?"), required=False)
    platforms = line(_("Which apps, games or sites do they use?"), limit=200, required=False)
    unknown_people_online = yes_no_not_known(_("Do people they do not know contact them?"), required=False)
    pressure_online = yes_no_not_known(_("Does anybody press or threaten them?"), required=False)
    images_shared = yes_no_not_known(
        _("Were images of them shared, or might they be?"),
        required=False,
        help_text=_("Do not describe any image, and never send one."),
    )
    devices_controlled = yes_no_not_known(_("Does somebody else control their phone or accounts?"), required=False)
    gifts_online = yes_no_not_known(_("Have they been given money or presents online?"), required=False)
    report_remove = yes_no_not_known(
        _("Has somebody talked with them about Report Remove?"),
        required=False,
        help_text=_(
            "With Report Remove, a free service of Childline and the Internet Watch Foundation, anybody under 18 can "
            "ask for an image of themselves to be taken down."
        ),
    )
    friends_affected = words(
        _("Might friends be affected too?"),
        rows=2,
        limit=500,
        required=False,
        help_text=_(
            "Initials or a reference only. Do not name another young person, and tell nothing about them here."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        who_knows = self._add_who_knows() if self.given.category in OPENS_THE_SAFETY_QUESTIONS else []
        self.helper = form_helper(
            *_today(),
            Section(
                _("Who knows"),
                "social_care_told",
                Reveal("social_care_contact", when="social_care_told=told|telling_now"),
                *who_knows,
                "processes",
            ),
            *_missing_online_and_of_concern(),
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

    def clean(self):
        """Times in three months are among those in twelve."""
        cleaned = super().clean()
        few, many = cleaned.get("missing_in_three_months"), cleaned.get("missing_in_twelve_months")
        if few is not None and many is not None and few > many:
            sentence = _("This must be at least as many as in the last 3 months.")
            self.add_error("missing_in_twelve_months", ValidationError(sentence, code="fewer"))
        return cleaned

    def values_for(self, part):
        return {name: self.cleaned_data.get(name, "") for name in self.parts.get(part, ())}


def _today():
    return (
        Section(
            _("Danger now"),
            "danger",
            Reveal(Include("ui/_panel_danger.html", level=3), "danger_details", "emergency_called", when="danger=yes"),
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
            "safe_to_travel",
            "threats",
            "safety_plan",
            "what_helps",
            "whom_they_would_call",
            intro=_("“Not known” is a good answer. It tells us what to find out."),
        ),
    )


def _missing_online_and_of_concern():
    """Each behind a question, or a line, that opens it."""
    return (
        Section(_("Going missing"), "missing_before", Reveal(*MISSING, when="missing_before=yes")),
        Section(_("Online"), "online_worry", Reveal(*ONLINE, when="online_worry=yes")),
        Section(
            _("People and places of concern"),
            Details(_("People you worry about"), RowsOf("people_of_concern")),
            Details(_("Places you worry about"), RowsOf("places_of_concern")),
            "friends_affected",
            intro=_(
                "Who may be exploiting them, and where it may happen. The young person and their family never see this."
            ),
        ),
    )
