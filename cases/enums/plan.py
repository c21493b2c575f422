"""Values of a support plan and of a safety plan (domain.md 5.3 to 5.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    DRAFTING = "drafting", _("Being written")
    SHARED = "shared", _("Shown to the young person")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("In use")
    SUPERSEDED = "superseded", _("A newer plan is in use")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")


P = PlanStatus

PLAN_MOVES = {
    P.DRAFTING: {P.SHARED, P.AGREED},
    P.SHARED: {P.AGREED},
    P.AGREED: {P.ACTIVE},
    P.ACTIVE: {P.SUPERSEDED, P.COMPLETED, P.ENDED_EARLY},
    P.SUPERSEDED: set(),
    P.COMPLETED: set(),
    P.ENDED_EARLY: set(),
}
BEING_WRITTEN = (P.DRAFTING, P.SHARED)
PLAN_ENDS = (P.COMPLETED, P.ENDED_EARLY)


class Participation(models.TextChoices):
    """How the young person took part in making the plan (R-nat-21)."""

    CO_WROTE = "co_wrote", _("They wrote it with us")
    CONTRIBUTED_IN_SESSION = "contributed_in_session", _("They told us in a session")
    VIA_CREATIVE_TOOL = "via_creative_tool", _("Through drawing, cards or another creative way")
    VIA_ADVOCATE = "via_advocate", _("Through an advocate")
    VIEWS_GATHERED_BY_OTHER = "views_gathered_by_other", _("Somebody they trust told us their views")
    NOT_YET_ABLE = "not_yet_able", _("They could not take part yet")


class PlanAgreement(models.TextChoices):
    AGREED = "agreed", _("They agree")
    AGREED_IN_PART = "agreed_in_part", _("They agree with part of it")
    NOT_AGREED = "not_agreed", _("They do not agree")
    NOT_SHOWN_YET = "not_shown_yet", _("They have not seen it yet")


PUTS_NOTHING_TO_USE = (PlanAgreement.NOT_AGREED, PlanAgreement.NOT_SHOWN_YET)


class CopyIsSafe(models.TextChoices):
    """Whether the young person can hold a copy: somebody may find it."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")


class WhoActs(models.TextChoices):
    YOUNG_PERSON = "young_person", _("The young person")
    PRACTITIONER = "practitioner", _("The practitioner")
    CARER = "carer", _("A parent or carer")
    OTHER_AGENCY = "other_agency", _("Another service")


class StepStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("Under way")
    DONE = "done", _("Done")
    CHANGED = "changed", _("Changed")
    STOPPED = "stopped", _("Stopped")


class Occasion(models.TextChoices):
    START = "start", _("At the start")
    REVIEW = "review", _("At a review")
    ENDING = "ending", _("At the end")
    OTHER = "other", _("At another time")


class ScaleQuestion(models.TextChoices):
    """Our own questions, from 0 to 10; no licensed measure stands among them (domain.md 5.5)."""

    SAFETY = "safety", _("How safe do things feel?")
    HOPE = "hope", _("How hopeful do you feel?")
    CONFIDENCE = "confidence", _("How confident do you feel?")
    WELLBEING = "wellbeing", _("How well do you feel?")
    RESILIENCE = "resilience", _("How well can you get through hard days?")
    WORKER_RELATIONSHIP = "worker_relationship", _("How well do you and your worker get on?")


Q = ScaleQuestion

OUTCOMES = (Q.WELLBEING, Q.RESILIENCE)  # measured on every case, first and last (R-nat-23)


class SafetyTrigger(models.TextChoices):
    """What makes us look at a safety plan again before its day."""

    NEW_PERSON_OF_CONCERN = "new_person_of_concern", _("A new person we worry about")
    MISSING_EPISODE = "missing_episode", _("They were missing")
    MOVE = "move", _("They move home")
    COURT_DATE = "court_date", _("A court date")
    BAIL_CHANGE = "bail_change", _("Bail changes")


class CopyKept(models.TextChoices):
    """In what form it is safe for the young person to keep a safety plan."""

    PAPER = "paper", _("On paper")
    PHONE = "phone", _("On their phone")
    NONE = "none", _("It is not safe to keep one")
    NOT_ASKED = "not_asked", _("Not asked yet")
