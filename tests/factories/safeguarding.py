"""Concerns, in each of their states."""

import factory
from django.utils import timezone

from safeguarding.enums import ConcernStatus, Severity
from safeguarding.models import Concern
from tests.factories.accounts import UserFactory
from tests.factories.people import DataSubjectFactory


class ConcernFactory(factory.django.DjangoModelFactory):
    """Raised by a colleague just now. Later states by name: ``acknowledged``, ``acting``, ``closed``."""

    class Meta:
        model = Concern

    class Params:
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
