"""A closed case opens again within 28 days, with a lead and a reason; later it is a new referral."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import operations
from cases.enums import CaseStatus, PathwayStage
from cases.models import Case, Review
from cases.reviewing import plan_reviews_locked
from cases.starting import start_support_locked
from safeguarding.operations import raise_concern
from tests.cases.test_ending import begin, in_days, proposed
from tests.factories.accounts import UserFactory, practitioner_of
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.factories.people import ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    ending = proposed()
    AssignmentFactory(case=ending.case)
    return operations.sign_off_ending(ending, seen=ending.version, by=UserFactory()).case


WHY = "She rang us: he is back."


def test_a_closed_case_opens_again_with_a_lead_and_the_clock_stands_where_it_stood(closed):
    lead, manager, end = practitioner_of(closed), UserFactory(), closed.planned_end_on
    with writes(
        EndingEvent=1, CaseEvent=2, Assignment=1, Message=1, AssignmentEvent=1, AccessGrant=1,
        AccessGrantEvent=2, AuditEvent=6,
        TimelineEntry=2, TimelineEntryEvent=2,
    ):  # fmt: skip
        operations.reopen_case(closed, by=manager, lead=lead, because=WHY)
    case = Case.objects.get(pk=closed.pk)
    assert (case.status, case.pathway_stage, case.planned_end_on, case.closed_at) == (
        CaseStatus.ENGAGING, PathwayStage.STABILISE_AND_BUILD_TRUST, end, None,
    )  # fmt: skip
    assert Case.objects.visible_to(lead).filter(pk=case.pk).exists()
    assert begin(case, manager).pk != closed.endings.last().pk


def test_with_a_new_plan_the_support_of_a_case_opened_again_goes_on_by_the_old_clock(closed):
    by, started, end = UserFactory(), closed.support_started_on, closed.planned_end_on
    operations.reopen_case(closed, by=by, lead=practitioner_of(closed), because=WHY)
    Case.objects.filter(pk=closed.pk).update(status=CaseStatus.PLANNING)
    with transaction.atomic():
        start_support_locked(Case.objects.select_for_update().get(pk=closed.pk), on=in_days(0), by=by)
    case = Case.objects.get(pk=closed.pk)
    assert (case.status, case.support_started_on, case.planned_end_on) == (CaseStatus.ACTIVE, started, end)


def test_who_read_it_after_their_work_has_no_part_in_the_new_work():
    ending, by = proposed(), UserFactory()
    case = ending.case
    again = AssignmentFactory(case=case, user=practitioner_of(case)).user
    before = AssignmentFactory(case=case, kind="co_worker").user
    operations.sign_off_ending(ending, seen=ending.version, by=by)
    task = TaskFactory(case=case, owner=before)
    operations.reopen_case(case, by=by, lead=again, because=WHY)
    sees = [Case.objects.visible_to(user).filter(pk=case.pk).exists() for user in (again, before)]
    task.refresh_from_db()
    assert (sees, task.owner) == ([True, False], again)
    successor = practitioner_of(case)
    operations.reassign(Case.objects.get(pk=case.pk), to=successor, by=by, because="On leave.", handover="All.")
    assert not Case.objects.visible_to(again).filter(pk=case.pk).exists()


def owed(case):
    return sorted(Review.objects.open().filter(case=case).values_list("kind", "due_on"))


def test_the_reviews_to_come_are_planned_again_with_the_case_and_never_twice():
    ending, by = proposed(case=CaseFactory(active=True)), UserFactory()
    case = ending.case
    with transaction.atomic():
        plan_reviews_locked(case, by=by)
    not_needed = Review.objects.filter(case=case, kind="settling_in").get()
    operations.cancel_review(not_needed, by=by, because="We met every week.")
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.ENDING)
    before = owed(case)
    later = timezone.now() + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        ending = operations.sign_off_ending(ending, seen=ending.version, by=UserFactory())
        assert [kind for kind, _due_on in owed(case)] == ["six_month_decision"]
    with time_machine.travel(later + timedelta(days=20), tick=False):
        operations.reopen_case(case, by=by, lead=practitioner_of(case), because=WHY)
        today = timezone.localdate()
        to_come = [row for row in before if row[1] >= today or row[0] == "six_month_decision"]
        assert owed(case) == to_come
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.PLANNING)
        with transaction.atomic():
            start_support_locked(Case.objects.select_for_update().get(pk=case.pk), on=today, by=by)
        assert owed(case) == to_come
        assert len(to_come) > 3


@pytest.mark.parametrize(("days", "opens"), [(28, True), (29, False)])
def test_it_opens_again_within_twenty_eight_days(closed, days, opens):
    lead, manager = practitioner_of(closed), UserFactory()
    with time_machine.travel(timezone.now() + timedelta(days=days) - timedelta(minutes=5), tick=False):
        if opens:
            operations.reopen_case(closed, by=manager, lead=lead, because=WHY)
            return
        with leaves_no_trace(), pytest.raises(operations.TooLate):
            operations.reopen_case(closed, by=manager, lead=lead, because=WHY)


def test_it_opens_again_once_with_a_reason_and_for_nobody_who_must_not_see_them(closed):
    lead, manager, knows_them = practitioner_of(closed), UserFactory(), UserFactory()
    ExclusionFactory(subject=closed.subject, user=knows_them)
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.reopen_case(closed, by=manager, lead=lead, because=" ")
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.reopen_case(closed, by=manager, lead=knows_them, because=WHY)
    operations.reopen_case(closed, by=manager, lead=lead, because=WHY)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.reopen_case(closed, by=manager, lead=lead, because=WHY)


def test_it_does_not_open_beside_another_open_case_with_the_same_young_person(closed):
    CaseFactory(young_person=closed.young_person, subject=closed.subject)
    lead, manager = practitioner_of(closed), UserFactory()
    with (
        leaves_no_trace(),
        pytest.raises(IntegrityError, match="case_open_once_per_young_person"),
        transaction.atomic(),
    ):
        operations.reopen_case(closed, by=manager, lead=lead, because=WHY)


def test_a_concern_may_be_raised_on_a_closed_case_too(closed):
    assert raise_concern(closed.subject, by=UserFactory(), severity="high", what="He is back.").is_open
