"""A parent or carer of a young person: somebody with a record of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.enums import PreferredLanguage, YesNoNotKnown
from people.models.columns import choice, line
from people.models.subjects import DataSubject
from people.models.young_person import YoungPerson


@tracked
class Carer(models.Model):
    """Who they are, what they are to the young person, and in what language we speak: no more than that is needed.

    How it is safe to reach them hangs on their own subject. Whoever cares for
    two young people whom we know stands here once for each, so that neither
    record leads to the other.
    """

    subject = models.OneToOneField(DataSubject, on_delete=models.PROTECT, related_name="carer", editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="carers", editable=False)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = line(_("last name"), length=80)
    preferred_name = line(_("name they use"), length=80)
    relationship = models.CharField(_("who they are to the young person"), max_length=120)
    preferred_language = choice(PreferredLanguage, _("language they prefer"), length=10)
    other_language = line(_("which language"), length=60)
    interpreter_needed = choice(YesNoNotKnown, _("interpreter needed"), length=10, default=YesNoNotKnown.NOT_KNOWN)
    interpreter_details = line(_("which interpreter"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="carer_has_a_name_and_a_relationship",
                condition=~models.Q(first_name="") & ~models.Q(relationship=""),
            ),
            models.CheckConstraint(
                name="carer_answers_known",
                condition=models.Q(
                    preferred_language__in=PreferredLanguage.values, interpreter_needed__in=YesNoNotKnown.values
                ),
            ),
        ]

    def __str__(self):
        return f"carer {self.pk}"

    @property
    def name_shown(self):
        """The name they use, first everywhere."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()
