"""Forget drafts nobody touched for 30 days, by hand or where no Celery runs."""

from django.core.management.base import BaseCommand

from referrals import operations


class Command(BaseCommand):
    help = "Forget drafts that nobody touched for 30 days."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go; change nothing")

    def handle(self, *, dry_run, **options):
        count = operations.purge_stale_drafts(by="purge_stale_drafts", dry_run=dry_run)
        self.stdout.write(f"{'Would forget' if dry_run else 'Forgot'} {count} drafts.")
