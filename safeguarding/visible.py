"""What every page of staff asks of concerns, prepared once (``accounts.prepared``)."""

from django.db.models import Count
from django.utils import timezone

from accounts.prepared import ASKER, Place, Prepared, aggregated, asker
from safeguarding.models import Concern
from safeguarding.querysets import centres_of


def unacknowledged(user):
    """How many of ``Concern.objects.visible_to`` wait for a human."""
    return UNACKNOWLEDGED.first(user=asker(user), centres=centres_of(user), at=timezone.now())["count"]


def about(subject):
    """``Concern.objects.about_visible``: all about the person of a referral that the caller may see."""
    return ABOUT.found(subject=subject.pk)


def has_open(subject_id):
    """Whether a concern about this person is open, whoever may see it."""
    return bool(OPEN.rows(subject=subject_id))


def _unacknowledged():
    visible = Concern.objects.visible_for(ASKER, Place("centres"), at=Place("at"))
    return aggregated(visible.unacknowledged(), count=Count("pk"))


UNACKNOWLEDGED = Prepared(_unacknowledged)
ABOUT = Prepared(lambda: Concern.objects.about_visible(Place("subject")))
OPEN = Prepared(lambda: Concern.objects.open().filter(subject=Place("subject")).values_list("pk"))
