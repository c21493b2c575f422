"""Council areas, public contacts, reasons and the national centre: run after each `migrate`."""

from django.core.management.base import BaseCommand

from protect_respect import reference_data


class Command(BaseCommand):
    help = "Add the reference data that is missing. Safe to run at every deployment."

    def handle(self, **options):
        for name, count in reference_data.load().items():
            self.stdout.write(f"{name}: {count}")
