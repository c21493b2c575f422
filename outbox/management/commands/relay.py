from django.core.management.base import BaseCommand

from outbox.relay import pay


class Command(BaseCommand):
    help = "Send every message that is owed. Needs no Redis; may run beside the worker's own sweep."

    def handle(self, **options):
        sent = 0
        while batch := pay():
            sent += batch
        self.stdout.write(f"Sent {sent}.")
