"""Two areas: one of each scheme, served by a centre of its own; and one that nobody serves."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory, ServiceOfferFactory


@pytest.fixture(autouse=True)
def national(db):
    """The centre that receives what no other serves; and nobody has been counted yet."""
    cache.clear()
    return ServiceOfferFactory(centre=ServiceCentreFactory(national=True)).centre


@pytest.fixture
def english_area(national):
    return ServiceOfferFactory(scheme="NAT4").centre.areas.create(code="leeds", name_en="Leeds", nation="ENG")


@pytest.fixture
def welsh_area(national):
    centre = ServiceOfferFactory(scheme="WAL3", centre__welsh=True).centre
    return centre.areas.create(code="cardiff", name_en="Cardiff", name_cy="Caerdydd", nation="WLS")


@pytest.fixture
def unserved_area(national):
    return LocalAuthorityFactory(centre=None)


@pytest.fixture
def client_factory():
    """Another browser."""
    return Client
