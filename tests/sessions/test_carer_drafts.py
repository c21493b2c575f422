"""A contact with a parent saves itself while it is typed: a draft, which counts for nothing until a button says so."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.steps import MoveNotAllowed
from safeguarding.models import Concern
from sessions.models.carers import CarerSession
from sessions.operations import SessionChanged
from sessions.operations.carer_drafts import save_contact_draft, throw_away_contact
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory
from tests.sessions.carer_hands import at, held, post, told
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(client, case):
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role="practitioner", centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    CarerConsentFactory(strand=strand)
    client.force_login(mine)
    return strand


def typed(**more):
    return held(token=str(uuid.uuid4()), seen="0", **more)


def autosave(client, strand, sent, *more):
    name = "record_contact" if more else "log_contact"
    return client.post(at(name, strand, *more), sent, headers={"X-Autosave": "1"})


@pytest.fixture
def begun(client, strand):
    """One sentence on the page that writes down a contact, and left."""
    autosave(client, strand, typed(came="", what_we_did="", own_words="I sleep again."))
    return CarerSession.objects.get()


def test_what_is_typed_is_kept_and_takes_none_of_the_ten_until_a_button_says_so(client, strand):
    sent = typed(came="", minutes="", what_we_did="Talked. Siân ŵ ŷ.")
    assert "data-autosave" in client.get(at("log_contact", strand)).text
    first = autosave(client, strand, sent).json()
    more = {"seen": first["seen"], "worries": "The rent.", "mode": "phone", "at_time": "25:00"}
    second = autosave(client, strand, sent | more).json()
    draft = CarerSession.objects.get()
    assert (draft.worries, draft.status, draft.direct_number) == ("The rent.", "planned", None)
    assert draft.mode == "phone"
    assert "Direct sessions: 0 of 10" in client.get(at("strand", strand)).text
    whole = sent | {"seen": second["seen"], "came": "attended", "minutes": "45"}
    assert post(client, "log_contact", strand, whole).status_code == 302
    draft.refresh_from_db()
    assert (draft.what_we_did, draft.is_signed, draft.direct_number) == ("Talked. Siân ŵ ŷ.", True, 1)
    assert (draft.planned_at, draft.minutes) == (draft.started_at, 45)
    again = post(client, "log_contact", strand, whole)
    assert (again.status_code, CarerSession.objects.count()) == (302, 1)


def test_a_draft_stands_where_it_is_gone_on_with_and_nowhere_else(client, strand, begun):
    page = client.get(at("carer_sessions", strand))
    lists = ("drafts", "needs_a_record", "coming", "direct", "others", "not_held")
    assert [len(page.context[name]) for name in lists] == [1, 0, 0, 0, 0, 0]
    own = client.get(at("carer_session", strand, begun.pk)).text
    for leads_to in ("record_contact", "throw_away_contact"):
        assert at(leads_to, strand, begun.pk) in own
    assert at("move_contact", strand, begun.pk) not in own
    home = client.get(reverse("home"))
    assert [line["url"] for line in home.context["sessions"]] == [at("record_contact", strand, begun.pk)]
    assert "A draft that you began" in home.text
    assert client.get(reverse("sessions:diary")).context["count"] == 0
    assert not CarerSession.objects.planned().exists()


def test_it_is_thrown_away_by_whoever_began_it_and_nothing_else_goes(client, strand, begun):
    by = strand.practitioner
    planned, written = CarerSessionFactory(strand=strand), CarerSessionFactory(strand=strand, held=True)
    for session, who, seen in ((begun, UserFactory(), 1), (planned, by, 1), (written, by, 1)):
        with leaves_no_trace(), pytest.raises(MoveNotAllowed):
            throw_away_contact(session, by=who, seen=seen)
    with leaves_no_trace(), pytest.raises(SessionChanged):
        throw_away_contact(begun, by=by, seen=2)
    for row in (planned, written):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()
    post(client, "throw_away_contact", strand, {"seen": "1"}, begun.pk)
    assert set(CarerSession.objects.all()) == {planned, written}
    assert CarerSession.pgh_event_model.objects.filter(pgh_obj_id=begun.pk, own_words="I sleep again.").exists()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        throw_away_contact(begun, by=by, seen=1)


def test_whoever_saves_what_they_have_not_seen_is_shown_both(client, strand, begun):
    stale = held(seen="1", own_words="As the desk has it.")
    autosave(client, strand, held(seen="1", came="", own_words="As the phone has it."), begun.pk)
    assert autosave(client, strand, stale, begun.pk).status_code == 409
    page = post(client, "record_contact", strand, stale, begun.pk)
    assert (page.status_code, "data-autosave" in page.text) == (409, False)
    for words in ("As the phone has it.", "As the desk has it.", "Somebody wrote in this session after you opened it"):
        assert words in page.text
    seen = page.context["form"].data["seen"]
    assert post(client, "record_contact", strand, stale | {"seen": seen}, begun.pk).status_code == 302
    begun.refresh_from_db()
    assert (begun.own_words, begun.is_signed) == ("As the desk has it.", True)


def test_a_refusal_keeps_the_words_as_a_draft_and_leads_on(client, strand):
    refused = post(client, "log_contact", strand, typed(mode="video", what_we_did="By video."))
    assert (refused.status_code, "not in this way" in told(refused)) == (409, True)
    draft = CarerSession.objects.get()
    assert (draft.is_draft, draft.what_we_did, draft.mode) == (True, "By video.", "video")
    again = {name: value for name, value in refused.context["form"].data.items() if value}
    assert post(client, "log_contact", strand, again | {"kind": "ongoing_support"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.kind, draft.is_signed) == ("ongoing_support", True)


def test_what_has_changed_in_safety_goes_nowhere_without_a_button(client, strand):
    answer = autosave(client, strand, typed(safety_change="worse", safety_words="ZZCanary", severity="high"))
    assert "but not what has changed in safety" in answer.json()["words"]
    draft = CarerSession.objects.get()
    assert "ZZCanary" not in str(vars(draft))
    assert (draft.safety_change, Concern.objects.exists()) == ("worse", False)
    assert "A concern was raised" not in client.get(at("carer_session", strand, draft.pk)).text


def test_written_down_already_only_words_are_kept_and_signed_none(client, strand):
    session = CarerSessionFactory(strand=strand, held=True)
    answer = autosave(client, strand, held(seen="1", worries="The rent.", safety_change="worse"), session.pk)
    session.refresh_from_db()
    assert (answer.status_code, session.worries, session.safety_change) == (200, "The rent.", "")
    CarerSession.objects.filter(pk=session.pk).update(signed_at=timezone.now(), signed_by=strand.practitioner)
    assert autosave(client, strand, held(seen="2", worries="x"), session.pk).status_code == 410
    assert client.get(at("record_contact", strand, session.pk)).url == at("carer_session", strand, session.pk)


def test_a_form_of_one_strand_writes_in_no_other(strand):
    token = uuid.uuid4()
    facts = {"kind": "information", "mode": "phone", "planned_at": timezone.now() - timedelta(hours=1)}
    save = {"by": strand.practitioner, "facts": facts | {"planned_minutes": 5}, "seen": 0, "token": token}
    with writes(CarerSession=1, CarerSessionEvent=1, AuditEvent=1):
        save_contact_draft(strand, words={"worries": "The rent."}, **save)
    other = CarerStrandFactory(active=True)
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        save_contact_draft(other, words={"worries": "x"}, **save)
    with leaves_no_trace(), pytest.raises(SessionChanged):
        save_contact_draft(strand, words={"worries": "x"}, **save)


def test_a_draft_is_shown_as_what_is_still_to_be_written_once_the_support_has_ended(client, strand, begun):
    post(client, "end_strand", strand, {"because": "They have what they need."})
    page = client.get(reverse("sessions:strands"))
    assert "1 contact needs a record" in str(page.context["ended"])
    assert autosave(client, strand, held(seen="1", came="", worries="The rent."), begun.pk).status_code == 200
