"""The first system administrator, where nobody is there yet to invite them."""

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts import operations
from accounts.enums import Role
from accounts.models import Membership, User
from centres.models import ServiceCentre


class Command(BaseCommand):
    help = "Invite a system administrator by e-mail. Refuses once there is one: they invite all others."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="full name, as colleagues know it")
        parser.add_argument("--centre", required=True, help="code of the centre they belong to")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")

    def handle(self, *, email, name, centre, dry_run, **options):
        validate_email(email)
        place = ServiceCentre.objects.filter(code=centre).first()
        if place is None:
            raise CommandError(f"There is no centre with the code {centre}.")
        if Membership.objects.current().filter(role=Role.SYSTEM_ADMIN).exists():
            raise CommandError("There is a system administrator already, who invites all others.")
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError("There is an account with this address.")
        if not dry_run:
            self._invite(email, name, place)
        self.stdout.write("Would owe a link to set a password." if dry_run else "A link to set a password is owed.")

    @transaction.atomic
    def _invite(self, email, name, centre):
        by = "invite_administrator"
        user = operations.invite(email, full_name=name, by=by)
        operations.grant_role(user, role=Role.SYSTEM_ADMIN, centre=centre, by=by)
