"""Many who acknowledge at once, many sweeps at once, and both: it is said once to each, or not at all."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.enums import Role
from outbox.models import Message
from safeguarding import operations
from safeguarding.models import ConcernAlert
from safeguarding.sweep import escalate_all
from tests.factories.accounts import MembershipFactory
from tests.factories.safeguarding import ConcernFactory
from tests.figures import figure
from tests.reminders.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6
TRIALS = figure(2, 50)


def a_late_concern():
    concern = ConcernFactory(severity="immediate", raised_at=timezone.now() - timedelta(minutes=61))
    leads = [MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=concern.subject.centre).user for _ in range(2)]
    return concern, leads


def acknowledge(concern, by):
    try:
        return operations.acknowledge(concern, by=by).acknowledged_by
    except operations.MoveNotAllowed:
        return None


def sweep():
    escalate_all(by="test")


def test_of_all_who_acknowledge_at_once_one_has_it():
    for _trial in range(TRIALS):
        concern, leads = a_late_concern()
        answers = at_once([partial(acknowledge, concern, by) for by in leads * 3])
        assert Counter(bool(answer) for answer in answers) == {True: 1, False: 5}
        concern.refresh_from_db()
        assert concern.acknowledged_by in answers


def test_however_many_sweep_at_once_each_step_is_said_once_to_each():
    for _trial in range(TRIALS):
        concern, leads = a_late_concern()
        at_once([sweep] * THREADS)
        sweep()
        assert [alert.step for alert in concern.alerts.all()] == [1]
        assert [Message.objects.filter(to=lead.email).count() for lead in leads] == [1, 1]


def test_what_is_acknowledged_while_the_sweep_runs_was_said_before_or_never():
    for _trial in range(TRIALS):
        concern, [lead, _other] = a_late_concern()
        at_once([partial(acknowledge, concern, lead), *[sweep] * (THREADS - 1)])
        concern.refresh_from_db()
        said = ConcernAlert.objects.filter(concern=concern).count()
        assert (concern.acknowledged_by, said in (0, 1)) == (lead, True)
        sweep()
        assert ConcernAlert.objects.filter(concern=concern).count() == said
