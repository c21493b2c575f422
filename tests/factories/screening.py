"""How a referral is looked at."""

from datetime import timedelta

import factory
from django.utils import timezone

from referrals.enums import Criterion, CriterionAnswer, MissingFact
from referrals.models import CriterionCheck, Question, SavedView
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ReferralFactory


class CriterionCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriterionCheck

    referral = factory.SubFactory(ReferralFactory, screening=True)
    criterion = Criterion.AGE
    answer = CriterionAnswer.MET
    by = factory.SubFactory(UserFactory)


class QuestionFactory(factory.django.DjangoModelFactory):
    """Open, due in three days. ``answered=True``; ``closed=True``: we stopped waiting."""

    class Meta:
        model = Question

    class Params:
        answered = factory.Trait(answer="She knows and agrees.", answered_at=factory.LazyFunction(timezone.now))
        closed = factory.Trait(
            closed_by=factory.SubFactory(UserFactory),
            closed_at=factory.LazyFunction(timezone.now),
            closed_because="The school told us by phone.",
        )

    referral = factory.SubFactory(ReferralFactory, awaiting_information=True)
    facts = [MissingFact.WHO_KNOWS]
    asked_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))
    asked_by = factory.SubFactory(UserFactory)


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"View {n}")
    query = "status=screening"
