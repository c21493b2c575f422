"""What is said of a person, in groups that several tables share: each is read beside the part of a form it fills."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import (
    AddressType,
    EthnicGroup,
    GenderIdentity,
    PreferredLanguage,
    Pronouns,
    SexRegistered,
    SexualOrientation,
    YesNoNotKnown,
    YesNoPreferNot,
)
from people.models.columns import answer, choice, line, yes_no


class Identity(models.Model):
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    preferred_name = models.CharField(_("name they use"), max_length=80, blank=True)
    other_names = models.CharField(_("other names"), max_length=200, blank=True)
    pronouns = choice(Pronouns, length=12, blank=True)
    pronouns_in_words = line(_("pronouns, in their words"), length=60)
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(_("age, estimated"), null=True, blank=True)
    nhs_number = line(_("NHS number"), length=10)
    pupil_number = line(_("unique pupil number"), length=13)
    social_care_number = line(_("social care reference"), length=60)

    class Meta:
        abstract = True


class Equality(models.Model):
    """None of this reaches the eligibility rules (R-nat-06)."""

    sex_registered = answer(SexRegistered, _("sex, as registered"))
    gender_identity = answer(GenderIdentity, _("how they describe their gender"))
    gender_in_words = line(_("gender, in their words"), length=80)
    gender_same_as_sex = answer(YesNoPreferNot, _("is their gender the same as the sex registered at birth?"))
    sexual_orientation = answer(SexualOrientation, _("sexual orientation, where they chose to share it"))
    ethnic_group = answer(EthnicGroup, _("ethnic group"))
    ethnic_group_in_words = line(_("ethnic group, in their words"), length=120)
    religion_or_belief = line(_("religion or belief"), length=120)
    nationality_or_status = line(_("nationality or immigration status, where it matters for support"))
    arrived_alone = yes_no(_("did they come to this country without family?"))

    class Meta:
        abstract = True


class LanguageAndHome(models.Model):
    preferred_language = choice(PreferredLanguage, length=10)
    other_language = models.CharField(_("which language"), max_length=60, blank=True)
    interpreter_needed = choice(YesNoNotKnown, length=10)
    interpreter_details = models.CharField(_("which interpreter"), max_length=200, blank=True)
    no_fixed_address = models.BooleanField(_("no fixed address"), default=False)
    address = models.TextField(_("where they live now"), blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    address_type = answer(AddressType, _("what kind of home"))
    address_is_confidential = choice(YesNoNotKnown, length=10)
    address_kept_from = models.CharField(_("who must not learn it"), max_length=200, blank=True)
    responsible_authority = models.ForeignKey(
        "centres.LocalAuthority",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("council that is responsible, where it is another"),
    )

    class Meta:
        abstract = True
