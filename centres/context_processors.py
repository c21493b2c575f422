"""Whom anybody may turn to, on every page."""

from django.utils.functional import SimpleLazyObject

from centres.models import PublicContact


def public_contacts(request):
    """``contacts``: a mapping from kind to contact, read only where a page shows it."""
    return {"contacts": SimpleLazyObject(lambda: {row.kind: row for row in PublicContact.objects.shown()})}
