"""What else a referrer may know of a young person's life: school, health, who they are, and numbers of theirs.

Nothing here is required, none of it decides whether the service fits (R-nat-06), and all of it is folded away
until it is wanted: what is known saves the young person from being asked again.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from nhs_number import is_valid, standardise_format

from centres.enums import Nation
from referrals.enums import (
    ETHNIC_GROUPS,
    DisabilityType,
    EducationStatus,
    EducationSupport,
    GenderIdentity,
    SexRegistered,
    SexualOrientation,
    YesNoPreferNot,
    for_nation,
)
from referrals.forms.base import SectionForm, line, one_of, pick_one, several_of, words, yes_no_not_known
from ui.forms import Details, Reveal

SAME_AS_SEX_FROM = 16  # years: asked of the young person alone, and not of children (domain.md 2.4)
PUPIL_NUMBER = re.compile(r"[A-Z]\d{11}[0-9A-Z]")

S = EducationStatus
AT_A_PLACE = (
    S.FULL_TIME, S.PART_TIME_TIMETABLE, S.ALTERNATIVE_PROVISION, S.SPECIAL_SCHOOL, S.SUSPENDED,
    S.PERMANENTLY_EXCLUDED, S.COLLEGE, S.TRAINING_OR_APPRENTICESHIP, S.WORKING,
)  # fmt: skip
LEARNS = (*AT_A_PLACE[:-1], S.ELECTIVELY_HOME_EDUCATED, S.NOT_ON_ROLL)


def among(question, answers):
    return f"{question}={'|'.join(answers)}"


def nhs_number(typed):
    """Ten digits, however they were spaced; a slip in one of them is told."""
    if typed and not is_valid(typed):
        raise ValidationError(
            _("This is not an NHS number: it has ten digits, and one of these is wrong. Check it, or leave it empty."),
            code="invalid",
        )


def pupil_number(typed):
    if typed and not PUPIL_NUMBER.fullmatch(without_spaces(typed)):
        raise ValidationError(
            _("A unique pupil number has a letter and 12 more characters. Check it, or leave it empty."),
            code="invalid",
        )


def without_spaces(typed):
    return re.sub(r"\s", "", typed).upper()


class SchoolQuestions(SectionForm):
    SCHOOL = (
        "education_status", "school", "year_group", "education_support", "attendance", "safe_adult_at_school",
        "virtual_school",
    )  # fmt: skip

    education_status = pick_one(_("Where do they learn or work?"), EducationStatus)
    school = line(_("Which school, college or workplace?"), limit=160, required=False)
    year_group = line(_("Year group"), limit=40, required=False, widget=forms.TextInput(attrs={"class": "w10"}))
    attendance = line(
        _("How often are they there?"),
        limit=200,
        required=False,
        help_text=_("For example: most days, mornings only, or suspended twice this term."),
    )
    safe_adult_at_school = line(_("Is there a member of staff they feel safe with?"), limit=200, required=False)
    virtual_school = yes_no_not_known(
        _("Is the virtual school involved?"),
        required=False,
        help_text=_("For young people who are, or were, looked after."),
    )

    def ask_by_nation(self):
        """Support with learning has its own law in each nation (domain.md 2.9)."""
        nation = self.given.area.nation if self.given.area else Nation.ENGLAND
        self.fields["education_support"] = one_of(
            _("Do they have support with learning?"), for_nation(EducationSupport, nation), required=False
        )

    def school_folded(self):
        return Details(
            _("School, college or work"),
            "education_status",
            Reveal("school", when=among("education_status", AT_A_PLACE)),
            Reveal(
                "year_group",
                "education_support",
                "attendance",
                "safe_adult_at_school",
                "virtual_school",
                when=among("education_status", LEARNS),
            ),
        )


class HealthQuestions(SectionForm):
    HEALTH = (
        "gp", "disabilities", "disability_in_words", "communication_needs", "mental_health_support",
        "substance_use", "sexual_health_need", "pregnant_or_parent", "medication", "adjustments",
    )  # fmt: skip

    disabilities = several_of(
        _("Disability or difference"),
        DisabilityType,
        help_text=_("Choose all that apply: found, being assessed, or as the young person says it of themselves."),
    )
    disability_in_words = line(_("How do they describe it?"), limit=200, required=False)
    communication_needs = words(
        _("What helps them to understand, and to be understood?"), rows=3, limit=1000, required=False
    )
    adjustments = words(_("What else would make it easier to meet us?"), rows=3, limit=1000, required=False)
    gp = line(_("GP"), limit=200, required=False, help_text=_("Name of the GP or of the practice."))
    mental_health_support = line(
        _("Support with mental health"), limit=200, required=False, help_text=_("For example, CAMHS since May.")
    )
    substance_use = line(
        _("Alcohol or drugs"),
        limit=200,
        required=False,
        help_text=_("What a worker should know, in a few neutral words."),
    )
    medication = line(_("Medication they may need while they are with us"), limit=200, required=False)
    sexual_health_need = yes_no_not_known(
        _("Would a sexual health service help?"), required=False, help_text=_("We need no detail.")
    )
    pregnant_or_parent = yes_no_not_known(_("Are they pregnant, or a parent?"), required=False)

    def health_folded(self):
        return Details(
            _("Health and communication"),
            "disabilities",
            "disability_in_words",
            "communication_needs",
            "adjustments",
            "gp",
            "mental_health_support",
            "substance_use",
            "medication",
            "sexual_health_need",
            "pregnant_or_parent",
        )

    def clean_disabilities(self):
        """Nothing known, or not asked, stands alone; beside something it would be a slip."""
        chosen = self.cleaned_data["disabilities"]
        named = [value for value in chosen if value not in SAYS_NONE]
        return named or sorted(chosen, key=SAYS_NONE.index)[:1]


D = DisabilityType
SAYS_NONE = (D.PREFER_NOT_TO_SAY, D.NONE_KNOWN, D.NOT_ASKED)


class WhoTheyAreQuestions(SectionForm):
    """As they describe themselves. Orientation only where they chose to share it."""

    WHO_THEY_ARE = (
        "sex_registered", "gender_identity", "gender_in_words", "gender_same_as_sex", "sexual_orientation",
        "ethnic_group", "ethnic_group_in_words", "religion_or_belief", "nationality_or_status", "arrived_alone",
    )  # fmt: skip

    gender_identity = one_of(_("How do they describe their gender?"), GenderIdentity, required=False)
    gender_in_words = line(_("In their words"), limit=80, required=False)
    sex_registered = one_of(_("Sex, as registered"), SexRegistered, required=False)
    ethnic_group = pick_one(
        _("Ethnic group"),
        [(group, [(one.value, one.label) for one in members]) for group, members in ETHNIC_GROUPS],
        help_text=_("As the young person says it."),
    )
    ethnic_group_in_words = line(_("How do they describe it?"), limit=120, required=False)
    religion_or_belief = line(_("Religion or belief"), limit=120, required=False)
    nationality_or_status = line(
        _("Nationality or immigration status"),
        limit=120,
        required=False,
        help_text=_("Only where it matters for their safety or for how we support them."),
    )
    arrived_alone = yes_no_not_known(_("Did they come to this country without family?"), required=False)
    sexual_orientation = one_of(
        _("Sexual orientation"),
        SexualOrientation,
        required=False,
        help_text=_(
            "Only if they chose to share it, and know that you tell us. Leave it empty otherwise. "
            "We never pass it on to the family."
        ),
    )

    def ask_by_age(self):
        if (self.given.age or 0) >= SAME_AS_SEX_FROM:
            self.fields["gender_same_as_sex"] = one_of(
                _("Is their gender the same as the sex registered at birth?"),
                YesNoPreferNot,
                required=False,
                help_text=_("Only if they answered it themselves."),
            )

    def who_they_are_folded(self):
        return Details(
            _("Who they are"),
            "gender_identity",
            Reveal("gender_in_words", when=f"gender_identity={GenderIdentity.ANOTHER}"),
            *[name for name in ["gender_same_as_sex"] if name in self.fields],
            "sex_registered",
            "ethnic_group",
            "ethnic_group_in_words",
            "religion_or_belief",
            "nationality_or_status",
            "arrived_alone",
            "sexual_orientation",
        )


class NumberQuestions(SectionForm):
    NUMBERS = ("nhs_number", "pupil_number")

    nhs_number = line(
        _("NHS number"),
        limit=20,
        required=False,
        validators=[nhs_number],
        help_text=_("Ten digits, for example 943 476 5919. Only where you have it at hand."),
        widget=forms.TextInput(attrs={"class": "w20", "inputmode": "numeric"}),
    )
    pupil_number = line(
        _("Unique pupil number"),
        limit=20,
        required=False,
        validators=[pupil_number],
        help_text=_("Only where you have it at hand."),
        widget=forms.TextInput(attrs={"class": "w20"}),
    )

    def numbers_folded(self):
        return Details(
            _("Numbers that find their records"),
            "nhs_number",
            "pupil_number",
        )

    def clean_nhs_number(self):
        typed = self.cleaned_data["nhs_number"]
        return standardise_format(typed) if typed else ""

    def clean_pupil_number(self):
        return without_spaces(self.cleaned_data["pupil_number"])


class LifeQuestions(SchoolQuestions, HealthQuestions, WhoTheyAreQuestions, NumberQuestions):
    """All four, for the section of the young person."""

    FIELDS = (
        *SchoolQuestions.SCHOOL,
        *HealthQuestions.HEALTH,
        *WhoTheyAreQuestions.WHO_THEY_ARE,
        *NumberQuestions.NUMBERS,
    )
