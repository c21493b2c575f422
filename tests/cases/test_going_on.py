"""They go on after all: an ending that is not signed off is left, and the case is where it was before."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from cases import operations
from cases.enums import AssignmentKind, CaseStatus
from cases.models import Case, Ending
from cases.starting import start_support_locked
from tests.cases.test_ending import OPEN, TOLD, a_case, begin, in_days, proposed
from tests.factories.accounts import UserFactory, practitioner_of
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.reviews import ReviewFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WHY = "He is back, and she wants to go on."


def go_on(ending, by=None):
    operations.go_on_after_all(ending, by=by or UserFactory(), because=WHY)
    return Case.objects.get(pk=ending.case_id)


@pytest.mark.parametrize("state", OPEN)
def test_the_case_goes_back_to_where_it_was_and_the_ending_stays_with_who_and_why(state):
    case, by = a_case(state), UserFactory()
    if state != "awaiting_allocation":
        AssignmentFactory(case=case)
    before = Case.objects.values().get(pk=case.pk)
    ending = begin(case, by)
    with writes(EndingEvent=1, CaseEvent=1, AuditEvent=2, **TOLD):
        go_on(ending, by)
    ending.refresh_from_db()
    assert Case.objects.values().get(pk=case.pk) == before
    assert (ending.gone_on_by, ending.gone_on_because, ending.reason) == (by, WHY, "planned_goals_met")
    assert begin(Case.objects.get(pk=case.pk), by).pk != ending.pk


def test_it_is_possible_until_it_is_signed_off_and_once():
    waits, by = proposed(), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.go_on_after_all(waits, by=by, because=" ")
    go_on(waits)
    assert not Ending.objects.proposed().exists()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        go_on(waits, by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.sign_off_ending(waits, by=by, seen=waits.version + 1)
    closed = proposed()
    operations.sign_off_ending(closed, by=UserFactory(), seen=closed.version)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        go_on(closed, by)


def test_whether_it_waits_for_a_practitioner_is_as_it_is_now():
    by = UserFactory()
    ending = begin(CaseFactory(awaiting_allocation=True), by)
    operations.assign(ending.case, to=practitioner_of(ending.case), kind=AssignmentKind.LEAD, by=by)
    assert go_on(ending).status == CaseStatus.ENGAGING
    case = CaseFactory()
    AssignmentFactory(case=case)
    ending = begin(case, by)
    operations.reassign(case, to=None, by=by, because="Leaves.", handover="All.")
    assert go_on(ending).status == CaseStatus.AWAITING_ALLOCATION


def test_what_was_planned_is_still_planned():
    case = CaseFactory(active=True)
    review = ReviewFactory(case=case)
    go_on(begin(case, UserFactory()))
    review.refresh_from_db()
    assert review.is_open


def test_a_case_that_went_on_ends_and_opens_again_like_any_other():
    case, by = CaseFactory(active=True), UserFactory()
    go_on(begin(case, by))
    case.refresh_from_db()
    ending = EndingFactory(case=case, proposed=True)
    Ending.objects.filter(pk=ending.pk).update(signed_off_by=by, signed_off_at=timezone.now())
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=timezone.now())
    operations.reopen_case(case, by=by, lead=practitioner_of(case), because="She rang.")
    assert Case.objects.get(pk=case.pk).status == CaseStatus.ENGAGING


# Round our code


def test_the_database_leaves_no_ending_without_who_and_why():
    ending = EndingFactory()
    with pytest.raises(IntegrityError, match="case_goes_on_only_where_its_ending_says_so"), transaction.atomic():
        Case.objects.filter(pk=ending.case_id).update(status=CaseStatus.ACTIVE)


def test_what_was_written_of_an_ending_that_was_left_stays_as_it_was():
    ending = EndingFactory(proposed=True)
    go_on(ending)
    with pytest.raises(IntegrityError, match="ending_is_signed_off_as_it_was_proposed"), transaction.atomic():
        Ending.objects.update(strengths="Something else.")
    with pytest.raises(IntegrityError, match="ending_item_is_answered_before_the_proposal"), transaction.atomic():
        EndingItemFactory(ending=ending)


def test_a_plan_that_is_agreed_while_a_case_ends_does_not_begin_its_support():
    case, by = CaseFactory(status=CaseStatus.ENDING), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed), transaction.atomic():
        start_support_locked(Case.objects.get(pk=case.pk), on=in_days(0), by=by)


# Its page


def test_a_practitioner_goes_on_with_a_reason_and_the_page_tells_it(client, stand_before, at):
    case = CaseFactory(active=True)
    user = stand_before("lead", case)
    begin(case, user)
    assert at("go_on_after_all", case) in client.get(at("ending", case)).text
    page = client.post(at("go_on_after_all", case), {"because": ""})
    assert list(page.context["form"].errors) == ["because"]
    page = client.post(at("go_on_after_all", case), {"because": WHY}, follow=True)
    assert (WHY in page.text, "Begin to end" in page.text) == (True, True)
    case.refresh_from_db()
    assert case.status == CaseStatus.ACTIVE
    assert client.post(at("go_on_after_all", case), {"because": WHY}).status_code == 404


def test_an_ending_that_was_left_waits_for_no_manager(client, stand_before, at):
    case = CaseFactory(ending=True)
    stand_before(Role.TEAM_MANAGER, case)
    go_on(proposed(case=case))
    assert client.get(at("sign_off_ending", case)).status_code == 404
