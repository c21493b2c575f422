"""The clock's part of concerns: it asks again until a human has answered."""

from celery import shared_task

from safeguarding.sweep import escalate_all

BY = "escalate_concerns"


@shared_task
def escalate_concerns():
    escalate_all(by=BY)
