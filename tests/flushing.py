"""How tests that commit clean up, although the product's own role can empty no append-only table."""

import os

import psycopg
from django.db.backends.postgresql.operations import DatabaseOperations

STAY = {"django_content_type", "auth_permission"}  # set up with the database; each test would make them anew


def what_holds_rows(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
    """A DELETE for each table that is not empty: a test fills ten of some hundred and fifty.

    To truncate them all makes a new file for each and for each of their
    indexes: four tenths of a second after every test that commits.
    """
    assert not reset_sequences, "no test of ours asks which number a row has"
    asked = " UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in set(tables) - STAY)  # noqa: S608
    with operations.connection.cursor() as cursor:
        cursor.execute(asked)
        return [f'DELETE FROM "{table}"' for (table,) in cursor.fetchall()]  # noqa: S608


def flush_past_the_triggers(operations, statements):
    """Run the statements of a flush as the superuser, whom no trigger and no foreign key hears in replica mode.

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
    DatabaseOperations.sql_flush = what_holds_rows
    DatabaseOperations.execute_sql_flush = flush_past_the_triggers
