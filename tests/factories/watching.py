"""The clock, watched."""

from datetime import timedelta

import factory
from django.utils import timezone

from protect_respect.models import Sweep


class SweepFactory(factory.django.DjangoModelFactory):
    """A task that came to its end just now. ``failing=True`` did not, the last two times."""

    class Meta:
        model = Sweep

    class Params:
        failing = factory.Trait(failures=2, failure="OperationalError", failed_at=factory.LazyFunction(timezone.now))

    task = "reminders.tasks.remind"
    since = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))
    began_at = factory.LazyFunction(timezone.now)
    ended_at = factory.SelfAttribute("began_at")
