"""Parents and carers: row 28, and row 31 of contacts with them. Named by their own strand, and never by the case."""

from reminders.sources.places import of_strand
from reminders.sources.sessions import finish_within
from reminders.steps import Fact, day_of
from sessions.carer_enums import WARNS_BEFORE
from sessions.models.carers import CarerSession, CarerStrand


def near_the_last(_on):
    """On the day of the eighth of ten, and of the tenth: so many before the last as a page warns of, and the last."""
    for strand in CarerStrand.objects.near_the_last().select_related("case"):
        held = [day_of(began_at) for began_at in strand.counted_at]
        near = max(strand.direct_max - WARNS_BEFORE, 1)
        moments = {"on_8": held[near - 1]} | ({"on_10": held[-1]} if len(held) >= strand.direct_max else {})
        place = of_strand(strand, owner=strand.practitioner_id)
        yield Fact(of={"strand": strand.pk}, place=place, due=held[near - 1], moments=moments)


def to_finish(_on):
    """By whom it was held while they may read it; else by who works with them now."""
    for contact in CarerSession.objects.to_finish().with_whose().select_related("strand__case"):
        strand, over_at = contact.strand, contact.over_at
        place = of_strand(strand, owner=contact.whose or strand.practitioner_id)
        yield Fact(of={"contact": contact.pk}, place=place, begins=over_at, due=finish_within(over_at))
