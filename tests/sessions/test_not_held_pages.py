"""Writing down what did not take place, and after a no: what is known is written, and no word is lost."""

import pytest

from cases.operations import withdraw_consent
from safeguarding.models import Concern
from sessions.models import SupportSession
from tests.factories.consent import ConsentEventFactory
from tests.sessions.writing import typed

pytestmark = pytest.mark.django_db

MISSED = {"came": "not_held", "instead": "not_seen_no_contact", "follow_up": "try_to_reach"}


def test_what_is_known_of_somebody_who_was_not_seen_is_written_and_less_safe_is_a_concern(
    client, practitioner, case, at
):
    worse = {"safety_change": "worse", "safety_words": "He has her phone.", "severity": "immediate"}
    client.post(at("log", case), typed(**MISSED, **worse, what_we_did="Her mother rang: she is not home."))
    session = SupportSession.objects.get()
    assert (session.what_we_did, session.is_signed) == ("Her mother rang: she is not home.", True)
    assert (Concern.objects.get().what, Concern.objects.get().severity) == ("He has her phone.", "immediate")
    assert "What happened" in [row["label"] for row in client.get(session.get_absolute_url()).context["rows"]]


def test_of_somebody_who_was_not_seen_nobody_need_say_whether_they_are_safe(client, practitioner, case, at):
    client.post(at("log", case), typed(**MISSED, safety_change=""))
    assert SupportSession.objects.get().safety_change == ""


def test_what_was_typed_before_they_said_that_it_did_not_take_place_is_kept_and_read_before_it_is_signed(
    client, practitioner, case, at
):
    ConsentEventFactory(case=case, at=case.opened_at)
    said = {"own_words": "I like it here.", "worries": "She is tired."}
    client.post(at("log", case), typed(**said, later="1"))
    session = SupportSession.objects.get()
    page = client.post(at("record", case, session.pk), typed(**MISSED, **said, seen="1"), follow=True)
    session.refresh_from_db()
    assert (session.status, session.own_words, session.worries) == ("not_held", *said.values())
    assert (session.is_signed, "Sign it" in page.text, "I like it here." in page.text) == (False, True, True)


def test_after_their_no_it_is_said_before_anybody_types(client, practitioner, case, at):
    ConsentEventFactory(case=case, at=case.opened_at)
    words = "is not written down as held until they say yes again"
    assert words not in client.get(at("log", case)).text
    withdraw_consent(case, by=practitioner)
    assert words in client.get(at("log", case)).text
