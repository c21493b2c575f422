"""Ways round our code to an alert that cannot be (``tests.test_constraints``)."""

from datetime import timedelta

from django.utils import timezone

from tests.broken import each
from tests.factories.safeguarding import ConcernAlertFactory


def long_ago():
    return timezone.now() - timedelta(days=1)


def one_step_twice():
    first = ConcernAlertFactory()
    ConcernAlertFactory(concern=first.concern, waits_since=first.waits_since)


# fmt: off
BROKEN_WHEN_WRITTEN = [
    *each("concern_is_told_of_while_it_waits", ConcernAlertFactory, {"at": long_ago}),
]
# fmt: on
BROKEN_BY_INSERT = {"concern_is_told_of_once_at_each_step": one_step_twice}
