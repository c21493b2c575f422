"""Rows 28 and 31 of parents and carers: heard of by their own practitioner and managers alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from reminders import projecting
from reminders.enums import Whom
from reminders.models import Reminder
from reminders.people import Listeners
from reminders.schedule import SCHEDULE
from reminders.sources.places import of_strand
from sessions.models.carers import CarerSession, CarerStrand
from sessions.operations import carer_contacts, carer_drafts, carer_strands
from tests.factories.accounts import MembershipFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.people import ExclusionFactory
from tests.reminders.sweeping import LONG_AGO, at, heard, staff_of, works_on

pytestmark = pytest.mark.django_db

OWN, MANAGER = "own", "manager"
SOON, LATE, ESCALATED = "soon", "late", "escalated"


@pytest.fixture
def strand():
    with at("2026-11-02"):
        return CarerStrandFactory(active=True, case__opened_at=LONG_AGO, grant__from_at=LONG_AGO)


@pytest.fixture
def staff(strand):
    return {**staff_of(strand.case.centre), OWN: strand.practitioner, "theirs": works_on(strand.case)}


def hold(strand, count):
    """So many more, one after another, on this day."""
    first = strand.contacts.count() + 1
    for number in range(first, first + count):
        began = timezone.now() - timedelta(hours=2, minutes=first + count - number)
        CarerSessionFactory(strand=strand, signed=True, direct_number=number, planned_at=began)


def live(kind):
    return Reminder.objects.speaking().filter(kind=kind)


@pytest.mark.requirement("R-nat-30")
def test_the_eighth_of_ten_is_heard_of_by_who_works_with_them_and_the_tenth_by_a_manager(strand, staff):
    with at("2026-11-12"):
        hold(strand, 7)
    assert heard("direct_sessions", "2026-11-12", staff) == set()
    with at("2026-11-16"):
        hold(strand, 1)
    assert heard("direct_sessions", "2026-11-16", staff) == {(OWN, SOON)}
    with at("2026-11-20"):
        hold(strand, 2)
    assert heard("direct_sessions", "2026-11-20", staff) == {(OWN, SOON), (MANAGER, ESCALATED)}
    assert {str(reminder.due_on) for reminder in live("direct_sessions")} == {"2026-11-16"}
    with at("2026-11-21"):
        carer_strands.go_on_to_ongoing_support(strand, by=staff[OWN])
        assert not live("direct_sessions").exists()
    assert heard("direct_sessions", "2026-11-21", staff) == set()


def test_where_fewer_were_agreed_it_is_two_before_the_last(strand, staff):
    CarerStrand.objects.filter(pk=strand.pk).update(direct_max=2)
    assert heard("direct_sessions", "2026-11-16", staff) == set()
    with at("2026-11-16"):
        hold(strand, 1)
    assert heard("direct_sessions", "2026-11-16", staff) == {(OWN, SOON)}


def contact(strand, **columns):
    with at("2026-11-16"):
        began = timezone.now() - timedelta(hours=2)
        return CarerSessionFactory(strand=strand, planned_at=began, **columns)


@pytest.mark.parametrize("how", ["held", "planned"])
def test_a_contact_that_nobody_has_signed_is_heard_of_the_next_working_day_and_after_five_by_a_manager(
    strand, staff, how
):
    session = contact(strand, held=how == "held")
    assert heard("unsigned_contact", "2026-11-16T23:00", staff) == set()
    assert heard("unsigned_contact", "2026-11-17T00:15", staff) == {(OWN, SOON)}
    assert heard("unsigned_contact", "2026-11-23T00:15", staff) == {(OWN, SOON), (MANAGER, LATE)}
    with at("2026-11-23"):
        if how == "held":
            carer_contacts.sign_contact(session, by=staff[OWN], edition=1)
        else:
            carer_contacts.cancel_contact(session, by=staff[OWN], attendance="cancelled_by_carer")
        assert not live("unsigned_contact").exists()
    assert heard("unsigned_contact", "2026-11-23", staff) == set()


def test_what_somebody_left_unsigned_who_may_not_read_it_any_more_is_of_who_works_with_them_now(strand, staff):
    left = MembershipFactory(centre=strand.case.centre, role=Role.PRACTITIONER).user
    session = contact(strand, held=True)
    CarerSession.objects.filter(pk=session.pk).update(practitioner=left)
    assert heard("unsigned_contact", "2026-11-17", staff | {"left": left}) == {(OWN, SOON)}


def test_nothing_is_heard_of_a_carer_whom_a_manager_holds_back(strand, staff):
    contact(strand, held=True)
    with at("2026-11-17"):
        carer_strands.hold_back(strand, by=staff[MANAGER], because="x")
    assert heard("unsigned_contact", "2026-11-23", staff) == set()


def test_a_draft_of_which_somebody_was_reminded_may_be_thrown_away(strand, staff):
    begun = contact(strand, draft=True)
    assert heard("unsigned_contact", "2026-11-17", staff) == {(OWN, SOON)}
    carer_drafts.throw_away_contact(begun, by=staff[OWN], seen=begun.edition)
    assert not Reminder.objects.filter(kind="unsigned_contact").exists()


# The wall


@pytest.mark.requirement("R-nat-29")
def test_it_names_the_strand_and_not_the_case_and_who_works_with_the_young_person_reads_none_of_it(strand, staff):
    contact(strand, held=True)
    heard("unsigned_contact", "2026-11-23", staff)
    [mine] = Reminder.objects.filter(person=staff[OWN])
    assert (mine.case, mine.strand, mine.contact.strand) == (None, None, strand)
    Reminder.objects.update(person=staff["theirs"])
    assert not Reminder.objects.visible_to(staff["theirs"]).filter(kind="unsigned_contact").exists()
    assert not Reminder.objects.on_visible_to(staff["theirs"]).filter(kind="unsigned_contact").exists()


@pytest.mark.requirement("R-nat-29")
@pytest.mark.parametrize("kept", ["from_the_carer", "from_the_young_person", "works_with_the_young_person", "open"])
def test_a_manager_hears_where_they_may_read_the_strand_and_else_the_service_manager(strand, staff, kept):
    if kept == "works_with_the_young_person":
        AssignmentFactory(case=strand.case, user=staff[MANAGER], kind="co_worker")
    elif kept != "open":
        subject = strand.subject if kept == "from_the_carer" else strand.case.subject
        ExclusionFactory(subject=subject, user=staff[MANAGER])
    contact(strand, held=True)
    who = MANAGER if kept == "open" else "service"
    assert (who, LATE) in heard("unsigned_contact", "2026-11-23", staff)
    assert CarerStrand.objects.visible_to(staff[MANAGER]).exists() == (kept == "open")
    place = of_strand(strand, owner=None)
    assert staff["theirs"].pk not in Listeners({place}).of(place, Whom.PRACTITIONER)


def test_a_line_says_who_they_are_as_their_own_page_does_and_leads_there(client, sign_in):
    strand = CarerStrandFactory(active=True, case__opened_at=LONG_AGO)
    user = sign_in(Role.PRACTITIONER, at=strand.case.centre)
    CarerStrand.objects.filter(pk=strand.pk).update(practitioner=user)
    type(strand.grant).objects.filter(pk=strand.grant_id).update(user=user)
    session = CarerSessionFactory(strand=strand, practitioner=user, planned_at=timezone.now() - timedelta(days=5))
    projecting.project_reminders(by="test")
    [line] = [line for line in client.get(reverse("home")).context["due"] if "contact" in line["what"]]
    assert line["url"] == reverse("sessions:carer_session", args=[strand.key, session.pk])
    assert line["who"] == "A.E., Mother"


@pytest.mark.parametrize("kind", ["direct_sessions", "unsigned_contact"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_sweep_reads_a_row_in_one_statement(kind, count, django_assert_num_queries):
    [row] = [row for row in SCHEDULE if row.kind == kind]
    for _more in range(count):
        strand = CarerStrandFactory(active=True, case__opened_at=LONG_AGO, direct_max=1)
        CarerSessionFactory(strand=strand, held=True)
    with django_assert_num_queries(1):
        assert len(list(row.facts(timezone.localdate()))) == count
