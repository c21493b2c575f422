"""A session together, through its page: planned from the young person's side, and a row on each side."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from sessions import clashes
from sessions.models import SupportSession
from sessions.models.carers import CarerSession
from sessions.operations import carer_contacts as contacts
from sessions.operations import planning
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
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


# One side moves or cancels: the other is told


@pytest.fixture
def both(client, practitioner, strand, url):
    """Planned on both sides; the young person's side is signed in."""
    MembershipFactory(user=strand.practitioner, role=Role.PRACTITIONER, centre=strand.case.centre)
    client.post(url, typed())
    return SupportSession.objects.get(), CarerSession.objects.get()


def _told(client, case, theirs):
    """What the young person's side reads of the other: in its list and in its diary."""
    day = timezone.localdate(theirs.planned_at).isoformat()
    pages = [reverse("sessions:sessions", args=[case.reference]), f"{reverse('sessions:diary')}?day={day}"]
    return [client.get(page).text for page in pages]


def test_where_one_side_moves_or_cancels_the_other_is_told_and_no_more(client, strand, case, both):
    theirs, session = both
    assert not any("The other side has" in page for page in _told(client, case, theirs))
    later, of_them = session.planned_at + timedelta(hours=1), {"by": strand.practitioner}
    moved = contacts.move_contact(session, planned_at=later, moved_by_wish_of="carer", **of_them)
    assert all(f"moved this to {moment(later)}" in page for page in _told(client, case, theirs))
    contacts.cancel_contact(moved, attendance="cancelled_by_practitioner", why_not="Ill.", **of_them)
    pages = _told(client, case, theirs)
    assert all("The other side has cancelled this." in page and "Ill." not in page for page in pages)


def test_the_carers_side_is_told_too(client, practitioner, strand, both):
    theirs, session = both
    later = theirs.planned_at + timedelta(hours=1)
    planning.move_session(theirs, by=practitioner, planned_at=later, moved_by_wish_of="young_person")
    client.force_login(strand.practitioner)
    for page in (at("carer_sessions", strand), at("carer_session", strand, session.pk)):
        assert f"The other side has moved this to {moment(later)}." in client.get(page).text
    contacts.move_contact(session, by=strand.practitioner, planned_at=later, moved_by_wish_of="carer")
    assert "The other side" not in client.get(at("carer_sessions", strand)).text


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
