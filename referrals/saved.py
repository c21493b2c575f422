"""The views of the queue that somebody has saved, as the pages show them."""

from django.urls import reverse

from accounts.prepared import Place, Prepared
from referrals.models import SavedView

VIEWS = Prepared(lambda: SavedView.objects.filter(user=Place("user")).values_list("pk", "name", "query"))


def address_of(query):
    """Where a view is opened: the list reads it as it reads any filter, and leaves out what no longer holds."""
    return f"{reverse('triage:queue')}?{query}" if query else reverse("triage:queue")


def views_of(user, *, current=""):
    """A person's own, by name. ``current``: the filters in force."""
    return [
        {"pk": pk, "name": name, "url": address_of(query), "current": query == current}
        for pk, name, query in VIEWS.rows(user=user.pk)
    ]
