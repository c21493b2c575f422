"""Celery: the clock. Redis is its broker and nothing else."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "protect_respect.settings")
app = Celery("protect_respect")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["outbox", "referrals"])
