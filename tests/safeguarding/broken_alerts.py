"""Ways round our code to an alert that cannot be (``tests.test_constraints``)."""

from datetime import timedelta

from django.utils import timezone

from tests.broken import each, somebody
from tests.factories.safeguarding import ConcernAlertFactory, ConcernFactory, ReopeningFactory


def long_ago():
    return timezone.now() - timedelta(days=1)


def one_step_twice():
    first = ConcernAlertFactory()
    ConcernAlertFactory(concern=first.concern, waits_since=first.waits_since)


def opened_twice_at_a_time():
    first = ReopeningFactory()
    ReopeningFactory(concern=first.concern, at=first.at)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("concern_names_a_colleague_only_where_it_is_about_one", ConcernFactory, {"colleague": somebody}),
    *each("concern_opens_again_after_it_was_raised", ConcernFactory, {"reopened_at": long_ago}),
]
BROKEN_WHEN_WRITTEN = [
    *each("concern_is_told_of_while_it_waits", ConcernAlertFactory, {"at": long_ago}),
    *each("concern_opens_again_for_a_reason", ReopeningFactory, {"because": ""}),
    *each("concern_that_opens_again_had_an_outcome", ReopeningFactory, {"outcome": ""}),
]
# fmt: on
BROKEN_BY_INSERT = {
    "concern_is_told_of_once_at_each_step": one_step_twice,
    "concern_opens_again_once_at_a_time": opened_twice_at_a_time,
}
