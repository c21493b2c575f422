"""Fictional centres, colleagues and referrals, loaded once into an empty database."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from outbox.models import Message
from protect_respect import reference_data
from protect_respect.fictional import bulk, cases, centres, referrals, staff
from referrals import operations
from reminders.projecting import project_reminders
from safeguarding.sweep import escalate_all


class Command(BaseCommand):
    help = "Load the fictional data of the demonstration, once. Every account gets the same password."

    def add_arguments(self, parser):
        parser.add_argument("--password", help="else from DEMO_PASSWORD")

    def handle(self, *, password=None, **options):
        password = password or os.environ.get("DEMO_PASSWORD")
        if not settings.DEMONSTRATION:
            raise CommandError("Fictional data belongs into a demonstration only. Start one with `manage.py demo`.")
        if not password:
            raise CommandError("Say which password the accounts have: --password, or DEMO_PASSWORD.")
        if User.objects.exists():
            raise CommandError("There are accounts already. Fictional data is loaded into an empty database only.")
        made = load(password)
        self.stdout.write(f"referrals: {len(made)}")


@transaction.atomic
def load(password):
    """Everything or nothing, told through the operations. Returns the referrals."""
    bulk.check_foreign_keys_at_once()
    reference_data.load()
    centres.make()
    people = staff.make(password)
    teams = staff.teams(people)
    made = referrals.make(teams, people)
    made += [case.referral for case in cases.make(teams[0], people)]
    while operations.record_submissions(by="demonstration_data"):
        pass
    # As the clock had long done: home says what is late from the start, and its first sweep tells nobody anew.
    project_reminders(by="demonstration_data")
    escalate_all(by="demonstration_data")
    _count_letters_as_sent()
    return made


def _count_letters_as_sent():
    """The letters of the past were read long ago; the demonstration's mailbox begins empty."""
    Message.objects.filter(sent_at=None).update(sent_at=timezone.now())
