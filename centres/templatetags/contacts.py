"""Whom to ring, in letters: read from the service's own list, so that a change there changes every letter."""

from django import template

from centres.models import PublicContact

register = template.Library()


@register.simple_tag
def public_contact(kind):
    """The public contact of this kind, or nothing where it is not shown to the public."""
    return PublicContact.objects.shown().filter(kind=kind).first()
