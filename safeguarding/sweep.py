"""What the clock asks again and again. Safe to run late, twice, or at once with itself."""

from functools import partial

from django.utils import timezone

from audit.bulkheads import each_apart
from safeguarding.escalation import step_at
from safeguarding.models import Concern
from safeguarding.operations import escalate


def escalate_all(*, by):
    """Each concern of which something is due to be said, in an act of its own. Returns of how many it was.

    Raises ``SomeFailed`` at the end: a concern that cannot be told of silences no other.
    """
    now, waiting = timezone.now(), Concern.objects.unacknowledged().with_last_step().order_by("raised_at", "pk")
    due = [each for each in waiting if step_at(each.severity, each.waits_since, now) > each.said]
    return sum(alert is not None for alert in each_apart(partial(escalate, by=by), due))
