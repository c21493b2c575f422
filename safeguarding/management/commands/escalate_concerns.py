from django.core.management.base import BaseCommand

from safeguarding.sweep import escalate_all


class Command(BaseCommand):
    help = "Tell who must hear of each concern that waits. Needs no Redis; may run beside the worker's own sweep."

    def handle(self, **options):
        self.stdout.write(f"Told of {escalate_all(by='escalate_concerns')}.")
