"""When they meet next stands in the head of a case and on the caseload, from the floor that knows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from sessions.enums import Attendance, SessionStatus
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.sessions import SupportSessionFactory
from ui.times import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(case):
    def at(**later):
        return SupportSessionFactory(case=case, planned_at=timezone.now() + timedelta(**later))

    return at


def test_the_first_that_is_to_come_stands_on_every_page_and_on_the_caseload(client, practitioner, case, meet):
    meet(days=9), meet(days=-1)
    first = meet(days=2)
    for address in [case.get_absolute_url(), f"{case.get_absolute_url()}people/", "/cases/"]:
        page = client.get(address).content.decode()
        assert page.count("Next session: ") == 1
        assert f"Next session: {moment(first.planned_at)}" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_caseload_with_sessions_asks_as_often_for_three_as_for_one(
    client, practitioner, case, meet, count, django_assert_num_queries
):
    for _more in range(count - 1):
        another = CaseFactory(referral__centre=case.centre, active=True)
        AssignmentFactory(case=another, user=practitioner)
        SupportSessionFactory(case=another)
    meet(days=2)
    with django_assert_num_queries(CASELOAD):
        assert client.get("/cases/").content.decode().count("Next session: ") == count


CASELOAD = 9


def test_what_was_cancelled_is_not_to_come(client, practitioner, case, meet):
    session = meet(days=2)
    type(session).objects.filter(pk=session.pk).update(
        status=SessionStatus.CANCELLED,
        attendance=Attendance.CANCELLED_BY_YOUNG_PERSON,
        recorded_at=timezone.now(),
        recorded_by=practitioner,
    )
    assert "Next session: " not in client.get(case.get_absolute_url()).content.decode()


def test_who_reads_the_case_for_a_concern_has_no_need_of_it(client, case, meet, sign_in):
    meet(days=2)
    sign_in(Role.SAFEGUARDING_LEAD, at=case.centre)
    ConcernFactory(subject=case.subject)
    page = client.get(case.get_absolute_url())
    assert page.status_code == 200
    assert "Next session: " not in page.content.decode()
