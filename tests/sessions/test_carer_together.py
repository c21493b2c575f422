"""A session together, through its page: planned from the young person's side, and a row on each side."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases.models import TimelineEntry
from sessions import clashes
from sessions.models import SupportSession
from sessions.models.carers import CarerSession, StrandEntry
from sessions.operations import carer_contacts as contacts
from sessions.operations import planning
from sessions.operations.carer_consent import record_carer_consent
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.sessions import SupportSessionFactory
from tests.sessions.carer_hands import at
from tests.sessions.writing import ago
from tests.sessions.writing import typed as typed_record
from tests.traces import leaves_no_trace
from ui.times import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(case):
    return CarerStrandFactory(active=True, case=case, practitioner=UserFactory(with_factor=True))


@pytest.fixture
def url(case, strand):
    return reverse("sessions:plan_together", args=[case.reference, strand.key])


def typed():
    day = timezone.localdate() + timedelta(days=3)
    when = {f"planned_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    return when | {"planned_time": "15:30", "mode": "in_person_home"}


@pytest.mark.requirement("R-nat-30", part="a session together, through its page")
def test_it_is_planned_on_both_sides_with_who_works_with_each(client, practitioner, case, strand, url):
    page = client.post(url, typed(), follow=True)
    assert "each side writes down its own" in page.text
    theirs, session = SupportSession.objects.get(), CarerSession.objects.get()
    assert (theirs.practitioner, session.practitioner) == (practitioner, strand.practitioner)
    assert (theirs.joint_key, theirs.planned_at) == (session.joint_key, session.planned_at)
    assert not strand.contacts.that_counted().exists()


def test_where_all_are_held_it_says_so(client, practitioner, strand, url):
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    page = client.post(url, typed())
    assert (page.status_code, "all the direct sessions have been held" in page.text) == (409, True)
    assert not SupportSession.objects.exists()


def test_after_the_young_persons_no_it_is_not_planned(client, practitioner, case, strand, url):
    ConsentEventFactory(case=case, no=True)
    page = client.post(url, typed())
    assert (page.status_code, "said no" in page.text) == (409, True)
    assert not CarerSession.objects.exists()


def test_without_a_day_every_word_is_kept(client, practitioner, url):
    page = client.post(url, typed() | {"planned_on_day": "", "place": "Their kitchen"})
    assert "Their kitchen" in page.text
    assert page.context["form"].errors


# One side moves or cancels: so does the other


@pytest.fixture
def both(client, practitioner, strand, url):
    """Planned on both sides; the young person's side is signed in."""
    MembershipFactory(user=strand.practitioner, role=Role.PRACTITIONER, centre=strand.case.centre)
    client.post(url, typed() | {"place": "The library"})
    return SupportSession.objects.get(), CarerSession.objects.get()


def _stand():
    """How the two rows stand that take the place of all others."""
    return [model.objects.exclude(status="rescheduled").get() for model in (SupportSession, CarerSession)]


def test_where_the_carers_side_moves_it_the_young_persons_is_moved_too(client, practitioner, strand, case, both):
    theirs, session = both
    later, of_them = session.planned_at + timedelta(hours=1), {"by": strand.practitioner}
    contacts.move_contact(session, planned_at=later, moved_by_wish_of="carer", place="The café", **of_them)
    now, other = _stand()
    assert now.moved_from == theirs
    assert (now.planned_at, now.place, now.practitioner) == (later, other.place, practitioner)
    assert (now.moved_by_wish_of, now.joint_key) == ("carer", other.joint_key)
    page = client.get(reverse("sessions:sessions", args=[case.reference])).text
    assert f"Moved from {moment(session.planned_at)}" in page
    assert "The other side" not in page


def test_where_the_young_persons_side_moves_it_the_carers_is_moved_and_not_told_whose_wish(
    client, practitioner, strand, both
):
    theirs, session = both
    later = theirs.planned_at + timedelta(hours=1)
    planning.move_session(theirs, by=practitioner, planned_at=later, moved_by_wish_of="young_person")
    _now, other = _stand()
    assert (other.planned_at, other.moved_from, other.practitioner) == (later, session, strand.practitioner)
    assert other.moved_by_wish_of == "practitioner"
    client.force_login(strand.practitioner)
    assert "The other side" not in client.get(at("carer_sessions", strand)).text


def test_who_meets_them_is_each_sides_own(practitioner, case, both):
    theirs, session = both
    covers = AssignmentFactory(case=case, kind="co_worker").user
    kept = {"planned_at": theirs.planned_at, "moved_by_wish_of": "practitioner", "practitioner": covers}
    planning.move_session(theirs, by=practitioner, **kept)
    assert _stand()[1] == session


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("cancelled_by_young_person", "cancelled_by_practitioner"),  # a parent's record does not tell what they wished
        ("cancelled_by_carer", "cancelled_by_carer"),
    ],
)
def test_where_the_young_persons_side_cancels_it_so_does_the_carers_without_a_reason(practitioner, both, said, other):
    planning.cancel_session(both[0], by=practitioner, attendance=said, why_not="A secret.")
    theirs, carers = _stand()
    assert (theirs.status, carers.status, carers.attendance) == ("cancelled", "cancelled", other)
    assert carers.why_not == "This session together was cancelled for both sides."
    assert not StrandEntry.objects.filter(words__contains="secret").exists()


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("cancelled_by_carer", "cancelled_by_carer"),
        ("consent_withdrawn", "cancelled_by_carer"),
        ("not_safe_to_go_ahead", "cancelled_by_practitioner"),
    ],
)
def test_where_the_carers_side_cancels_it_so_does_the_young_persons(strand, both, said, other):
    contacts.cancel_contact(both[1], by=strand.practitioner, attendance=said, why_not="A secret.")
    theirs, carers = _stand()
    assert (theirs.status, theirs.attendance, carers.attendance) == ("cancelled", other, said)
    assert theirs.why_not == "This session together was cancelled for both sides."
    assert not TimelineEntry.objects.filter(words__contains="secret").exists()


def test_what_is_settled_on_one_side_stays_as_it_is(strand, both):
    missed = {"attendance": "was_not_brought", "follow_up": "reached", "recorded_by": strand.practitioner}
    SupportSession.objects.update(status="not_held", recorded_at=timezone.now(), **missed)
    contacts.cancel_contact(both[1], by=strand.practitioner, attendance="cancelled_by_carer")
    assert _stand()[0].status == "not_held"


def test_once_its_time_is_over_the_carers_side_does_not_move_it_away(strand, both):
    CarerSession.objects.update(planned_at=ago(hours=3))
    later = {"planned_at": ago(days=-1), "moved_by_wish_of": "carer"}
    with leaves_no_trace(), pytest.raises(planning.PlanRefused, match="over"):
        contacts.move_contact(CarerSession.objects.get(), by=strand.practitioner, **later)


@pytest.mark.requirement("R-nat-32", part="a session together")
def test_where_one_side_says_no_the_other_is_told_that_it_is_off(client, practitioner, strand, case, both):
    """A no is of its own side alone: it changes no row of the other, which is told that it will not be."""
    record_carer_consent(strand, by=strand.practitioner, event="declined")
    theirs, carers = _stand()
    assert (theirs.status, carers.status) == ("planned", "cancelled")
    day = timezone.localdate(theirs.planned_at).isoformat()
    for page in (reverse("sessions:sessions", args=[case.reference]), f"{reverse('sessions:diary')}?day={day}"):
        assert "The other side has cancelled this." in client.get(page).text


def test_on_its_own_side_alone_it_is_not_planned(client, practitioner, case):
    page = client.get(reverse("sessions:plan", args=[case.reference]))
    assert "joint_yp_carer" not in dict(page.context["form"].fields["kind"].choices)
    assert reverse("sessions:parents", args=[case.reference]) in page.text


def test_where_it_is_written_down_the_next_one_has_its_own_way(client, practitioner, case, strand, both):
    """It has two sides: the page of the session leads to the page that plans both, and plans none alone."""
    theirs, _session = both
    SupportSession.objects.filter(pk=theirs.pk).update(planned_at=ago(hours=2))
    url = reverse("sessions:record", args=[case.reference, theirs.pk])
    page = client.get(url)
    assert "is planned from the page “Parents and carers”" in page.text
    assert [kind for kind, _label in page.context["form"].fields["kind"].choices] == ["joint_yp_carer"]
    ConsentEventFactory(case=case, at=ago(days=1))
    sent = typed_record(kind="joint_yp_carer", seen="1", following="in_a_week")
    assert "Signed" in client.post(url, sent, follow=True).text
    assert SupportSession.objects.get().is_signed


def test_by_no_act_is_one_side_of_it_planned_alone(practitioner, case):
    when = {"by": practitioner, "practitioner": practitioner, "mode": "phone", "planned_at": ago(days=-1)}
    for plans in (planning.plan_session, partial(planning.plan_series, weeks=1, times=2)):
        with leaves_no_trace(), pytest.raises(planning.PlanRefused, match="together"):
            plans(case, kind="joint_yp_carer", **when)


def test_what_somebody_has_with_a_parent_at_that_time_is_said(practitioner, case):
    begins = timezone.now() + timedelta(days=2)
    CarerSessionFactory(practitioner=practitioner, planned_at=begins)
    planned = SupportSessionFactory(case=case, practitioner=practitioner, planned_at=begins)
    (words,) = clashes.words([planned])
    assert words.startswith(f"{practitioner.full_name} has another session at that time")
