"""The address at which a colleague's calendar reads their diary."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.kept import same_but, written_once
from people.models.columns import staff
from sessions.querysets import CalendarFeedQuerySet


class CalendarFeed(models.Model):
    """An address that only its owner was shown, once: what is kept of it opens nothing.

    One is alive at a time. It dies once and stays, so that the trail can say until when it could be read.
    """

    user = staff(editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    read_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="feed_one_alive_per_colleague", fields=["user"], condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(name="feed_keeps_a_hash", condition=Q(digest__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="feed_dies_after_it_was_made",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("made_at")),
            ),
        ]
        triggers = written_once(
            "feed_dies_once",
            "An address stays as it was made, and dies once. Make another.",
            unless=f"OLD.revoked_at IS NULL AND {same_but('read_on', 'revoked_at')}",
        )

    def __str__(self):
        return f"calendar feed {self.pk}"
