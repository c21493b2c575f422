"""What an act wrote, everywhere: rows, row history, trail and letters, with nothing left out."""

from collections import Counter
from contextlib import contextmanager

from pghistory.models import Context

from protect_respect import house


def tables():
    """Every model of ours, the row history of each among them, and what requests leave behind."""
    return [model for app in house.our_apps() for model in app.get_models() if not model._meta.proxy] + [Context]


def everything():
    """Every row of every table, as plain values."""
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in tables()}


def counts():
    return Counter({model._meta.label: model._base_manager.count() for model in tables()})


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
