"""A session together, through its page: planned from the young person's side, and a row on each side."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import SupportSession
from sessions.models.carers import CarerSession
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.consent import ConsentEventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(case):
    return CarerStrandFactory(active=True, case=case)


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
