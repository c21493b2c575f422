"""Withdrawal: from every open state, by anybody who works with them, without a reason; it stops the work and erases
nothing (invariant 9 of domain.md 10.1)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import consenting, operations
from cases.enums import DECIDES, STOPPED, CaseStatus, ConsentState, ConsentStep, TaskKind
from cases.models import Case, ConsentEvent, Task
from cases.signals import consent_withdrawn
from outbox.letters import letter_for
from outbox.models import Message
from safeguarding.models import Concern
from safeguarding.operations import raise_concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.figures import figure
from tests.traces import counts, leaves_no_trace, undone, writes

pytestmark = pytest.mark.django_db

OPEN = [status for status in CaseStatus if status != CaseStatus.CLOSED]


def a_case(state):
    return CaseFactory(**({} if state == CaseStatus.ENGAGING else {state.value: True}))


def with_a_manager(case):
    return MembershipFactory(centre=case.centre, role="team_manager").user


@pytest.mark.requirement("R-nat-13")
@pytest.mark.requirement("R-nat-14", part="sessions come with their floor")
@pytest.mark.parametrize("state", OPEN)
def test_from_every_open_state_without_a_reason_it_stops_the_work_and_tells_a_manager(state):
    case = a_case(state)
    lead, manager = AssignmentFactory(case=case).user, with_a_manager(case)
    ConsentEventFactory(case=case)
    status, end = case.status, case.planned_end_on

    with writes(
        ConsentEvent=1, ConsentEventEvent=1, Task=3, TaskEvent=3, TimelineEntry=1, TimelineEntryEvent=1,
        AuditEvent=5, Message=1,
    ):  # fmt: skip
        event = operations.withdraw_consent(case, by=lead)

    found = Case.objects.for_page().get(pk=case.pk)
    assert (event.event, event.own_words, found.consent_state) == ("withdrawn", "", ConsentState.WITHDRAWN)
    assert (found.status, found.planned_end_on, found.is_stopped) == (status, end, True)
    owners = {task.kind: task.owner for task in Task.objects.all()}
    assert owners == {
        TaskKind.END_SAFELY: lead,
        TaskKind.SAFETY_AND_SHARING: lead,
        TaskKind.CONSENT_WITHDRAWN: manager,
    }
    raise_concern(case.subject, by=lead, severity="high", what="Not seen since Friday.")  # safeguarding goes on
    assert Concern.objects.exists()
    operations.add_note(case, by=lead, text="She may come back any time.")


def test_the_letter_holds_the_reference_and_nothing_of_what_happened():
    case = CaseFactory()
    manager = with_a_manager(case)
    operations.withdraw_consent(case, by=UserFactory(), own_words="I had enough.")
    message = Message.objects.get()
    letter = letter_for(message)
    said = f"{letter.subject} {letter.body}".lower()
    assert (message.to, message.reference) == (manager.email, case.reference)
    assert case.reference.lower() in said
    for word in ("enough", "consent", "withdr", case.young_person.first_name.lower() + " "):
        assert word not in said


def test_whoever_never_agreed_has_said_no():
    case = CaseFactory()
    assert operations.withdraw_consent(case, by=UserFactory()).event == ConsentStep.DECLINED
    assert Case.objects.for_page().get(pk=case.pk).consent_state == ConsentState.REFUSED


def test_where_nobody_leads_a_manager_is_given_all_of_it():
    case = CaseFactory(awaiting_allocation=True)
    manager = with_a_manager(case)
    operations.withdraw_consent(case, by=manager)
    assert {task.owner for task in Task.objects.all()} == {manager}


def test_twice_changes_nothing():
    case, by = CaseFactory(), UserFactory()
    first = operations.withdraw_consent(case, by=by)
    with leaves_no_trace():
        assert operations.withdraw_consent(case, by=by) == first


def test_no_that_came_in_a_conversation_stops_the_work_as_well():
    case = CaseFactory()
    ConsentEventFactory(case=case)
    event = operations.record_consent(case, by=UserFactory(), event=ConsentStep.DECLINED, own_words="Not now.")
    assert event.event == ConsentStep.WITHDRAWN
    assert Task.objects.filter(kind=TaskKind.END_SAFELY).count() == 1


def test_no_after_a_time_in_which_they_could_not_decide_is_a_withdrawal_of_the_yes_before():
    case = CaseFactory()
    ConsentEventFactory(case=case)
    operations.record_consent(case, by=UserFactory(), event=ConsentStep.NOT_ABLE_TO_DECIDE_NOW)
    event = operations.withdraw_consent(case, by=UserFactory())
    assert event.event == ConsentStep.WITHDRAWN
    assert Case.objects.for_page().get(pk=case.pk).consent_state == ConsentState.WITHDRAWN
    assert Task.objects.filter(kind=TaskKind.END_SAFELY).count() == 1


def test_when_they_cannot_decide_the_work_waits_and_a_manager_hears_of_it_and_nothing_is_cancelled():
    heard = []

    def receiver(sender, **kwargs):
        heard.append(kwargs)

    case = CaseFactory()
    lead, manager = AssignmentFactory(case=case).user, with_a_manager(case)
    ConsentEventFactory(case=case)
    consent_withdrawn.connect(receiver)
    try:
        with writes(
            ConsentEvent=1, ConsentEventEvent=1, Task=2, TaskEvent=2, TimelineEntry=1, TimelineEntryEvent=1,
            AuditEvent=3, Message=1,
        ):  # fmt: skip
            operations.record_consent(case, by=lead, event=ConsentStep.NOT_ABLE_TO_DECIDE_NOW)
    finally:
        consent_withdrawn.disconnect(receiver)
    found = Case.objects.for_page().get(pk=case.pk)
    assert (found.consent_state, found.is_stopped, heard) == (ConsentState.CANNOT_DECIDE, False, [])
    assert not consenting.covers(list(case.consent_events.all()), "review", "in_person", timezone.localdate())
    assert {(task.kind, task.owner) for task in Task.objects.all()} == {
        (TaskKind.CONSENT_REVIEW, lead),
        (TaskKind.CANNOT_DECIDE, manager),
    }
    assert Message.objects.get().to == manager.email


def test_said_again_it_asks_nobody_again():
    case = CaseFactory()
    for _time in range(2):
        operations.record_consent(case, by=UserFactory(), event=ConsentStep.NOT_ABLE_TO_DECIDE_NOW)
    assert Task.objects.count() == 2


def test_no_of_yesterday_does_not_undo_the_yes_of_today():
    case = CaseFactory()
    ConsentEventFactory(case=case)
    yesterday = timezone.now() - timedelta(days=1)
    operations.record_consent(case, by=UserFactory(), event=ConsentStep.DECLINED, at=yesterday)
    assert Case.objects.for_page().get(pk=case.pk).consent_state == ConsentState.GIVEN
    assert not Task.objects.exists()


def test_floors_above_hear_of_it_in_the_same_act_and_can_undo_it_whole():
    heard = []

    def receiver(sender, *, case, event, by, **kwargs):
        heard.append((case.pk, event.event, by.pk))
        raise RuntimeError("a floor above could not follow")

    case, by = CaseFactory(), UserFactory()
    consent_withdrawn.connect(receiver)
    try:
        with leaves_no_trace(), pytest.raises(RuntimeError):
            operations.withdraw_consent(case, by=by)
    finally:
        consent_withdrawn.disconnect(receiver)
    assert heard == [(case.pk, "declined", by.pk)]


def test_without_the_annotation_the_ledger_is_asked():
    case = CaseFactory()
    assert not case.is_stopped
    operations.withdraw_consent(case, by=UserFactory())
    assert Case.objects.get(pk=case.pk).is_stopped


# Over generated ledgers

STEPS = st.lists(st.tuples(st.sampled_from(list(ConsentStep)), st.integers(0, 5), st.integers(-3, 3)), max_size=8)


def write(case, steps):
    """A ledger as it may have come about: in any order, at equal moments, reviewed early and late."""
    now, today = timezone.now(), timezone.localdate()
    rows = []
    for step, hours, days in steps:
        is_yes = step in ("given", "given_partial", "renewed", "reviewed_unchanged")
        traits = {"part": True} if step == "given_partial" else {} if is_yes else {"no": True}
        review_on = today + timedelta(days=days) if is_yes else None
        rows.append(
            ConsentEventFactory(
                case=case,
                recorded_by=case.opened_by,
                at=now - timedelta(hours=hours),
                recorded_at=now,
                **traits | {"event": step, "review_on": review_on},
            )  # fmt: skip
        )
    return rows


@settings(max_examples=figure(30, 1000))
@given(steps=STEPS)
@undone()
def test_the_database_reads_the_ledger_as_we_do(steps):
    case = CaseFactory()
    rows = write(case, steps)
    found = Case.objects.for_page().get(pk=case.pk)
    assert found.consent_state == consenting.state(rows, timezone.localdate())
    assert found.is_stopped == (found.consent_state in STOPPED)


@settings(max_examples=figure(30, 1000))
@given(steps=STEPS, state=st.sampled_from(OPEN))
@undone()
def test_withdrawal_is_possible_after_any_ledger_in_any_open_state_and_deletes_nothing(steps, state):
    case = a_case(state)
    write(case, steps)
    was, kept = counts(), set(ConsentEvent.objects.values_list("pk", flat=True))
    before = Case.objects.for_page().get(pk=case.pk)

    operations.withdraw_consent(case, by=case.opened_by)

    after, found = counts(), Case.objects.for_page().get(pk=case.pk)
    assert found.is_stopped
    assert (found.status, found.planned_end_on) == (before.status, before.planned_end_on)
    assert kept <= set(ConsentEvent.objects.values_list("pk", flat=True))
    assert all(after[name] >= number for name, number in was.items())
    is_new = after["cases.ConsentEvent"] - was["cases.ConsentEvent"]
    assert is_new == (0 if before.is_stopped else 1)
    assert ConsentEvent.objects.filter(case=case, event__in=DECIDES).exists()
