"""What stands between a tired evening and a wrong record of a parent's support: days, tabs left open, the ten."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from cases.steps import KeptAlready
from sessions.forms.carer_contacts import MoveContactForm, PlanContactForm
from sessions.models.carers import CarerSession
from sessions.operations import PlanRefused, carer_contacts, carer_strands
from sessions.operations.carer_consent import record_carer_consent
from sessions.operations.carer_records import set_carer_task
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory
from tests.sessions.carer_hands import at, held, post, told, typed
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother, who agreed to meet in person and by phone."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    CarerConsentFactory(strand=strand)
    client.force_login(mine)
    return strand


# Days


@pytest.mark.parametrize("outcome", [{}, {"came": "not_held", "instead": "did_not_attend"}, {"kind": "information"}])
def test_a_day_before_the_case_was_opened_is_said_in_a_sentence(client, strand, outcome):
    page = post(client, "log_contact", strand, held(**typed("on", -8)) | outcome)
    assert "The case was opened on" in page.context["form"].errors["on"][0]


def test_the_act_refuses_a_day_before_the_case_too(strand):
    session, early = CarerSessionFactory(strand=strand), timezone.now() - timedelta(days=9)
    when = {"started_at": early, "ended_at": early + timedelta(hours=1)}
    with leaves_no_trace(), pytest.raises(PlanRefused):
        carer_contacts.record_contact(session, by=strand.practitioner, edition=1, status="held", **when)


def test_nobody_signs_what_is_still_to_come(client, strand):
    ten_ago = timezone.localtime() - timedelta(minutes=10)
    answers = held(**typed("on", (ten_ago.date() - timezone.localdate()).days), at_time=f"{ten_ago:%H:%M}")
    page = post(client, "log_contact", strand, answers | {"minutes": "300"})
    assert page.context["form"].errors["minutes"] == [
        "It would end later than now. Write how many minutes it has taken."
    ]


@pytest.mark.parametrize("form", [PlanContactForm, MoveContactForm])
def test_something_is_planned_and_moved_to_later_today_and_not_to_earlier(form):
    answers = {"kind": "direct_session", "mode": "phone", "minutes": "60", "moved_by_wish_of": "carer"}
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0), tick=False):
        today = typed("on", 0)
        assert set(form(answers | today | {"at_time": "11:00"}).errors) == {"at_time"}
        assert form(answers | today | {"at_time": "15:00"}).is_valid()
        assert set(form(answers | typed("on", -1) | {"at_time": "15:00"}).errors) == {"on"}


# Tabs left open


def test_a_page_left_open_cancels_nothing_that_was_held(client, strand):
    session = CarerSessionFactory(strand=strand, held=True)
    page = post(client, "cancel_contact", strand, {"attendance": "cancelled_by_carer"}, session.pk)
    session.refresh_from_db()
    assert (page.status_code, session.status, session.direct_number) == (409, "held", 1)
    assert "changed on another page" in told(page)


def test_what_is_cancelled_is_signed_with_that(client, strand):
    session = CarerSessionFactory(strand=strand)
    post(client, "cancel_contact", strand, {"attendance": "cancelled_by_carer"}, session.pk)
    session.refresh_from_db()
    assert (session.status, session.is_signed) == ("cancelled", True)


def test_only_what_stood_on_the_page_is_signed(client, strand):
    session = CarerSessionFactory(strand=strand, held=True)
    assert 'name="seen" value="1"' in client.get(at("carer_session", strand, session.pk)).text
    CarerSession.objects.filter(pk=session.pk).update(edition=2, what_we_did="Other words.")
    for seen in ("1", "", "x", "9" * 40):
        post(client, "sign_contact", strand, {"seen": seen}, session.pk)
        assert not CarerSession.objects.get(pk=session.pk).is_signed
    post(client, "sign_contact", strand, {"seen": "2"}, session.pk)
    assert CarerSession.objects.get(pk=session.pk).is_signed


# The ten


@pytest.mark.requirement("R-nat-30", part="what is planned counts when more is planned")
def test_no_more_are_planned_than_can_be_held(client, strand):
    for number in range(1, 9):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    CarerSessionFactory.create_batch(2, strand=strand)
    plan = {"kind": "direct_session", "mode": "phone", "minutes": "60", "at_time": "15:00"} | typed("on", 2)
    page = post(client, "plan_contact", strand, plan)
    assert (page.status_code, "Cancel one of them first" in told(page)) == (409, True)
    assert post(client, "plan_contact", strand, plan | {"kind": "ongoing_support"}).status_code == 302


@pytest.mark.requirement("R-nat-31", part="what would be the eleventh is kept as ongoing support")
def test_what_would_be_the_eleventh_is_kept_as_ongoing_support(client, strand):
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    session = CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(hours=3))
    refused = post(client, "record_contact", strand, held(seen=1), session.pk)
    assert (refused.status_code, "Choose ongoing support" in told(refused)) == (409, True)
    again = held(seen=refused.context["form"].data["seen"], kind="ongoing_support")  # its words are kept meanwhile
    kept = post(client, "record_contact", strand, again, session.pk)
    session.refresh_from_db()
    assert (kept.status_code, session.kind, session.direct_number) == (302, "ongoing_support", None)


def test_there_is_no_way_back_to_direct_sessions_once_all_were_held(client, strand):
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    carer_strands.go_on_to_ongoing_support(strand, by=strand.practitioner)
    with leaves_no_trace(), pytest.raises(carer_contacts.NoMoreDirectSessions):
        carer_strands.go_back_to_direct_sessions(strand, by=strand.practitioner)
    assert post(client, "direct_again", strand, {}).status_code == 409


def test_they_are_numbered_by_their_days_however_late_they_were_typed(client, strand):
    ends = timezone.now() - timedelta(minutes=1)
    for number, hours in ((1, 2), (2, 5), (3, 3)):
        CarerSessionFactory(strand=strand, held=True, direct_number=number, planned_at=ends - timedelta(hours=hours))
    rows = client.get(at("carer_sessions", strand)).context["direct"]
    assert [row["number"][:16] for row in rows] == [f"Direct session {place}" for place in (3, 2, 1)]
    first = CarerSession.objects.get(direct_number=2)
    assert "Direct session 1 of 10" in client.get(at("carer_session", strand, first.pk)).text


# Their yes


@pytest.mark.requirement("R-nat-30", part="their yes as it stood when the session began")
def test_a_no_in_the_afternoon_leaves_the_morning_as_it_was(strand):
    said_no = timezone.now() - timedelta(hours=4)
    CarerConsentFactory(strand=strand, no=True, at=said_no)
    assert log(strand, said_no - timedelta(hours=2)).direct_number == 1
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, said_no + timedelta(minutes=1))
    CarerConsentFactory(strand=strand, at=said_no + timedelta(hours=2))
    with leaves_no_trace(), pytest.raises(carer_contacts.NotAgreed):
        log(strand, said_no + timedelta(hours=1))


def log(strand, started_at):
    said = {"kind": "direct_session", "mode": "phone", "what_we_did": "Talked."}
    times = {"started_at": started_at, "ended_at": started_at + timedelta(minutes=45)}
    return carer_contacts.log_contact(strand, by=strand.practitioner, **said, **times)


def test_the_database_asks_for_the_moment_too(strand):
    said_no = timezone.now() - timedelta(hours=4)
    CarerConsentFactory(strand=strand, no=True, at=said_no)
    CarerSessionFactory(strand=strand, held=True, planned_at=said_no - timedelta(hours=2))
    with pytest.raises(IntegrityError, match="direct_session_is_held_with_the_carers_consent"), transaction.atomic():
        CarerSessionFactory(strand=strand, held=True, direct_number=2, planned_at=said_no + timedelta(minutes=1))


def test_their_answer_has_a_time_not_to_come_and_not_before_they_were_added(client, strand):
    no = {"event": "declined", **typed("happened_on", 0)}
    ahead = timezone.localtime() + timedelta(minutes=30)
    if ahead.date() == timezone.localdate():
        page = post(client, "record_carer_consent", strand, no | {"at_time": f"{ahead:%H:%M}"})
        assert set(page.context["form"].errors) == {"at_time"}
    page = post(client, "record_carer_consent", strand, no | typed("happened_on", -1))
    assert "They were added on" in page.context["form"].errors["happened_on"][0]
    post(client, "record_carer_consent", strand, no | {"at_time": "0:00"})
    assert timezone.localtime(strand.consents.last().at).hour == 0
    with leaves_no_trace(), pytest.raises(ValueError, match="nobody has said it yet"):
        record_carer_consent(strand, by=strand.practitioner, event="declined", at=timezone.now() + timedelta(hours=1))


# Sent twice


def test_an_answer_that_is_sent_twice_is_kept_once(strand):
    record_carer_consent(strand, by=strand.practitioner, event="declined")
    with leaves_no_trace(), pytest.raises(KeptAlready):
        record_carer_consent(strand, by=strand.practitioner, event="declined")


def test_a_task_that_is_sent_twice_is_set_once(strand):
    said = {"by": strand.practitioner, "what": "Ring her.", "due_on": timezone.localdate()}
    set_carer_task(strand, **said)
    with leaves_no_trace(), pytest.raises(KeptAlready):
        set_carer_task(strand, **said)
