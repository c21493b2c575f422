"""What people were told of besides us, and what they think of us."""

import factory
from django.utils import timezone

from sessions.enums import FeedbackAnswer, FeedbackHow, FeedbackOccasion, ForWhom, GivenHow, ResourceKind, SafeToReceive
from sessions.models import Feedback, Resource, Signpost
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

TODAY = factory.LazyFunction(timezone.localdate)


class ResourceFactory(factory.django.DjangoModelFactory):
    """A group in the library of every centre. ``of=contact``: its number is that of a public contact."""

    class Meta:
        model = Resource

    class Params:
        of = None

    label_en = factory.Sequence(lambda number: f"Drawing group {number}")
    kind = ResourceKind.GROUP
    for_whom = ForWhom.YOUNG_PERSON
    languages = factory.LazyFunction(lambda: ["en-gb"])
    contact = factory.SelfAttribute("of")
    phone_number = factory.LazyAttribute(lambda row: "" if row.of else "029 2018 0180")
    checked_on = TODAY


class ToldFactory(factory.django.DjangoModelFactory):
    """Told of it today, and it was safe to have. ``unsafe=True``: it was not, and it says what was done."""

    class Meta:
        abstract = True

    class Params:
        unsafe = factory.Trait(was_safe=SafeToReceive.NO, safety="Told her where it is, with nothing to find.")

    resource = factory.SubFactory(ResourceFactory)
    given_on = TODAY
    how = GivenHow.SAID
    was_safe = SafeToReceive.YES
    by = factory.SubFactory(UserFactory)


class SignpostFactory(ToldFactory):
    class Meta:
        model = Signpost

    case = factory.SubFactory(CaseFactory)
    for_whom = ForWhom.YOUNG_PERSON


class SaidOfUsFactory(factory.django.DjangoModelFactory):
    """They answered in words after settling in; nobody may use these. ``quotable``, ``taken_back``, ``rather_not``."""

    class Meta:
        abstract = True

    class Params:
        quotable = factory.Trait(may_quote="yes")
        taken_back = factory.Trait(
            quotable=True,
            quote_taken_back_at=factory.LazyFunction(timezone.now),
            quote_taken_back_by=factory.SubFactory(UserFactory),
        )
        rather_not = factory.Trait(
            answered=FeedbackAnswer.RATHER_NOT, how="", said_of_us="", it_helps=None, may_quote=""
        )

    occasion = FeedbackOccasion.SETTLING_IN
    asked_on = TODAY
    answered = FeedbackAnswer.GIVEN
    how = FeedbackHow.TOLD_US
    it_helps = 7
    said_of_us = "She waits until I am ready."
    may_quote = "no"
    by = factory.SubFactory(UserFactory)


class FeedbackFactory(SaidOfUsFactory):
    class Meta:
        model = Feedback

    case = factory.SubFactory(CaseFactory)
