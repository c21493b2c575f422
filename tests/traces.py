"""What an act wrote, everywhere: rows, row history, trail and letters, with nothing left out."""

from collections import Counter, defaultdict
from contextlib import contextmanager

from django.db import connection, transaction
from pghistory.models import Context

from protect_respect import house


def tables():
    """Every model of ours, the row history of each among them, and what requests leave behind."""
    return [model for app in house.our_apps() for model in app.get_models() if not model._meta.proxy] + [Context]


def everything(but=()):
    """Every row of every table as text, by the label of its model; but for the models named."""
    found = defaultdict(list)
    for label, row in sorted(_asked("one::text", but)):
        found[label].append(row)
    return found


def counts():
    return Counter(dict(_asked("count(*)")))


def _asked(what, but=()):
    """One statement for all tables: there are some two hundred, and tests by the hundred ask twice."""
    of = {model._meta.label: model._meta.db_table for model in tables() if model._meta.label not in but}
    asked = " UNION ALL ".join(f"SELECT '{label}', {what} FROM \"{table}\" one" for label, table in of.items())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchall()


@contextmanager
def undone():
    """One example of many: what it wrote is gone before the next, which would find the tables longer each time.

    What is checked at the end of a transaction is checked first.
    """
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


@contextmanager
def leaves_no_trace():
    """Not one row may be other than before: an act that is refused was never begun."""
    before = everything()
    yield
    assert everything() == before


@contextmanager
def writes(**expected):
    """Exactly so many new rows in exactly these tables, named by model: ``writes(Note=1, NoteEvent=1)``.

    Each update of a tracked row is a row of its history, so that it counts too.
    """
    before = counts()
    yield
    after = counts()
    names = [label.rpartition(".")[2] for label in after]
    assert len(set(names)) == len(names), "two models of one name"
    grown = {label.rpartition(".")[2]: after[label] - before[label] for label in after}
    grown = {name: number for name, number in grown.items() if number}
    assert grown == expected, f"wrote {grown}"
