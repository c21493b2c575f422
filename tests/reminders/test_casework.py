"""Rows of a case: what waits comes due, is heard of by whom and when, and is silent once it is done."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.enums import Role
from cases.enums import CaseKind
from cases.models import Case
from reminders import presenting, projecting
from reminders.enums import SUBJECTS
from reminders.models import Reminder
from tests.factories.cases import CaseFactory, PauseFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.ending import EndingFactory
from tests.factories.network import SupervisionFactory
from tests.factories.reminders import ReminderFactory
from tests.reminders.casework import (
    LEAD,
    a_case,
    assessed,
    born,
    confirmed,
    ended,
    ending,
    it_begins_to_end,
    it_goes_on,
    it_is_signed,
    it_is_signed_off,
    less_safe,
    new,
    of_an_offer_that_asks_for_contributions,
    resting,
    reviewed_without_numbers,
    somebody_asks,
    somebody_tries,
    spoken_to_three_times,
    the_goal_is_rated,
    the_plan_is_agreed,
    they_are_told,
    they_meet,
    they_say_how_to_reach_them,
    they_say_no,
    they_talk_about_taking_part,
    they_think_about_it,
    we_contribute,
)
from tests.reminders.sweeping import at, heard, staff_of, works_on

pytestmark = pytest.mark.django_db

OPENED = "2026-11-16T10:00"  # a Monday
MANAGER, SERVICE, PROTECTION = "manager", "service", "protection"
SOON, SOONER, DUE, LATE, ESCALATED = "soon", "sooner", "due", "late", "escalated"
BOTH = {(LEAD, SOON), (MANAGER, LATE)}


@pytest.fixture
def centre():
    with at(OPENED):
        return ServiceCentreFactory()


@pytest.fixture
def staff(centre):
    return staff_of(centre)


ROWS = [
    pytest.param(
        "first_contact",
        new(),
        [("2026-11-19", set()), ("2026-11-20", {(LEAD, SOON)}), ("2026-11-23", {(MANAGER, LATE)})],
        somebody_tries,
        id="11: planned, five working days",
    ),
    pytest.param(
        "first_contact",
        new(priority="soon"),
        [("2026-11-16", set()), ("2026-11-17", {(LEAD, SOON)}), ("2026-11-18", {(MANAGER, LATE)})],
        they_meet,
        id="11: within days, two",
    ),
    pytest.param(
        "first_meeting",
        new(),
        [("2026-11-26", set()), ("2026-11-27", {(LEAD, SOON)}), ("2026-11-30", {(MANAGER, LATE)})],
        they_meet,
        id="12: first meeting",
    ),
    pytest.param(
        "consent",
        new(),
        [("2026-11-29", set()), ("2026-11-30", {(LEAD, SOON)}), ("2026-12-08", {(MANAGER, LATE)})],
        they_talk_about_taking_part,
        id="13: consent, fifteen working days",
    ),
    pytest.param(
        "consent",
        spoken_to_three_times,
        [("2026-11-19", {(LEAD, SOON)}), ("2026-11-20", {(MANAGER, LATE)})],
        they_say_no,
        id="13: or when we have spoken three times",
    ),
    pytest.param(
        "privacy",
        new(),
        [
            ("2026-12-01", set()),
            ("2026-12-02", {(LEAD, SOON)}),
            ("2026-12-16", {(MANAGER, LATE), (PROTECTION, ESCALATED)}),
        ],
        they_are_told,
        id="14: what we hold about them",
    ),
    pytest.param(
        "assessment",
        new(assessing=True),
        [
            ("2026-12-13", set()),
            ("2026-12-14", {(LEAD, SOON)}),
            ("2026-12-21", {(LEAD, SOONER)}),
            ("2026-12-28", {(MANAGER, LATE)}),
            ("2027-01-11", {(SERVICE, ESCALATED)}),
        ],
        it_is_signed,
        id="15: assessment, six weeks",
    ),
    pytest.param(
        "assessment",
        new(assessing=True, start_route="relationship_first"),
        [("2027-01-10", set()), ("2027-01-11", {(LEAD, SOON)})],
        it_is_signed,
        id="15: ten where trust comes first",
    ),
    pytest.param(
        "plan",
        assessed,
        [("2026-11-26", set()), ("2026-11-27", {(LEAD, SOON)}), ("2026-11-30", {(MANAGER, LATE)})],
        the_plan_is_agreed,
        id="16: plan",
    ),
    pytest.param(
        "safe_contact",
        confirmed,
        [("2026-12-27", set()), ("2026-12-28", {(LEAD, DUE)}), ("2027-01-04", {(MANAGER, LATE)})],
        they_say_how_to_reach_them,
        id="18: how we reach them safely",
    ),
    pytest.param(
        "safe_contact",
        less_safe,
        [("2026-11-20", {(LEAD, DUE)}), ("2026-11-27", {(MANAGER, LATE)})],
        they_say_how_to_reach_them,
        id="18: and when safety has changed",
    ),
    pytest.param(
        "goal_rating",
        reviewed_without_numbers,
        [("2026-11-16", {(LEAD, DUE)}), ("2026-11-23", {(MANAGER, LATE)})],
        the_goal_is_rated,
        id="20: numbers at a review",
    ),
    pytest.param(
        "contribution",
        of_an_offer_that_asks_for_contributions,
        [("2027-01-30", set()), ("2027-01-31", {(LEAD, SOON)}), ("2027-02-15", {(MANAGER, LATE)})],
        we_contribute,
        id="22: what we bring to the others",
    ),
    pytest.param(
        "supervision",
        new(),
        [("2026-12-08", set()), ("2026-12-09", {(MANAGER, SOON)}), ("2026-12-30", {(SERVICE, ESCALATED)})],
        they_think_about_it,
        id="30: supervision",
    ),
    pytest.param(
        "no_contact",
        spoken_to_three_times,
        [("2026-11-28", set()), ("2026-11-29", {(LEAD, SOON)}), ("2026-12-10", {(MANAGER, LATE)})],
        they_meet,
        id="36: nobody has met or spoken to them",
    ),
    pytest.param(
        "coming_of_age",
        born("2011-01-20"),
        [
            ("2026-11-20", set()),
            ("2026-11-21", {(LEAD, SOON)}),
            ("2027-01-06", {(LEAD, SOONER)}),
            ("2027-01-21", {(MANAGER, LATE)}),
        ],
        they_talk_about_taking_part,
        id="37: sixteen",
    ),
    pytest.param(
        "coming_of_age",
        born("2012-02-29"),
        [("2028-01-01", {(LEAD, SOON)}), ("2028-02-14", set()), ("2028-02-15", {(LEAD, SOONER)})],
        they_talk_about_taking_part,
        id="37: sixteen, on 29 February",
    ),
    pytest.param(
        "coming_of_age",
        born("2008-12-31"),
        [("2026-11-16", {(LEAD, SOON)}), ("2026-12-17", {(LEAD, SOONER)}), ("2027-01-01", {(MANAGER, LATE)})],
        they_say_no,
        id="37: eighteen",
    ),
    pytest.param(
        "too_old",
        born("2007-02-28"),
        [("2026-12-29", set()), ("2026-12-30", {(LEAD, SOON)}), ("2027-02-14", {(LEAD, SOONER), (MANAGER, SOONER)})],
        it_begins_to_end,
        id="37: twenty",
    ),
    pytest.param(
        "closing",
        ending,
        [("2026-11-22", set()), ("2026-11-23", {(LEAD, SOON)}), ("2026-11-30", {(MANAGER, LATE)})],
        it_is_signed_off,
        id="44: the ending is not finished",
    ),
    pytest.param(
        "check_in",
        ended,
        [("2026-12-13", set()), ("2026-12-14", {(LEAD, DUE)}), ("2026-12-28", {(MANAGER, LATE)})],
        somebody_asks,
        id="45: how they are afterwards",
    ),
    pytest.param(
        "rest",
        resting,
        [("2026-11-25", set()), ("2026-11-26", {(LEAD, SOON)}), ("2026-12-01", {(MANAGER, LATE)})],
        it_goes_on,
        id="49: the work rests",
    ),
]
OF_OTHERS = {"planned_end", "twelve_months", "awareness_sessions"}


@pytest.mark.parametrize(("kind", "make", "story", "done"), ROWS)
def test_it_comes_due_is_heard_of_and_falls_silent_once_it_is_done(kind, make, story, done, centre, staff):
    with at(OPENED):
        case = make(centre, staff)
    so_far = set()
    for moment, more in story:
        so_far |= more
        assert heard(kind, moment, staff) == so_far, moment
    with at(moment):
        done(Case.objects.get(pk=case.pk))
        assert not Reminder.objects.filter(kind=kind).speaking().exists()
    assert heard(kind, moment, staff) == set()


def test_every_row_of_a_case_has_its_story():
    assert {row.values[0] for row in ROWS} == {str(kind) for kind in SUBJECTS["case"]} - OF_OTHERS | {"goal_rating"}


NEEDS_A_YES = {
    "first_contact", "first_meeting", "consent", "assessment", "plan", "safe_contact", "no_contact", "coming_of_age",
}  # fmt: skip


def kinds_heard(moment, case):
    with at(moment):
        projecting.project_reminders(by="test")
        live = Reminder.objects.speaking().filter(case=case)
        return set(live.values_list("kind", flat=True))


@pytest.mark.parametrize("make", [new(), new(assessing=True), assessed, confirmed, born("2011-01-20")])
def test_who_said_no_is_not_to_be_reached_met_assessed_or_planned_with(make, centre, staff):
    with at(OPENED):
        case = make(centre, staff)
    assert kinds_heard("2027-01-25", case) & NEEDS_A_YES
    with at("2027-01-25"):
        ConsentEventFactory(case=case, no=True)
    assert not kinds_heard("2027-01-25", case) & NEEDS_A_YES


@pytest.mark.parametrize("make", [new(), assessed, confirmed])
def test_while_the_work_rests_nothing_of_it_is_asked_for_but_to_look_whether_it_goes_on(make, centre, staff):
    with at(OPENED):
        case = make(centre, staff)
        PauseFactory(case=case, review_on=date(2026, 11, 30))
    assert kinds_heard("2027-01-25", case) == {"rest", "privacy", "supervision"}


def test_of_a_case_with_a_carer_alone_no_row_of_a_young_person_speaks(centre, staff):
    with at(OPENED):
        case = CaseFactory(referral__centre=centre, kind=CaseKind.CARER_ONLY, status="active")
    assert kinds_heard("2028-01-25", case) == {"supervision"}


def test_a_day_that_was_named_for_the_next_supervision_stands(centre, staff):
    with at(OPENED):
        case = a_case(centre, staff)
        SupervisionFactory(case=case, together=True, next_on=date(2027, 2, 1))
    assert heard("supervision", "2027-01-24", staff) == set()
    assert heard("supervision", "2027-01-25", staff) == {(MANAGER, SOON)}


def test_an_ending_that_is_proposed_waits_for_a_manager_alone(centre, staff):
    with at(OPENED):
        case = a_case(centre, staff, ending=True)
        EndingFactory(case=case, proposed=True, ends_on=date(2026, 11, 16))
    assert heard("closing", "2026-11-29", staff) == set()
    assert heard("closing", "2026-11-30", staff) == {(MANAGER, LATE)}


def test_who_is_planned_to_end_before_they_are_too_old_is_not_spoken_of(centre, staff):
    with at(OPENED):
        born("2007-02-28", active=True)(centre, staff)
        Case.objects.update(planned_end_on=date(2027, 2, 27))
    assert heard("too_old", "2027-02-14", staff) == set()


def test_without_a_practitioner_a_manager_hears_of_it(centre, staff):
    with at(OPENED):
        CaseFactory(referral__centre=centre)
    assert heard("first_contact", "2026-11-20", staff) == {(MANAGER, SOON)}


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.TEAM_MANAGER])
def test_each_leads_to_a_page_that_who_hears_of_it_may_read(client, sign_in, role):
    case = CaseFactory()
    user = sign_in(role, at=case.centre)
    if role == Role.PRACTITIONER:
        works_on(case, user=user)
    for kind in set(SUBJECTS["case"]) - OF_OTHERS:
        ReminderFactory(kind=kind, case=case, review=None, person=user)
    addresses = {line["url"] for line in presenting.lines(Reminder.objects.for_home(), today=timezone.localdate())}
    assert len(addresses) == 9
    assert {client.get(address).status_code for address in addresses} == {200}
