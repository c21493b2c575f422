"""The clock's part of reminders."""

from datetime import time

from celery import shared_task
from django.utils import timezone

from reminders import operations
from reminders.models import Reminder

BY = "remind"
LETTERS_FROM = time(7, 0)  # a letter that comes at night is read by nobody, or wakes somebody


@shared_task
def remind():
    """What is due first, so that a letter counts all that has come due by now. Each letter is an act of its own."""
    operations.project_reminders(by=BY)
    now = timezone.localtime()
    if now.time() < LETTERS_FROM:
        return
    for person in Reminder.objects.people_to_tell():
        operations.send_digest(person, by=BY, on=now.date())
