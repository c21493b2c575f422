"""What follows for sessions when it is written down that a young person is missing."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from sessions.enums import Attendance
from sessions.models import SupportSession


@transaction.atomic
def join_to_episode(episode, *, by):
    """Sessions of that day and since, at which they were missing, belong to it, signed or not. The case is held."""
    since = timezone.make_aware(datetime.combine(timezone.localdate(episode.from_at), time()))
    missed = SupportSession.objects.filter(case=episode.case, attendance=Attendance.MISSING_AT_TIME)
    for session in missed.filter(missing_episode=None, planned_at__gte=since).select_for_update(of=["self"]):
        session.missing_episode = episode
        session.save(update_fields=["missing_episode"])
        record("session.joined", episode.case, by=by, session=session.pk, episode=episode.pk)
