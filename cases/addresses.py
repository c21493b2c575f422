"""Addresses of the pages of one case.

A page of a case shows some fifty. Django's resolver looks through all names
for each; here it is asked once in a process for the shape of an address. What
fills it is a number or a reference, so that no page need escape it.
"""

from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString

CASE, ROW = "PR-2222-22", 9_999_999_999  # stand in a shape where the reference and the row belong


def of(name, reference, row=None):
    """The address of the page ``name``, its namespace with it, of a case; ``row``: the key of what is named on it."""
    shape = _shape(name, row is not None)
    if row is not None:
        shape = shape.replace(str(ROW), str(row))
    return SafeString(shape.replace(CASE, reference))


@cache
def _shape(name, has_row):
    return reverse(name, args=[CASE, ROW] if has_row else [CASE])
