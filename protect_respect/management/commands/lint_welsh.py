"""Whoever reads the public pages in Welsh reads Welsh."""

from django.core.management.base import BaseCommand, CommandError

from protect_respect import welsh


class Command(BaseCommand):
    help = "Look for public sentences without Welsh, and for Welsh that is the English again."
    requires_system_checks = []

    def handle(self, **options):
        allowed = welsh.allowed_to_be_the_same()
        public = [message for message in welsh.messages() if welsh.is_public(message)]
        missing = [f"No Welsh: {welsh.english_of(message)}" for message in public if welsh.is_missing(message)]
        same = [
            f"Welsh is the English: {welsh.english_of(message)}"
            for message in public
            if not welsh.is_missing(message) and welsh.is_the_same(message, allowed)
        ]
        if missing or same:
            raise CommandError("\n".join(missing + same))
        self.stdout.write(f"{len(public)} public sentences are in Welsh.")
