"""The address of a diary for a calendar: made, made anew, given up. Each is one act."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.recording import record
from cases.steps import KeptAlready
from sessions.models import CalendarFeed

WHATEVER = object()


class NoFeedAlive(Exception):
    """There is no address to give up."""


@transaction.atomic
def make_feed(*, by, in_place_of=WHATEVER):
    """Make an address; the one before dies. Returns its secret, which nobody can be shown again.

    ``in_place_of``: the id of the one that the form was made beside, or 0. Raises ``KeptAlready`` where it is another
    now: a form that is sent again would kill the address that was just copied. The row of the colleague is held, so
    that of two made at once the later one lives.
    """
    User.objects.select_for_update(of=["self"]).get(pk=by.pk)
    alive = CalendarFeed.objects.alive().filter(user=by).values_list("pk", flat=True).first() or 0
    if in_place_of is not WHATEVER and in_place_of != alive:
        raise KeptAlready("an address was made meanwhile")
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
