"""The sweep: what is due is said once to each who must hear of it, and falls silent when it is done."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from audit.bulkheads import SomeFailed
from cases import operations as cases
from cases.models import Case
from cases.reviewing import plan_reviews_locked
from outbox.models import Message
from people.visible import is_open_to_all
from reminders import operations, projecting
from reminders.digests import send_digests
from reminders.enums import Stage, Whom
from reminders.models import Reminder
from reminders.people import Listeners
from reminders.sources.places import of_case
from reminders.tasks import remind
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.ending import EndingFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.reminders import ReminderFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.factories.sessions import SupportSessionFactory
from tests.reminders.sweeping import LONG_AGO, works_on
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

START = date(2026, 8, 31)
HELD = {"what_changed": "x", "safety": "x", "because": "x", "consent_check": "still_wanted"}


def at(day, hour=12):
    return time_machine.travel(f"{day}T{hour:02}:00:00+00:00", tick=False)


@pytest.fixture
def case():
    """Work that is under way: of it the reviews alone are due."""
    yesterday = timezone.now() - timedelta(days=1)  # a session of an hour ago may be of yesterday
    case = CaseFactory(active=True, opened_at=yesterday, support_started_on=START)
    SupportSessionFactory(case=case, held=True)
    plan_reviews_locked(case, by=case.opened_by)
    return case


@pytest.fixture
def lead(case):
    return works_on(case)


@pytest.fixture
def manager(case):
    return MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user


@pytest.fixture
def service_manager(case):
    return MembershipFactory(centre=case.centre, role=Role.SERVICE_MANAGER).user


def heard_by(person):
    return list(Reminder.objects.filter(person=person).order_by("pk").values_list("kind", "stage", "due_on"))


def counts_owed_to(person):
    return [message.counts for message in Message.objects.filter(to=person.email, template="reminders").order_by("pk")]


def hold(case, kind, by):
    for review in case.reviews.filter(kind=kind).open().order_by("due_on")[:1]:
        outcome = "extend" if kind == "six_month_decision" else "continue"
        cases.hold_review(review, by=by, held_on=timezone.localdate(), outcome=outcome, **HELD)


# What is due


def test_a_plan_review_is_heard_of_a_week_before_and_by_a_manager_a_week_after(case, lead, manager):
    hold_all_before = case.reviews.get(kind="settling_in")
    with at("2026-10-05"):
        cases.hold_review(hold_all_before, by=lead, held_on=date(2026, 9, 14), outcome="continue", **HELD)
        projecting.project_reminders(by="test")
    assert heard_by(lead) == [("plan_review", Stage.SOON, date(2026, 10, 12))]
    assert heard_by(manager) == []
    with at("2026-10-19"):
        projecting.project_reminders(by="test")
    assert heard_by(manager) == [("plan_review", Stage.LATE, date(2026, 10, 12))]


@pytest.mark.requirement("R-nat-27")
def test_past_twelve_months_the_case_is_open_and_both_managers_hear_of_it(case, lead, manager, service_manager):
    for review in case.reviews.exclude(kind="six_month_decision"):
        cases.cancel_review(review, by=lead, because="x")
    with at("2027-09-01"):
        remind()
        found = Case.objects.get(pk=case.pk)
        assert (found.is_open, found.is_past_most) == (True, True)
    for person in (lead, manager, service_manager):
        assert ("twelve_months", Stage.ESCALATED, date(2027, 8, 31)) in heard_by(person)
        assert [owed["twelve_months"] for owed in counts_owed_to(person)] == [1]
    with at("2027-09-08"):
        remind()
    assert ("twelve_months", Stage.ESCALATED, date(2027, 9, 7)) in heard_by(service_manager)


def test_the_six_month_decision_goes_to_the_service_manager_when_six_months_are_over(case, lead, service_manager):
    with at("2027-02-28"):
        projecting.project_reminders(by="test")
    assert ("six_month_decision", Stage.ESCALATED, date(2027, 2, 15)) in heard_by(service_manager)


def test_a_request_that_waits_is_heard_of_by_managers(case, lead, manager, service_manager):
    request = ExtensionRequestFactory(case=case, requested_at=timezone.now())
    day = timezone.localdate() + timedelta(days=20)
    with at(day.isoformat()):
        projecting.project_reminders(by="test")
        assert {kind for kind, *_rest in heard_by(manager)} >= {"more_time"}
        assert Reminder.objects.speaking().filter(request=request).count() == 2
        cases.decide_extension(request, by=manager, decision="not_approved", reasons="x")
        assert Reminder.objects.speaking().filter(request=request).count() == 0


# Once


@pytest.mark.requirement("R-nat-25")
def test_three_sweeps_write_what_one_writes(case, lead, manager):
    with at("2026-10-05"):
        projecting.project_reminders(by="test")
        made = Reminder.objects.count()
        assert made > 0
        with leaves_no_trace():
            for _again in range(2):
                assert projecting.project_reminders(by="test") == 0
    assert Reminder.objects.count() == made


def test_a_sweep_that_comes_late_says_what_it_missed_and_each_person_has_one_letter(case, lead, manager):
    with at("2026-10-25"):
        remind()
        remind()
    assert [stage for kind, stage, _due in heard_by(lead) if kind == "plan_review"] == [Stage.SOON]
    assert counts_owed_to(lead) == [{"all": 2, "settling_in": 1, "plan_review": 1}]
    assert counts_owed_to(manager) == [{"all": 2, "settling_in": 1, "plan_review": 1}]


def test_a_row_of_the_sweep_is_written_in_as_many_tables_as_it_says(case, lead):
    with at("2026-09-14"):
        with writes(Reminder=1, AuditEvent=1):
            projecting.project_reminders(by="test")
        with writes(Message=1, AuditEvent=1):
            operations.send_digest(lead.pk, by="test", on=timezone.localdate())


# Letters


def test_a_letter_counts_and_names_nobody(case, lead):
    with at("2026-09-14"):
        remind()
    [message] = Message.objects.filter(to=lead.email)
    assert message.counts == {"all": 1, "settling_in": 1}
    assert (message.template, message.reference, message.path) == ("reminders", "", "/my-work/")


def test_what_comes_due_after_the_letter_is_in_the_next_days(case, lead):
    with at("2026-09-14"):
        remind()
        ReviewFactory(case=case, due_on=date(2026, 9, 20))
        remind()
        assert len(counts_owed_to(lead)) == 1
    with at("2026-09-15"):
        remind()
    assert counts_owed_to(lead) == [{"all": 1, "settling_in": 1}, {"all": 1, "plan_review": 1}]


def test_nothing_new_is_no_letter(case, lead):
    with at("2026-09-14"):
        remind()
    with at("2026-09-15"):
        remind()
    assert len(counts_owed_to(lead)) == 1


@pytest.mark.parametrize(("hour", "letters"), [(3, 0), (5, 0), (7, 1)])
def test_no_letter_leaves_at_night(case, lead, hour, letters):
    with at("2026-09-14", hour):  # summer: an hour later on the clock of who reads it
        remind()
    assert len(counts_owed_to(lead)) == letters


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28"])
def test_the_nights_the_clocks_change_bring_one_letter(case, lead, day):
    for hour in range(24):
        with at(day, hour):
            remind()
    assert len(counts_owed_to(lead)) == 1


# Silence


def test_it_falls_silent_when_the_review_is_held(case, lead):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        hold(case, "settling_in", lead)
        assert not Reminder.objects.speaking().exists()
        remind()
    assert counts_owed_to(lead) == []


@pytest.mark.parametrize("state", ["cancelled", "closed"])
def test_it_falls_silent_when_the_review_is_not_needed_or_the_case_is_closed(case, lead, state):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        if state == "cancelled":
            cases.cancel_review(case.reviews.get(kind="settling_in"), by=lead, because="x")
        else:
            EndingFactory(case=case, signed_off=True)
            Case.objects.filter(pk=case.pk).update(status="closed", closed_at=timezone.now())
        assert not Reminder.objects.speaking().exists()


def test_it_falls_silent_when_the_planned_end_moves(case, lead, manager):
    with at("2027-03-01"):
        projecting.project_reminders(by="test")
        ends = Reminder.objects.filter(kind="planned_end")
        assert ends.speaking().exists()
        request = ExtensionRequestFactory(case=case, until_on=date(2027, 8, 31))
        cases.decide_extension(request, by=manager, decision="approved", reasons="x")
        assert not ends.speaking().exists()
        projecting.project_reminders(by="test")
        assert not ends.speaking().exists()


def test_it_is_silent_for_who_left_and_speaks_again_when_they_are_back(case, lead):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        for works, silent in ((False, True), (True, False)):
            User.objects.filter(pk=lead.pk).update(is_active=works)
            projecting.project_reminders(by="test")
            [mine] = Reminder.objects.filter(person=lead)
            assert (mine.silent_at is not None) == silent


def test_what_is_due_on_another_day_is_said_anew_and_the_old_day_no_more(case, lead):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        case.reviews.filter(kind="settling_in").update(opens_on=date(2026, 9, 13), due_on=date(2026, 9, 13))
        projecting.project_reminders(by="test")
    old, new = Reminder.objects.filter(person=lead).order_by("pk")
    assert (old.due_on, old.silent_at is None) == (date(2026, 9, 14), False)
    assert (new.due_on, new.silent_at is None) == (date(2026, 9, 13), True)


# Who hears


def test_who_works_on_it_no_more_hears_no_more_and_who_does_now_hears(case, lead):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        successor = MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user
        cases.reassign(case, to=successor, by=UserFactory(), because="x", handover="x")
        remind()
    assert counts_owed_to(lead) == []
    assert not Reminder.objects.visible_to(lead).exists()
    assert counts_owed_to(successor) == [{"all": 1, "settling_in": 1}]


def test_without_a_practitioner_a_manager_hears_and_without_a_manager_the_service_manager(case, service_manager):
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        assert heard_by(service_manager) == [("settling_in", Stage.DUE, date(2026, 9, 14))]
        manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
        projecting.project_reminders(by="test")
        assert heard_by(manager) == [("settling_in", Stage.DUE, date(2026, 9, 14))]


def test_who_covers_hears_too(case, lead):
    cover, alongside = works_on(case, kind="cover"), works_on(case, kind="co_worker")
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
    assert (len(heard_by(cover)), len(heard_by(alongside))) == (1, 0)


@pytest.mark.parametrize("how", ["excluded", "restricted", "listed", "open"])
def test_nobody_hears_of_somebody_who_is_closed_to_them(case, manager, how):
    if how == "excluded":
        ExclusionFactory(subject=case.subject, user=manager)
    if how in ("restricted", "listed"):
        type(case.subject).objects.filter(pk=case.subject_id).update(is_restricted=True)
    if how == "listed":
        AccessGrantFactory(subject=case.subject, user=manager, ground="restricted_list", from_at=LONG_AGO)
    hears = manager.pk in Listeners({of_case(case)}).of(of_case(case), Whom.MANAGER)
    assert hears == is_open_to_all(case.subject, {manager.pk}) == (how in ("listed", "open"))
    with at("2026-09-21"):
        remind()
    assert bool(heard_by(manager)) == bool(counts_owed_to(manager)) == hears


def test_who_became_excluded_after_it_was_written_reads_nothing(case, manager):
    with at("2026-09-21"):
        projecting.project_reminders(by="test")
        ExclusionFactory(subject=case.subject, user=manager)
        remind()
    assert heard_by(manager)
    assert not Reminder.objects.visible_to(manager).exists()
    assert counts_owed_to(manager) == []


def test_reminders_of_others_are_not_mine():
    reminder = ReminderFactory()
    assert not Reminder.objects.visible_to(UserFactory()).exists()
    assert not Reminder.objects.visible_to(reminder.person).exists()  # without a part in the case
    AssignmentFactory(case=reminder.case, user=reminder.person)
    assert list(Reminder.objects.visible_to(reminder.person)) == [reminder]


@pytest.mark.parametrize("count", [1, 4])
def test_a_sweep_asks_as_often_for_many_cases_as_for_one(case, lead, manager, count, django_assert_num_queries):
    for _more in range(count - 1):
        other = CaseFactory(active=True, support_started_on=START, referral__centre=case.centre)
        works_on(other)
        plan_reviews_locked(other, by=lead)
    with at("2026-10-05"), django_assert_num_queries(SWEEP):
        assert projecting.project_reminders(by="test") > count


SWEEP = 59


@pytest.mark.parametrize("count", [1, 3])
def test_letters_to_many_ask_once_what_waits(case, lead, count, django_assert_num_queries):
    """Whom; which kinds, and what of them still waits; then each letter, which asks what its person may see."""
    for _more in range(count - 1):
        works_on(case, kind="cover")
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        people = list(Reminder.objects.people_to_tell())
        with django_assert_num_queries(2 + LETTER * len(people)):
            assert send_digests(people, by="test", on=timezone.localdate()) == count


LETTER = 9


def test_who_cannot_be_written_to_silences_nobody_else(case, lead):
    works_on(case, kind="cover")
    with at("2026-09-14"):
        projecting.project_reminders(by="test")
        people = [0, *Reminder.objects.people_to_tell()]  # nobody has this number
        with pytest.raises(SomeFailed, match="1 failed, the last with DoesNotExist"):
            send_digests(people, by="test", on=timezone.localdate())
        assert Message.objects.filter(template="reminders").count() == len(people) - 1 > 1
