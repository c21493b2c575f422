"""Planning and saying no at once, on real connections: no session of direct work stays planned against a no."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from cases import operations as cases
from sessions import operations
from sessions.models import SupportSession
from tests.cases.test_time_races import REFUSED, TRIALS, at_once
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.requirement("R-nat-14")
def test_who_plans_while_they_say_no_is_refused_or_the_session_is_cancelled():
    for _trial in range(TRIALS):
        case = CaseFactory(active=True)
        lead = AssignmentFactory(case=case).user
        ConsentEventFactory(case=case)

        answers = at_once([partial(cases.withdraw_consent, case, by=lead), *_plans(case, lead)])

        kept = SupportSession.objects.filter(case=case)
        assert not kept.planned().exists()
        assert kept.count() == sum(answer is not REFUSED for answer in answers) - 1


def _plans(case, lead):
    asked = {"by": lead, "practitioner": lead, "kind": "review", "mode": "phone"}
    for days in (1, 2):
        yield partial(operations.plan_session, case, **asked, planned_at=timezone.now() + timedelta(days=days))
