"""Documents that are printed from code, and fail the checks when they are stale."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class PrintedDocument(BaseCommand):
    """A command that prints one document. ``--check`` compares and changes nothing."""

    path = None
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail when the document is stale")

    def handle(self, *, check, **options):
        document = settings.BASE_DIR / self.path
        text = self.text()
        if not check:
            document.write_text(text)
            self.stdout.write(f"Printed {self.path}.")
        elif not document.exists() or document.read_text() != text:
            command = self.__module__.rpartition(".")[2]
            raise CommandError(f"{self.path} is stale: run `manage.py {command}`")
        else:
            self.stdout.write(f"{self.path} is up to date.")
