"""A session that was entered by mistake counts for nothing and stands in no list; its record stays, and says why."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from cases.models import Task, TimelineEntry
from sessions import operations, programme
from sessions.models import SupportSession
from sessions.writing import missed_in_a_row
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory
from tests.sessions.writing import LESS_SAFE, a_case, ago, record
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

MISSED = {"attendance": "was_not_brought", "follow_up": "try_to_reach"}


def take(session, by=None, **more):
    told = {"seen": session.edition, "why": "It was another young person."} | more
    return operations.take_as_mistake(session, by=by or session.recorded_by, **told)


def test_it_counts_for_nothing_and_every_word_stays():
    case, topic = a_case(), AwarenessTopicFactory()
    session = record(case, kind="awareness_raising", topics=[topic], own_words="I like it here.")
    told = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
    with writes(SupportSessionEvent=1, AuditEvent=1, **told):
        session = take(session)
    rows = SupportSession.objects.filter(case=case)
    assert programme.counted(rows.for_counting(), planned=3) == programme.Programme(planned=3)
    assert not (rows.that_took_place() | rows.unsigned() | rows.that_stand()).exists()
    assert not set(rows.for_ending().values()) - {0}
    assert not type(topic).objects.of_case(case).get(pk=topic.pk).is_covered
    assert (session.own_words, session.why_not) == ("I like it here.", "It was another young person.")
    assert (session.recorded_by, session.signed_by) == (case.opened_by, case.opened_by)
    first = session.events.filter(status="held").last()
    assert (first.started_at is not None, first.own_words) == (True, "I like it here.")
    assert AuditEvent.objects.last().verb == "session.taken_as_mistake"
    assert TimelineEntry.objects.latest("pk").title.startswith("Entered by mistake: Awareness-raising")


def test_what_was_owed_for_it_today_is_owed_no_more_and_it_is_no_session_missed():
    case = a_case()
    session = record(case, **MISSED)
    take(session)
    assert not Task.objects.open().exists()
    assert missed_in_a_row(case) == 0


def test_a_concern_that_was_raised_with_it_stays():
    session = take(record(a_case(), severity="standard", **LESS_SAFE))
    assert session.safety_noticed.concern.closed_at is None


def test_what_is_signed_or_planned_or_has_changed_is_not_taken_so():
    case = a_case()
    written = record(case)
    for session in (record(case, and_sign=True), SupportSessionFactory(case=case)):
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            take(session, case.opened_by)
    with leaves_no_trace(), pytest.raises(operations.SessionChanged):
        take(written, seen=0)
    by, other = UserFactory.create_batch(2)
    taken = take(written, by)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        take(taken, by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        take(taken, other)


# Its pages


def test_from_its_page_it_goes_out_of_every_list_but_of_who_answers_for_the_work(client, practitioner, case, at):
    ConsentEventFactory(case=case, at=ago(days=6))
    session = record(case, practitioner, practitioner=practitioner, at=ago(hours=2))
    assert at("mistake", case, session.pk) in client.get(session.get_absolute_url()).text
    page = client.get(at("mistake", case, session.pk))
    sent = {"seen": page.context["form"]["seen"].value(), "why": ""}
    assert "error" in client.post(at("mistake", case, session.pk), sent).text
    page = client.post(at("mistake", case, session.pk), sent | {"why": "It was another one."}, follow=True)
    assert "counts for nothing" in page.text
    assert [len(page.context[name]) for name in ("held", "not_held", "coming", "mistakes")] == [0, 0, 0, 1]
    assert "Entered by mistake" in page.text
    assert client.get(reverse("sessions:diary")).context["count"] == 0
    assert client.get(reverse("home")).context["sessions"] == []
    shown = client.get(session.get_absolute_url()).text
    assert f"{practitioner.full_name} wrote" in shown
    assert "It was another one." in shown
    assert at("mistake", case, session.pk) not in shown


@pytest.mark.parametrize(("who", "sees"), [("co_worker", False), ("manager", True)])
def test_who_does_not_answer_for_the_work_has_none_of_them_in_a_list(client, case, at, who, sees):
    ConsentEventFactory(case=case, at=ago(days=6))
    take(record(case, at=ago(hours=2)))
    user = UserFactory(with_factor=True)
    MembershipFactory(user=user, centre=case.centre, role=Role.TEAM_MANAGER if sees else Role.PRACTITIONER)
    if not sees:
        AssignmentFactory(case=case, user=user, kind=who)
    client.force_login(user)
    assert ("Entered by mistake" in client.get(at("sessions", case)).text) == sees


def test_one_that_has_changed_or_is_signed_is_not_taken_so_and_it_says_so(client, practitioner, case, at):
    ConsentEventFactory(case=case, at=ago(days=6))
    session = record(case, practitioner, at=ago(hours=2), and_sign=True)
    assert client.get(at("mistake", case, session.pk)).url == session.get_absolute_url()
    page = client.post(at("mistake", case, session.pk), {"seen": "1", "why": "It was another one."})
    assert (page.status_code, "Nothing was saved" in page.text) == (409, True)
