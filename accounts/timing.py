"""Answers that take the same time, whatever was done."""

import time
from functools import wraps

EVEN_SECONDS = 0.25


def in_even_time(view):
    """Answer a post after a quarter of a second, whatever it did: a letter that is owed takes longer than none."""

    @wraps(view)
    def waiting(request, *args, **kwargs):
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0, EVEN_SECONDS - (time.monotonic() - began)))
        return response

    return waiting
