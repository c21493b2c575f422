"""Elsewhere on this site."""

from django.http import HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect


def send_to(request, address):
    """A redirect of the whole page, also when a fragment was asked for."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)
