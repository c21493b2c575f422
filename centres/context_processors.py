"""Whom anybody may turn to, on every page."""

from django.core.cache import caches
from django.utils.functional import SimpleLazyObject

from centres.models import PublicContact


def public_contacts(request):
    """``contacts``: a mapping from kind to contact, read only where a page shows it, and then kept for a minute."""
    return {"contacts": SimpleLazyObject(lambda: caches["process"].get_or_set("public_contacts", _contacts))}


def _contacts():
    return {row.kind: row for row in PublicContact.objects.shown()}
