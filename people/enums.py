"""Values the code takes decisions on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    YOUNG_PERSON = "young_person", _("Young person")
    CARER = "carer", _("Parent or carer")


class GrantGround(models.TextChoices):
    """Why somebody has need to know."""

    ASSIGNMENT = "assignment", _("Works with them")
    CARER_STRAND = "carer_strand", _("Works with the parent or carer")
    COVER = "cover", _("Covers for a colleague")
    SUPERVISION = "supervision", _("Supervises the work")
    RESTRICTED_LIST = "restricted_list", _("On the list of a restricted record")
    BREAK_GLASS = "break_glass", _("Opened in an emergency")


class ExclusionGround(models.TextChoices):
    """Why somebody must never see this person."""

    KNOWS_THE_FAMILY = "knows_the_family", _("Knows this family")
    KEPT_OUT = "kept_out", _("Kept out by a colleague")
