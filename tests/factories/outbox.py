"""Letters owed."""

from datetime import timedelta

import factory
from django.utils import timezone

from outbox.models import Message


class MessageFactory(factory.django.DjangoModelFactory):
    """A letter owed now. ``sent=True`` has left; ``blanked=True`` left so long ago that its address is gone."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(sent_at=factory.SelfAttribute("created_at"))
        blanked = factory.Trait(
            created_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=40)),
            sent_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=39)),
            address_blanked_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=9)),
            to="",
        )

    created_at = factory.LazyFunction(timezone.now)
    key = factory.Sequence(lambda n: f"letter:{n}")
    template = "referral-received"
    language = "en-gb"
    to = factory.Sequence(lambda n: f"referrer.{n}@school.example")
    reference = "PR-7K4M-2Q"
    path = "/refer/00000000-0000-4000-8000-000000000000/outcome/"
