"""A session, by itself: what it came to, whether it still needs a record, and in what lists it stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.enums import NEEDS_NO_CONSENT, WorkKind
from referrals.enums import DeliveryMode
from sessions import enums
from sessions.enums import CAME_OF_IT, DELIVERED_AS, SESSION_MOVES, Attendance, SessionKind, SessionMode, SessionStatus
from sessions.models import SupportSession
from tests.factories.sessions import SupportSessionFactory

db = pytest.mark.django_db


def test_each_kind_is_direct_work_or_exempt_from_consent():
    assert set(SessionKind.values) == set(WorkKind.values) | (set(NEEDS_NO_CONSENT) - {"screening"})
    assert set(enums.DIRECT_WORK).isdisjoint(enums.EXEMPT)


def test_each_mode_but_a_letter_is_one_that_somebody_agreed_to():
    assert set(DELIVERED_AS) == set(SessionMode) - {SessionMode.LETTER_OR_WORKSHEET}
    assert set(DELIVERED_AS.values()) == set(DeliveryMode)


def test_each_answer_belongs_to_a_status_and_each_status_has_moves():
    assert {answer for answers in CAME_OF_IT.values() for answer in answers} == set(Attendance)
    assert set(CAME_OF_IT) == set(SESSION_MOVES) == set(SessionStatus)


@pytest.mark.requirement("R-wal-01", part="modes chosen per session")
@db
def test_one_case_has_sessions_of_every_mode():
    first = SupportSessionFactory(mode=SessionMode.CENTRE)
    for mode in SessionMode:
        SupportSessionFactory(case=first.case, mode=mode)
    assert set(first.case.support_sessions.values_list("mode", flat=True)) == set(SessionMode.values)


@pytest.mark.parametrize(("ago", "needs"), [(59, False), (60, True), (600, True), (-60, False)])
@db
def test_one_whose_time_has_passed_needs_a_record(ago, needs):
    session = SupportSessionFactory(planned_at=timezone.now() - timedelta(minutes=ago), planned_minutes=60)
    assert session.needs_a_record == needs
    assert SupportSession.objects.need_a_record().exists() == needs


@db
def test_what_is_recorded_needs_no_record_and_waits_for_a_signature():
    held, not_held, signed = (SupportSessionFactory(**{trait: True}) for trait in ("held", "not_held", "signed"))
    SupportSessionFactory()
    assert not SupportSession.objects.need_a_record().exists()
    assert set(SupportSession.objects.unsigned()) == {held, not_held}
    assert set(SupportSession.objects.that_took_place()) == {held, signed}
    assert (held.took_place, not_held.took_place, signed.is_signed, held.is_signed) == (True, False, True, False)


@pytest.mark.parametrize("mode", SessionMode)
@db
def test_what_is_not_in_one_room_is_remote(mode):
    assert SupportSessionFactory(mode=mode).is_remote == (mode in ("video", "phone", "text_chat"))
