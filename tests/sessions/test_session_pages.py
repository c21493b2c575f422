"""One session as it is read, signed and added to; and whether it was safe to talk."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from accounts.enums import Role
from cases.models import Task
from sessions.models import RemoteAgreement, SupportSession
from tests.factories.consent import ConsentEventFactory
from tests.factories.said import SafeContactFactory
from tests.factories.sessions import (
    RemoteAgreementFactory,
    RemoteStartFactory,
    SessionAddendumFactory,
    SupportSessionFactory,
)
from tests.sessions.writing import NOTE as WORDS
from tests.sessions.writing import SAFE, ago, agreed_today, typed_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def agrees(case):
    """The young person of the case said yes, a week ago."""
    return ConsentEventFactory(case=case, at=case.opened_at)


# Read, sign, add


def test_the_page_of_a_session_says_what_was_written_when_and_what_is_missing(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, held=True, own_words="I like it here.", planned_at=ago(days=6))
    page = client.get(session.get_absolute_url())
    for words in ("I like it here.", "Written down late", "Not signed yet", "Sign it"):
        assert words in page.text
    client.post(at("sign", case, session.pk), {"seen": "9"})
    session.refresh_from_db()
    assert not session.is_signed
    client.post(at("sign", case, session.pk), {"seen": "1"})
    session.refresh_from_db()
    assert session.is_signed
    page = client.post(at("add", case, session.pk), {"text": "It was the red house."}, follow=True)
    assert "It was the red house." in page.text
    assert "Go on writing" not in page.text


def test_the_chain_of_what_was_moved_says_whose_wish_it_was(client, practitioner, case):
    first = SupportSessionFactory(case=case, status="rescheduled")
    second = SupportSessionFactory(case=case, status="rescheduled", moved_from=first, moved_by_wish_of="carer")
    third = SupportSessionFactory(case=case, moved_from=second, moved_by_wish_of="practitioner")
    for session in (first, second, third):
        page = client.get(session.get_absolute_url())
        assert [time["is_this"] for time in page.context["chain"]] == [one == session for one in (first, second, third)]
        assert "The parent’s or carer’s" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_additions_as_for_one(
    client, practitioner, case, count, django_assert_num_queries
):
    session = SupportSessionFactory(case=case, signed=True)
    for _number in range(count):
        SessionAddendumFactory(session=session)
        moved = SupportSessionFactory(case=case, status="rescheduled")
        SupportSessionFactory(case=case, moved_from=moved, moved_by_wish_of="carer")
    with django_assert_num_queries(SESSION_PAGE):
        client.get(session.get_absolute_url())


SESSION_PAGE = 18


# By phone, video or chat


def test_one_at_a_distance_is_saved_and_signed_once_its_checks_are_written(client, practitioner, case, at, agrees):
    page = client.post(at("log", case), typed_today(mode="phone"), follow=True)
    session = SupportSession.objects.get()
    assert (session.status, session.is_signed, session.what_we_did) == ("held", False, WORDS)
    for name in (at("remote_agreement", case), at("start_remote", case, session.pk)):
        assert name in page.text
    client.post(at("remote_agreement", case), agreed_today())
    assert RemoteAgreement.objects.get().until_on == timezone.localdate() + timedelta(weeks=6)
    client.post(at("sign", case, session.pk), {"seen": "1"})
    session.refresh_from_db()
    assert not session.is_signed
    client.post(at("start_remote", case, session.pk), SAFE)
    client.post(at("sign", case, session.pk), {"seen": "1"})
    session.refresh_from_db()
    assert session.is_signed


def test_where_it_is_not_safe_the_session_is_over_and_somebody_makes_sure_today(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, mode="video", planned_at=timezone.now())
    told = {"ok_to_talk": "not_safe", "why_not": "A voice behind her.", "follow_up": "welfare_check"}
    client.post(at("start_remote", case, session.pk), told)
    session.refresh_from_db()
    assert (session.status, session.attendance) == ("not_held", "not_safe_to_go_ahead")
    assert (session.why_not, session.remote_starts.get().ok_to_talk) == ("A voice behind her.", "not_safe")
    assert Task.objects.get().due_on == timezone.localdate()


def test_days_before_it_is_not_asked_and_afterwards_it_is_asked_as_what_was(client, practitioner, case, at):
    to_come = SupportSessionFactory(case=case, mode="phone")
    page = client.get(at("start_remote", case, to_come.pk), follow=True)
    assert "in the hour before" in page.text
    assert at("start_remote", case, to_come.pk) not in page.text
    was = SupportSessionFactory(case=case, mode="phone", planned_at=ago(hours=2))
    page = client.get(at("start_remote", case, was.pk))
    assert "Were they ok to talk?" in page.text
    client.post(at("start_remote", case, was.pk), SAFE)
    assert "Written down afterwards by" in client.get(was.get_absolute_url()).text


def test_one_that_is_to_come_is_moved_or_cancelled_from_its_page(client, practitioner, case, at):
    to_come, was = SupportSessionFactory(case=case), SupportSessionFactory(case=case, planned_at=ago(hours=3))
    page = client.get(to_come.get_absolute_url()).text
    assert f'btn--primary" href="{at("move", case, to_come.pk)}"' in page
    assert at("cancel", case, to_come.pk) in page
    page = client.get(was.get_absolute_url()).text
    assert f'btn--primary" href="{at("record", case, was.pk)}"' in page
    assert at("cancel", case, was.pk) not in page


def test_where_it_ended_at_their_wish_the_page_leads_to_consent_until_they_said_no(
    client, practitioner, case, at, agrees
):
    ended = SupportSessionFactory(case=case, not_held=True, attendance="consent_withdrawn", follow_up="")
    assert "said no to going on" in client.get(ended.get_absolute_url()).text
    ConsentEventFactory(case=case, no=True, event="withdrawn")
    assert "said no to going on" not in client.get(ended.get_absolute_url()).text


def test_who_covers_reads_where_to_send_help(client, stand_before, case, at):
    stand_before(Role.TEAM_MANAGER, case)
    assert "Nobody has written down yet" in client.get(at("remote_agreement", case)).text
    RemoteAgreementFactory(case=case, emergency_address="At her aunt's.", carer_knows="no")
    page = client.get(at("remote_agreement", case))
    assert escape("At her aunt's.") in page.text
    assert "must not be told that you talk" in page.text
    assert at("remote_agreement", case) in client.get(at("sessions", case)).text


def test_not_now_leaves_it_planned_to_be_moved(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, mode="phone", planned_at=timezone.now())
    client.post(at("start_remote", case, session.pk), {"ok_to_talk": "not_now"})
    session.refresh_from_db()
    assert (session.status, session.remote_starts.get().ok_to_talk) == ("planned", "not_now")


def test_the_code_word_is_on_no_page_that_may_be_shared(client, practitioner, case, at):
    SafeContactFactory(subject=case.subject, code_word_not_safe="pineapple", code_word_help="marmalade")
    RemoteAgreementFactory(case=case)
    session = RemoteStartFactory(session__case=case, session__planned_at=timezone.now()).session
    addresses = [session.get_absolute_url(), at("log", case), at("sessions", case), at("remote_agreement", case)]
    addresses += [at(name, case, session.pk) for name in ("record", "start_remote")]
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200
        assert not re.search("pineapple|marmalade", page.text)
    assert "stands with how it is safe to reach them" in client.get(at("start_remote", case, session.pk)).text
