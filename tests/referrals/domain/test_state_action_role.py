"""A8: every act in every state as every role, through rules and operations, against a table written by hand.

A cell is the state afterwards, or - where the act is refused.
"""

import csv
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from people.operations import lift_exclusion
from referrals import operations, rules
from referrals.enums import Category, Outcome, Priority, ReferralStatus
from referrals.models import Referral
from safeguarding.operations import raise_concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db

TABLE = list(csv.DictReader(Path(__file__).with_name("state_action_role.csv").read_text().splitlines()))
REFUSED = "-"


@dataclass
class Act:
    """What the page asks (``may``), and what it then does (``do``); ``needs`` is what stands before it."""

    may: object
    do: object
    needs: dict


def decide(referral, waiting, by):
    return operations.decide(referral, by=by, outcome=Outcome.ACCEPTED_ALLOCATE)


ACTS = {
    "assign": Act(
        lambda user, referral, waiting: rules.may_assign(user, referral),
        lambda referral, waiting, by: operations.assign(referral, by=by, to=by),
        {},
    ),
    "start_screening": Act(
        lambda user, referral, waiting: rules.may_start_screening(user, referral),
        lambda referral, waiting, by: operations.start_screening(referral, by=by),
        {},
    ),
    "set_priority": Act(
        lambda user, referral, waiting: rules.may_set_priority(user, referral),
        lambda referral, waiting, by: operations.set_priority(referral, by=by, priority=Priority.SOON, reason="Exams."),
        {},
    ),
    "add_note": Act(
        lambda user, referral, waiting: rules.may_add_note(user, referral),
        lambda referral, waiting, by: operations.add_note(referral, by=by, text="Rang the school."),
        {},
    ),
    "decide": Act(lambda user, referral, waiting: rules.may_decide(user, referral, waiting), decide, {}),
    "decide_by_two": Act(
        lambda user, referral, waiting: rules.may_decide(user, referral, waiting),
        decide,
        {"category": Category.CURRENT},
    ),
    "countersign": Act(
        lambda user, referral, waiting: rules.may_countersign(user, waiting),
        lambda referral, waiting, by: operations.countersign(waiting, by=by),
        {},
    ),
    "send_back": Act(
        lambda user, referral, waiting: rules.may_countersign(user, waiting),
        lambda referral, waiting, by: operations.send_back(waiting, by=by, reason="Ring first."),
        {},
    ),
    "withdraw": Act(
        lambda user, referral, waiting: rules.may_withdraw(user, referral),
        lambda referral, waiting, by: operations.withdraw(referral, by=by),
        {},
    ),
    "keep_out": Act(
        lambda user, referral, waiting: rules.may_keep_out(user, referral),
        lambda referral, waiting, by: operations.keep_out(
            referral, by=by, colleague=UserFactory(), reason="A neighbour."
        ),
        {},
    ),
    "lift_exclusion": Act(
        lambda user, referral, waiting: rules.may_lift_exclusions(user, referral),
        lambda referral, waiting, by: lift_exclusion(
            ExclusionFactory(subject=referral.subject), by=by, reason="A mistake."
        ),
        {},
    ),
    "step_back": Act(
        lambda user, referral, waiting: rules.may_step_back(user, referral),
        lambda referral, waiting, by: operations.keep_out(referral, by=by, colleague=by),
        {},
    ),
    "check_criteria": Act(
        lambda user, referral, waiting: rules.may_check_criteria(user, referral),
        lambda referral, waiting, by: operations.check_criteria(referral, by=by, answers={"age": ("met", "")}, seen=""),
        {},
    ),
    "hold": Act(
        lambda user, referral, waiting: rules.may_hold(user, referral, waiting),
        lambda referral, waiting, by: operations.hold(
            referral, by=by, reason="The school is closed.", review_on=timezone.localdate() + timedelta(days=7)
        ),
        {},
    ),
    "resume": Act(
        lambda user, referral, waiting: rules.may_resume(user, referral),
        lambda referral, waiting, by: operations.resume(referral, by=by),
        {},
    ),
    "ask": Act(
        lambda user, referral, waiting: rules.may_ask(user, referral, waiting),
        lambda referral, waiting, by: operations.ask(
            referral, by=by, facts=["who_knows"], text="", due_on=timezone.localdate() + timedelta(days=3)
        ),
        {},
    ),
    "stop_waiting": Act(
        lambda user, referral, waiting: rules.may_stop_waiting(user, referral),
        lambda referral, waiting, by: operations.stop_waiting(referral, by=by, reason="Told by phone."),
        {},
    ),
    "reopen": Act(
        lambda user, referral, waiting: rules.may_reopen(user, referral),
        lambda referral, waiting, by: operations.reopen(referral, by=by, reason="Something has changed."),
        {},
    ),
    "raise_concern": Act(
        lambda user, referral, waiting: rules.may_raise_concern(user, referral),
        lambda referral, waiting, by: raise_concern(referral.subject, by=by, severity="high", what="Something."),
        {},
    ),
}
# What stops an act by its state alone, whoever asks: the operation refuses it too, not the page only.
REFUSED_BY_STATE = {(row["state"], row["action"]) for row in TABLE if all(row[role] == REFUSED for role in Role.values)}


def a_referral_in(state, act):
    referral = ReferralFactory(**({} if state == "submitted" else {state: True}), **act.needs)
    return referral, referral.decisions.waiting().first()


def test_the_table_holds_every_triple_once():
    states = [*ReferralStatus.values, "waiting"]
    asked = [(row["state"], row["action"]) for row in TABLE]

    assert sorted(asked) == sorted(product(states, ACTS))
    assert all(set(row) == {"state", "action", *Role.values} for row in TABLE)
    assert len(TABLE) * len(Role) == 1368


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['state']}-{row['action']}")
def test_each_role_may_do_what_the_table_says_and_nothing_else(row):
    act = ACTS[row["action"]]
    referral, waiting = a_referral_in(row["state"], act)

    for role in Role.values:
        user = MembershipFactory(role=role, centre=referral.centre).user
        assert bool(act.may(user, referral, waiting)) == (row[role] != REFUSED), role
        if row[role] != REFUSED:
            assert state_after(act, referral, waiting, user) == row[role], role


def state_after(act, referral, waiting, user):
    """What the act leaves behind; taken back, so that the next role meets what this one met."""
    with transaction.atomic():
        act.do(referral, waiting, user)
        status = Referral.objects.get(pk=referral.pk).status
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize(("state", "action"), sorted(REFUSED_BY_STATE))
def test_an_act_out_of_order_is_refused_by_the_operation_itself(state, action):
    act, user = ACTS[action], UserFactory()
    referral, waiting = a_referral_in(state, act)
    if waiting is None and action in ("countersign", "send_back"):
        return  # there is no decision that could be answered: test_deciding.py answers those that do not wait

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        act.do(referral, waiting, user)


REFUSED_TWICE = ["start_screening", "decide", "decide_by_two", "countersign", "withdraw"]
REFUSED_TWICE += ["hold", "resume", "ask", "stop_waiting", "reopen"]


@pytest.mark.parametrize("action", REFUSED_TWICE)
def test_an_act_repeated_is_refused(action):
    act, user = ACTS[action], UserFactory()
    starts_from = {"resume": "on_hold", "stop_waiting": "awaiting_information", "reopen": "accepted"}
    starts_from |= {"start_screening": "submitted", "countersign": "waiting"}
    state = starts_from.get(action, "screening")
    referral, waiting = a_referral_in(state, act)
    act.do(referral, waiting, user)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        act.do(referral, waiting, user)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['state']}-{row['action']}")
def test_a_role_at_another_centre_opens_nothing(row):
    act = ACTS[row["action"]]
    referral, waiting = a_referral_in(row["state"], act)
    everything_elsewhere = UserFactory()
    for role in Role.values:
        MembershipFactory(user=everything_elsewhere, role=role)

    allowed = act.may(everything_elsewhere, referral, waiting)
    assert bool(allowed) == (row["action"] == "step_back")  # whoever sees it at all may step back
