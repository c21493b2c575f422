"""What a qualified translator has still to read: until then the Welsh is a draft."""

from django.core.management.base import BaseCommand

from protect_respect import welsh


class Command(BaseCommand):
    help = "List the Welsh sentences that no translator has reviewed; --count tells only how many."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--count", action="store_true", help="only how many")

    def handle(self, *, count, **options):
        translated = [message for message in welsh.messages() if not welsh.is_missing(message)]
        waiting = [message for message in translated if not welsh.is_reviewed(message)]
        if not count:
            for message in waiting:
                self.stdout.write(f"{welsh.english_of(message)}\n    {' | '.join(welsh.forms_of(message))}")
        self.stdout.write(f"{len(waiting)} of {len(translated)} Welsh sentences are not reviewed.")
