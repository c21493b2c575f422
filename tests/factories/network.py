"""Working with others, supervision, the menu and the way of the work."""

import factory
from django.utils import timezone

from cases.enums import (
    ContributionType,
    InterventionFocus,
    MeetingType,
    OptionAnswer,
    PathwayStage,
    SafetyNow,
    SupervisionKind,
)
from cases.models import (
    Contribution,
    FocusChosen,
    NoContributionReason,
    OptionOffered,
    SafetyChange,
    StageDecision,
    Supervision,
    SupportOption,
)
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

TODAY = factory.LazyFunction(timezone.localdate)


class ContributionFactory(factory.django.DjangoModelFactory):
    """We were at a school meeting today. ``fed_back=True``: the young person was told."""

    class Meta:
        model = Contribution

    class Params:
        fed_back = factory.Trait(fed_back_on=TODAY, fed_back_by=factory.SubFactory(UserFactory))

    case = factory.SubFactory(CaseFactory)
    meeting = MeetingType.SCHOOL_MEETING
    how = ContributionType.ATTENDED
    held_on = TODAY
    purpose = "How she comes back to school."
    by = factory.SubFactory(UserFactory)


class NoContributionReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoContributionReason

    case = factory.SubFactory(CaseFactory)
    reason = "Nobody else works with the family now."
    by = factory.SubFactory(UserFactory)


class SupervisionFactory(factory.django.DjangoModelFactory):
    """A manager's note of oversight. ``together=True``: case supervision with a practitioner."""

    class Meta:
        model = Supervision

    class Params:
        together = factory.Trait(
            kind=SupervisionKind.CASE_SUPERVISION,
            with_whom=factory.SubFactory(UserFactory),
            drift="We still do what the plan says.",
        )

    case = factory.SubFactory(CaseFactory)
    kind = SupervisionKind.OVERSIGHT
    held_on = TODAY
    oversight = "The work is on its way."
    by = factory.SubFactory(UserFactory)


class SupportOptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportOption

    label_en = factory.Sequence(lambda number: f"Option {number}")


class OptionOfferedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OptionOffered

    case = factory.SubFactory(CaseFactory)
    option = factory.SubFactory(SupportOptionFactory)
    answer = OptionAnswer.ACCEPTED
    by = factory.SubFactory(UserFactory)


class FocusChosenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocusChosen

    case = factory.SubFactory(CaseFactory)
    focus = [InterventionFocus.SOCIO_EDUCATIVE]
    by = factory.SubFactory(UserFactory)


class StageDecisionFactory(factory.django.DjangoModelFactory):
    """From building trust to socio-educative work, discussed in supervision today. It moves no case."""

    class Meta:
        model = StageDecision

    case = factory.SubFactory(CaseFactory)
    from_stage = PathwayStage.STABILISE_AND_BUILD_TRUST
    to_stage = PathwayStage.SOCIO_EDUCATIVE
    reasons = "She asks about it herself."
    young_persons_view = "I want to know more."
    safety = "She lives with her aunt now."
    discussed_with = factory.SubFactory(UserFactory)
    discussed_on = TODAY
    decided_by = factory.SubFactory(UserFactory)


class SafetyChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SafetyChange

    case = factory.SubFactory(CaseFactory)
    change = SafetyNow.IMPROVED
    what = "She is at school every day."
    by = factory.SubFactory(UserFactory)
