"""Many fictional rows at once, written with COPY. Every constraint and trigger applies, and so does the row history."""

from contextlib import contextmanager

import pgtrigger
from django.db import connection, transaction
from psycopg import sql

CHUNK = 500  # small: each history trigger walks the ends of its chunk that still wait for their decision


def check_foreign_keys_at_once():
    """Check them after each statement of this transaction: left to its end they make each history trigger slower.

    Such a trigger opens a subtransaction, and PostgreSQL walks the list of waiting
    checks when one ends. An end still waits for its decision, as it does in life.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    pgtrigger.constraints(pgtrigger.Deferred, "referrals.Referral:ended_referral_has_a_decision_in_effect")


@contextmanager
def one_act():
    """A chunk of many rows, however long it takes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        check_foreign_keys_at_once()
        yield


def reserved(model, number):
    """So many keys, for rows that others of the same chunk point to."""
    sequence = f"{model._meta.db_table}_id_seq"
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, number])
        return [row[0] for row in cursor.fetchall()]


def write(rows):
    """Rows of one model at a time, those that others point to first: in the order in which each model comes first."""
    found = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    with connection.cursor() as cursor:
        for of_a_model in found.values():
            _copy(cursor, of_a_model)


def _copy(cursor, rows):
    model, known_pk = type(rows[0]), rows[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if known_pk or not field.primary_key]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
