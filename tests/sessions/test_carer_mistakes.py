"""A contact with a carer that was entered by mistake: it counts for nothing, takes none of the ten, and stays."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from cases.steps import KeptAlready, MoveNotAllowed
from safeguarding.models import Concern
from sessions.models.carers import CarerSession, StrandEntry
from sessions.operations import SessionChanged
from sessions.operations.carer_contacts import log_contact
from sessions.operations.carer_mistakes import take_contact_as_mistake
from sessions.operations.carer_strands import hold_back
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory
from tests.sessions.carer_hands import at, held, post
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


def take(session, by=None, **more):
    told = {"seen": session.edition, "why": "It was another mother."} | more
    return take_contact_as_mistake(session, by=by or session.recorded_by, **told)


@pytest.mark.requirement("R-nat-30", part="one that was entered by mistake is none of the ten")
def test_it_counts_for_nothing_and_every_word_stays():
    session = CarerSessionFactory(held=True, own_words="I sleep again.")
    with writes(CarerSessionEvent=1, StrandEntry=1, StrandEntryEvent=1, AuditEvent=1):
        taken = take(session)
    rows = session.strand.contacts
    assert (session.strand.direct_left, taken.direct_number) == (10, None)
    assert not (rows.that_took_place() | rows.that_counted() | rows.unsigned() | rows.unwritten()).exists()
    assert (taken.own_words, taken.why_not, taken.what_we_did) == (
        "I sleep again.",
        "It was another mother.",
        "Talked about school.",
    )
    assert taken.signed_by == session.recorded_by == taken.recorded_by
    assert session.events.filter(status="held").last().started_at == session.started_at
    assert AuditEvent.objects.last().verb == "carer_session.taken_as_mistake"
    entry = StrandEntry.objects.latest("pk")
    assert (entry.title.split(",")[0], entry.words) == ("Entered by mistake: Direct session", "")
    assert entry.path == at("carer_session", session.strand, session.pk)


def test_its_number_is_given_to_the_next():
    first = CarerSessionFactory(held=True)
    CarerSessionFactory(strand=first.strand, held=True, direct_number=2)
    take(first)
    times = {"started_at": first.started_at, "ended_at": first.ended_at}
    said = {"kind": "direct_session", "mode": "in_person_centre", "what_we_did": "Talked."}
    assert log_contact(first.strand, by=UserFactory(), **times, **said).direct_number == 1


def test_what_is_signed_or_planned_or_held_back_or_has_changed_is_not_taken_so():
    strand, (by, other) = CarerStrandFactory(active=True), UserFactory.create_batch(2)
    blocked = CarerSessionFactory(not_held=True)
    hold_back(blocked.strand, by=by, because="To be looked at.")
    for session in (CarerSessionFactory(strand=strand, signed=True), CarerSessionFactory(strand=strand), blocked):
        with leaves_no_trace(), pytest.raises(MoveNotAllowed):
            take(session, by)
    written = CarerSessionFactory(strand=strand, not_held=True)
    with leaves_no_trace(), pytest.raises(SessionChanged):
        take(written, by, seen=0)
    taken = take(written, by)
    with leaves_no_trace(), pytest.raises(KeptAlready):
        take(taken, by)
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        take(taken, other)


def test_the_young_persons_side_of_a_session_together_stays_as_it_was():
    """Each side says for itself what came of it."""
    session = CarerSessionFactory(held=True, joint=True)
    with writes(CarerSessionEvent=1, StrandEntry=1, StrandEntryEvent=1, AuditEvent=1):
        take(session)


# Its pages


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother, who agreed."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    client.force_login(mine)
    return CarerConsentFactory(strand__case=case, strand__active=True, strand__practitioner=mine).strand


def test_from_its_page_it_goes_out_of_every_list_but_one(client, strand):
    session = CarerSessionFactory(strand=strand, held=True)
    page = client.get(at("carer_session", strand, session.pk)).text
    assert at("contact_by_mistake", strand, session.pk) in page
    page = client.get(at("contact_by_mistake", strand, session.pk))
    assert "<p>Direct session, " in page.text
    sent = {"seen": page.context["form"]["seen"].value(), "why": ""}
    assert "error" in post(client, "contact_by_mistake", strand, sent, session.pk).text
    address = at("contact_by_mistake", strand, session.pk)
    page = client.post(address, sent | {"why": "It was another one."}, follow=True)
    assert "It counts for nothing now." in page.text
    assert [len(page.context[name]) for name in ("direct", "others", "not_held", "coming", "mistakes")] == [
        0,
        0,
        0,
        0,
        1,
    ]
    assert "Direct sessions: 0 of 10" in page.text
    assert client.get(reverse("sessions:diary")).context["count"] == 0
    shown = client.get(at("carer_session", strand, session.pk)).text
    assert f"{strand.practitioner} wrote" in shown
    assert "It was another one." in shown
    assert address not in shown


def test_one_that_is_signed_or_has_changed_is_not_taken_so_and_it_says_so(client, strand):
    session = CarerSessionFactory(strand=strand, signed=True)
    page = at("contact_by_mistake", strand, session.pk)
    assert client.get(page).url == at("carer_session", strand, session.pk)
    told = client.post(page, {"seen": "1", "why": "It was another one."})
    assert (told.status_code, "Nothing was saved" in told.text, "another one" in told.text) == (409, True, True)


def test_a_concern_that_was_raised_with_it_stays(client, strand):
    worse = {"safety_change": "worse", "severity": "standard", "safety_words": "He waits."}
    post(client, "log_contact", strand, held(later="1", **worse))
    take(CarerSession.objects.get())
    assert Concern.objects.get().closed_at is None
