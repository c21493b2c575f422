"""Reviews, the six-month decision and extensions (domain.md 5.6, 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    SETTLING_IN = "settling_in", _("Settling in")
    SIX_WEEKLY = "six_weekly", _("Plan review")
    THREE_MONTH = "three_month", _("Three-month review")
    SIX_MONTH_DECISION = "six_month_decision", _("Six-month decision")
    EXTENSION = "extension", _("Plan review in the extension")
    NINE_MONTH = "nine_month", _("Nine-month review")
    ENDING = "ending", _("Ending review")
    UNSCHEDULED = "unscheduled", _("Review in between")


class ConsentCheck(models.TextChoices):
    """What a talk about consent at a review came to; a change is recorded in the ledger, not here."""

    STILL_WANTED = "still_wanted", _("They still want this")
    SOMETHING_CHANGED = "something_changed", _("Something has changed")
    NOT_TALKED_ABOUT = "not_talked_about", _("We could not talk about it")


class ReviewOutcome(models.TextChoices):
    CONTINUE = "continue", _("Go on as planned")
    CHANGE = "change", _("Change the plan")
    END_EARLY = "end_early", _("End earlier than planned")
    END_AS_PLANNED = "end_as_planned", _("End as planned")
    EXTEND = "extend", _("Ask for more time")
    STEP_DOWN = "step_down", _("Step down to other support")
    TRANSFER = "transfer", _("Go on with another service")


R = ReviewOutcome

# The six-month decision has four answers, and a human gives one of them.
SIX_MONTH_OUTCOMES = (R.END_AS_PLANNED, R.EXTEND, R.STEP_DOWN, R.TRANSFER)
OTHER_OUTCOMES = (R.CONTINUE, R.CHANGE, R.END_EARLY)


def outcomes_of(kind):
    return SIX_MONTH_OUTCOMES if kind == ReviewKind.SIX_MONTH_DECISION else OTHER_OUTCOMES


class ViewOfMoreTime(models.TextChoices):
    """What the young person says to more time (domain.md 5.6)."""

    AGREE = "agree", _("They want more time")
    UNSURE = "unsure", _("They are not sure")
    NO = "no", _("They do not want more time")


class ExtensionDecision(models.TextChoices):
    APPROVED = "approved", _("Approved")
    APPROVED_SHORTER = "approved_shorter", _("Approved for a shorter time")
    NOT_APPROVED = "not_approved", _("Not approved")
    MORE_INFORMATION = "more_information", _("More information is needed")


APPROVALS = (ExtensionDecision.APPROVED, ExtensionDecision.APPROVED_SHORTER)
