"""What a duty worker holds a referral against, and what they may still have to ask (domain.md 4.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Criterion(models.TextChoices):
    AGE = "age", _("The age is within what we offer, on the day of the referral")
    AREA = "area", _("Lives in, or is looked after in, an area we serve")
    CONCERN = "concern", _("The worry about sexual exploitation fits a category or route")
    KNOWS = "knows", _("The young person knows, or there is a safe plan to tell them")
    WILLING = "willing", _("Willing to have a first conversation; this is not yet consent")
    SAFE_ENOUGH = "safe_enough", _("Safe enough to start, or the plan of social care is in place")
    NOBODY_ELSE = "nobody_else", _("No other service is doing the same work already")
    ACCESS = "access", _("We can meet needs of access and language")
    NO_CONFLICT = "no_conflict", _("No conflict of interest, and no restricted record")
    READY = "ready", _("Ready to use support safely")


IF_NOT_MET = {
    Criterion.AGE: _("A manager decides, with you. Tell the referrer who else can help."),
    Criterion.AREA: _("Find the right centre, or a local service."),
    Criterion.CONCERN: _("Talk it through with the referrer. Another specialist service may fit better."),
    Criterion.KNOWS: _("Ask the referrer to talk with them. Offer to meet them together."),
    Criterion.WILLING: _("Offer the referrer a consultation. In Wales, relationship building can come first."),
    Criterion.SAFE_ENOUGH: _("Raise a concern. Accept only together with a safety plan."),
    Criterion.NOBODY_ELSE: _("Talk with the other service. Agree one plan."),
    Criterion.ACCESS: _("Arrange what is needed. It is never a reason not to accept."),
    Criterion.NO_CONFLICT: _("Ask a manager which centre or colleague takes it on."),
    Criterion.READY: _("Awareness work or time to settle may come first."),
}
ONLY_ON_ROUTE_B = (Criterion.READY,)


class CriterionAnswer(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_KNOWN = "not_known", _("Not known")


class MissingFact(models.TextChoices):
    """What a duty worker asks for most; each is a sentence in the letter's page."""

    WHO_KNOWS = "who_knows", _("Does the young person know of the referral, and what do they say to it?")
    PARENT_KNOWS = "parent_knows", _("Do those with parental responsibility know? If not, why not?")
    SAFE_CONTACT = "safe_contact", _("How can we reach the young person safely?")
    DATE_OF_BIRTH = "date_of_birth", _("What is the date of birth?")
    ADDRESS = "address", _("Where does the young person live now?")
    SOCIAL_CARE = "social_care", _("Who is the social worker, and what is under way?")
    POLICE = "police", _("What do the police know, and is there a reference?")
    SAFETY_PLAN = "safety_plan", _("Is there a safety plan? What does it say?")
    WORRY = "worry", _("What is the worry about sexual exploitation, and what has changed?")
    VIEW = "view", _("How does the young person see it?")
    READINESS = "readiness", _("What tells you that they are ready to use support now?")
    ACCESS = "access", _("What helps them to take part: language, access, times?")
