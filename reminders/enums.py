"""What staff are reminded of, and how far a reminder has gone (domain.md 7, rows 17 to 27)."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    SETTLING_IN = "settling_in", _("Settling in")
    PLAN_REVIEW = "plan_review", _("Plan review")
    THREE_MONTH_REVIEW = "three_month_review", _("Three-month review")
    SIX_MONTH_DECISION = "six_month_decision", _("Six-month decision")
    NINE_MONTH_REVIEW = "nine_month_review", _("Nine-month review")
    ENDING_REVIEW = "ending_review", _("Ending review")
    MORE_TIME = "more_time", _("More time is asked for")
    PLANNED_END = "planned_end", _("Past the planned end")
    TWELVE_MONTHS = "twelve_months", _("Twelve months")


K = ReminderKind
OF_A_REVIEW = (
    K.SETTLING_IN,
    K.PLAN_REVIEW,
    K.THREE_MONTH_REVIEW,
    K.SIX_MONTH_DECISION,
    K.NINE_MONTH_REVIEW,
    K.ENDING_REVIEW,
)
OF_A_REQUEST = (K.MORE_TIME,)
OF_THE_TIME = (K.PLANNED_END, K.TWELVE_MONTHS)


class Stage(models.TextChoices):
    """How far it has gone: each later one is heard by somebody further away, or nearer to the day."""

    OPENS = "opens", _("It can be done")
    SOON = "soon", _("It is due soon")
    DUE = "due", _("It is due")
    LATE = "late", _("It is late")
    ESCALATED = "escalated", _("It is late, and more people hear of it")


class Whom(Enum):
    """Who hears of it: by their part in the case, or their role at its centre."""

    PRACTITIONER = auto()
    MANAGER = auto()
    SERVICE_MANAGER = auto()
