"""What stands beside the contacts with a parent or carer: what they were told of. Theirs, in tables of its own."""

from django.db import models
from django.db.models import Q

from audit.history import tracked
from audit.kept import written_once
from sessions.carer_querysets import CarerSignpostQuerySet
from sessions.enums import GivenHow, SafeToReceive
from sessions.models.carers.record import of_strand
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
