"""A time in which a young person is missing."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.enums import MissingType, ReturnTalk
from cases.models import MissingEpisode
from people.enums import YesNoNotKnown
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory


def ago(**time):
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**time))


class MissingEpisodeFactory(factory.django.DjangoModelFactory):
    """Since yesterday, and still: a residential worker told us, the police know.

    ``back=True``: since two hours ago. ``talked=True``: and somebody has talked with them.
    """

    class Meta:
        model = MissingEpisode

    class Params:
        back = factory.Trait(
            until_at=ago(hours=2), back_by=factory.SelfAttribute("by"), back_at=ago(hours=1), found_how="Rang her aunt."
        )
        talked = factory.Trait(
            back=True,
            talk=ReturnTalk.HELD,
            talk_by="Somebody from the council",
            talk_offered_on=factory.LazyAttribute(lambda episode: timezone.localdate(episode.changed_at)),
            talk_on=factory.SelfAttribute("talk_offered_on"),
        )

    case = factory.SubFactory(CaseFactory)
    kind = MissingType.MISSING
    from_at = ago(days=1)
    told_us_by = "Residential worker"
    told_us_at = ago(hours=20)
    police_told = YesNoNotKnown.YES
    police_reference = "MP 1234"
    by = factory.SubFactory(UserFactory)
    at = ago(hours=20)
    changed_by = factory.SelfAttribute("by")
    changed_at = ago(hours=1)
