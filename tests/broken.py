"""Ways to break a constraint by going round our code, as rows of a table."""

import pytest
from django.db.models import Value
from django.utils import timezone

from tests.factories.accounts import UserFactory

NOW = timezone.now


def somebody():
    return UserFactory().pk


def each(name, factory, *changes, **traits):
    """Rows of a table: one for each way to break the constraint ``name``."""
    return [pytest.param(name, factory, traits, change, id=name) for change in changes]


def twice(factory, **same):
    return lambda: [factory(**same) for _ in range(2)]


def two_of(factory, field, **traits):
    """A second row with the value of the first, written past the model."""

    def make():
        first, second = factory(**traits), factory(**traits)
        type(second)._base_manager.filter(pk=second.pk).update(**{field: Value(getattr(first, field))})

    return make
