"""Two at once, on real connections: a concern is not closed under what somebody is given to do."""

from datetime import date

import pytest

from safeguarding import operations
from tests.factories.accounts import UserFactory
from tests.factories.safeguarding import ConcernFactory, EscalationFactory, YoungPersonToldFactory
from tests.figures import figure
from tests.referrals.domain.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TRIALS = figure(3, 100)


def outcome_of(act, *args, **said):
    """What an act came to: its row, or the name of why not."""

    def run():
        try:
            return act(*args, **said)
        except (operations.StillToDo, operations.MoveNotAllowed) as refused:
            return type(refused).__name__

    return run


def test_of_a_closing_and_an_action_one_wins():
    lead = UserFactory()
    for _trial in range(TRIALS):
        concern = ConcernFactory(acting=True)
        YoungPersonToldFactory(concern=concern)
        given = {"what": "Ring the school.", "owner": lead, "due_on": date(2100, 1, 1)}
        closing = outcome_of(operations.close, concern, by=lead, outcome="Done.")
        closed, action = at_once([closing, outcome_of(operations.set_action, concern, by=lead, **given)])
        concern.refresh_from_db()
        is_closed, owed = concern.status == "closed", concern.actions.owed().count()
        assert (is_closed, owed) in ((True, 0), (False, 1)), (closed, action)


def test_what_is_sent_many_times_at_once_is_kept_once():
    lead = UserFactory()
    said = {"route": "police_999", "method": "phone", "person": "Operator", "known": "Driven away."}
    said |= {"young_person_told": True, "parent_told": True}
    for _trial in range(TRIALS):
        concern = ConcernFactory(acknowledged=True)
        said["sent_at"] = EscalationFactory.build(concern=None, by=None).sent_at
        at_once([outcome_of(operations.take_further, concern, by=lead, **said)] * 4)
        assert concern.escalations.count() == 1
