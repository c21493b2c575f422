"""Beside the contacts with a parent or carer: what they were told of, and what they think of us."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from sessions.carer_querysets import CarerFeedbackQuerySet, CarerSignpostQuerySet
from sessions.enums import GivenHow, SafeToReceive
from sessions.models.carers.record import of_strand
from sessions.models.feedback import SaidOfUs, from_nought_to_ten, kept_as_said
from sessions.models.signposts import STAYS, Told


@tracked
class CarerSignpost(Told):
    """By whoever works with them; what the young person's practitioner told them of stands in the young person's."""

    strand = of_strand("carer_signposts")

    objects = CarerSignpostQuerySet.as_manager()

    class Meta(Told.Meta):
        constraints = [
            *Told.Meta.constraints,
            models.CheckConstraint(
                name="carersignpost_known",
                condition=Q(how__in=GivenHow.values, was_safe__in=SafeToReceive.values),
            ),
        ]
        indexes = [models.Index(fields=["strand", "-given_on"], name="carer_signpost_by_strand")]
        triggers = written_once("carer_signpost_is_written_once", STAYS)


@tracked
class CarerFeedback(SaidOfUs):
    """What a parent or carer said of the support that is theirs. The young person's side never reads it."""

    strand = of_strand("carer_feedback")
    it_helps = from_nought_to_ten(_("It helps me as a parent or carer"))

    objects = CarerFeedbackQuerySet.as_manager()

    class Meta(SaidOfUs.Meta):
        verbose_name_plural = "carer feedback"
        indexes = [models.Index(fields=["strand", "-asked_on"], name="carer_feedback_by_strand")]
        triggers = kept_as_said("carer_feedback_is_written_once")
