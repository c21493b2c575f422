"""A week of one's own: sessions and reviews."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.recording import record
from sessions import diary as own
from sessions import diary_words, rules
from sessions.models import CalendarFeed


@require_GET
def diary(request):
    """The week of a day, and on a phone the day. One's own: nobody reads the diary of a colleague."""
    day = diary_words.day_from(request.GET.get("day"))
    week = diary_words.week_of(day)
    entries = own.entries(request.user, week[0], week[-1])
    shown = {of: [row["pk"] for row in entries if row["of"] == of] for of in diary_words.KINDS}
    record("diary.viewed", "diary", by=request.user, week=week[0].isoformat(), **shown)
    context = diary_words.page(entries, day) | {"may_have_feed": rules.may_have_feed(request.user)}
    if context["may_have_feed"]:
        context |= {"feed": diary_words.feed(CalendarFeed.objects.alive().filter(user=request.user).first())}
    return render(request, "sessions/diary.html", context)
