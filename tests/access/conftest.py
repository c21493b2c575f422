"""What the questions asked of every address stand on."""

import pytest
from django.db import connection, transaction

from tests.routes import full_world


@pytest.fixture(scope="module")
def world_of_all(django_db_setup, django_db_blocker):
    """The full world, built once for a module, in a transaction that is undone: each test is a savepoint in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = full_world()
        connection.check_constraints()  # what waits for the end of the transaction, which is never reached
        yield world
        transaction.set_rollback(True)
