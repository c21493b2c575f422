"""An assessment and what is said in it."""

import factory
from django.utils import timezone

from cases.enums import AssessmentDomain, AssessmentKind, Instrument, Scale, Voice, WorryKind, YoungPersonAgrees
from cases.models import (
    Addendum,
    Assessment,
    ExternalMeasure,
    ExternalScore,
    FamilyView,
    Hope,
    Mark,
    Need,
    ReflectiveComment,
    Strength,
    Worry,
)
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory


class AssessmentFactory(factory.django.DjangoModelFactory):
    """A draft that was just begun. ``whole=True``: nothing is missing to sign it. ``signed=True``: it is signed."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    class Params:
        whole = factory.Trait(
            what_matters="My dog, and being believed.",
            how_done="Two walks and a drawing, in English.",
            analysis="She has people on her side.",
            recommendation="Work on what is safe online.",
            agreement=YoungPersonAgrees.AGREE,
        )

    case = factory.SubFactory(CaseFactory, assessing=True)
    kind = AssessmentKind.CHILD_NEEDS
    version = 1
    started_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def strengths(self, create, extracted, **values):
        """``strengths=["…"]``: each in the young person's own words."""
        for words in extracted or []:
            StrengthFactory(assessment=self, words=words)

    @factory.post_generation
    def signed(self, create, extracted, **values):
        if not extracted:
            return
        if not self.strengths.exists():
            StrengthFactory(assessment=self)
        self.signed_at, self.signed_by = timezone.now(), self.started_by
        self.save(update_fields=["signed_at", "signed_by"])


def signed_assessment(**traits):
    """With one strength, unless others are named."""
    return AssessmentFactory(whole=True, signed=True, **traits)


def a_case_that_may_include_the_parents(**traits):
    case = CaseFactory(**traits)
    case.offer.combined_parent_assessment = True
    case.offer.save()
    return case


def combined_assessment(**traits):
    """Of the young person's needs, and their parents' with them."""
    case = a_case_that_may_include_the_parents(assessing=True)
    return AssessmentFactory(case=case, kind=AssessmentKind.CHILD_AND_PARENT_NEEDS, **traits)


class StrengthFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Strength

    assessment = factory.SubFactory(AssessmentFactory)
    words = "Kind to younger children."
    domain = AssessmentDomain.TALENTS_INTERESTS
    voice = Voice.YOUNG_PERSON


class WorryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Worry

    assessment = factory.SubFactory(AssessmentFactory)
    words = "Messages at night."
    kind = WorryKind.WORRY_NOW
    domain = AssessmentDomain.ONLINE_LIFE
    voice = Voice.PRACTITIONER


class HopeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hope

    assessment = factory.SubFactory(AssessmentFactory)
    words = "To sleep."
    voice = Voice.YOUNG_PERSON


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    assessment = factory.SubFactory(AssessmentFactory)
    words = "Somebody to talk to at school."


class FamilyViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FamilyView

    assessment = factory.SubFactory(AssessmentFactory)
    words = "She is worried about the evenings."
    whose = "Her mother"


class MarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mark

    assessment = factory.SubFactory(AssessmentFactory)
    scale = Scale.SAFE_TODAY
    voice = Voice.YOUNG_PERSON
    value = 4


class AddendumFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Addendum

    assessment = factory.SubFactory(AssessmentFactory, whole=True, signed=True)
    words = "The second walk was in May."
    by = factory.SubFactory(UserFactory)


class ReflectiveCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReflectiveComment

    assessment = factory.SubFactory(AssessmentFactory, whole=True, signed=True)
    words = "What would she say to this?"
    by = factory.SubFactory(UserFactory)


class ExternalMeasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExternalMeasure

    case = factory.SubFactory(CaseFactory)
    instrument = Instrument.SDQ
    respondent = "The young person"
    completed_by = "School nurse, Example School"
    completed_on = factory.LazyFunction(timezone.localdate)
    by = factory.SubFactory(UserFactory)


class ExternalScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExternalScore

    measure = factory.SubFactory(ExternalMeasureFactory)
    label = "Total"
    value = "14"
