"""What is due for me, on the page that I begin my day on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.reminders import ReminderFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory(active=True)


@pytest.fixture
def practitioner(sign_in, case):
    user = sign_in(Role.PRACTITIONER, at=case.centre)
    AssignmentFactory(case=case, user=user)
    return user


def due(client):
    return client.get(reverse("home")).context["due"]


def test_a_review_stands_there_once_however_many_stages_speak_of_it(client, practitioner, case):
    late = timezone.localdate() - timedelta(days=8)
    review = ReviewFactory(case=case, due_on=late)
    first = ReminderFactory(review=review, due_on=late, person=practitioner)
    ReminderFactory(review=review, due_on=late, person=practitioner, stage="late")
    [line] = due(client)
    assert (line["reference"], line["what"], line["is_late"]) == (case.reference, "Plan review", True)
    assert line["url"] == reverse("cases:reviews", args=[case.reference])
    seen = AuditEvent.objects.filter(verb="home.viewed").latest("pk")
    assert seen.facts["reminders"] == [first.pk]


def test_each_leads_where_it_is_done(client, practitioner, case):
    request = ExtensionRequestFactory(case=case)
    ReminderFactory(kind="more_time", review=None, case=case, request=request, person=practitioner)
    ReminderFactory(kind="planned_end", review=None, case=case, due_on=case.planned_end_on, person=practitioner)
    assert [line["url"] for line in due(client)] == [
        reverse("cases:extension", args=[case.reference, request.pk]),
        case.get_absolute_url(),
    ]


def test_a_held_review_and_what_is_not_mine_do_not_stand_there(client, practitioner, case):
    ReminderFactory(review=ReviewFactory(case=case, held=True), person=practitioner)
    ReminderFactory(review=ReviewFactory(case=case, kind="three_month"))
    ReminderFactory(person=practitioner)  # of a case that I have no part in
    page = client.get(reverse("home"))
    assert page.context["due"] == []
    assert "Nothing is due now." in page.text


def test_nor_what_is_closed_to_me(client, practitioner, case):
    ReminderFactory(review=ReviewFactory(case=case), person=practitioner)
    assert len(due(client)) == 1
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert due(client) == []


def test_the_first_stand_there_and_all_are_counted(client, practitioner, case):
    for number in range(22):
        day = timezone.localdate() + timedelta(days=number)
        ReminderFactory(review=ReviewFactory(case=case, due_on=day), due_on=day, person=practitioner)
    page = client.get(reverse("home"))
    assert (len(page.context["due"]), page.context["due_count"]) == (20, 22)


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN])
def test_who_does_not_work_with_cases_is_shown_no_such_list(client, sign_in, case, role):
    sign_in(role, at=case.centre)
    assert not client.get(reverse("home")).context["has_cases"]


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_often_for_three_as_for_one(client, practitioner, case, count, django_assert_num_queries):
    for _more in range(count):
        other = CaseFactory(active=True, referral__centre=case.centre)
        AssignmentFactory(case=other, user=practitioner)
        ReminderFactory(review=ReviewFactory(case=other), person=practitioner)
    MembershipFactory(user=practitioner, role=Role.TEAM_MANAGER)
    with django_assert_num_queries(HOME):
        assert len(due(client)) == count


HOME = 15
