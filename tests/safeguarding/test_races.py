"""Two at once, on real connections: a concern is not closed under what somebody is given to do."""

from datetime import date

import pytest

from cases.operations import add_note
from safeguarding import operations
from tests.factories.cases import CaseFactory
from tests.factories.safeguarding import ConcernFactory, EscalationFactory, YoungPersonToldFactory, follower
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
    for _trial in range(TRIALS):
        concern = ConcernFactory(acting=True)
        lead = follower(concern.subject)
        YoungPersonToldFactory(concern=concern)
        given = {"what": "Ring the school.", "owner": lead, "due_on": date(2100, 1, 1)}
        closing = outcome_of(operations.close, concern, by=lead, outcome="Done.")
        closed, action = at_once([closing, outcome_of(operations.set_action, concern, by=lead, **given)])
        concern.refresh_from_db()
        is_closed, owed = concern.status == "closed", concern.actions.owed().count()
        assert (is_closed, owed) in ((True, 0), (False, 1)), (closed, action)


def test_what_is_sent_many_times_at_once_is_kept_once():
    said = {"route": "police_999", "method": "phone", "person": "Operator", "known": "Driven away."}
    said |= {"young_person_told": True, "parent_told": True}
    for _trial in range(TRIALS):
        concern = ConcernFactory(acknowledged=True)
        lead = follower(concern.subject)
        said["sent_at"] = EscalationFactory.build(concern=None, by=None).sent_at
        at_once([outcome_of(operations.take_further, concern, by=lead, **said)] * 4)
        assert concern.escalations.count() == 1


def test_who_writes_on_the_case_and_who_acts_on_a_concern_wait_for_each_other_in_one_order():
    """Each holds the case first, then the person: else of two one would be thrown away as a deadlock."""
    for trial in range(TRIALS):
        case = CaseFactory(active=True)
        lead = follower(case.subject)
        concern = ConcernFactory(subject=case.subject, acknowledged=True)
        given = {"what": "Ring the school.", "owner": lead, "due_on": date(2100, 1, 1)}
        acts = [
            outcome_of(operations.raise_concern, case.subject, by=lead, severity="high", what="At the gate."),
            outcome_of(operations.set_action, concern, by=lead, **given),
            outcome_of(add_note, case, by=lead, text=f"Rang {trial}."),
        ]
        at_once([*acts, *acts[:2]])
        told = list(case.timeline.order_by("title").values_list("title", flat=True))
        assert told == ["Concern raised: High", "Note"]
