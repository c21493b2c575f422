"""Values of a time in which nobody knows where a young person is (domain.md 5.10, 10)."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

RETURN_TALK_WITHIN = timedelta(hours=72)  # of their return (domain.md 7, row 35)


class MissingType(models.TextChoices):
    """The agency's own word is kept beside it: what forces call *absent* has changed over the years."""

    MISSING = "missing", _("Missing")
    AWAY_WITHOUT_AGREEMENT = "away_without_agreement", _("Away without agreement")
    SCHOOL_ABSENCE = "school_absence", _("Not at school, and nobody agreed to it")
    NOT_KNOWN = "not_known", _("Not known yet")


# Who was not at school is asked at school; who was away is offered somebody to talk to when they are back.
ASKS_FOR_TALK = (MissingType.MISSING, MissingType.AWAY_WITHOUT_AGREEMENT, MissingType.NOT_KNOWN)


class ReturnTalk(models.TextChoices):
    """How far a return conversation has come. Nobody owes us one."""

    OFFERED = "offered", _("Offered; they have not answered yet")
    ACCEPTED = "accepted", _("They said yes; it is to come")
    HELD = "held", _("It took place")
    SAID_NO = "said_no", _("They said no")
    NOT_OFFERED = "not_offered", _("It was not offered")


TALK_WAITS = ("", ReturnTalk.OFFERED, ReturnTalk.ACCEPTED)
TALK_WAS_OFFERED = (ReturnTalk.OFFERED, ReturnTalk.ACCEPTED, ReturnTalk.HELD, ReturnTalk.SAID_NO)
