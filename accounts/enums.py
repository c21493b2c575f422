"""Roles of staff. What each may do is ``accounts.permissions``; what it sees is each model's ``visible_to``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DUTY_WORKER = "duty_worker", _("Duty worker")
    PRACTITIONER = "practitioner", _("Practitioner")
    TEAM_MANAGER = "team_manager", _("Team manager")
    SERVICE_MANAGER = "service_manager", _("Service manager")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")
    CENTRE_ADMIN = "centre_admin", _("Centre administrator")
    DATA_PROTECTION = "data_protection", _("Data-protection officer")
    SYSTEM_ADMIN = "system_admin", _("System administrator")


class Theme(models.TextChoices):
    """The colours of staff's own pages. What a visitor sees follows their device."""

    DEVICE = "device", _("As my device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


LETTER_HOURS = range(7, 20)  # in London; a letter that comes at night is read by nobody, or wakes somebody
MANAGERS = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
