"""What the clock asks again and again. Safe to run late, twice, or at once with itself."""

from functools import partial

from django.utils import timezone

from audit.bulkheads import each_apart
from safeguarding.escalation import asked_after_at, step_at
from safeguarding.models import Concern
from safeguarding.operations import ask_after, escalate


def escalate_all(*, by):
    """Each concern of which something is due to be said, in an act of its own. Returns of how many it was.

    Raises ``SomeFailed`` at the end: a concern that cannot be told of silences no other.
    """
    now, waiting = timezone.now(), Concern.objects.unacknowledged().with_last_step().order_by("raised_at", "pk")
    due = [partial(escalate, each) for each in waiting if step_at(each.severity, each.waits_since, now) > each.said]
    for each in Concern.objects.with_nothing_done().order_by("acknowledged_at", "pk"):
        if asked_after_at(each.severity, each.acknowledged_at, now) > max(each.said, 0):
            due.append(partial(ask_after, each))
    return sum(alert is not None for alert in each_apart(lambda act: act(by=by), due))
