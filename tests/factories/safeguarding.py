"""Concerns, in each of their states."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.enums import Role
from safeguarding.enums import ConcernStatus, Severity
from safeguarding.models import Concern, ConcernAction, ConcernAlert, Escalation, Reopening, Reply, YoungPersonTold
from safeguarding.routes import ActionEnd, EscalationMethod, EscalationRoute, ReplyKind
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.people import DataSubjectFactory


def follower(subject):
    """A lead of safeguarding of the centre of this person: who may do everything with a concern about them."""
    return MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=subject.centre).user


class ConcernFactory(factory.django.DjangoModelFactory):
    """Raised by a colleague just now. Later states by name: ``acknowledged``, ``acting``, ``closed``."""

    class Meta:
        model = Concern

    class Params:
        about_colleague_named = factory.Trait(about_colleague=True, colleague=factory.SubFactory(UserFactory))
        by_referrer = factory.Trait(raised_by=None)
        acknowledged = factory.Trait(
            status=ConcernStatus.ACKNOWLEDGED,
            acknowledged_by=factory.SubFactory(UserFactory),
            acknowledged_at=factory.LazyFunction(timezone.now),
        )
        acting = factory.Trait(acknowledged=True, status=ConcernStatus.ACTING)
        closed = factory.Trait(
            acknowledged=True,
            status=ConcernStatus.CLOSED,
            closed_by=factory.SubFactory(UserFactory),
            closed_at=factory.LazyFunction(timezone.now),
            outcome="Social care visited the same day.",
        )

    subject = factory.SubFactory(DataSubjectFactory)
    severity = Severity.HIGH
    what = "Something was said that makes us fear for them."
    raised_by = factory.SubFactory(UserFactory)


class EscalationFactory(factory.django.DjangoModelFactory):
    """Children's social care was told by phone an hour ago, and everybody knows. ``not_told=True``: nobody does."""

    class Meta:
        model = Escalation

    class Params:
        not_told = factory.Trait(
            young_person_told=False,
            young_person_not_told_because="We could not reach them safely.",
            parent_told=False,
            parent_not_told_because="They are not safe at home.",
        )

    concern = factory.SubFactory(ConcernFactory, acting=True)
    route = EscalationRoute.CHILDRENS_SOCIAL_CARE
    method = EscalationMethod.PHONE
    person = "Duty social worker"
    sent_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    known = "They were driven away from school by an adult."
    young_person_told = True
    parent_told = True
    by = factory.SubFactory(UserFactory)


class ReplyFactory(factory.django.DjangoModelFactory):
    """They have it. ``outcome=True``: they said what came of it."""

    class Meta:
        model = Reply

    class Params:
        outcome = factory.Trait(kind=ReplyKind.OUTCOME, words="A strategy meeting tomorrow.")

    escalation = factory.SubFactory(EscalationFactory)
    kind = ReplyKind.ACKNOWLEDGED
    happened_on = factory.LazyFunction(timezone.localdate)
    by = factory.SubFactory(UserFactory)


class ConcernActionFactory(factory.django.DjangoModelFactory):
    """A colleague rings the school by tomorrow. ``done=True``: they did."""

    class Meta:
        model = ConcernAction

    class Params:
        done = factory.Trait(
            set_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5)),
            came_to=ActionEnd.DONE,
            done_by=factory.SelfAttribute("owner"),
            done_at=factory.LazyFunction(timezone.now),
            words="Rang the head.",
        )

    concern = factory.SubFactory(ConcernFactory, acting=True)
    what = "Ring the school."
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))
    set_by = factory.SubFactory(UserFactory)


class YoungPersonToldFactory(factory.django.DjangoModelFactory):
    """They were told today. ``not_told=True``: not yet, and why."""

    class Meta:
        model = YoungPersonTold

    class Params:
        not_told = factory.Trait(
            was_told=False, told_on=None, by_whom="", not_told_because="Their phone is read by somebody else."
        )

    concern = factory.SubFactory(ConcernFactory, acknowledged=True)
    was_told = True
    told_on = factory.LazyFunction(timezone.localdate)
    by_whom = "Their social worker"
    by = factory.SubFactory(UserFactory)


class ConcernAlertFactory(factory.django.DjangoModelFactory):
    """Told at once, as it was raised."""

    class Meta:
        model = ConcernAlert

    concern = factory.SubFactory(ConcernFactory)
    waits_since = factory.SelfAttribute("concern.raised_at")
    at = factory.SelfAttribute("waits_since")
    step = 0
    people = factory.LazyFunction(list)


class ReopeningFactory(factory.django.DjangoModelFactory):
    """It was closed a day ago, and opened again just now."""

    class Meta:
        model = Reopening

    concern = factory.SubFactory(ConcernFactory)
    by = factory.SubFactory(UserFactory)
    because = "They were seen together again."
    acknowledged_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    acknowledged_by = factory.SubFactory(UserFactory)
    closed_at = factory.SelfAttribute("acknowledged_at")
    closed_by = factory.SelfAttribute("acknowledged_by")
    outcome = "Social care visited the same day."
