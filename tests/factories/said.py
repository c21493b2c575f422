"""What came with a referral beside its three rows: plainly fictional lists."""

import factory

from people.enums import SafeContactKind
from people.models import SafeContact
from referrals.enums import AgreementOf, PlaceKind, ProfessionalRole, Sign, SignTiming, YesNoNotKnown
from referrals.models import (
    Agreement,
    FamilyMember,
    PersonOfConcern,
    PlaceOfConcern,
    ProfessionalInvolved,
    SignSeen,
)
from tests.factories.accounts import UserFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.referrals import ReferralFactory


class SafeContactFactory(factory.django.DjangoModelFactory):
    """As a referrer said it: nothing is confirmed. ``confirmed=True``: one of us has asked."""

    class Meta:
        model = SafeContact

    class Params:
        confirmed = factory.Trait(confirmed_by=factory.SubFactory(UserFactory), confirmed_on="2026-11-02")

    subject = factory.SubFactory(DataSubjectFactory)
    kind = SafeContactKind.MOBILE
    value = "020 7946 0101"


class AgreementFactory(factory.django.DjangoModelFactory):
    """The young person knows. ``adult=True``: somebody with parental responsibility knows."""

    class Meta:
        model = Agreement

    class Params:
        adult = factory.Trait(of=AgreementOf.PARENTAL_RESPONSIBILITY, name="Kim Example", relationship="Mother")

    referral = factory.SubFactory(ReferralFactory)
    of = AgreementOf.YOUNG_PERSON
    knows = YesNoNotKnown.YES


class FamilyMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FamilyMember

    referral = factory.SubFactory(ReferralFactory)
    name = "Kim Example"
    relationship = "Mother"


class ProfessionalInvolvedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProfessionalInvolved

    referral = factory.SubFactory(ReferralFactory)
    role = ProfessionalRole.SOCIAL_WORKER
    name = "Jo Example"
    organisation = "Example Council"


class SignSeenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignSeen

    referral = factory.SubFactory(ReferralFactory)
    sign = Sign.MONEY_OR_ITEMS
    timing = SignTiming.PRESENT_NOW


class PersonOfConcernFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonOfConcern

    referral = factory.SubFactory(ReferralFactory)
    name = "Somebody called Example"


class PlaceOfConcernFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlaceOfConcern

    referral = factory.SubFactory(ReferralFactory)
    kind = PlaceKind.STREET_OR_PARK
    description = "The park beside Example Street."
