"""The young person: name, age, language and home, and what else is known of their life."""

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from localflavor.gb.forms import GBPostcodeField

from referrals.enums import AddressType, PreferredLanguage, Pronouns
from referrals.forms.about_you import LATER
from referrals.forms.base import OLDEST_ANSWERED, AreaField, line, one_of, pick_one, words, yes_no_not_known
from referrals.forms.life import LifeQuestions, among
from ui.forms import DatePartsField, Reveal, Section, form_helper


class BirthKnown(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No, but I can give an age or a guess")


class Home(models.TextChoices):
    ADDRESS = "address", _("At an address")
    NONE_FIXED = "none_fixed", _("No fixed address")


A = AddressType
LIVES_AWAY = (A.KINSHIP, A.FOSTER, A.RESIDENTIAL_HOME, A.SUPPORTED_16_PLUS, A.SECURE, A.REFUGE, A.HOSTEL, A.OTHER)


class YoungPersonForm(LifeQuestions):
    parts = {
        "referral": ("local_authority",),
        "young_person": (
            "first_name", "last_name", "preferred_name", "other_names", "pronouns", "pronouns_in_words",
            "date_of_birth", "estimated_age",
            "preferred_language", "other_language", "interpreter_needed", "interpreter_details", "no_fixed_address",
            "address", "postcode", "address_type", "responsible_authority", "address_is_confidential",
            "address_kept_from", *LifeQuestions.FIELDS,
        ),
    }  # fmt: skip

    first_name = line(_("First name"), limit=80, error_messages={"required": _("Enter the young person’s first name.")})
    last_name = line(_("Last name"), limit=80, error_messages={"required": _("Enter the young person’s last name.")})
    preferred_name = line(
        _("The name they use"),
        limit=80,
        required=False,
        help_text=_("If it is another one. We use it everywhere."),
    )
    other_names = line(_("Other names or nicknames"), limit=200, required=False)
    pronouns = one_of(_("Pronouns they use"), Pronouns, required=False)
    pronouns_in_words = line(_("Which pronouns?"), limit=60, required=False)
    birth_known = one_of(_("Do you know the date of birth?"), BirthKnown)
    date_of_birth = DatePartsField(
        label=_("Date of birth"),
        help_text=_("For example, 27 3 2012 or 27 March 2012"),
        past=True,
        earliest=lambda: timezone.localdate() - relativedelta(years=OLDEST_ANSWERED),
    )
    estimated_age = forms.IntegerField(
        label=_("Age in years"),
        help_text=_("If you do not know it, give your best guess. A guess is enough: the duty worker will ask."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
        validators=[MinValueValidator(0), MaxValueValidator(OLDEST_ANSWERED)],
        error_messages={
            "required": _("Enter the age in years. A guess is enough: the duty worker will ask."),
            "invalid": _("Enter the age in whole years, for example 14."),
            "min_value": _("Enter the age in whole years, for example 14."),
            "max_value": _("Enter the age in whole years, for example 14."),
        },
    )
    preferred_language = one_of(_("Which language do they prefer to speak?"), PreferredLanguage)
    other_language = line(_("Which language?"), limit=60)
    interpreter_needed = yes_no_not_known(
        _("Do they need an interpreter?"),
        help_text=_("For a spoken language or for British Sign Language. Never a member of the family."),
    )
    interpreter_details = line(
        _("Which interpreter would suit them?"),
        limit=200,
        required=False,
        help_text=_("The language, and whether they would rather have a woman or a man."),
    )
    home = one_of(_("Where do they live now?"), Home)
    address = words(
        _("Address"),
        rows=3,
        limit=500,
        help_text=_("If you do not know it, write “not known” and the town."),
    )
    postcode = GBPostcodeField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter a whole postcode, for example CF10 3AT, or leave it empty.")},
    )
    local_authority = AreaField(
        label=_("Council area where they live"),
        help_text=_("It decides which of our centres receives the referral."),
    )
    address_type = pick_one(_("What kind of home is it?"), AddressType)
    responsible_authority = AreaField(
        label=_("Council that is responsible for them"),
        required=False,
        help_text=_("Where it is not the council of the area where they live."),
    )
    address_is_confidential = yes_no_not_known(
        _("Must somebody not learn where they live?"),
    )
    address_kept_from = line(_("Who must not learn it?"), limit=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("local_authority", "responsible_authority"):
            self.fields[name].known = self.given.area
        self.ask_by_nation()
        self.ask_by_age()
        if self.given.offers_welsh:
            self.fields["preferred_language"].choices = _welsh_first()
            self.fields["preferred_language"].help_text = _(
                "Our support is there in Welsh: ask, do not wait to be asked."
            )
        self.helper = form_helper(
            *_name_and_age(),
            *_language_and_home(),
            Section(
                _("What else you know"),
                self.school_folded(),
                self.health_folded(),
                self.who_they_are_folded(),
                self.numbers_folded(),
                intro=_("None of this is needed to refer. What you tell us, they are not asked again."),
            ),
            extra_buttons=[LATER],
        )

    def values_for(self, part):
        if part != "young_person":
            return super().values_for(part)
        cleaned = self.cleaned_data | {"no_fixed_address": self.cleaned_data["home"] == Home.NONE_FIXED}
        return {name: cleaned[name] if name in NOT_WORDS else cleaned.get(name) or "" for name in self.parts[part]}


NOT_WORDS = ("date_of_birth", "estimated_age", "responsible_authority", "disabilities", "no_fixed_address")


def _welsh_first():
    """In Wales, Welsh is offered and not only permitted."""
    first = PreferredLanguage.WELSH
    return [(first.value, first.label), *((c.value, c.label) for c in PreferredLanguage if c != first)]


def _name_and_age():
    return (
        Section(
            _("Name"),
            "first_name",
            "last_name",
            "preferred_name",
            "other_names",
            "pronouns",
            Reveal("pronouns_in_words", when=f"pronouns={Pronouns.OTHER}"),
        ),
        Section(
            _("Age"),
            "birth_known",
            Reveal("date_of_birth", when=f"birth_known={BirthKnown.YES}"),
            Reveal("estimated_age", when=f"birth_known={BirthKnown.NO}"),
        ),
    )


def _language_and_home():
    return (
        Section(
            _("Language"),
            "preferred_language",
            Reveal("other_language", when=f"preferred_language={PreferredLanguage.OTHER}"),
            "interpreter_needed",
            Reveal("interpreter_details", when="interpreter_needed=yes"),
        ),
        Section(
            _("Home"),
            "home",
            Reveal("address", "postcode", when=f"home={Home.ADDRESS}"),
            "local_authority",
            "address_type",
            Reveal("responsible_authority", when=among("address_type", LIVES_AWAY)),
            "address_is_confidential",
            Reveal("address_kept_from", when="address_is_confidential=yes"),
        ),
    )
