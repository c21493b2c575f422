import pytest
from django.test import Client

from tests.factories.accounts import UserFactory, give_factor


@pytest.fixture
def django_test_client():
    """A second browser: call it for a client of its own."""
    return Client


@pytest.fixture(autouse=True)
def no_second_factor_missing(settings):
    """As in production, whatever the environment of the run says."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def secret(user):
    """What their app makes codes from."""
    return give_factor(user)
