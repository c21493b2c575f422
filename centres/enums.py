"""Values the code takes decisions on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")


class Scheme(models.TextChoices):
    """How an offer says whom it is for: the four categories of the national leaflet, or the three Welsh routes."""

    NAT4 = "NAT4", _("Four national categories")
    WAL3 = "WAL3", _("Three South Wales routes")


class ContactKind(models.TextChoices):
    """What a public contact is for. The pages ask for it by kind."""

    EMERGENCY = "emergency", _("Emergency")
    POLICE = "police", _("Police, not an emergency")
    HELPLINE = "helpline", _("Helpline for adults")
    CHILDLINE = "childline", _("Childline, for young people")
    LEARNING = "learning", _("Learning and training for professionals")
    GROUP_WORK = "group_work", _("Group work and more about the service")


class CentreContactKind(models.TextChoices):
    DUTY = "duty", _("Duty worker")
    OFFICE = "office", _("Office")
