"""Views of the queue that a colleague keeps for themselves."""

from django.db import transaction

from accounts.models import User
from audit.recording import record
from referrals.models import SavedView

MOST_VIEWS = 20  # they stand above the queue, where a day's work is looked for


class NameTaken(Exception):
    """A view of theirs has this name already."""


class TooManyViews(Exception):
    """Another would be one too many."""


@transaction.atomic
def save_view(*, by, name, query):
    """Keep filters, as the filter form understood them, under a name. Raises ``NameTaken``, ``TooManyViews``."""
    User.objects.select_for_update(of=["self"]).get(pk=by.pk)  # two windows count one after the other
    views = SavedView.objects.filter(user=by)
    if views.filter(name=name).exists():
        raise NameTaken(name)
    if views.count() >= MOST_VIEWS:
        raise TooManyViews
    view = SavedView.objects.create(user=by, name=name, query=query)
    record("saved_view.added", view, by=by)
    return view


@transaction.atomic
def delete_view(view, *, by):
    record("saved_view.deleted", view, by=by)
    view.delete()
