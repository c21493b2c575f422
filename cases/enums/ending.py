"""Values the code takes decisions on: how a case ends (domain.md 5.16)."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

REOPENED_WITHIN = timedelta(days=28)  # later it is a new referral (design.md 6.2)
READ_ON = timedelta(days=30)  # who worked on it still reads it, to finish what is to be finished (security.md 5.1)
CHECK_IN_AFTER, CHECK_IN_WITHIN = timedelta(weeks=4), timedelta(weeks=6)  # of the last day (domain.md 5.16)


class ClosureReason(models.TextChoices):
    """Nobody "fails to engage": where we could not reach somebody, it is we who could not."""

    PLANNED_GOALS_MET = "planned_goals_met", _("We did what we had planned together")
    PLANNED_TIME_LIMIT = "planned_time_limit", _("The planned time is over")
    PLANNED_MOVED_ON = "planned_moved_to_other_service", _("Another service goes on, as planned")
    YOUNG_PERSON_CHOSE = "young_person_chose_to_end", _("The young person chose to end")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("The young person no longer agrees to it")
    MOVED_AREA = "young_person_moved_area", _("The young person lives elsewhere now")
    TRANSFERRED = "transferred_centre", _("Another of our centres goes on")
    BECAME_OVER_AGE = "became_over_age", _("The young person is older than the service is for")
    UNABLE_TO_MAKE_CONTACT = "unable_to_make_contact", _("We could not reach the young person")
    NOT_SAFE_HERE = "not_safe_to_continue_here", _("It is not safe to go on here")
    STATUTORY_SERVICES = "statutory_services_lead", _("Statutory services lead now")
    DIED = "young_person_died", _("The young person has died")
    OPENED_IN_ERROR = "opened_in_error", _("The case was opened by mistake")
    ASSESSMENT_DONE = "assessment_only_completed", _("The assessment is done, as planned")
    OTHER = "other", _("Another reason")


AS_PLANNED = (
    ClosureReason.PLANNED_GOALS_MET,
    ClosureReason.PLANNED_TIME_LIMIT,
    ClosureReason.PLANNED_MOVED_ON,
    ClosureReason.ASSESSMENT_DONE,
)
# Where there is no work to look back on with the young person.
WITHOUT_GOODBYE = (ClosureReason.DIED, ClosureReason.OPENED_IN_ERROR)


class StepDown(models.TextChoices):
    """Who is there for the young person afterwards."""

    UNIVERSAL_SCHOOL = "universal_school", _("School")
    EARLY_HELP = "early_help_family_help", _("Early help or family help")
    YOUTH_SERVICE = "youth_service", _("Youth service")
    CAMHS = "camhs", _("CAMHS")
    ISVA = "isva_chisva", _("Independent sexual violence adviser")
    THERAPEUTIC_OTHER = "therapeutic_other", _("Another therapeutic service")
    PARENT_SUPPORT = "parent_support_org", _("An organisation for parents")
    GROUP_WORK = "group_work", _("Group work")
    CHILDLINE = "childline", _("Childline")
    ADULT_SERVICE = "adult_service_18plus", _("A service for adults")
    SOCIAL_CARE = "social_care_lead", _("Social care leads")
    NONE_NEEDED = "none_needed", _("Nobody more is needed")
    OTHER = "other", _("Somebody else")


class SafeToSend(models.TextChoices):
    """Whether the young person may safely hold a letter from us."""

    YES = "yes", _("Yes, it is safe")
    NO = "no", _("No, it is not safe")
    NOT_KNOWN = "not_known", _("Not known yet")


class CheckIn(models.TextChoices):
    """Whether the young person agreed that we ask once more how they are."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")


class Need(models.TextChoices):
    """What every ending of ours has. Floors above add what they delivered (``signals.ending_requirements``)."""

    MISSING = "missing", _("They are not missing, or others look for them and know that we end")
    TASKS = "tasks", _("No task is open, or somebody else sees to it")
    RATINGS = "ratings", _("Wellbeing and resilience are rated at the start and now")
    GOALS = "goals", _("We looked at the goals together, from the first rating to the last")
    LETTER = "letter", _("A letter to the young person is written, or it is not safe")
    CHECK_IN = "check_in", _("The young person was asked whether we may ask again how they are")
    FEEDBACK = "feedback", _("The young person was asked what they think of the service")
    PAPERS = "papers", _("What belongs to the young person was given back")
    REFERRER = "referrer", _("Who referred them was told, within what the young person agreed to")
    NETWORK = "network", _("The people around them know that we end, and who leads")


class NeedAnswer(models.TextChoices):
    DONE = "done", _("Done")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


# Nobody is asked for what would hurt or make no sense.
NEEDLESS = {reason: set(Need) - {Need.TASKS, Need.NETWORK, Need.REFERRER} for reason in WITHOUT_GOODBYE}
