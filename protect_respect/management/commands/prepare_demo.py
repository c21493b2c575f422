"""Everything between an empty database and a page: what `manage.py demo` runs before it serves."""

import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from protect_respect.demonstration import STEP


class Command(BaseCommand):
    help = "Migrate, load the demonstration data once, and build what pages need."
    requires_system_checks = []

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This prepares the demonstration only. Start it with `manage.py demo`.")
        self._say("tables")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self._say("centres, council areas and whom to ring")
        call_command("load_reference_data")
        if not get_user_model().objects.filter(email="duty@demo.example").exists():
            self._say("colleagues and referrals, all invented")
            call_command("demonstration_data", password=os.environ["DEMO_PASSWORD"])
        self._say("translations, letters and pages")
        call_command("compile_translations")
        call_command("build_font")
        call_command("collectstatic", verbosity=0, interactive=False)

    def _say(self, step):
        self.stdout.write(f"{STEP}{step}")
        self.stdout.flush()
