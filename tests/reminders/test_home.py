"""What is due for me, on the page that I begin my day on."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases import operations
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, ContactAttemptFactory, PauseFactory, TaskFactory
from tests.factories.missing import MissingEpisodeFactory
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
    assert "No review, decision or reminder is due now." in page.text


def test_nor_what_is_closed_to_me(client, practitioner, case):
    ReminderFactory(review=ReviewFactory(case=case), person=practitioner)
    assert len(due(client)) == 1
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert due(client) == []


def test_what_is_about_safety_stands_before_whatever_is_older(client, practitioner, case):
    today = timezone.localdate()
    old = today - timedelta(days=30)
    ReminderFactory(review=ReviewFactory(case=case, due_on=old), due_on=old, person=practitioner)
    missing = MissingEpisodeFactory(case=case)
    about = {"review": None, "case": case, "person": practitioner}
    ReminderFactory(kind="missing", missing=missing, due_on=today, **about)
    assert [line["what"] for line in due(client)] == ["They are missing", "Plan review"]
    mine = client.get(reverse("reminders:my_work")).context["due"]
    assert [line["what"] for line in mine] == ["They are missing", "Plan review"]


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
        TaskFactory(case=other, owner=practitioner)
    MembershipFactory(user=practitioner, role=Role.TEAM_MANAGER)
    with django_assert_num_queries(HOME):
        assert len(due(client)) == count


# What is owed, where they look again, who is missing, their sessions, their parents and carers: a statement each.
HOME = 24


# Tasks


def tasks(client):
    return client.get(reverse("home")).context["tasks"]


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def test_what_i_owe_stands_there_the_first_due_first_and_leads_to_the_tasks_of_its_case(client, practitioner, case):
    TaskFactory(case=case, owner=practitioner, what="Write to the school.", due_on=in_days(4))
    late = TaskFactory(case=case, owner=practitioner, what="Think about safety now.", due_on=in_days(-1))
    first, second = tasks(client)
    assert [first["what"], second["what"]] == ["Think about safety now.", "Write to the school."]
    assert [first["is_late"], second["is_late"]] == [True, False]
    assert (first["reference"], first["url"]) == (case.reference, reverse("cases:tasks", args=[case.reference]))
    seen = AuditEvent.objects.filter(verb="home.viewed").latest("pk")
    assert seen.facts["tasks"][0] == late.pk


def test_the_page_names_no_young_person_beside_a_task(client, practitioner, case):
    TaskFactory(case=case, owner=practitioner)
    page = client.get(reverse("home")).text
    assert (tasks(client)[0]["who"] in page, case.young_person.last_name in page) == (True, False)


def test_a_manager_finds_what_a_withdrawal_leaves_them_to_do(client, sign_in, case):
    manager = sign_in(Role.TEAM_MANAGER, at=case.centre)
    lead = AssignmentFactory(case=case, user=MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user)
    operations.withdraw_consent(case, by=lead.user)
    assert case.tasks.count() == 3
    assert [line["pk"] for line in tasks(client)] == [case.tasks.get(owner=manager).pk]


def test_what_is_done_or_a_colleagues_or_closed_to_me_is_none_of_my_tasks(client, practitioner, case):
    TaskFactory(case=case, owner=practitioner, done=True)
    TaskFactory(case=case)
    TaskFactory(owner=practitioner)
    page = client.get(reverse("home"))
    assert (page.context["tasks"], page.context["task_count"]) == ([], 0)
    assert "No task is with you." in page.text
    TaskFactory(case=case, owner=practitioner)
    assert len(tasks(client)) == 1
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert tasks(client) == []


def test_the_first_ten_tasks_stand_there_and_all_are_counted(client, practitioner, case):
    TaskFactory.create_batch(12, case=case, owner=practitioner)
    page = client.get(reverse("home"))
    assert (len(page.context["tasks"]), page.context["task_count"]) == (10, 12)


# Where somebody said that they look again


def test_work_that_rests_asks_to_be_looked_at_once_its_day_has_come(client, practitioner, case):
    rest = PauseFactory(case=case, review_on=in_days(1))
    assert due(client) == []
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        client.force_login(practitioner)
        [line] = due(client)
        assert (line["reference"], line["is_late"], line["url"]) == (case.reference, True, case.get_absolute_url())
        operations.resume(case, by=rest.paused_by)
        assert due(client) == []


def test_work_that_rests_stands_there_once_whoever_reminds_of_it(client, practitioner, case):
    PauseFactory(case=case, review_on=in_days(0))
    ReminderFactory(kind="rest", review=None, case=case, due_on=in_days(0), person=practitioner)
    assert [line["what"] for line in due(client)] == ["The work rests: look whether it goes on"]


def try_on(case, day, *, ago, **whom):
    happened_at = timezone.now() - timedelta(days=ago)
    return ContactAttemptFactory(case=case, next_try_on=day, happened_at=happened_at, **whom)


def test_the_day_of_the_next_try_stands_there_until_somebody_has_tried(client, practitioner, case):
    try_on(case, in_days(0), ago=3)
    try_on(case, in_days(5), ago=1, is_young_person=False, with_whom="form tutor")
    [line] = due(client)
    assert line["what"] == "Try again to reach them"
    try_on(case, None, ago=0)
    assert due(client) == []


def test_a_try_to_reach_somebody_else_settles_nothing(client, practitioner, case):
    try_on(case, in_days(-1), ago=3)
    try_on(case, None, ago=0, is_young_person=False, with_whom="form tutor")
    assert len(due(client)) == 1


@pytest.mark.parametrize("part", ["manager", "nobody"])
def test_where_to_look_again_is_for_who_works_on_it(client, sign_in, case, part):
    sign_in(Role.TEAM_MANAGER if part == "manager" else Role.PRACTITIONER, at=case.centre)
    try_on(case, in_days(0), ago=1)
    assert due(client) == []
