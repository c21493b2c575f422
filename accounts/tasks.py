"""The clock's part of accounts."""

from celery import shared_task

from accounts import operations


@shared_task
def forget_what_has_expired():
    operations.forget_what_has_expired(by="forget_what_has_expired")
