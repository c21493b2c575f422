"""What is planned ends where the work stops: at the young person's no, and with the case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import operations as cases
from cases.models import TimelineEntry
from sessions.enums import SessionKind
from sessions.models import SupportSession
from sessions.models.carers import CarerSession
from tests.cases.test_ending import proposed
from tests.factories.accounts import UserFactory
from tests.factories.carers import CarerSessionFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.sessions import SupportSessionFactory

pytestmark = pytest.mark.django_db


def planned(case, days=1, **more):
    return SupportSessionFactory(case=case, planned_at=timezone.now() + timedelta(days=days), **more)


def states():
    return dict(SupportSession.objects.values_list("pk", "status"))


@pytest.fixture
def case():
    case = CaseFactory(active=True, opened_at=timezone.now() - timedelta(days=30))
    ConsentEventFactory(case=case)
    return case


@pytest.mark.requirement("R-nat-14")
@pytest.mark.parametrize("says", ["withdraw", "declines in a conversation"])
def test_their_no_cancels_what_is_to_come_and_erases_nothing(case, says):
    by = UserFactory()
    to_come = [planned(case, days).pk for days in (1, 8, 15)]
    others = [SupportSessionFactory(case=case, **state).pk for state in ({"held": True}, {"signed": True})]
    other_case = SupportSessionFactory().pk
    if says == "withdraw":
        cases.withdraw_consent(case, by=by)
    else:
        cases.record_consent(case, by=by, event="declined")
    cancelled = SupportSession.objects.filter(pk__in=to_come)
    told = set(cancelled.values_list("status", "attendance", "recorded_by", "signed_by"))
    assert told == {("cancelled", "consent_withdrawn", by.pk, by.pk)}
    assert {states()[pk] for pk in others} == {"held"}
    assert states()[other_case] == "planned"
    assert TimelineEntry.objects.get(kind="session").title == "Cancelled: 3 sessions"


def test_what_was_to_be_before_still_waits_for_somebody_to_say_what_came_of_it(case):
    before = planned(case, days=-1)
    cases.withdraw_consent(case, by=UserFactory())
    assert states() == {before.pk: "planned"}
    assert not TimelineEntry.objects.filter(kind="session").exists()


@pytest.mark.parametrize("kind", sorted(set(SessionKind) - {SessionKind.THERAPEUTIC}))
def test_only_what_asks_whether_they_are_safe_goes_on(case, kind):
    session = planned(case, kind=kind)
    cases.withdraw_consent(case, by=UserFactory())
    goes_on = kind in ("welfare_check", "duty_response")
    assert states() == {session.pk: "planned" if goes_on else "cancelled"}


def test_while_they_cannot_decide_nothing_is_cancelled(case):
    session = planned(case)
    cases.record_consent(case, by=UserFactory(), event="not_able_to_decide_now")
    assert states() == {session.pk: "planned"}


def test_no_to_something_apart_cancels_nothing(case):
    session = planned(case, mode="video")
    cases.record_consent(case, by=UserFactory(), event="declined", purpose="remote_video")
    assert states() == {session.pk: "planned"}


def test_what_is_planned_still_ends_with_the_case_as_cancelled_by_us():
    case = CaseFactory(ending=True)
    session = planned(case)
    ending = proposed(case=case)  # somebody said why the session needs no answer
    cases.sign_off_ending(ending, seen=ending.version, by=UserFactory())
    session.refresh_from_db()
    assert (session.status, session.attendance, session.why_not) == (
        "cancelled",
        "cancelled_by_practitioner",
        "The case was closed.",
    )


@pytest.mark.requirement("R-nat-14", part="the carer's strand is left as it is")
@pytest.mark.parametrize("kind", [{}, {"joint": True}])
def test_their_no_leaves_what_is_planned_with_a_parent_or_carer(case, kind):
    with_carer = CarerSessionFactory(strand__case=case, strand__active=True, **kind)
    planned(case)
    before = CarerSession.objects.values().get(pk=with_carer.pk)
    cases.withdraw_consent(case, by=UserFactory())
    assert not SupportSession.objects.planned().exists()
    assert CarerSession.objects.values().get(pk=with_carer.pk) == before
