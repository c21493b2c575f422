"""How tests that commit clean up, although the product's own role can empty no append-only table."""

import os

import psycopg
from django.db.backends.postgresql.operations import DatabaseOperations


def flush_past_the_triggers(operations, statements):
    """Run the TRUNCATE of a flush as the superuser, whom no trigger hears in replica mode.

    Nothing in the product can do this: its role is no superuser. Where the tests' own role is one
    (a developer's server) its URL is not needed.
    """
    target = os.environ.get("SUPERUSER_URL") or _own_url(operations.connection)
    name = operations.connection.settings_dict["NAME"]
    with psycopg.connect(target, dbname=name) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '20s'")  # a thread of the test may still be ending
        for statement in statements:
            connection.execute(statement)


def _own_url(connection):
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
    )


def install():
    DatabaseOperations.execute_sql_flush = flush_past_the_triggers
