"""Sessions with a young person, planned, held or not, and signed."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from sessions.covering import is_covered
from sessions.enums import DIRECT_WORK, TOOK_PLACE, Attendance, FollowUp, SessionKind, SessionMode, SessionStatus
from sessions.models import (
    AwarenessTopic,
    CalendarFeed,
    GoalTouched,
    NeedMet,
    RemoteAgreement,
    RemoteStart,
    SessionAddendum,
    SupportSession,
    TopicCovered,
)
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, InOneAct
from tests.factories.consent import ConsentEventFactory

NOW = factory.LazyFunction(timezone.now)
HOUR = timedelta(hours=1)


def lately():
    """A bit more than an hour ago; soon after midnight, as the day began: what is of today stays of today."""
    now = timezone.localtime()
    return max(now - timedelta(minutes=61), now.replace(hour=0, minute=0, second=0, microsecond=0))


def an_hour_from(began):
    """When it ended, which was a minute ago at the latest."""
    minute = timedelta(minutes=1)
    return min(began + HOUR, max(timezone.now() - minute, began + minute))


class SupportSessionFactory(InOneAct):
    """Planned for tomorrow, to get to know each other, at school.

    ``held=True``: it ended a minute ago, after an hour, and is a draft still;
    ``signed=True`` as well: it is signed. ``not_held``, ``cancelled``,
    ``by_mistake``: they were not brought; they cancelled; nobody meant it. What is held has the young person's yes
    before it: to everything, in person and by phone.
    """

    class Meta:
        model = SupportSession

    class Params:
        recorded = factory.Trait(recorded_at=NOW, recorded_by=factory.SubFactory(UserFactory))
        held = factory.Trait(
            recorded=True,
            status=SessionStatus.HELD,
            attendance=Attendance.ATTENDED,
            planned_at=factory.LazyFunction(lately),
            started_at=factory.SelfAttribute("planned_at"),
            ended_at=factory.LazyAttribute(lambda session: an_hour_from(session.started_at)),
            what_we_did="Walked the dog.",
        )
        signed = factory.Trait(held=True, signed_at=NOW, signed_by=factory.SelfAttribute("recorded_by"))
        not_held = factory.Trait(
            recorded=True,
            status=SessionStatus.NOT_HELD,
            attendance=Attendance.WAS_NOT_BROUGHT,
            follow_up=FollowUp.REACHED,
        )
        cancelled = factory.Trait(
            recorded=True, status=SessionStatus.CANCELLED, attendance=Attendance.CANCELLED_BY_YOUNG_PERSON
        )
        by_mistake = factory.Trait(
            recorded=True,
            status=SessionStatus.BY_MISTAKE,
            why_not="It was another young person.",
            signed_at=NOW,
            signed_by=factory.SelfAttribute("recorded_by"),
        )

    case = factory.SubFactory(
        CaseFactory, active=True, opened_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))
    )
    practitioner = factory.SubFactory(UserFactory)
    planned_by = factory.SelfAttribute("practitioner")
    kind = SessionKind.RELATIONSHIP_BUILDING
    mode = SessionMode.SCHOOL
    planned_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    joint_key = factory.LazyAttribute(lambda session: uuid4() if session.kind == SessionKind.JOINT_YP_CARER else None)

    @classmethod
    def _create(cls, model, *args, **columns):
        if columns["kind"] in DIRECT_WORK and columns.get("status") in TOOK_PLACE:
            case, began = columns["case"], columns["started_at"]
            if not is_covered(list(case.consent_events.all()), columns["kind"], columns["mode"], began):
                ConsentEventFactory(case=case, at=began - timedelta(hours=1))
        return super()._create(model, *args, **columns)


class AwarenessTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AwarenessTopic

    label_en = factory.Sequence(lambda number: f"Topic {number}")


class TopicCoveredFactory(InOneAct):
    class Meta:
        model = TopicCovered

    session = factory.SubFactory(SupportSessionFactory)
    topic = factory.SubFactory(AwarenessTopicFactory)


class GoalTouchedFactory(InOneAct):
    class Meta:
        model = GoalTouched

    goal = factory.SubFactory("tests.factories.plans.GoalFactory")
    session = factory.SubFactory(SupportSessionFactory, case=factory.SelfAttribute("..goal.plan.case"))


class NeedMetFactory(InOneAct):
    class Meta:
        model = NeedMet

    need = factory.SubFactory("tests.factories.assessments.NeedFactory")
    session = factory.SubFactory(SupportSessionFactory, case=factory.SelfAttribute("..need.assessment.case"))


class SessionAddendumFactory(InOneAct):
    class Meta:
        model = SessionAddendum

    session = factory.SubFactory(SupportSessionFactory, signed=True)
    words = "It was the red house."
    by = factory.SubFactory(UserFactory)


class CalendarFeedFactory(factory.django.DjangoModelFactory):
    """Alive, at the address that ends in ``token``. ``revoked=True``: it died a minute after it was made."""

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.Sequence(lambda number: f"secret-{number}")
        revoked = factory.Trait(
            revoked_at=factory.LazyAttribute(lambda feed: feed.made_at + timedelta(minutes=1)),
        )

    user = factory.SubFactory(UserFactory)
    made_at = NOW
    digest = factory.LazyAttribute(lambda feed: CalendarFeed.objects.hash_of(feed.token))


class RemoteAgreementFactory(InOneAct):
    """Agreed today, for six weeks."""

    class Meta:
        model = RemoteAgreement

    case = factory.SubFactory(CaseFactory, active=True)
    agreed_on = factory.LazyFunction(timezone.localdate)
    until_on = factory.LazyAttribute(lambda agreed: agreed.agreed_on + timedelta(weeks=6))
    device_is_private = "yes"
    place_is_private = "yes"
    has_headphones = "no"
    code_word_agreed = True
    nobody_records = True
    back_up_number = "The school office"
    if_cut_off = "We ring twice, then the school office."
    emergency_address = "At home"
    carer_knows = "yes"
    risks = "Her brother comes in: she says goodbye."
    by = factory.SubFactory(UserFactory)


class RemoteStartFactory(InOneAct):
    """It is safe to talk."""

    class Meta:
        model = RemoteStart

    session = factory.SubFactory(SupportSessionFactory, mode=SessionMode.PHONE)
    ok_to_talk = "yes"
    who_hears = "nobody"
    where = "In her room"
    code_word_reminded = True
    by = factory.SubFactory(UserFactory)
