"""Row history by trigger: sees save(), update(), bulk and raw SQL alike."""

from functools import partial

import pghistory
import pgtrigger
from django.db import models


def tracked(model=None, *, without=()):
    """Keep every version of each row of ``model``: inserted, updated and deleted.

    Put it on every model that can hold a person. The event table is
    append-only and cannot be emptied. A generated column is left out: the
    database computes it from columns that are kept. ``without`` names what
    must never outlive its row: a password's hash.
    """
    if model is None:
        return partial(tracked, without=without)
    generated = [field.name for field in model._meta.fields if isinstance(field, models.GeneratedField)]
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        exclude=[*generated, *without],
        meta={
            "triggers": [
                pgtrigger.Trigger(
                    name="no_truncate",
                    level=pgtrigger.Statement,
                    when=pgtrigger.Before,
                    operation=pgtrigger.Truncate,
                    func="RAISE EXCEPTION 'history is append-only';",
                )
            ]
        },
    )(model)
