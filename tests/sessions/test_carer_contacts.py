"""Contacts with a carer: the ten and no more, ongoing support without limit, own consent, signed and kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions import carer_consenting as consenting
from sessions.carer_enums import CarerConsentState
from sessions.models import SupportSession
from sessions.models.carers import CarerSession, CarerStrand
from sessions.operations import SessionChanged, carer_consent, carer_contacts
from sessions.operations.planning import PlanRefused
from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand():
    """Active, and they agreed to direct sessions in person and by phone."""
    return CarerConsentFactory().strand


@pytest.fixture
def by(strand):
    return strand.practitioner


def an_hour(ago=timedelta(hours=2)):
    started_at = timezone.now() - ago
    return {"started_at": started_at, "ended_at": started_at + timedelta(hours=1)}


def log(strand, by, kind="direct_session", mode="in_person_centre", **said):
    return carer_contacts.log_contact(
        strand, by=by, kind=kind, mode=mode, **{**an_hour(), "what_we_did": f"{CarerSession.objects.count()}", **said}
    )


def ten(strand, by):
    return [log(strand, by) for _each in range(10)]


@pytest.mark.requirement("R-nat-30")
def test_ten_are_held_with_a_warning_at_eight_and_the_eleventh_is_refused(strand, by):
    for number in range(1, 11):
        assert log(strand, by).direct_number == number
        seen = CarerStrand.objects.for_page().get(pk=strand.pk)
        assert (seen.direct_held, seen.is_near_the_last) == (number, number >= 8)
    with leaves_no_trace(), pytest.raises(carer_contacts.NoMoreDirectSessions):
        log(strand, by)
    with leaves_no_trace(), pytest.raises(carer_contacts.NoMoreDirectSessions):
        plan(strand, by)


@pytest.mark.requirement("R-nat-30", part="as many as the offer has")
def test_an_offer_of_six_ends_at_six(strand, by):
    CarerStrand.objects.filter(pk=strand.pk).update(direct_max=6)
    for _each in range(6):
        log(strand, by)
    with leaves_no_trace(), pytest.raises(carer_contacts.NoMoreDirectSessions):
        log(strand, by)


@pytest.mark.requirement("R-nat-30", part="joint sessions count once for each strand attended")
def test_a_session_together_counts_once_for_each_strand(strand, by):
    fathers = CarerConsentFactory(strand=CarerStrandFactory(active=True, case=strand.case)).strand
    lead = AssignmentFactory(case=strand.case).user
    for mine in (strand, fathers):
        theirs, session = together(mine, lead)
        assert (theirs.joint_key, theirs.kind) == (session.joint_key, "joint_yp_carer")
        hold(session, by)
        assert mine.contacts.that_counted().count() == 1
    assert SupportSession.objects.count() == 2
    assert not SupportSession.objects.exclude(what_we_did="").exists()


def together(strand, lead):
    when = timezone.now() + timedelta(days=1)
    return carer_contacts.plan_together(
        strand, by=lead, young_persons_practitioner=lead, mode="in_person_home", planned_at=when
    )


def hold(session, by, **said):
    return carer_contacts.record_contact(
        session, by=by, edition=session.edition, status="held", **{**an_hour(), "what_we_did": "Cooked.", **said}
    )


def plan(strand, by, kind="direct_session", **columns):
    when = timezone.now() + timedelta(days=1)
    return carer_contacts.plan_contact(
        strand, by=by, kind=kind, mode="in_person_centre", **{"planned_at": when, **columns}
    )


@pytest.mark.requirement("R-nat-31")
def test_fifteen_contacts_of_ongoing_support_leave_the_ten_as_they_were(strand, by):
    log(strand, by)
    for _each in range(15):
        log(strand, by, kind="ongoing_support", mode="phone")
    assert strand.contacts.that_took_place().count() == 16
    assert strand.contacts.that_counted().count() == 1


@pytest.mark.requirement("R-nat-31", part="before, during and after the direct sessions")
def test_ongoing_support_is_there_before_during_and_after_the_ten(strand, by):
    log(strand, by, kind="ongoing_support", mode="phone")
    ten(strand, by)
    log(strand, by, kind="ongoing_support", mode="phone")
    CarerStrand.objects.filter(pk=strand.pk).update(status="ongoing_support")
    log(strand, by, kind="ongoing_support", mode="phone")
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        plan(strand, by)


def test_a_number_that_was_given_back_is_given_again(strand, by):
    first, second = log(strand, by), log(strand, by)
    not_held = {"status": "not_held", "attendance": "did_not_attend"}
    changed = carer_contacts.record_contact(first, by=by, edition=first.edition, **not_held)
    assert (changed.direct_number, changed.started_at) == (None, None)
    assert (second.direct_number, log(strand, by).direct_number) == (2, 1)


@pytest.mark.parametrize(
    ("mode", "agreed"), [("in_person_home", True), ("phone", True), ("video", False), ("letter_or_worksheet", True)]
)
def test_they_agree_to_each_way_of_meeting(strand, by, mode, agreed):
    if agreed:
        log(strand, by, mode=mode)
        return
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, by, mode=mode)


def test_no_direct_session_without_their_own_yes_on_that_day(by):
    strand = CarerStrandFactory(active=True)
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, by)
    CarerConsentFactory(strand=strand, at=timezone.now() - timedelta(days=2))
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, by, **an_hour(timedelta(days=4)))
    log(strand, by, kind="information", **an_hour(timedelta(days=4)))
    log(strand, by)


def test_a_withdrawal_cancels_direct_work_and_leaves_ongoing_support(strand, by):
    direct, ongoing = plan(strand, by), plan(strand, by, kind="ongoing_support")
    three_hours_ago = timezone.now() - timedelta(hours=3)
    told = carer_consent.record_carer_consent(strand, by=by, event="declined", at=three_hours_ago)
    direct.refresh_from_db()
    ongoing.refresh_from_db()
    assert told.event == "withdrawn"
    assert (direct.status, direct.attendance, direct.is_signed) == ("cancelled", "consent_withdrawn", True)
    assert ongoing.status == "planned"
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, by)


def test_their_consent_reads_as_it_was_said(strand, by):
    today = timezone.localdate()

    def state():
        return consenting.state(strand.consents.all(), today)

    assert state() == CarerConsentState.GIVEN
    assert consenting.state(strand.consents.all(), today + timedelta(weeks=6)) == CarerConsentState.REVIEW_DUE
    assert consenting.state([], today) == CarerConsentState.NOT_ASKED
    carer_consent.record_carer_consent(strand, by=by, event="reviewed_unchanged")
    assert state() == CarerConsentState.GIVEN
    carer_consent.record_carer_consent(strand, by=by, event="withdrawn")
    assert state() == CarerConsentState.WITHDRAWN
    with leaves_no_trace(), pytest.raises(carer_consent.NothingAgreed):
        carer_consent.record_carer_consent(strand, by=by, event="reviewed_unchanged", own_words="The same.")
    carer_consent.record_carer_consent(strand, by=by, event="declined", own_words="Never again.")
    assert state() == CarerConsentState.REFUSED


def test_one_is_planned_moved_and_cancelled(strand, by):
    with writes(CarerSession=1, CarerSessionEvent=1, AuditEvent=1):
        planned = plan(strand, by, place="Room 2")
    later = planned.planned_at + timedelta(days=1)
    moved = carer_contacts.move_contact(planned, by=by, planned_at=later, moved_by_wish_of="carer", mode="phone")
    planned.refresh_from_db()
    assert (planned.status, moved.moved_from, moved.mode, moved.place) == ("rescheduled", planned, "phone", "Room 2")
    gone = carer_contacts.cancel_contact(moved, by=by, attendance="cancelled_by_carer")
    assert (gone.status, gone.is_signed) == ("cancelled", True)
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        carer_contacts.cancel_contact(gone, by=by, attendance="cancelled_by_carer")


def test_a_session_together_that_is_moved_is_still_together(strand, by):
    lead = AssignmentFactory(case=strand.case).user
    theirs, session = together(strand, lead)
    moved = carer_contacts.move_contact(
        session, by=by, planned_at=session.planned_at + timedelta(days=1), moved_by_wish_of="carer"
    )
    assert moved.joint_key == theirs.joint_key


@pytest.mark.parametrize(
    ("when", "why"), [(timedelta(days=-30), "early"), (timedelta(hours=-2), "passed"), (timedelta(days=400), "far")]
)
def test_a_time_that_cannot_be_is_refused(strand, by, when, why):
    with leaves_no_trace(), pytest.raises(PlanRefused) as refused:
        plan(strand, by, planned_at=timezone.now() + when)
    assert refused.value.why == why


def test_what_came_of_it_is_written_signed_and_added_to(strand, by):
    session = hold(CarerSessionFactory(strand=strand), by)
    assert (session.status, session.attendance, session.direct_number) == ("held", "attended", 1)
    with leaves_no_trace(), pytest.raises(SessionChanged):
        carer_contacts.sign_contact(session, by=by, edition=session.edition - 1)
    signed = carer_contacts.sign_contact(session, by=by, edition=session.edition)
    assert strand.story.get().words == "Cooked."
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        hold(signed, by)
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        carer_contacts.sign_contact(signed, by=by, edition=signed.edition)
    carer_contacts.add_to_contact(signed, by=by, words="It was soup.")
    assert signed.addenda.get().words == "It was soup."


def test_what_is_not_signed_is_changed_itself_and_nothing_is_signed_that_is_not_written(strand, by):
    session = CarerSessionFactory(strand=strand)
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        carer_contacts.add_to_contact(session, by=by, words="x")
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        carer_contacts.sign_contact(session, by=by, edition=session.edition)


def test_a_form_that_is_sent_twice_is_one_contact(strand, by):
    said = {**an_hour(), "what_we_did": "Walked."}
    log(strand, by, **said)
    with leaves_no_trace(), pytest.raises(carer_contacts.KeptAlready):
        log(strand, by, **said)


@pytest.mark.parametrize("act", ["log", "plan"])
@pytest.mark.parametrize("state", ["offered", "declined", "ended", "blocked"])
def test_nothing_is_held_with_somebody_whom_nobody_works_with(by, act, state):
    strand = CarerStrandFactory(**{state: True})
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        {"log": log, "plan": plan}[act](strand, by, kind="ongoing_support")


def test_a_record_is_finished_also_once_the_support_has_ended(strand, by):
    session = CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(hours=3))
    assert CarerSession.objects.need_a_record().get() == session
    CarerStrand.objects.filter(pk=strand.pk).update(
        status="ended", practitioner=None, grant=None, allocated_by=None, allocated_at=None,
        ended_by=by, ended_at=timezone.now(), ended_because="Done.",
    )  # fmt: skip
    session = hold(session, by)
    assert CarerSession.objects.unsigned().get() == session
    carer_contacts.sign_contact(session, by=by, edition=session.edition)


def test_together_only_where_there_is_a_young_person_who_takes_part(by):
    strand = CarerStrandFactory(active=True, case=CaseFactory(kind="carer_only"))
    with leaves_no_trace(), pytest.raises(carer_contacts.MoveNotAllowed):
        together(strand, by)
