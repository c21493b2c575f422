"""Many fictional referrals, for measuring how fast the product is when it is full."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from protect_respect import reference_data
from protect_respect.fictional import centres, staff, volume

ONLY_IN = ("bench", "test")


class Command(BaseCommand):
    help = "Add many fictional referrals to a database that is for measuring, tests or the demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--referrals", type=int, required=True)

    def handle(self, *, referrals, verbosity=1, **options):
        name = connection.settings_dict["NAME"]
        if not settings.DEMONSTRATION and not any(word in name for word in ONLY_IN):
            raise CommandError(
                "This fills a database with fictional referrals. It runs in the demonstration, or where the "
                f"database's name contains one of: {', '.join(ONLY_IN)}."
            )
        volume.make(referrals, teams=teams(), say=self._say if verbosity else lambda _count: None)

    def _say(self, count):
        self.stdout.write(f"{count} referrals")


def teams():
    """The fictional centres and colleagues, made where they are missing; then nobody can sign in as one of them."""
    reference_data.load()
    centres.make()
    there = {user.email: user for user in User.objects.all()}
    people = {name: there.get(f"{name}@demo.example") for name in staff.COLLEAGUES}
    return staff.teams(people if all(people.values()) else staff.make(None))
