"""The address of a diary for a calendar: made, made anew, given up. Each is one act."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.recording import record
from sessions.models import CalendarFeed


class NoFeedAlive(Exception):
    """There is no address to give up."""


@transaction.atomic
def make_feed(*, by):
    """Make an address; the one before dies. Returns its secret, which nobody can be shown again.

    The row of the colleague is held, so that of two made at once the later one lives.
    """
    User.objects.select_for_update(of=["self"]).get(pk=by.pk)
    before = CalendarFeed.objects.alive().filter(user=by).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, digest=CalendarFeed.objects.hash_of(token))
    record("calendar_feed.renewed" if before else "calendar_feed.made", feed, by=by)
    return token


@transaction.atomic
def revoke_feed(*, by):
    """Give the address up: what asks for it finds nothing from now on. Raises ``NoFeedAlive``."""
    feed = CalendarFeed.objects.select_for_update().alive().filter(user=by).first()
    if feed is None:
        raise NoFeedAlive
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record("calendar_feed.revoked", feed, by=by)
    return feed


@transaction.atomic
def note_reading(feed, *, by, **shown):
    """The first reading of a day is on the trail, with what it held: a calendar asks every quarter of an hour."""
    today = timezone.localdate()
    is_first = CalendarFeed.objects.alive().not_read_on(today).filter(pk=feed.pk).update(read_on=today)
    if is_first:
        record("calendar_feed.viewed", feed, by=by, **shown)
