"""The clock's part of reminders."""

from celery import shared_task
from django.utils import timezone

from reminders import operations, projecting
from reminders.models import Reminder

BY = "remind"


@shared_task
def remind():
    """What is due first, so that a letter counts all that has come due by now. Each letter is an act of its own."""
    operations.end_covers(by=BY)
    projecting.project_reminders(by=BY)
    now = timezone.localtime()
    operations.send_digests(list(Reminder.objects.people_to_tell(hour=now.hour)), by=BY, on=now.date())
