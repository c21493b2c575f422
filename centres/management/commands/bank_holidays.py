"""Print the bank holidays that ``centres.working_days`` counts by, for ``centres/data/bank_holidays.txt``."""

from django.core.management.base import BaseCommand

from centres.working_days import LISTED, in_england_and_wales


class Command(BaseCommand):
    help = "Print the bank holidays of England and Wales, one a line. A test says when the list is no longer true."

    def handle(self, **options):
        for day in in_england_and_wales(*LISTED):
            self.stdout.write(day.isoformat())
