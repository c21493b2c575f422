import pytest

from protect_respect import reference_data


@pytest.fixture
def reference(db):
    """What every deployment loads."""
    reference_data.load()
