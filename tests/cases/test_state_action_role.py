"""A8: every act in every state as every role, through rules and operations, against a table.

The table follows the permission matrix (security.md 5) and the moves of design.md 6.2, never the code.

A cell is the status of the case afterwards, or - where the act is refused. *proposed* is a case that
ends and whose ending waits for a manager. Acts of floors above, and those on one row of a plan, an
assessment or a review, are asserted beside their own rules.
"""

import csv
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from cases import closing, operations, rules
from cases.enums import OPEN, AssignmentKind, CaseStatus, CheckIn, SafeToSend, TaskKind
from cases.models import Case, Task
from safeguarding.operations import raise_concern
from tests.factories.accounts import MembershipFactory, UserFactory, practitioner_of
from tests.factories.cases import AssignmentFactory, CaseFactory, PauseFactory, TaskFactory
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.network import SupportOptionFactory
from tests.factories.people import AccessGrantFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db

TABLE = list(csv.DictReader(Path(__file__).with_name("state_action_role.csv").read_text().splitlines()))
REFUSED = "-"
STATES = [*CaseStatus.values, "proposed"]


@dataclass
class World:
    """A case in one state, with what the acts need beside it."""

    case: Case
    ending: object = None
    colleague: object = None
    option: object = field(default_factory=SupportOptionFactory)
    missing: object = None  # a time of being missing, over where the act is for afterwards

    def __post_init__(self):
        self.colleague = practitioner_of(self.case)


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def hours_ago(count):
    return timezone.now() - timedelta(hours=count)


def world_in(state, action):
    status = "ending" if state == "proposed" else state
    status = "later" if (status, action) == ("active", "request_extension") else status
    world = World(CaseFactory(**({} if status == "engaging" else {status: True})))
    if state in ("ending", "proposed", "closed"):
        world.ending = _ending(world.case, state)
    if action == "resume":
        PauseFactory(case=world.case)
    if action in ("write_missing", "come_back", "talk_about_return"):
        world.missing = MissingEpisodeFactory(case=world.case, back=action == "talk_about_return")
    return world


def _ending(case, state):
    if state == "closed":
        return EndingFactory(case=case, signed_off=True)
    ready = {"letter_is_safe": SafeToSend.NO, "letter_safety": "Her post is read.", "check_in": CheckIn.NO}
    ending = EndingFactory(case=case, written=True, **ready)
    for finding in closing.unanswered(case, ending):
        EndingItemFactory(ending=ending, key=finding.key, answer="not_applicable", why="She says so.")
    return operations.propose_ending(ending, seen=ending.version, by=UserFactory()) if state == "proposed" else ending


def writes(user, world):
    return rules.may_write(user, world.case)


def writes_ending(user, world):
    return rules.may_write_ending(user, world.case, world.ending)


def on_ending(operation, **told):
    """An act on the ending as it stands."""
    return lambda world, by: operation(world.ending, by=by, seen=world.ending.version, **told)


def signs_off(user, world):
    return rules.may_sign_off(user, world.case, world.ending)


def finishing(kind=TaskKind.GENERAL, *, owner=None):
    """Tick off a task of ``kind``, one's own or that of a colleague."""

    def may(user, world):
        return rules.may_finish_task(user, world.case, Task(kind=kind, owner=owner(world) if owner else user))

    def act(world, by):
        return operations.finish_task(TaskFactory(case=world.case, kind=kind, owner=by), by=by)

    return may, act


EXTENSION = {"needs": "Court.", "what_will_differ": "Shorter.", "view": "agree", "own_words": "Yes.", "safety": "Safe."}
STAGE = {"to_stage": "socio_educative", "reasons": "She asks.", "young_persons_view": "Yes.", "safety": "Safe."}
MISSING = {"kind": "missing", "told_us_by": "Her aunt", "police_told": "yes"}
MEETING = {"meeting": "school_meeting", "how": "attended", "purpose": "School."}

# What the page asks, and what it then does.
ACTS = {
    "add_note": (writes, lambda world, by: operations.add_note(world.case, by=by, text="Rang.")),
    "record_contact": (
        writes,
        lambda world, by: operations.record_contact(world.case, by=by, channel="call", outcome="reached"),
    ),
    "set_task": (
        writes,
        lambda world, by: operations.set_task(world.case, by=by, what="Ring.", owner=by, due_on=in_days(3)),
    ),
    "finish_own_task": finishing(),
    "finish_task_of_another": finishing(owner=lambda world: world.colleague),
    "finish_task_for_a_manager": finishing(TaskKind.CONSENT_WITHDRAWN),
    "pause": (
        lambda user, world: rules.may_pause(user, world.case, is_paused=False),
        lambda world, by: operations.pause(world.case, by=by, reason="In hospital.", review_on=in_days(7)),
    ),
    "resume": (
        lambda user, world: rules.may_resume(user, world.case, is_paused=True),
        lambda world, by: operations.resume(world.case, by=by),
    ),
    "withdraw_consent": (
        lambda user, world: rules.may_record_consent(user, world.case),
        lambda world, by: operations.withdraw_consent(world.case, by=by),
    ),
    "contribute": (writes, lambda world, by: operations.contribute(world.case, by=by, held_on=in_days(0), **MEETING)),
    "explain_no_contribution": (
        writes,
        lambda world, by: operations.explain_no_contribution(world.case, by=by, reason="Nobody is there."),
    ),
    "note_safety_change": (
        writes,
        lambda world, by: operations.note_safety_change(world.case, by=by, change="improved", what="At school."),
    ),
    "report_missing": (
        writes,
        lambda world, by: operations.report_missing(world.case, by=by, from_at=hours_ago(3), **MISSING),
    ),
    "write_missing": (writes, lambda world, by: operations.write_missing(world.missing, by=by, seen=1, fears="A car.")),
    "come_back": (
        writes,
        lambda world, by: operations.come_back(world.missing, by=by, until_at=hours_ago(1)),
    ),
    "talk_about_return": (
        writes,
        lambda world, by: operations.talk_about_return(
            world.missing, by=by, seen=1, talk="said_no", talk_by="The council", talk_offered_on=in_days(0)
        ),
    ),
    "answer_menu": (
        writes,
        lambda world, by: operations.answer_menu(world.case, by=by, answers=[(world.option, "later", "")]),
    ),
    "choose_focus": (writes, lambda world, by: operations.choose_focus(world.case, by=by, focus=["socio_educative"])),
    "decide_stage": (
        writes,
        lambda world, by: operations.decide_stage(
            world.case, by=by, discussed_with=world.colleague, discussed_on=in_days(0), **STAGE
        ),
    ),
    "supervise": (
        lambda user, world: rules.may_supervise(user, world.case),
        lambda world, by: operations.supervise(
            world.case, by=by, kind="oversight", held_on=in_days(0), oversight="Go on."
        ),
    ),
    "assign": (
        lambda user, world: rules.may_assign(user, world.case),
        lambda world, by: operations.assign(world.case, to=world.colleague, kind=AssignmentKind.CO_WORKER, by=by),
    ),
    "give_lead": (
        lambda user, world: rules.may_assign(user, world.case),
        lambda world, by: operations.assign(world.case, to=world.colleague, kind=AssignmentKind.LEAD, by=by),
    ),
    "raise_concern": (
        lambda user, world: rules.may_raise_concern(user, world.case),
        lambda world, by: raise_concern(world.case.subject, by=by, severity="high", what="Something."),
    ),
    "request_extension": (
        lambda user, world: rules.may_ask_for_more_time(user, world.case),
        lambda world, by: operations.request_extension(
            world.case, by=by, until_on=in_days(120), alternatives="Group work.", **EXTENSION
        ),
    ),
    "begin_ending": (
        lambda user, world: rules.may_begin_ending(user, world.case),
        lambda world, by: operations.begin_ending(world.case, by=by, reason="planned_goals_met", ends_on=in_days(14)),
    ),
    "go_on_after_all": (
        lambda user, world: rules.may_go_on(user, world.case, world.ending),
        lambda world, by: operations.go_on_after_all(world.ending, by=by, because="He is back."),
    ),
    "write_ending": (
        writes_ending,
        lambda world, by: operations.write_ending(world.ending, by=by, seen=world.ending.version, shared="Nothing."),
    ),
    "answer_requirement": (
        writes_ending,
        lambda world, by: operations.answer_requirement(world.ending, by=by, key="feedback", answer="done"),
    ),
    "propose_ending": (writes_ending, on_ending(operations.propose_ending)),
    "sign_off_ending": (signs_off, on_ending(operations.sign_off_ending)),
    "send_back_ending": (signs_off, on_ending(operations.send_back_ending, reason="Who leads?")),
    "reopen_case": (
        lambda user, world: rules.may_reopen(user, world.case, world.ending),
        lambda world, by: operations.reopen_case(world.case, by=by, lead=world.colleague, because="She rang."),
    ),
}
# What stops an act by its state alone, whoever asks: the operation refuses it too, not the page only.
REFUSED_BY_STATE = {(row["state"], row["action"]) for row in TABLE if all(row[role] == REFUSED for role in Role.values)}
NEEDS_AN_ENDING = {
    *("go_on_after_all", "write_ending", "answer_requirement", "propose_ending", "sign_off_ending", "send_back_ending")
}
WITH_AN_ENDING = {"ending", "proposed", "closed"}


def test_the_table_holds_every_triple_once():
    asked = [(row["state"], row["action"]) for row in TABLE]
    assert sorted(asked) == sorted(product(STATES, ACTS))
    assert all(set(row) == {"state", "action", *Role.values} for row in TABLE)
    assert len(TABLE) * len(Role) == 2048


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['state']}-{row['action']}")
def test_each_role_may_do_what_the_table_says_and_nothing_else(row):
    may, act = ACTS[row["action"]]
    world = world_in(row["state"], row["action"])
    for role in Role.values:
        user = MembershipFactory(role=role, centre=world.case.centre).user
        if role == Role.PRACTITIONER and world.case.is_open:
            AssignmentFactory(case=world.case, user=user, kind=AssignmentKind.CO_WORKER)
        assert bool(may(user, world)) == (row[role] != REFUSED), role
        if row[role] != REFUSED:
            assert status_after(act, world, user) == row[role], role


def status_after(act, world, user):
    """What the act leaves behind; taken back, so that the next role meets what this one met."""
    with transaction.atomic():
        act(world, user)
        status = Case.objects.get(pk=world.case.pk).status
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize(("state", "action"), sorted(REFUSED_BY_STATE))
def test_an_act_out_of_order_is_refused_by_the_operation_itself(state, action):
    if action in NEEDS_AN_ENDING and state not in WITH_AN_ENDING:
        return  # there is no ending that could be written, proposed or signed off
    world, user = world_in(state, action), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ACTS[action][1](world, user)


READS_ON = {"raise_concern", "finish_own_task"}  # what whoever sees it may do, and whoever owes it


@pytest.mark.parametrize("state", OPEN)
def test_a_practitioner_who_only_reads_it_writes_nothing(state):
    """As after a case was closed and opened again with somebody else."""
    world = world_in(state, "add_note")
    reader = MembershipFactory(role=Role.PRACTITIONER, centre=world.case.centre).user
    AccessGrantFactory(subject=world.case.subject, user=reader)
    assert Case.objects.visible_to(reader).filter(pk=world.case.pk).exists()
    assert {name for name, (may, _act) in ACTS.items() if may(reader, world)} == READS_ON
    assert rules.may_read_assessments(reader, world.case)
    assert not rules.may_write_assessment(reader, world.case)
    assert not rules.may_pin(reader, world.case)


@pytest.mark.parametrize("state", STATES)
def test_a_role_at_another_centre_opens_nothing(state):
    everything_elsewhere = UserFactory()
    for role in Role.values:
        MembershipFactory(user=everything_elsewhere, role=role)
    world = world_in(state, "resume")
    assert [name for name, (may, _act) in ACTS.items() if may(everything_elsewhere, world)] == []
