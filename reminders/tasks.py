"""The clock's part of reminders."""

from celery import shared_task
from django.utils import timezone

from audit.bulkheads import each_apart
from reminders import operations, projecting
from reminders.digests import send_digests
from reminders.models import Reminder

BY = "remind"


@shared_task
def remind():
    """What is due first, so that a letter counts all that has come due by now. What fails holds up nothing after it."""
    list(each_apart(lambda part: part(), (_end_covers, _project, _write)))


def _end_covers():
    operations.end_covers(by=BY)


def _project():
    projecting.project_reminders(by=BY)


def _write():
    now = timezone.localtime()
    send_digests(list(Reminder.objects.people_to_tell(hour=now.hour)), by=BY, on=now.date())
