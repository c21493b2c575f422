"""The ending of a case, in whatever state it has come to."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.enums import ClosureReason, NeedAnswer, StepDown
from cases.models import Ending, EndingItem, EndingWriting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

NOW = factory.LazyFunction(timezone.now)


class EndingFactory(factory.django.DjangoModelFactory):
    """Begun just now on a case that ends. It moves no case: ``signed_off`` stands on a case that is closed.

    Later states by name: ``written``, ``proposed``, ``sent_back``, ``signed_off``, ``reopened``.
    """

    class Meta:
        model = Ending

    class Params:
        written = factory.Trait(
            what_we_did="We talked about what a good friend is.",
            strengths="She asks for help.",
            safety_now="She lives with her aunt.",
            step_down=[StepDown.UNIVERSAL_SCHOOL],
            how_to_come_back="Ring us, or ask your form tutor to.",
        )
        proposed = factory.Trait(written=True, proposed_by=factory.SubFactory(UserFactory), proposed_at=NOW)
        sent_back = factory.Trait(
            written=True, sent_back_by=factory.SubFactory(UserFactory), sent_back_at=NOW, sent_back_reason="Who leads?"
        )
        signed_off = factory.Trait(
            proposed=True, signed_off_by=factory.SubFactory(UserFactory), signed_off_at=NOW, case__closed=True
        )
        reopened = factory.Trait(
            signed_off=True, reopened_by=factory.SubFactory(UserFactory), reopened_at=NOW, reopened_because="She asks."
        )

    case = factory.SubFactory(CaseFactory, ending=True)
    reason = ClosureReason.PLANNED_GOALS_MET
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    came_from = "active"
    begun_by = factory.SubFactory(UserFactory)


class EndingItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EndingItem

    ending = factory.SubFactory(EndingFactory)
    key = factory.Sequence(lambda number: f"need-{number}")
    answer = NeedAnswer.DONE
    by = factory.SubFactory(UserFactory)


class EndingWritingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EndingWriting

    ending = factory.SubFactory(EndingFactory)
    version = factory.Sequence(lambda number: number + 1)
    by = factory.SubFactory(UserFactory)
