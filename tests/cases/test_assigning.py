"""Who works on a case: one lead, access that follows at once, and a history that stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from cases import operations
from cases.enums import FOR_A_MANAGER, AssignmentKind, CaseStatus
from cases.models import Assignment, Case
from people.models import AccessGrant
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WHY = {"because": "She moves to another team.", "handover": "He likes to be asked before he is rung."}


@pytest.fixture
def lead(case):
    return AssignmentFactory(case=case, user=MembershipFactory(centre=case.centre, role="practitioner").user)


def colleague_of(case):
    return MembershipFactory(centre=case.centre, role="practitioner").user


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


@pytest.mark.requirement("R-nat-19")
def test_a_change_of_practitioner_has_a_reason_and_a_hand_over_and_takes_effect_at_once(case, lead):
    successor, manager = colleague_of(case), UserFactory()
    with writes(
        Assignment=1, Message=1, AssignmentEvent=2, AccessGrant=1, AccessGrantEvent=2,
        TimelineEntry=2, TimelineEntryEvent=2,
        AuditEvent=4,
    ):  # fmt: skip
        operations.reassign(case, to=successor, by=manager, **WHY)

    lead.refresh_from_db()
    assert (lead.ended_by, lead.ended_because, lead.handover) == (manager, *WHY.values())
    assert not sees(lead.user, case)
    assert sees(successor, case)


@pytest.mark.parametrize("lacks", ["because", "handover"])
def test_a_change_without_a_reason_or_a_hand_over_is_refused(case, lead, lacks):
    successor, manager = colleague_of(case), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.reassign(case, to=successor, by=manager, **WHY | {lacks: " "})


@pytest.mark.requirement("R-nat-22", part="how often the practitioner has changed stands on the case")
def test_changes_of_practitioner_are_counted(case, lead):
    manager = UserFactory()
    for changes in range(1, 4):
        operations.reassign(case, to=colleague_of(case), by=manager, **WHY)
        assert Case.objects.for_page().get(pk=case.pk).leads_count == changes + 1


def test_a_lead_who_leaves_with_nobody_in_their_place_leaves_the_case_waiting(case, lead):
    operations.reassign(case, to=None, by=UserFactory(), **WHY)
    case.refresh_from_db()
    assert case.status == CaseStatus.AWAITING_ALLOCATION
    assert list(Case.objects.without_lead()) == [case]


@pytest.mark.requirement("R-nat-19")
@pytest.mark.parametrize("state", ["assessing", "planning", "active", "ending"])
def test_later_the_case_stays_where_it_is_and_stands_on_the_list_of_who_waits(state):
    case = CaseFactory(**{state: True})
    AssignmentFactory(case=case)
    operations.reassign(case, to=None, by=UserFactory(), **WHY)
    case.refresh_from_db()
    assert case.status == CaseStatus(state)
    assert list(Case.objects.without_lead()) == [case]


def test_a_case_that_waits_is_taken_up_again_by_a_new_lead():
    case, manager = CaseFactory(awaiting_allocation=True), UserFactory()
    operations.assign(case, to=colleague_of(case), kind=AssignmentKind.LEAD, by=manager)
    case.refresh_from_db()
    assert case.status == CaseStatus.ENGAGING


def test_who_works_alongside_becomes_the_lead_in_one_act(case, lead):
    alongside = AssignmentFactory(case=case, kind=AssignmentKind.CO_WORKER, user=colleague_of(case))
    operations.reassign(case, to=alongside.user, by=UserFactory(), **WHY)
    assert [row.kind for row in Assignment.objects.current().filter(user=alongside.user)] == [AssignmentKind.LEAD]
    assert sees(alongside.user, case)


def test_two_leads_at_once_are_impossible(case, lead):
    another = colleague_of(case)
    with pytest.raises(IntegrityError, match="assignment_one_lead_per_case"), transaction.atomic():
        operations.assign(case, to=another, kind=AssignmentKind.LEAD, by=UserFactory())


@pytest.mark.parametrize("kind", [AssignmentKind.CO_WORKER, AssignmentKind.COVER])
def test_a_colleague_who_helps_sees_the_case_until_it_ends(case, kind):
    colleague, manager = colleague_of(case), UserFactory()
    assignment = operations.assign(case, to=colleague, kind=kind, by=manager)
    assert sees(colleague, case)
    operations.end_assignment(assignment, by=manager, because="Back from leave.")
    assert not sees(colleague, case)
    assert AccessGrant.objects.get().until_at is not None


def test_a_part_that_has_ended_does_not_end_twice_and_a_lead_not_at_all(case, lead):
    over = AssignmentFactory(case=case, kind=AssignmentKind.COVER, ended=True)
    for assignment in (over, lead):
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            operations.end_assignment(assignment, by=over.user, because="Again.")


@pytest.mark.parametrize(
    ("act", "how"), [(operations.assign, {"kind": AssignmentKind.COVER}), (operations.reassign, WHY)]
)
def test_who_must_not_see_the_young_person_is_not_given_the_case(case, lead, act, how):
    knows_them, manager = colleague_of(case), UserFactory()
    ExclusionFactory(subject=case.subject, user=knows_them)
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        act(case, to=knows_them, by=manager, **how)


OF_OTHERS = [role for role in Role if role != Role.PRACTITIONER]


@pytest.mark.parametrize("role", [*OF_OTHERS, "elsewhere", "no more"])
def test_a_case_is_given_to_practitioners_of_its_centre_alone_whatever_a_page_offered(case, lead, role):
    """A grant is enough to read a whole case: whoever has no part in the work is given none (security.md 5)."""
    held = {"role": role if role in OF_OTHERS else Role.PRACTITIONER, "centre": case.centre}
    held |= {"elsewhere": {"centre": ServiceCentreFactory()}, "no more": {"until_on": date(2021, 1, 1)}}.get(role, {})
    to, manager = MembershipFactory(**held).user, UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotTheirWork):
        operations.assign(case, to=to, kind=AssignmentKind.COVER, by=manager)
    with leaves_no_trace(), pytest.raises(operations.NotTheirWork):
        operations.reassign(case, to=to, by=manager, **WHY)


def test_nobody_works_on_it_twice(case, lead):
    manager = UserFactory()
    with leaves_no_trace(), pytest.raises(operations.WorksOnItAlready):
        operations.assign(case, to=lead.user, kind=AssignmentKind.COVER, by=manager)
    with leaves_no_trace(), pytest.raises(operations.WorksOnItAlready):
        operations.reassign(case, to=lead.user, by=manager, **WHY)


def test_a_closed_case_is_given_to_nobody():
    case, user, manager = CaseFactory(closed=True), UserFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.assign(case, to=user, kind=AssignmentKind.LEAD, by=manager)


# What they owed


@pytest.fixture
def manager(case):
    return MembershipFactory(centre=case.centre, role="team_manager").user


def owners(case):
    return {task.kind: task.owner for task in case.tasks.all()}


def test_the_tasks_of_a_lead_who_goes_become_the_new_leads_in_the_same_act(case, lead, manager):
    done = TaskFactory(case=case, owner=lead.user, done=True)
    others = TaskFactory(case=case, owner=manager)
    for what in ("Ring the school.", "Think about safety now."):
        TaskFactory(case=case, owner=lead.user, what=what)
    successor = colleague_of(case)
    with writes(
        Assignment=1, Message=1, AssignmentEvent=2, AccessGrant=1, AccessGrantEvent=2,
        TaskEvent=2, TimelineEntry=3,
        TimelineEntryEvent=3, AuditEvent=6,
    ):  # fmt: skip
        operations.reassign(case, to=successor, by=manager, **WHY)

    assert {task.owner for task in case.tasks.open().exclude(pk=others.pk)} == {successor}
    assert [case.tasks.get(pk=task.pk).owner for task in (done, others)] == [lead.user, manager]
    told = case.timeline.get(title=f"2 tasks go to {successor.full_name}")
    assert set(told.words.splitlines()) == {"Ring the school.", "Think about safety now."}


def test_with_nobody_in_their_place_their_tasks_are_a_managers(case, lead, manager):
    TaskFactory(case=case, owner=lead.user)
    operations.reassign(case, to=None, by=UserFactory(), **WHY)
    assert case.tasks.get().owner == manager


def test_where_nobody_manages_either_their_tasks_are_with_whoever_says_so(case, lead):
    TaskFactory(case=case, owner=lead.user)
    says_so = UserFactory()
    operations.reassign(case, to=None, by=says_so, **WHY)
    assert case.tasks.get().owner == says_so


@pytest.mark.parametrize("kind", FOR_A_MANAGER)
def test_what_is_for_a_manager_goes_to_a_manager_even_where_a_lead_follows(case, lead, manager, kind):
    TaskFactory(case=case, owner=lead.user, kind=kind)
    TaskFactory(case=case, owner=lead.user)
    successor = colleague_of(case)
    operations.reassign(case, to=successor, by=manager, **WHY)
    assert owners(case) == {kind: manager, "general": successor}


def test_who_helped_and_stops_leaves_their_tasks_with_the_lead(case, lead, manager):
    helper = AssignmentFactory(case=case, kind=AssignmentKind.COVER)
    TaskFactory(case=case, owner=helper.user)
    operations.end_assignment(helper, by=manager, because="Back from leave.")
    assert case.tasks.get().owner == lead.user


def test_who_worked_alongside_and_now_leads_keeps_their_own_tasks_and_takes_those_of_the_lead(case, lead):
    alongside = AssignmentFactory(case=case, kind=AssignmentKind.CO_WORKER, user=colleague_of(case))
    for owner in (alongside.user, lead.user):
        TaskFactory(case=case, owner=owner)
    operations.reassign(case, to=alongside.user, by=UserFactory(), **WHY)
    assert {task.owner for task in case.tasks.all()} == {alongside.user}
    assert case.timeline.filter(title=f"1 task goes to {alongside.user.full_name}").count() == 1


def test_who_must_not_see_the_young_person_any_more_is_given_no_task_of_a_colleague(case, lead, manager):
    helper = AssignmentFactory(case=case, kind=AssignmentKind.COVER)
    TaskFactory(case=case, owner=helper.user)
    ExclusionFactory(subject=case.subject, user=lead.user)
    operations.end_assignment(helper, by=manager, because="Back from leave.")
    assert case.tasks.get().owner == manager
