"""Two who press the same button: what was said is written once, and nothing is owed twice."""

import pytest

from cases import operations
from cases.models import ConsentEvent, Task
from outbox.models import Message
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.figures import figure
from tests.referrals.domain.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
TRIALS = figure(2, 100)


def test_of_eight_withdrawals_at_once_one_is_written():
    for _trial in range(TRIALS):
        case = CaseFactory()
        ConsentEventFactory(case=case)
        people = [MembershipFactory(centre=case.centre, role="team_manager").user for _ in range(THREADS)]
        answers = at_once([lambda by=by, case=case: operations.withdraw_consent(case, by=by) for by in people])
        [event] = ConsentEvent.objects.filter(case=case, event="withdrawn")
        assert answers == [event] * THREADS
        assert Task.objects.filter(case=case).count() == 3
        assert Message.objects.filter(reference=case.reference).count() == THREADS  # one for each manager
