"""A page that logs a session saves itself: what it began is a draft, and no session that anybody had planned."""

import pytest
from django.urls import reverse

from sessions import clashes, operations
from sessions.models import SupportSession, TopicCovered
from tests.factories.accounts import UserFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory
from tests.sessions.writing import NOTE, a_case, ago, draft, record, typed
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


def autosave(client, address, sent):
    return client.post(address, sent, headers={"X-Autosave": "1"})


@pytest.fixture
def begun(client, practitioner, case, at):
    """One tap on the page that logs a session, and left."""
    autosave(client, at("log", case), typed(came="", own_words="I like it here."))
    return SupportSession.objects.get()


def test_it_stands_as_a_draft_on_the_page_of_sessions_and_on_home_and_nowhere_else(client, case, at, begun):
    page = client.get(at("sessions", case))
    lists = ("drafts", "needs_a_record", "coming", "held", "not_held")
    assert [len(page.context[name]) for name in lists] == [1, 0, 0, 0, 0]
    for leads_to in (at("record", case, begun.pk), at("throw_away", case, begun.pk)):
        assert leads_to in page.text
    home = client.get(reverse("home"))
    assert "A draft that you began" in home.text
    assert [line["url"] for line in home.context["sessions"]] == [at("record", case, begun.pk)]
    assert client.get(reverse("sessions:diary")).context["count"] == 0
    assert client.get(at("log", case)).context["waiting"] == []
    assert not SupportSession.objects.planned().exists()
    assert not clashes.words([SupportSessionFactory(practitioner=begun.practitioner, planned_at=begun.planned_at)])
    assert SupportSession.objects.filter(case=case).for_ending()["need_a_record"] == 1


def test_it_is_thrown_away_by_whoever_began_it(client, case, at, begun):
    page = client.get(at("throw_away", case, begun.pk))
    client.post(at("throw_away", case, begun.pk), {"seen": page.context["form"]["seen"].value()})
    assert not SupportSession.objects.exists()
    assert SupportSession.pgh_event_model.objects.filter(pgh_obj_id=begun.pk, own_words="I like it here.").exists()


def test_what_a_colleague_began_is_read_and_gone_on_with_and_stays(client, practitioner, case, at):
    theirs = draft(case)
    page = client.get(at("sessions", case))
    assert (at("throw_away", case, theirs.pk) in page.text, at("record", case, theirs.pk) in page.text) == (False, True)
    assert client.get(at("throw_away", case, theirs.pk)).url == theirs.get_absolute_url()
    client.post(at("throw_away", case, theirs.pk), {"seen": "1"})
    assert SupportSession.objects.get() == theirs


def test_what_is_no_draft_of_theirs_is_not_thrown_away():
    case = a_case()
    by = case.opened_by
    mine, planned = draft(case, by), SupportSessionFactory(case=case, planned_by=by)
    for session, who, seen in ((mine, UserFactory(), 1), (planned, by, 1), (record(case, by), by, 1)):
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            operations.throw_away_draft(session, by=who, seen=seen)
    with leaves_no_trace(), pytest.raises(operations.SessionChanged):
        operations.throw_away_draft(mine, by=by, seen=0)
    with_topic = draft(case, by, topics=[AwarenessTopicFactory()])
    operations.throw_away_draft(with_topic, by=by, seen=1)
    assert not TopicCovered.objects.exists()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.throw_away_draft(with_topic, by=by, seen=1)


def test_what_is_typed_after_the_first_time_it_saved_itself_is_kept_too(client, practitioner, case, at):
    sent, began = typed(came=""), ago(hours=5).replace(second=0, microsecond=0)
    autosave(client, at("log", case), sent)
    changed = sent | typed(came="", began=began, minutes="25", mode="phone", token=sent["token"], seen="1")
    assert autosave(client, at("log", case), changed).json()["seen"] == 2
    kept = SupportSession.objects.get()
    assert (kept.planned_at, kept.planned_minutes, kept.mode) == (began, 25, "phone")
    wrong = changed | {"at_time": "25:00", "minutes": "x", "own_words": "More.", "seen": "2"}
    autosave(client, at("log", case), wrong)
    kept.refresh_from_db()
    assert (kept.planned_at, kept.planned_minutes, kept.own_words) == (began, 25, "More.")


def test_what_was_planned_keeps_its_time_until_it_is_said_what_came_of_it(client, practitioner, case, at):
    planned = SupportSessionFactory(case=case, practitioner=practitioner, planned_at=ago(hours=3))
    sent = typed(came="", began=ago(hours=1), seen="1")
    assert autosave(client, at("record", case, planned.pk), sent).status_code == 200
    assert SupportSession.objects.get().planned_at == planned.planned_at


@pytest.mark.parametrize(
    "wrong", [{"on_year": "2019"}, {"on_year": "2099"}, {"at_time": "25:00"}, {"began": ago(days=-1)}]
)
def test_a_time_at_which_it_cannot_have_been_is_not_kept_and_the_words_are(client, practitioner, case, at, wrong):
    autosave(client, at("log", case), typed(**wrong))
    kept = SupportSession.objects.get()
    assert kept.what_we_did == NOTE
    assert ago(hours=3) < kept.planned_at < ago(hours=0)
