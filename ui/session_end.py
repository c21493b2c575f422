"""What a page is told about the end of its session. Whose session it is, and how long it holds, others know."""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone

from ui.times import time_of_day

BACKGROUND = "X-Background"  # sent by a page that asks by itself: it keeps no session alive


def answer(*, seconds, can_stay, words):
    """``words`` is a sentence with ``%(time)s``, when it ends."""
    ends = timezone.now() + timedelta(seconds=seconds)
    return JsonResponse({"seconds": int(seconds), "can_stay": can_stay, "words": words % {"time": time_of_day(ends)}})
