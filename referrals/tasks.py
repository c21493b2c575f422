"""The clock's part of referrals."""

from celery import shared_task

from referrals import operations
from referrals.operations.codes import forget_old_codes


@shared_task
def purge_stale_drafts():
    operations.purge_stale_drafts(by="purge_stale_drafts")
    forget_old_codes(by="purge_stale_drafts")


@shared_task
def record_submissions():
    operations.record_submissions(by="record_submissions")
