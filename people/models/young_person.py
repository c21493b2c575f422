"""A young person we work with."""

from django.db import models
from django.db.models import Q

from audit.history import tracked
from people.enums import AddressType, EthnicGroup, GenderIdentity, SexRegistered, SexualOrientation
from people.models.columns import known, words
from people.models.described import Equality, Identity, LanguageAndHome
from people.models.subjects import DataSubject
from people.querysets import YoungPersonQuerySet


@tracked
class YoungPerson(Identity, Equality, LanguageAndHome):
    """What we hold of them today: begun from a referral, and kept true by whoever works with them.

    What the referrer said stays with the referral, as it was said.
    """

    subject = models.OneToOneField(DataSubject, on_delete=models.PROTECT, related_name="young_person")
    communication_needs = words("what helps them to understand and be understood")

    objects = YoungPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "young people"
        constraints = [
            models.CheckConstraint(
                name="known_young_person_has_a_date_of_birth_or_an_estimated_age",
                condition=Q(date_of_birth__isnull=False) | Q(estimated_age__isnull=False),
            ),
            known(
                "known_young_person_answers_known",
                sex_registered=SexRegistered,
                gender_identity=GenderIdentity,
                sexual_orientation=SexualOrientation,
                ethnic_group=EthnicGroup,
                address_type=AddressType,
            ),
        ]

    def __str__(self):
        return f"young person {self.pk}"

    @property
    def name_shown(self):
        """The name they use, first everywhere."""
        return f"{self.preferred_name or self.first_name} {self.last_name}"
