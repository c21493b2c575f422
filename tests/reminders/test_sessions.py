"""Rows 29 and 31 to 35: what waits of sessions, and who is missing; due, heard of, and silent once it is done."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import operations as cases
from cases.models import Case, Task
from centres.working_days import LONDON
from reminders import projecting
from reminders.enums import SUBJECT_OF, ReminderKind
from reminders.models import Reminder
from reminders.schedule import SCHEDULE
from sessions import operations as sessions
from sessions.models import SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.ending import EndingFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sessions import SupportSessionFactory
from tests.reminders.sweeping import LONG_AGO, at, heard, staff_of, works_on
from tests.sessions.writing import draft, record

pytestmark = pytest.mark.django_db

LEAD, MANAGER = "practitioner", "manager"
SOON, DUE, OPENS, LATE = "soon", "due", "opens", "late"
BEGAN = datetime(2026, 11, 16, 9, tzinfo=LONDON)  # a Monday, two hours before anybody writes it down
MISSED = {"attendance": "was_not_brought", "follow_up": "try_to_reach"}


@pytest.fixture
def case():
    with at("2026-11-16T11:00"):
        return CaseFactory(active=True, opened_at=LONG_AGO, support_started_on=LONG_AGO.date())


@pytest.fixture
def staff(case):
    return {**staff_of(case.centre), LEAD: works_on(case)}


def held(case, staff, **columns):
    return SupportSessionFactory(case=case, practitioner=staff[LEAD], held=True, planned_at=BEGAN, **columns)


def planned(case, staff):
    return SupportSessionFactory(case=case, practitioner=staff[LEAD], planned_at=BEGAN)


def it_is_signed(case, staff):
    sessions.sign_session(SupportSession.objects.get(), by=staff[LEAD], seen=1)


def it_is_cancelled(case, staff):
    sessions.cancel_session(SupportSession.objects.get(), by=staff[LEAD], attendance="cancelled_by_young_person")


def nobody_came(case, staff):
    record(case, staff[LEAD], at=BEGAN, **MISSED)


def somebody_has_made_sure(case, staff):
    cases.finish_task(Task.objects.open().get(kind="try_to_reach"), by=staff[LEAD])


def nobody_came_twice(case, staff):
    record(case, staff[LEAD], at=BEGAN - timedelta(days=7), attendance="was_not_brought", follow_up="reached")
    record(case, staff[LEAD], at=BEGAN, attendance="was_not_brought", follow_up="reached")


def it_was_talked_about(case, staff):
    cases.finish_task(Task.objects.open().get(kind="another_way"), by=staff[LEAD])


def a_review_comes(case, staff):
    ReviewFactory(case=case, kind="three_month", opens_on="2026-11-18", due_on="2026-12-02")


def the_third_is_held(case, staff):
    for _each in range(3):
        SupportSessionFactory(case=case, signed=True, kind="awareness_raising")


def they_are_gone(case, staff):
    MissingEpisodeFactory(case=case, by=staff[LEAD], from_at=timezone.now(), at=timezone.now())


def they_are_back(case, staff):
    cases.come_back(case.missing_episodes.get(), by=staff[LEAD], until_at=timezone.now())


def they_came_back(case, staff):
    MissingEpisodeFactory(case=case, by=staff[LEAD], back=True, until_at=BEGAN, back_at=BEGAN + timedelta(hours=1))


def they_said_no(case, staff):
    told = {"talk_by": "The council", "talk_offered_on": timezone.localdate()}
    cases.talk_about_return(case.missing_episodes.get(), by=staff[LEAD], seen=1, talk="said_no", **told)


ROWS = [
    pytest.param(
        "awareness_sessions",
        a_review_comes,
        [("2026-11-17", set()), ("2026-11-18", {(LEAD, DUE)}), ("2026-12-20", set())],
        the_third_is_held,
        id="29: awareness sessions are not finished",
    ),
    pytest.param(
        "unsigned_session",
        held,
        [
            ("2026-11-16T23:00", set()),
            ("2026-11-17T00:15", {(LEAD, SOON)}),
            ("2026-11-20", set()),
            ("2026-11-23T00:15", {(MANAGER, LATE)}),
        ],
        it_is_signed,
        id="31: written down, and not signed",
    ),
    pytest.param(
        "unsigned_session",
        planned,
        [("2026-11-16T23:00", set()), ("2026-11-17", {(LEAD, SOON)}), ("2026-11-23", {(MANAGER, LATE)})],
        it_is_cancelled,
        id="31: nobody has said what came of it",
    ),
    pytest.param(
        "missed_session",
        nobody_came,
        [
            ("2026-11-16T12:45", set()),
            ("2026-11-16T13:00", {(LEAD, DUE)}),
            ("2026-11-17T00:15", {(MANAGER, LATE)}),
        ],
        somebody_has_made_sure,
        id="32: nobody has made sure that they are safe",
    ),
    pytest.param(
        "missed_in_a_row",
        nobody_came_twice,
        [("2026-11-16T11:00", {(LEAD, OPENS), (MANAGER, OPENS)}), ("2026-12-16", set())],
        it_was_talked_about,
        id="33: two in a row",
    ),
    pytest.param(
        "missing",
        they_are_gone,
        [("2026-11-16T11:00", {(LEAD, DUE), (MANAGER, DUE)}), ("2026-11-20", set())],
        they_are_back,
        id="34: they are missing",
    ),
    pytest.param(
        "return_talk",
        they_came_back,
        [
            ("2026-11-16T11:00", {(LEAD, OPENS)}),
            ("2026-11-18T08:45", set()),
            ("2026-11-18T09:00", {(LEAD, SOON)}),
            ("2026-11-19T08:45", set()),
            ("2026-11-19T09:00", {(MANAGER, LATE)}),
        ],
        they_said_no,
        id="35: nobody has talked with them since they came back",
    ),
]


@pytest.mark.parametrize(("kind", "make", "story", "done"), ROWS)
def test_it_comes_due_is_heard_of_and_falls_silent_once_it_is_done(kind, make, story, done, case, staff):
    with at("2026-11-16T11:00"):
        make(case, staff)
    so_far = set()
    for moment, more in story:
        so_far |= more
        assert heard(kind, moment, staff) == so_far, moment
    with at(moment):
        done(case, staff)
        assert not Reminder.objects.filter(kind=kind).speaking().exists()
    assert heard(kind, moment, staff) == set()


def test_every_row_of_a_session_and_of_who_is_missing_has_its_story():
    of = {kind for kind in ReminderKind if SUBJECT_OF[kind] in ("session", "task", "missing")}
    assert {row.values[0] for row in ROWS} == {*map(str, of), "awareness_sessions"}


@pytest.mark.parametrize(("kind", "make"), [(row.values[0], row.values[1]) for row in ROWS])
def test_nothing_of_it_is_heard_once_the_case_is_closed(kind, make, case, staff):
    with at("2026-11-16T11:00"):
        make(case, staff)
        EndingFactory(case=case, signed_off=True)
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=timezone.now())
    assert heard(kind, "2026-12-16", staff) == set()


# Whose it is


def test_who_has_left_the_case_leaves_their_session_to_who_works_on_it_now(case, staff):
    with at("2026-11-16T11:00"):
        held(case, staff | {LEAD: UserFactory()})
        held(case, staff)
    assert Reminder.objects.count() == 0
    heard("unsigned_session", "2026-11-17", staff)
    mine = Reminder.objects.filter(person=staff[LEAD])
    assert mine.filter(kind="unsigned_session").count() == 2


def test_what_is_of_a_colleague_who_does_not_work_here_any_more_is_a_managers(case, staff):
    with at("2026-11-16T11:00"):
        nobody_came(case, staff)
        User.objects.filter(pk=staff[LEAD].pk).update(is_active=False)
    assert heard("missed_session", "2026-11-16T13:00", staff) == {(MANAGER, DUE)}


def test_who_stands_in_hears_who_is_missing(case, staff):
    cover = works_on(case, kind="cover")
    with at("2026-11-16T11:00"):
        they_are_gone(case, staff)
    assert (("cover", DUE)) in heard("missing", "2026-11-16T11:00", {**staff, "cover": cover})


def test_a_draft_of_which_somebody_was_reminded_may_be_thrown_away(case, staff):
    with at("2026-11-16T11:00"):
        begun = draft(case, staff[LEAD], at=BEGAN)
    assert heard("unsigned_session", "2026-11-17", staff) == {(LEAD, SOON)}
    sessions.throw_away_draft(begun, by=staff[LEAD], seen=begun.edition)
    assert not Reminder.objects.filter(kind="unsigned_session").exists()


# Each day


def test_who_is_missing_is_said_each_day_and_the_days_in_between_are_not_made_up_for(case, staff):
    with at("2026-11-16T11:00"):
        they_are_gone(case, staff)
    days = []
    for day in ("2026-11-16", "2026-11-17", "2026-11-20"):
        for moment in (f"{day}T11:00", f"{day}T17:00"):
            heard("missing", moment, staff)
        days.append(Reminder.objects.filter(person=staff[LEAD], kind="missing").count())
    assert days == [1, 2, 3]
    live = Reminder.objects.filter(kind="missing", silent_at=None, person=staff[LEAD])
    assert [str(row.due_on) for row in live] == ["2026-11-20"]


# Awareness


@pytest.mark.parametrize(
    ("work", "review", "hears"),
    [
        ("awareness", "three_month", True),
        ("recovery", "three_month", False),
        ("awareness", "six_weekly", False),
    ],
)
def test_it_is_asked_of_work_that_has_awareness_in_it_and_where_there_was_time(case, staff, work, review, hears):
    with at("2026-11-16T11:00"):
        Case.objects.filter(pk=case.pk).update(work_type=work)
        ReviewFactory(case=case, kind=review, opens_on="2026-11-16", due_on="2026-12-02")
    assert bool(heard("awareness_sessions", "2026-11-18", staff)) == hears


def test_sessions_that_did_not_take_place_finish_nothing_and_an_offer_without_a_number_asks_for_none(case, staff):
    with at("2026-11-16T11:00"):
        a_review_comes(case, staff)
        for _each in range(3):
            SupportSessionFactory(case=case, not_held=True, kind="awareness_raising")
    assert heard("awareness_sessions", "2026-11-18", staff) == {(LEAD, DUE)}
    type(case.offer).objects.filter(pk=case.offer_id).update(awareness_sessions=0)
    assert heard("awareness_sessions", "2026-11-18", staff) == set()


def test_it_is_said_once_of_two_reviews_that_wait(case, staff):
    with at("2026-11-16T11:00"):
        for kind, due_on in (("three_month", "2026-11-17"), ("ending", "2026-11-18")):
            ReviewFactory(case=case, kind=kind, opens_on="2026-11-16", due_on=due_on)
    heard("awareness_sessions", "2026-11-18", staff)
    assert Reminder.objects.filter(kind="awareness_sessions").count() == 1


# Where it is done


def test_each_leads_where_it_is_done(client, sign_in, case):
    user = sign_in("practitioner", at=case.centre)
    works_on(case, user=user)
    session, episode = planned(case, {LEAD: user}), MissingEpisodeFactory(case=case)
    SupportSession.objects.filter(pk=session.pk).update(planned_at=timezone.now() - timedelta(days=5))
    projecting.project_reminders(by="test")
    urls = {line["what"]: line["url"] for line in client.get(reverse("home")).context["due"]}
    assert urls["Write down and sign the session"] == session.get_absolute_url()
    assert urls["They are missing"] == episode.get_absolute_url()


@pytest.mark.parametrize(("kind", "make"), {row.values[0]: row.values[1] for row in ROWS}.items())
def test_a_sweep_reads_a_row_in_one_statement(kind, make, case, staff, django_assert_num_queries):
    [row] = [row for row in SCHEDULE if row.kind == kind]
    with at("2026-11-16T11:00"):
        make(case, staff)
    with at("2026-11-18"), django_assert_num_queries(1):
        assert len(list(row.facts(timezone.localdate()))) == 1
