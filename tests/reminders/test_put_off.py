"""One thing put off for some days: silent for whom it reminds, and for nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases.reviewing import plan_reviews_locked
from outbox.models import Message
from reminders import operations, putting_off
from reminders.models import Reminder, Snooze
from reminders.tasks import remind
from tests.cases.ladder import is_sent_to_sign_in, writes_nothing
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.reminders import ReminderFactory, SnoozeFactory
from tests.factories.reviews import ReviewFactory
from tests.reminders.sweeping import at, works_on
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WHY = "The school is closed until Monday."
MINE = reverse("reminders:my_work")


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def after(days):
    """At noon, whichever hour it is now."""
    return time_machine.travel(timezone.now().replace(hour=12) + timedelta(days=days), tick=False)


@pytest.fixture
def case():
    return CaseFactory(active=True)


@pytest.fixture
def reminder(sign_in, case):
    user = sign_in(Role.PRACTITIONER, at=case.centre)
    works_on(case, user=user)
    return ReminderFactory(review=ReviewFactory(case=case, due_on=in_days(0)), due_on=in_days(0), person=user)


@pytest.fixture
def address(reminder):
    return reverse("reminders:put_off", args=[reminder.pk])


def put_off(reminder, *, days=2, **more):
    return operations.put_off(reminder, by=reminder.person, until_on=in_days(days), reason=WHY, **more)


def test_it_is_silent_at_home_and_in_my_work_until_its_day_and_stands_there_with_why(client, reminder, address):
    assert client.get(MINE).context["due"][0]["put_off_url"] == address
    answer = client.post(address, {"until_on": in_days(2).isoformat(), "reason": WHY})
    assert answer.url == MINE
    mine = client.get(MINE).context
    assert (mine["due"], len(mine["put_off"]), WHY in mine["put_off"][0]["put_off"]) == ([], 1, True)
    assert client.get(reverse("home")).context["due"] == []
    with after(2):
        client.force_login(reminder.person)
        assert [line["pk"] for line in client.get(MINE).context["due"]] == [reminder.pk]
        assert len(client.get(reverse("home")).context["due"]) == 1


def letters(person):
    return Message.objects.filter(to=person.email).count()


@pytest.mark.parametrize("told", [False, True])
def test_no_letter_counts_it_until_its_day_and_one_does_then(reminder, told):
    Reminder.objects.update(told_on=in_days(-1) if told else None)
    put_off(reminder)
    for days, owed in ((0, 0), (1, 0), (2, 1), (3, 1)):
        with after(days):
            for person in list(Reminder.objects.people_to_tell()):
                operations.send_digest(person, by="test", on=timezone.localdate())
            assert letters(reminder.person) == owed, days


def test_a_colleague_hears_of_it_as_before(reminder, case):
    manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
    theirs = ReminderFactory(review=reminder.review, due_on=reminder.due_on, person=manager, stage="late")
    put_off(reminder)
    assert list(Reminder.objects.speaking().awake()) == [theirs]


def test_what_has_gone_to_more_people_since_speaks_all_the_same(client, reminder):
    put_off(reminder)
    ReminderFactory(review=reminder.review, due_on=reminder.due_on, person=reminder.person, stage="escalated")
    mine = client.get(MINE).context
    assert (len(mine["due"]), mine["put_off"], "put_off_url" in mine["due"][0]) == (1, [], False)


def test_the_manager_reads_until_when_and_why(client, sign_in, reminder, case):
    put_off(reminder)
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    team = client.get(reverse("reminders:team"), {"who": reminder.person.pk})
    assert [WHY in line["put_off"] for line in team.context["put_off"]] == [True]
    assert "put_off_url" not in team.text


def test_it_is_kept_with_its_history_and_on_the_trail(reminder):
    with writes(Snooze=1, SnoozeEvent=1, AuditEvent=1):
        put_off(reminder)


def ran_out(reminder, number):
    """Put off before, until today."""
    return SnoozeFactory(reminder=reminder, number=number, put_off_on=in_days(-2), until_on=in_days(0))


def test_another_day_while_it_is_put_off_stands_instead_and_is_no_second_time(client, reminder, address):
    put_off(reminder)
    with writes(SnoozeEvent=1, AuditEvent=1):
        put_off(reminder, days=5)
    snooze = Snooze.objects.get()
    assert (snooze.number, snooze.until_on) == (1, in_days(5))
    Snooze.objects.update(put_off_on=in_days(-3), until_on=in_days(2))
    assert [day for day, _words in client.get(address).context["form"].fields["until_on"].choices][-1] == str(
        in_days(4)
    )
    assert put_off(reminder, days=7).until_on == in_days(4)


def test_what_is_two_weeks_late_is_put_off_by_nobody(client, reminder, address):
    Reminder.objects.filter(pk=reminder.pk).update(due_on=in_days(-14))
    reminder.refresh_from_db()
    with leaves_no_trace(), pytest.raises(putting_off.LongLate):
        put_off(reminder)
    assert "it is two weeks late" in client.get(address, follow=True).text
    assert "put_off_url" not in client.get(MINE).context["due"][0]
    Reminder.objects.filter(pk=reminder.pk).update(due_on=in_days(-13))
    assert client.get(MINE).context["due"][0]["put_off_url"] == address


def test_a_third_time_is_refused_also_once_it_is_due_on_another_day(client, reminder, address):
    ran_out(reminder, 1)
    ran_out(reminder, 2)
    Reminder.objects.filter(pk=reminder.pk).update(due_on=in_days(1))
    with leaves_no_trace(), pytest.raises(putting_off.TooOften):
        put_off(reminder)
    with writes_nothing():
        client.post(address, {"until_on": in_days(2).isoformat(), "reason": WHY})
    told = client.get(MINE).text
    assert ("you have put it off twice" in told, "it is late" in told) == (True, False)


def test_what_more_people_hear_of_is_put_off_by_nobody(client, reminder, address):
    ReminderFactory(review=reminder.review, due_on=reminder.due_on, stage="escalated")
    with leaves_no_trace(), pytest.raises(putting_off.HasEscalated):
        put_off(reminder)
    with writes_nothing():
        assert client.get(address).url == MINE
    told = client.get(MINE).text
    assert ("it is late, and more people hear of it" in told, "twice" in told) == (True, False)
    assert "put_off_url" not in client.get(MINE).context["due"][0]


@pytest.mark.parametrize("lacks", ["a reason", "its person"])
def test_it_takes_a_reason_and_is_ones_own(reminder, lacks):
    by, reason = (reminder.person, " ") if lacks == "a reason" else (UserFactory(), WHY)
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.put_off(reminder, by=by, until_on=in_days(1), reason=reason)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"until_on": in_days(8).isoformat()}, {"until_on": "x"}])
def test_a_wrong_answer_is_asked_again(client, reminder, address, wrong):
    answer = client.post(address, {"until_on": in_days(7).isoformat(), "reason": WHY} | wrong)
    assert answer.context["form"].errors
    assert not Snooze.objects.exists()


def test_nobody_elses_is_there_and_a_stranger_is_sent_to_sign_in(client, reminder, address, case):
    ways = [("page", "get", address), ("act", "post", address)]
    other = reverse("reminders:put_off", args=[ReminderFactory().pk])
    assert {client.get(other).status_code, client.post(other).status_code} == {404}
    ExclusionFactory(subject=case.subject, user=reminder.person)
    assert {client.get(address).status_code, client.post(address).status_code} == {404}
    client.logout()
    is_sent_to_sign_in(client, ways)


@pytest.mark.parametrize(("chosen", "hour", "owed"), [(7, 6, 0), (7, 7, 1), (19, 18, 0), (19, 19, 1), (19, 23, 1)])
@pytest.mark.parametrize("day", ["2026-10-23", "2026-10-26"])
def test_the_letter_comes_at_the_hour_that_its_person_chose_on_the_clock_on_the_wall(day, chosen, hour, owed):
    """Summer time ends between the two days."""
    case = CaseFactory(active=True, support_started_on=date.fromisoformat(day) - timedelta(weeks=2))
    plan_reviews_locked(case, by=case.opened_by)
    user = works_on(case, user__letter_hour=chosen)
    with at(f"{day}T{hour:02}:05"):
        remind()
    assert letters(user) == owed
