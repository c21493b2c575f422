"""The clock's part of the outbox."""

from celery import shared_task

from outbox import relay as relay_room


@shared_task
def relay():
    relay_room.pay()


@shared_task
def blank_old_addresses():
    relay_room.blank_addresses()
