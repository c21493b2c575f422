import pytest

from tests.ui.alone import stand_alone


@pytest.fixture(autouse=True)
def only_the_look(settings):
    stand_alone(settings)


@pytest.fixture
def visitor(client, db):
    """A browser: an error of ours is a page, and not an exception in its lap."""
    client.raise_request_exception = False
    return client
