"""Words that can only be blame never stand in what we say ourselves, in English or in Welsh (docs/language.csv).

The Welsh words and patterns there are drafts, as the catalogue is, until a
qualified translator has reviewed them. Each pattern knows the mutations of
the first letter.
"""

import csv
import re

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from protect_respect import house

DATA = ("*.csv", "*.json", "*.txt", "*.toml")


class Command(BaseCommand):
    help = "Look for blaming words in templates, options, catalogues and demonstration data."
    requires_system_checks = []

    def handle(self, **options):
        patterns = blaming()
        any_of_them = re.compile("|".join(pattern.pattern for pattern, _ in patterns), re.I)
        findings = [
            f"{where}: “{found.group()}”. Write instead: {instead}"
            for where, text in everything_we_say()
            if any_of_them.search(text)
            for pattern, instead in patterns
            if (found := pattern.search(text))
        ]
        if findings:
            raise CommandError("\n".join(findings))
        self.stdout.write("No blaming words.")


def blaming():
    """Each pattern, of either language, with what to write instead."""
    with (settings.BASE_DIR / "docs" / "language.csv").open(newline="", encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == "blame"]
    patterns = [(row[language], row["instead"]) for row in rows for language in ("pattern", "pattern_cy")]
    return [(re.compile(pattern, re.I), instead) for pattern, instead in patterns]


def everything_we_say():
    """Pairs of a place and a text that stands there."""
    for name, path in house.templates():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield f"templates/{name}:{number}", line
    for path in house.python_files(migrations=True):
        for number, text in house.words(path):
            yield f"{house.inside(path)}:{number}", text
    for app in house.our_apps():
        for path in sorted(path for kind in DATA for path in (settings.BASE_DIR / app.name).rglob(kind)):
            yield house.inside(path), path.read_text()
    yield from _catalogues()


def _catalogues():
    for folder in settings.LOCALE_PATHS:
        for path in sorted(folder.rglob("*.po")):
            with path.open("rb") as source:
                for message in read_po(source, locale=path.parent.parent.name):
                    for text in _each(message.id) + _each(message.string):
                        yield f"{house.inside(path)}:{message.lineno}", text


def _each(text):
    return [text] if isinstance(text, str) else [one for one in text or () if one]
