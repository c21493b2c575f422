"""What awareness sessions are about: a list that a centre may lengthen."""

from django.db import models
from django.db.models import Q

from centres.models import CentreOption
from sessions.querysets import AwarenessTopicQuerySet


class AwarenessTopic(CentreOption):
    """The leaflet names seven, "such as" (R-wal-04 to R-wal-11). ``key`` is theirs; a centre's own have none.

    Retired, never deleted: a session of years ago still says what it was about.
    """

    key = models.SlugField(max_length=40, blank=True, editable=False)

    objects = AwarenessTopicQuerySet.as_manager()

    class Meta(CentreOption.Meta):
        constraints = [
            *CentreOption.Meta.constraints,
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="topic_key_once"),
        ]
