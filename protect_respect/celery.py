"""Celery: the clock. Redis is its broker and nothing else."""

import logging
import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "protect_respect.settings")
app = Celery("protect_respect")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["outbox", "accounts", "referrals", "reminders"])


@setup_logging.connect
def keep_our_logs(*, loglevel, **others):
    """Celery takes over the log unless somebody answers; it would print what an exception says, rows and all."""
    logging.getLogger().setLevel(loglevel)
