"""What waits for me on one page, and for a manager how much waits for each colleague."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from tests.cases.ladder import is_refused, is_sent_to_sign_in
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.reminders import ReminderFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

MINE, TEAM = reverse("reminders:my_work"), reverse("reminders:team")


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


@pytest.fixture
def case():
    return CaseFactory(active=True)


@pytest.fixture
def practitioner(sign_in, case):
    user = sign_in(Role.PRACTITIONER, at=case.centre)
    AssignmentFactory(case=case, user=user)
    return user


def reminded(person, case, days, **more):
    """That ``person`` hears of a review due in so many days."""
    due_on = in_days(days)
    return ReminderFactory(review=ReviewFactory(case=case, due_on=due_on), due_on=due_on, person=person, **more)


# One's own


def test_what_is_late_or_due_today_stands_before_what_comes_and_each_leads_where_it_is_done(client, practitioner, case):
    coming, late, now = (reminded(practitioner, case, days) for days in (3, -2, 0))
    TaskFactory(case=case, owner=practitioner, what="Write to the school.", due_on=in_days(-1))
    page = client.get(MINE).context
    assert [line["what"] for line in page["due"]] == ["Plan review", "Write to the school.", "Plan review"]
    assert [line["is_late"] for line in page["due"]] == [True, True, False]
    assert [line["pk"] for line in page["coming"]] == [coming.pk]
    assert page["coming"][0]["url"] == reverse("cases:reviews", args=[case.reference])
    seen = AuditEvent.objects.filter(verb="my_work.viewed").latest("pk")
    assert (seen.facts["reminders"], len(seen.facts["tasks"])) == ([late.pk, now.pk, coming.pk], 1)


def test_somebody_on_duty_finds_the_referrals_that_wait(client, sign_in):
    referral = ReferralFactory(screening=True)
    duty = sign_in(Role.DUTY_WORKER, at=referral.centre)
    ReminderFactory(kind="decision", review=None, case=None, referral=referral, person=duty)
    [line] = client.get(MINE).context["coming"]
    assert line["url"] == reverse("triage:referral", args=[referral.reference])


def test_what_is_not_mine_any_more_is_not_there_and_the_page_says_so(client, practitioner, case):
    reminded(practitioner, case, 0)
    ExclusionFactory(subject=case.subject, user=practitioner)
    page = client.get(MINE)
    assert (page.context["due"], page.context["coming"]) == ([], [])
    assert "Nothing is late, and nothing is due today." in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_three_as_for_one(client, practitioner, case, count, django_assert_num_queries):
    for days in range(count):
        reminded(practitioner, case, days)
        TaskFactory(case=case, owner=practitioner)
    client.get(MINE)
    with django_assert_num_queries(MY_WORK):
        client.get(MINE)


MY_WORK = 14

# A team's


@pytest.fixture
def colleague(case):
    user = MembershipFactory(centre=case.centre, role=Role.PRACTITIONER, user__full_name="Ann Early").user
    AssignmentFactory(case=case, user=user)
    return user


@pytest.fixture
def manager(sign_in, case):
    return sign_in(Role.TEAM_MANAGER, at=case.centre)


def words_for(client, person):
    [row] = [row for row in client.get(TEAM).context["rows"] if row["name"] == person.full_name]
    return row["words"]


def test_a_manager_sees_how_much_waits_for_each_colleague(client, manager, colleague, case):
    late = reminded(colleague, case, -8)
    ReminderFactory(review=late.review, due_on=late.due_on, person=colleague, stage="late")
    reminded(colleague, case, 0)
    reminded(colleague, case, 4)
    reminded(colleague, case, 5)
    assert words_for(client, colleague) == "1 late · 1 due today · 2 coming"
    assert words_for(client, manager) == "Nothing waits."


def test_and_what_it_is_by_the_name_of_the_colleague(client, manager, colleague, case):
    reminder = reminded(colleague, case, -1)
    page = client.get(TEAM, {"who": colleague.pk})
    assert [line["pk"] for line in page.context["due"]] == [reminder.pk]
    assert "Ann Early" in page.text
    seen = AuditEvent.objects.filter(verb="colleague.viewed").latest("pk")
    assert (seen.facts["colleague"], seen.facts["reminders"]) == (colleague.pk, [reminder.pk])


def test_what_is_closed_to_the_manager_is_neither_shown_nor_counted(client, manager, colleague, case):
    reminded(colleague, case, -1)
    ExclusionFactory(subject=case.subject, user=manager)
    assert words_for(client, colleague) == "Nothing waits."
    assert client.get(TEAM, {"who": colleague.pk}).context["due"] == []


def test_who_does_not_work_with_young_people_is_no_part_of_it(client, manager, case):
    administrator = MembershipFactory(centre=case.centre, role=Role.CENTRE_ADMIN).user
    assert administrator.full_name not in client.get(TEAM).text


def test_nobody_elses_team_is_there(client, manager, colleague):
    elsewhere = MembershipFactory(role=Role.PRACTITIONER).user
    assert elsewhere.full_name not in client.get(TEAM).text
    for who in (elsewhere.pk, UserFactory().pk, "", "x", 0):
        assert client.get(TEAM, {"who": who}).status_code == 404


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.DUTY_WORKER, Role.SAFEGUARDING_LEAD, Role.CENTRE_ADMIN])
def test_a_team_is_its_managers_to_see(client, sign_in, case, role):
    sign_in(role, at=case.centre)
    is_refused(client, [("team", "get", TEAM)])
    assert "My team" not in client.get(MINE).text


def test_a_stranger_is_sent_to_sign_in(client):
    is_sent_to_sign_in(client, [("mine", "get", MINE), ("team", "get", TEAM)])


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_is_asked_for_as_often_for_three_as_for_one(
    client, manager, colleague, case, count, django_assert_num_queries
):
    for number in range(count):
        reminded(colleague, case, number)
        MembershipFactory(centre=case.centre, role=Role.PRACTITIONER)
    client.get(TEAM)
    for address, asked in ((TEAM, OF_TEAM), (f"{TEAM}?who={colleague.pk}", OF_COLLEAGUE)):
        with django_assert_num_queries(asked):
            client.get(address)


OF_TEAM, OF_COLLEAGUE = 13, 14
