"""Plans, with what they are made of, in whatever state they have come to."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.enums import (
    Occasion,
    Participation,
    PlanAgreement,
    PlanStatus,
    ScaleQuestion,
    Voice,
    WhoActs,
)
from cases.models import Assessment, ConsentEvent, Goal, GoalRating, SafetyPlan, ScaleRating, Step, SupportPlan
from tests.factories.accounts import UserFactory
from tests.factories.assessments import signed_assessment
from tests.factories.cases import CaseFactory, InOneAct
from tests.factories.consent import ConsentEventFactory

P = PlanStatus
TODAY = factory.LazyFunction(timezone.localdate)


class SupportPlanFactory(InOneAct):
    """The first version, being written, with no goal yet.

    Later states by name, agreed today on one goal: ``active``, ``superseded``,
    ``completed``, ``ended_early``. ``with_goal=True``: one goal with
    one step, the signed assessment that it rests on, and the young person's
    yes to taking part where nothing else was said.
    """

    class Meta:
        model = SupportPlan

    class Params:
        shared = factory.Trait(status=P.SHARED, shared_on=TODAY)
        kept = factory.Trait(
            with_goal=True,
            participation=Participation.CO_WROTE,
            agreement=PlanAgreement.AGREED,
            agreed_on=TODAY,
            agreed_by=factory.SubFactory(UserFactory),
        )
        active = factory.Trait(kept=True, status=P.ACTIVE)
        superseded = factory.Trait(kept=True, status=P.SUPERSEDED)
        ended = factory.Trait(
            kept=True, ended_on=TODAY, ended_by=factory.SubFactory(UserFactory), ended_because="All of it is done."
        )
        completed = factory.Trait(ended=True, status=P.COMPLETED)
        ended_early = factory.Trait(ended=True, status=P.ENDED_EARLY)

    with_goal = False  # no column: see ``_create``
    case = factory.SubFactory(CaseFactory, status="planning")
    version = factory.LazyAttribute(lambda plan: SupportPlan.objects.filter(case=plan.case).count() + 1)
    what_matters = "My dog, and seeing Nan."
    working_together = "Text before you ring."
    begun_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, status=P.DRAFTING, **values):
        """A plan comes to a later state with its goal: the database knows no other way."""
        later = {name: values.pop(name) for name in ("agreed_on", "agreed_by", *ENDS) if name in values}
        with_goal = values.pop("with_goal", False)
        plan = super()._create(model_class, *args, **values)
        if with_goal:
            StepFactory(goal=GoalFactory(plan=plan))
            assessment = _signed(plan.case)
            _takes_part(plan.case)
            later |= {"assessment": assessment} if later else {}
        if status != P.DRAFTING:
            model_class.objects.filter(pk=plan.pk).update(status=status, **later)
            plan.refresh_from_db()
        return plan


def _signed(case):
    """What a plan rests on."""
    return Assessment.objects.signed().filter(case=case).first() or signed_assessment(case=case)


def _takes_part(case):
    if not ConsentEvent.objects.filter(case=case).exists():
        ConsentEventFactory(case=case)


ENDS = ("ended_on", "ended_by", "ended_because")


class GoalFactory(InOneAct):
    class Meta:
        model = Goal

    plan = factory.SubFactory(SupportPlanFactory)
    own_words = "I want to sleep without my phone on."
    practitioner_wording = "Sleep, and rest from messages at night."


class StepFactory(InOneAct):
    class Meta:
        model = Step

    goal = factory.SubFactory(GoalFactory)
    what = "Try the app that turns messages off."
    who = WhoActs.YOUNG_PERSON
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class GoalRatingFactory(InOneAct):
    class Meta:
        model = GoalRating

    goal = factory.LazyFunction(lambda: SupportPlanFactory(active=True).goals.get())
    value = 3
    voice = Voice.YOUNG_PERSON
    occasion = Occasion.START
    by = factory.SubFactory(UserFactory)


class ScaleRatingFactory(InOneAct):
    class Meta:
        model = ScaleRating

    case = factory.SubFactory(CaseFactory, active=True)
    question = ScaleQuestion.WELLBEING
    value = 4
    voice = Voice.YOUNG_PERSON
    occasion = Occasion.START
    by = factory.SubFactory(UserFactory)


class SafetyPlanFactory(InOneAct):
    class Meta:
        model = SafetyPlan

    case = factory.SubFactory(CaseFactory)
    version = 1
    adults_do = "The school walks with them to the bus."
    look_again_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=28))
    by = factory.SubFactory(UserFactory)
