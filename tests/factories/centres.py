"""The plainest valid centre, and what stands around it."""

from datetime import date

import factory
from django.utils import timezone

from centres.enums import CentreContactKind, ContactKind, Nation, Scheme
from centres.models import ContactPointOfCentre, LocalAuthority, PublicContact, ServiceCentre, ServiceOffer


class ServiceCentreFactory(factory.django.DjangoModelFactory):
    """A centre in England. ``ServiceCentreFactory(welsh=True)`` stands in Wales and offers Welsh."""

    class Meta:
        model = ServiceCentre

    class Params:
        welsh = factory.Trait(nation=Nation.WALES, offers_welsh=True)
        national = factory.Trait(code="NATIONAL", name_en="National")

    code = factory.Sequence(lambda n: f"centre-{n}")
    name_en = factory.Sequence(lambda n: f"Centre {n}")
    nation = Nation.ENGLAND


def national_centre():
    """There is one in the world at most: the one that is there, or a new one."""
    return ServiceCentre.objects.filter(code="NATIONAL").first() or ServiceCentreFactory(national=True)


class ContactPointOfCentreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactPointOfCentre

    centre = factory.SubFactory(ServiceCentreFactory)
    kind = CentreContactKind.DUTY
    phone = "01632 960001"


class LocalAuthorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalAuthority

    code = factory.Sequence(lambda n: f"area-{n}")
    name_en = factory.Sequence(lambda n: f"Area {n}")
    nation = Nation.ENGLAND
    centre = factory.SubFactory(ServiceCentreFactory)


class ServiceOfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceOffer

    centre = factory.SubFactory(ServiceCentreFactory)
    starts_on = date(2020, 1, 1)
    scheme = Scheme.NAT4


class PublicContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublicContact
        django_get_or_create = ["kind"]

    kind = ContactKind.HELPLINE
    name_en = "Helpline"
    phone = "01632 960002"
    checked_on = factory.LazyFunction(timezone.localdate)
