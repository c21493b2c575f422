"""Asking how they are, four to six weeks after the ending, as was agreed: it can be done on the closed case."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from cases import operations
from cases.enums import CheckIn, TaskKind
from cases.models import Case, ContactAttempt, Ending, Task
from tests.cases.test_ending import finished, in_days
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

SPOKE = {"channel": "call", "outcome": "reached", "what": "She is well."}


def closed_with_a_check_in(ends_in=14, **more):
    ending = finished(ends_on=in_days(ends_in), **more)
    Ending.objects.update(check_in=CheckIn.YES)
    lead = ending.case.assignments.current().leads().first() or AssignmentFactory(case=ending.case)
    ending = operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    operations.sign_off_ending(ending, seen=ending.version, by=UserFactory())
    return Case.objects.get(pk=ending.case_id), lead.user


@pytest.mark.parametrize(("ends_in", "due_in"), [(14, 42), (0, 28), (-10, 28)])
def test_it_is_due_four_weeks_after_the_last_day_or_after_a_later_sign_off(ends_in, due_in):
    case, lead = closed_with_a_check_in(ends_in)
    task = case.tasks.get(kind=TaskKind.CHECK_IN_AFTER)
    assert (task.owner, task.due_on) == (lead, in_days(due_in))


def test_who_asks_reads_the_case_until_the_six_weeks_are_over():
    case, lead = closed_with_a_check_in(ends_in=14)
    last = timezone.localtime().replace(hour=23, minute=30) + timedelta(days=14 + 42)
    for at, sees in [(last, True), (last + timedelta(hours=1), False)]:
        assert Case.objects.visible_to(lead, at=at).filter(pk=case.pk).exists() == sees


def test_who_worked_alongside_reads_it_for_thirty_days_alone():
    ending = finished(ends_on=in_days(14))
    Ending.objects.update(check_in=CheckIn.YES)
    AssignmentFactory(case=ending.case)
    beside = AssignmentFactory(case=ending.case, kind="co_worker").user
    ending = operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    operations.sign_off_ending(ending, seen=ending.version, by=UserFactory())
    later = timezone.now() + timedelta(days=31)
    assert not Case.objects.visible_to(beside, at=later).filter(pk=ending.case_id).exists()


def test_on_a_closed_case_who_owes_it_writes_that_contact_until_it_is_done():
    (case, lead), colleague = closed_with_a_check_in(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.record_contact(case, by=colleague, **SPOKE)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.add_note(case, by=lead, text="One more thing.")
    with writes(ContactAttempt=1, ContactAttemptEvent=1, AuditEvent=1, TimelineEntry=1, TimelineEntryEvent=1):
        operations.record_contact(case, by=lead, **SPOKE)
    operations.finish_task(case.tasks.get(kind=TaskKind.CHECK_IN_AFTER), by=lead)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.record_contact(case, by=lead, **SPOKE)


def test_five_weeks_later_they_ring_and_tick_it_off(client, stand_before, at):
    case = CaseFactory(ending=True)
    user = stand_before("lead", case)
    _case, lead = closed_with_a_check_in(case=case)
    assert lead == user
    case.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=14 + 35)):
        client.force_login(user)
        assert at("contact", case) in client.get(at("case", case)).text
        page = client.get(at("contact", case))
        answers = {"is_young_person": "yes", "channel": "call", "outcome": "reached", "what": "She is well."}
        page = client.post(at("contact", case), page.context["form"].initial | answers | typed_today())
        assert page.status_code == 302, page.context["form"].errors
        assert "Done" in client.get(at("tasks", case)).text
        task = Task.objects.get(kind=TaskKind.CHECK_IN_AFTER)
        client.post(at("finish_task", case, task.pk))
        assert (ContactAttempt.objects.count(), Task.objects.get(pk=task.pk).done_by) == (1, user)
        assert at("contact", case) not in client.get(at("case", case)).text


def typed_today():
    today = timezone.localdate()
    return {f"happened_on_{part}": str(getattr(today, part)) for part in ("day", "month", "year")}


@pytest.mark.parametrize("name", ["note", "contact", "pause", "begin_ending", "new_review", "contribute"])
def test_a_closed_case_offers_no_form_that_can_only_be_refused(client, stand_before, at, name):
    case = CaseFactory(closed=True)
    stand_before(Role.TEAM_MANAGER, case)
    page = client.get(at(name, case), follow=True)
    assert page.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "Nothing more is written here." in page.text


def test_a_manager_is_told_that_the_last_day_is_still_to_come(client, stand_before, at):
    case = CaseFactory(ending=True)
    stand_before(Role.TEAM_MANAGER, case)
    ending = finished(case=case, ends_on=in_days(3))
    operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    assert "The last day is still to come" in client.get(at("sign_off_ending", case)).text
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        stand_before(Role.TEAM_MANAGER, case)
        assert "still to come" not in client.get(at("sign_off_ending", case)).text
