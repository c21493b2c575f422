"""What stands in somebody's diary: their own sessions with either side, and reviews of cases they work on."""

from django.utils import timezone

from sessions import carer_diary, diary_words, feed, visible


def entries(user, first, last):
    """Of the days from ``first`` to ``last``, as rows in words, in the order of their times."""
    rows = [diary_words.session(row) for row in visible.own_sessions(user, first, last)]
    rows += [carer_diary.entry(row) for row in carer_diary.own_sessions(user, first, last)]
    rows += [diary_words.review(row) for row in visible.own_reviews(user, first, last)]
    return sorted(rows, key=lambda row: row["order"])


def appointments(user):
    """What a calendar is given of it: some weeks back, half a year ahead."""
    today = timezone.localdate()
    days = {"first": today - feed.BACK, "last": today + feed.AHEAD, "shaped": "feed"}
    rows = [feed.session(row, row.case) for row in visible.own_sessions(user, **days)]
    rows += [feed.session(row, row.strand.case) for row in carer_diary.own_sessions(user, **days)]
    return rows + [feed.review(row) for row in visible.own_reviews(user, **days)]
