"""What is written down: possible in every open state, kept as it was written, told on the timeline."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import operations
from cases.enums import EntryKind
from cases.models import CaseNote, ContactAttempt, TimelineEntry
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import (
    AssignmentFactory,
    CaseFactory,
    CaseNoteFactory,
    ContactAttemptFactory,
    PauseFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"]


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def a_case(state):
    return CaseFactory(**({} if state == "engaging" else {state: True}))


ACTS = {
    "note": (
        lambda case, by: operations.add_note(case, by=by, text="Rang the school."),
        {"CaseNote": 1, "CaseNoteEvent": 1, "TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1},
    ),
    "contact": (
        lambda case, by: operations.record_contact(case, by=by, channel="call", outcome="not_reached"),
        {"ContactAttempt": 1, "ContactAttemptEvent": 1, "TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1},
    ),
    "task": (
        lambda case, by: operations.set_task(case, by=by, what="Ring.", owner=by, due_on=in_days(3)),
        {"Task": 1, "TaskEvent": 1, "AuditEvent": 1},
    ),
    "pause": (
        lambda case, by: operations.pause(case, by=by, reason="In hospital.", review_on=in_days(14)),
        {"Pause": 1, "PauseEvent": 1, "TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1},
    ),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", OPEN)
def test_it_is_possible_in_every_open_state_and_writes_no_more_than_it_says(name, state):
    case = a_case(state)
    by = AssignmentFactory(case=case).user
    act, written = ACTS[name]
    with writes(**written):
        act(case, by)


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_written_on_a_closed_case(name):
    case, by = CaseFactory(closed=True), UserFactory()
    act, _written = ACTS[name]
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        act(case, by)


def test_a_note_is_told_when_it_happened_and_not_when_it_was_typed():
    yesterday = timezone.now() - timedelta(days=1)
    operations.add_note(CaseFactory(), by=UserFactory(), text="Rang the school.", happened_at=yesterday)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.at, entry.words) == (EntryKind.NOTE, yesterday, "Rang the school.")


@pytest.mark.parametrize(
    ("factory", "rule"),
    [
        (CaseNoteFactory, "case_note_is_written_once"),
        (ContactAttemptFactory, "contact_is_written_once"),
        (TimelineEntryFactory, "entry_is_written_once"),
    ],
)
def test_what_was_written_is_neither_changed_nor_deleted(factory, rule):
    row = factory()
    changes = {CaseNote: {"text": "x"}, ContactAttempt: {"what": "x"}, TimelineEntry: {"words": "x"}}[type(row)]
    rows = type(row).objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        rows.update(**changes)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        rows.delete()


SAME = {"note": {"text": "Rang."}, "contact": {"channel": "call", "outcome": "reached", "what": "She is well."}}
OTHER = {"note": {"text": "Rang again."}, "contact": {"channel": "call", "outcome": "reached", "what": "Her mother."}}
WRITE = {"note": operations.add_note, "contact": operations.record_contact}


@pytest.mark.parametrize("name", WRITE)
def test_what_is_sent_twice_is_kept_once(name):
    case, by = CaseFactory(), UserFactory()
    WRITE[name](case, by=by, **SAME[name])
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        WRITE[name](case, by=by, **SAME[name])
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        WRITE[name](case, by=by, **SAME[name], **({"happened_at": timezone.now()} if name == "contact" else {}))


@pytest.mark.parametrize("name", WRITE)
def test_what_is_not_the_same_is_kept_however_soon(name):
    case, by = CaseFactory(), UserFactory()
    WRITE[name](case, by=by, **SAME[name])
    WRITE[name](case, by=by, **OTHER[name])
    WRITE[name](case, by=UserFactory(), **SAME[name])
    WRITE[name](CaseFactory(), by=by, **SAME[name])
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        WRITE[name](case, by=by, **SAME[name])
    rows = {"note": case.notes, "contact": case.contact_attempts}[name]
    assert rows.count() == 4


# Tasks


@pytest.fixture
def case():
    return CaseFactory()


def asked(case, somebody):
    return operations.set_task(case, by=UserFactory(), what="Ring.", owner=somebody, due_on=in_days(3))


@pytest.mark.parametrize("kind", ["lead", "co_worker", "cover"])
def test_whoever_works_on_it_is_asked(case, kind):
    somebody = AssignmentFactory(case=case, kind=kind).user
    assert asked(case, somebody).owner == somebody


@pytest.mark.parametrize("role", ["team_manager", "service_manager"])
def test_whoever_manages_there_is_asked(case, role):
    manager = MembershipFactory(centre=case.centre, role=role).user
    assert asked(case, manager).owner == manager


NOT_ASKED = {
    "a practitioner of the centre": lambda case: MembershipFactory(centre=case.centre, role="practitioner").user,
    "a manager of another centre": lambda case: MembershipFactory(role="team_manager").user,
    "who worked on it before": lambda case: AssignmentFactory(case=case, ended=True).user,
    "who reads it on": lambda case: AccessGrantFactory(subject=case.subject).user,
    "an excluded colleague": lambda case: (
        ExclusionFactory(subject=case.subject, user=AssignmentFactory(case=case).user).user
    ),
    "an excluded manager": lambda case: (
        ExclusionFactory(
            subject=case.subject, user=MembershipFactory(centre=case.centre, role="team_manager").user
        ).user
    ),
    "who has left": lambda case: AssignmentFactory(case=case, user__is_active=False).user,
}


@pytest.mark.parametrize("who", NOT_ASKED)
def test_who_could_not_open_it_is_not_asked(case, who):
    somebody, by = NOT_ASKED[who](case), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.set_task(case, by=by, what="Ring.", owner=somebody, due_on=in_days(3))


def test_a_task_is_done_once_and_the_story_tells_it():
    task, first, second = TaskFactory(), UserFactory(), UserFactory()
    with writes(TaskEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        operations.finish_task(task, by=first)
    with leaves_no_trace():
        assert operations.finish_task(task, by=second).done_by == first


# Pins


def test_a_line_is_pinned_and_let_go_and_its_words_stay():
    entry, by = TimelineEntryFactory(), UserFactory()
    assert operations.pin(entry, by=by).pinned_by == by
    with leaves_no_trace():
        operations.pin(entry, by=UserFactory.build(pk=by.pk))
    assert operations.unpin(entry, by=by).pinned_at is None
    with leaves_no_trace():
        operations.unpin(entry, by=by)


# Pauses


def test_a_pause_moves_no_end_and_the_work_goes_on_once():
    case, by = CaseFactory(active=True), UserFactory()
    end = case.planned_end_on
    operations.pause(case, by=by, reason="In hospital.", review_on=in_days(14))
    resumed = operations.resume(case, by=by)
    case.refresh_from_db()
    assert (case.planned_end_on, resumed.resumed_by) == (end, by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.resume(case, by=by)


def test_the_work_rests_once_at_a_time():
    case, by = PauseFactory().case, UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.pause(case, by=by, reason="Again.", review_on=in_days(3))
