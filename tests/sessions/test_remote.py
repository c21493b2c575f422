"""Sessions by phone, video or chat: agreed how, and asked at every start whether it is safe (domain.md 5.9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Task, TimelineEntry
from sessions import operations
from sessions.models import RemoteAgreement, SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.sessions import RemoteAgreementFactory, RemoteStartFactory, SupportSessionFactory
from tests.sessions.writing import a_case, ago, earlier_today, record
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

NOW = timezone.now
ASKED = {"who_hears": "nobody", "who": "", "where": "Her room", "code_word_reminded": True, "how_long": ""}
NOT_ASKED = {"who_hears": "", "who": "", "where": "", "code_word_reminded": False, "how_long": ""}


def refused(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def sign(session):
    with transaction.atomic():
        SupportSession.objects.filter(pk=session.pk).update(signed_at=NOW(), signed_by=session.recorded_by)


def test_the_database_lets_nobody_sign_one_before_it_was_asked_and_agreed():
    sign(SupportSessionFactory(held=True, mode="in_person_home"))
    session = SupportSessionFactory(held=True, mode="phone")
    with refused("remote_session_is_signed_once_agreed_how"):
        sign(session)
    RemoteAgreementFactory(case=session.case, agreed_on=timezone.localdate() - timedelta(days=60))
    with refused("remote_session_is_signed_once_agreed_how"):
        sign(session)
    RemoteAgreementFactory(case=session.case, agreed_on=timezone.localdate() + timedelta(days=1))
    with refused("remote_session_is_signed_once_agreed_how"):
        sign(session)
    RemoteAgreementFactory(case=session.case, agreed_on=timezone.localdate() - timedelta(days=2))
    with refused("remote_session_is_signed_once_it_was_safe_to_talk"):
        sign(session)
    for answer in ("yes", "not_now"):
        RemoteStartFactory(session=session, ok_to_talk=answer)
    with refused("remote_session_is_signed_once_it_was_safe_to_talk"):
        sign(session)
    RemoteStartFactory(session=session)
    sign(session)


def test_what_was_agreed_after_the_day_does_not_count_for_it():
    session, by = record(a_case(), mode="phone", at=ago(days=3)), UserFactory()
    RemoteAgreementFactory(case=session.case)
    operations.start_remote(session, by=by, ok_to_talk="yes", **ASKED)
    with leaves_no_trace(), pytest.raises(operations.NotReady) as not_ready:
        operations.sign_session(session, by=by, seen=1)
    assert not_ready.value.lacks == ["agreement"]


@pytest.mark.parametrize("answer", ["yes", "not_safe"])
def test_it_is_not_asked_earlier_than_an_hour_before(answer):
    session, by = SupportSessionFactory(mode="phone", planned_at=ago(minutes=-70)), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_remote(session, by=by, ok_to_talk=answer, **ASKED)


def test_each_answer_stays_and_the_same_twice_is_once():
    session, by = SupportSessionFactory(mode="phone", planned_at=ago(minutes=-50)), UserFactory()
    for answer, told in (("not_now", NOT_ASKED), ("yes", ASKED), ("yes", ASKED)):
        operations.start_remote(session, by=by, ok_to_talk=answer, **told)
    assert list(session.remote_starts.values_list("ok_to_talk", flat=True)) == ["not_now", "yes"]
    assert not session.remote_starts.last().is_written_afterwards(session)
    late = record(a_case(), mode="phone", at=ago(hours=2))
    operations.start_remote(late, by=by, ok_to_talk="yes", **ASKED)
    assert late.remote_starts.get().is_written_afterwards(late)


def test_what_was_agreed_and_what_was_asked_stay_as_they_were_written():
    agreed, start = RemoteAgreementFactory(), RemoteStartFactory(session__held=True, session__mode="in_person_home")
    sign(start.session)
    with refused("remote_agreement_is_written_once"), transaction.atomic():
        RemoteAgreement.objects.filter(pk=agreed.pk).update(risks="None.")
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        start.delete()


def test_one_that_is_missed_needs_no_check_to_be_signed():
    session = record(a_case(), mode="phone", attendance="not_seen_no_contact", follow_up="reached", and_sign=True)
    assert session.is_signed


def test_it_is_recorded_and_waits_for_its_checks_to_be_signed():
    case, by = a_case(), UserFactory()
    session = record(case, by, mode="phone", and_sign=True, **earlier_today())
    assert (session.status, session.is_signed) == ("held", False)
    with leaves_no_trace(), pytest.raises(operations.NotReady) as not_ready:
        operations.sign_session(session, by=by, seen=1)
    assert not_ready.value.lacks == ["agreement", "start"]
    with writes(RemoteStart=1, RemoteStartEvent=1, AuditEvent=1):
        operations.start_remote(session, by=by, ok_to_talk="yes", **ASKED)
    RemoteAgreementFactory(case=case)
    assert operations.sign_session(session, by=by, seen=1).is_signed
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_remote(session, by=by, ok_to_talk="yes", **ASKED)


def test_it_is_agreed_for_six_weeks_and_once_where_it_is_sent_twice():
    agreed, case, by = RemoteAgreementFactory.build(case=None, by=None), a_case(), UserFactory()
    names = ["device_is_private", "place_is_private", "has_headphones", "code_word_agreed", "nobody_records"]
    names += ["back_up_number", "if_cut_off", "emergency_address", "carer_knows", "risks", "agreed_on"]
    told = {name: getattr(agreed, name) for name in names}
    with writes(RemoteAgreement=1, RemoteAgreementEvent=1, AuditEvent=1, TimelineEntry=1, TimelineEntryEvent=1):
        kept = operations.agree_remote(case, by=by, **told)
    assert kept.until_on - kept.agreed_on == timedelta(weeks=6)
    with leaves_no_trace():
        operations.agree_remote(case, by=by, **told)
    closed = CaseFactory(closed=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.agree_remote(closed, by=by, **told)


def test_where_it_is_not_safe_it_was_not_held_and_what_follows_is_owed_today():
    session, by = SupportSessionFactory(mode="video", planned_at=ago(minutes=1)), UserFactory()
    told = {"follow_up": "try_to_reach", "why_not": "A voice behind her."}
    operations.start_remote(session, by=by, ok_to_talk="not_safe", **told, **NOT_ASKED)
    session.refresh_from_db()
    assert (session.status, session.attendance) == ("not_held", "not_safe_to_go_ahead")
    assert Task.objects.get().due_on == timezone.localdate()
    assert (TimelineEntry.objects.get().kind, TimelineEntry.objects.get().words) == ("session", "")
    held = SupportSessionFactory(held=True, mode="phone")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_remote(held, by=by, ok_to_talk="not_safe", **told, **NOT_ASKED)


@pytest.mark.parametrize("state", [{"mode": "in_person_home"}, {"status": "rescheduled", "mode": "phone"}])
def test_only_one_at_a_distance_that_is_still_to_be_is_asked_for(state):
    session, by = SupportSessionFactory(**state), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_remote(session, by=by, ok_to_talk="yes", **ASKED)
