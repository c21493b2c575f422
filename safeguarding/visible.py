"""What every page of staff asks of concerns, prepared once (``accounts.prepared``)."""

from django.db.models import Count
from django.utils import timezone

from accounts.prepared import ASKER, Place, Prepared, aggregated, asker
from safeguarding.models import Concern
from safeguarding.querysets import Reasons


def unacknowledged(user):
    """How many of ``Concern.objects.visible_to`` wait for a human."""
    return UNACKNOWLEDGED.first(**_asked_by(user))["count"]


def about(subject, user):
    """``Concern.objects.about_visible``: all about the person of a referral that the caller may see."""
    return ABOUT.found(subject=subject.pk, **_asked_by(user))


def has_open(subject_id):
    """Whether a concern about this person is open, whoever may see it; but for what is about a colleague.

    Such a one holds up nothing: whoever was refused, or asked for a second
    person, would learn of it (docs/decisions/0100).
    """
    return bool(OPEN.rows(subject=subject_id))


def _asked_by(user):
    return {"user": asker(user), "at": timezone.now(), **Reasons.of(user)._asdict()}


def _unacknowledged():
    visible = Concern.objects.visible_for(ASKER, PLACES, at=Place("at"))
    return aggregated(visible.unacknowledged(), count=Count("pk"))


PLACES = Reasons(*map(Place, Reasons._fields))
UNACKNOWLEDGED = Prepared(_unacknowledged)
ABOUT = Prepared(lambda: Concern.objects.about_visible(Place("subject"), ASKER, PLACES, at=Place("at")))
OPEN = Prepared(lambda: Concern.objects.open().told_openly().filter(subject=Place("subject")).values_list("pk"))
