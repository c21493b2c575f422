"""Celery: the clock. Redis is its broker and nothing else."""

import logging
import os

from celery import Celery, Task
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "protect_respect.settings")


class Watched(Task):
    """Says when it began and how it ended, so that people notice a sweep that comes no more.

    What a worker ran is watched; what a test or a command calls is not. Models
    are imported when it runs: Celery makes this class before Django is ready.
    """

    def before_start(self, task_id, args, kwargs):
        from protect_respect import watching  # noqa: PLC0415

        watching.begin(self.name)

    def on_success(self, retval, task_id, args, kwargs):
        from protect_respect import watching  # noqa: PLC0415

        watching.end(self.name)

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        from protect_respect import watching  # noqa: PLC0415

        watching.fail(self.name, exc)


app = Celery("protect_respect", task_cls=Watched)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["outbox", "accounts", "safeguarding", "referrals", "reminders"])


@setup_logging.connect
def keep_our_logs(*, loglevel, **others):
    """Celery takes over the log unless somebody answers; it would print what an exception says, rows and all."""
    logging.getLogger().setLevel(loglevel)
