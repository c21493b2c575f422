"""What the referrer said about the young person: one row, in the groups of the form.

Provenance stays: it is never overwritten by what we learn. The groups are
abstract, so that each is read beside its section and all are stored at once.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.models.columns import answer, holding, known, line, several, words, yes_no
from people.models.described import Equality, Identity, LanguageAndHome
from referrals.enums import (
    AddressType,
    CarerResponse,
    DeliveryMode,
    DisabilityType,
    EducationStatus,
    EducationSupport,
    EthnicGroup,
    GenderIdentity,
    LookedAfter,
    ProtectionCategory,
    SexRegistered,
    SexualOrientation,
    SocialCareStatus,
)


class Education(models.Model):
    education_status = answer(EducationStatus, _("education or work"))
    school = line(_("school, college or workplace"), length=160)
    year_group = line(_("year group"), length=40)
    education_support = answer(EducationSupport, _("support with learning"))
    attendance = line(_("attendance"))
    safe_adult_at_school = line(_("a safe member of staff there"))
    virtual_school = yes_no(_("is the virtual school involved?"))

    class Meta:
        abstract = True


class Health(models.Model):
    gp = line(_("GP"))
    disabilities = several(DisabilityType, _("disability or difference"))
    disability_in_words = line(_("disability or difference, in their words"))
    communication_needs = words(_("what helps them to understand and be understood"))
    mental_health_support = line(_("support with mental health"))
    substance_use = line(_("alcohol or drugs"))
    sexual_health_need = yes_no(_("would a sexual health service help?"))
    pregnant_or_parent = yes_no(_("pregnant, or a parent?"))
    medication = line(_("medication they may need while with us"))
    adjustments = words(_("adjustments that help"))

    class Meta:
        abstract = True


class CareAndFamily(models.Model):
    social_care_status = answer(SocialCareStatus, _("social care now"))
    looked_after = answer(LookedAfter, _("looked after"))
    protection_category = answer(ProtectionCategory, _("category of the protection plan or registration"))
    main_carer = line(_("who mainly looks after them"))
    important_people = words(_("people they trust, or want to be told"))
    carer_helps = words(_("what parents or carers do that helps to keep them safe"))
    domestic_abuse = yes_no(_("domestic abuse at home, now or earlier"))
    court_orders = words(_("court orders"))
    family_must_not_know = words(_("what the family must not be told"))
    carer_response = answer(CarerResponse, _("does a parent or carer want support?"))
    carer_support = words(_("who, how to reach them safely, and what they need"))

    class Meta:
        abstract = True


class StrengthsAndWishes(models.Model):
    strengths = words(_("what they are good at"))
    strengths_not_known = models.BooleanField(_("strengths are not known yet"), default=False, db_default=False)
    interests = words(_("interests and what they enjoy"))
    going_well = words(_("what is going well"))
    proud_of = words(_("what they are proud of"))
    culture_and_faith = words(_("support from culture or faith"))
    wishes = words(_("what they want, in their words"))
    worries_about_us = words(_("worries about the service"))
    preferred_worker = line(_("whom they would rather work with"))
    helped_before = words(_("what has helped before, and what has not"))
    tried_before = words(_("what others have tried"))

    class Meta:
        abstract = True


class Practical(models.Model):
    access_needs = words(_("access needs"))
    transport = line(_("how they can travel"))
    meeting_times = line(_("days and times that suit"))
    meeting_modes = several(DeliveryMode, _("ways to meet"))
    safe_places = words(_("safe places to meet"))
    places_to_avoid = words(_("places to avoid"))
    private_space = yes_no(_("a private place to talk from?"))
    own_device = yes_no(_("a device that nobody else looks at?"))
    visit_safety = words(_("what a worker must know before a visit"))

    class Meta:
        abstract = True


@tracked
class ReferredYoungPerson(
    Identity, Equality, LanguageAndHome, Education, Health, CareAndFamily, StrengthsAndWishes, Practical
):
    """What the referrer said about the young person. Provenance stays: it is never overwritten by what we learn."""

    referral = models.OneToOneField(
        "referrals.Referral", on_delete=models.CASCADE, primary_key=True, related_name="young_person"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="young_person_has_a_date_of_birth_or_an_estimated_age",
                condition=Q(date_of_birth__isnull=False) | Q(estimated_age__isnull=False),
            ),
            models.CheckConstraint(
                name="young_person_has_an_address_or_none_fixed",
                condition=Q(no_fixed_address=True) | ~Q(address=""),
            ),
            models.CheckConstraint(
                name="young_person_strengths_are_said_or_not_known_yet",
                condition=Q(strengths="") | Q(strengths_not_known=False),
            ),
            known(
                "young_person_answers_known",
                sex_registered=SexRegistered,
                gender_identity=GenderIdentity,
                sexual_orientation=SexualOrientation,
                ethnic_group=EthnicGroup,
                address_type=AddressType,
                education_status=EducationStatus,
                education_support=EducationSupport,
                social_care_status=SocialCareStatus,
                looked_after=LookedAfter,
                carer_response=CarerResponse,
                several_disabilities=DisabilityType,
                several_meeting_modes=DeliveryMode,
            ),
        ]
        indexes = [
            models.Index(fields=["postcode"], name="young_person_by_postcode"),
            holding("preferred_name", name="young_person_like_used_name"),
            holding("other_names", name="young_person_like_other_names"),
        ]

    def __str__(self):
        return f"young person of {self.referral_id}"

    @property
    def name_shown(self):
        """The name they use, first everywhere."""
        return f"{self.preferred_name or self.first_name} {self.last_name}"

    @property
    def keeps_orientation_from_family(self):
        """What they shared of their orientation may put them at risk at home: it is never passed on there."""
        return self.sexual_orientation not in ("", SexualOrientation.HETEROSEXUAL, SexualOrientation.PREFER_NOT_TO_SAY)
