"""Compile the catalogues with Babel, so that no gettext is needed on the machine."""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile every locale/*/LC_MESSAGES/*.po to .mo."
    requires_system_checks = []

    def handle(self, **options):
        count = 0
        for po in sorted(po for folder in settings.LOCALE_PATHS for po in Path(folder).rglob("*.po")):
            po.with_suffix(".mo").write_bytes(_compiled(po))
            count += 1
        self.stdout.write(f"Compiled {count} catalogues.")


def _compiled(po):
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    wrong = [f"{po}:{message.lineno}: {error}" for message in catalogue for error in message.check(catalogue)]
    if wrong:
        raise CommandError("\n".join(wrong))
    target = BytesIO()
    write_mo(target, catalogue)  # fuzzy entries stay out: a guess is not a translation
    return target.getvalue()
