"""People, and who may know of them."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from people.ages import birthday
from people.enums import ExclusionGround, GrantGround, SubjectKind
from people.models import AccessGrant, DataSubject, Exclusion
from tests.factories.accounts import UserFactory
from tests.factories.centres import ServiceCentreFactory


def born(*, years, days=0):
    """A date of birth: ``years`` and ``days`` old today."""
    day = timezone.localdate() - timedelta(days=days)
    return birthday(date(day.year, day.month, day.day), -years)


class DataSubjectFactory(factory.django.DjangoModelFactory):
    """A young person of fourteen. ``restricted=True``: only who is on the list may know."""

    class Meta:
        model = DataSubject

    class Params:
        restricted = factory.Trait(is_restricted=True)
        carer = factory.Trait(kind=SubjectKind.CARER, date_of_birth=None)

    kind = SubjectKind.YOUNG_PERSON
    centre = factory.SubFactory(ServiceCentreFactory)
    surname_key = "example"
    given_name_key = "sam"
    surname_sound = "EKSMPL"
    date_of_birth = factory.LazyFunction(lambda: born(years=14, days=100))


class AccessGrantFactory(factory.django.DjangoModelFactory):
    """An assignment since yesterday, without an end. ``ended=True`` ended an hour ago.

    ``called_in=True``: by nobody, for a week.
    """

    class Meta:
        model = AccessGrant

    class Params:
        called_in = factory.Trait(
            granted_by=None,
            ground=GrantGround.COVER,
            until_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=6)),
        )
        ended = factory.Trait(until_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)))

    subject = factory.SubFactory(DataSubjectFactory)
    user = factory.SubFactory(UserFactory)
    ground = GrantGround.ASSIGNMENT
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    granted_by = factory.SubFactory(UserFactory)


class ExclusionFactory(factory.django.DjangoModelFactory):
    """A colleague kept out. ``lifted=True`` is over; ``own=True``: "I know this family"."""

    class Meta:
        model = Exclusion

    class Params:
        lifted = factory.Trait(
            lifted_by=factory.SubFactory(UserFactory),
            lifted_at=factory.LazyFunction(timezone.now),
            lifted_because="A mistake.",
        )
        own = factory.Trait(ground=ExclusionGround.KNOWS_THE_FAMILY, set_by=factory.SelfAttribute("user"), reason="")

    subject = factory.SubFactory(DataSubjectFactory)
    user = factory.SubFactory(UserFactory)
    ground = ExclusionGround.KEPT_OUT
    reason = "A neighbour."
    set_by = factory.SubFactory(UserFactory)
