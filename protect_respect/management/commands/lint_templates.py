"""Templates: all compile, nothing is inline, nothing is marked safe, none lies unused."""

import re
from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines

from protect_respect import house

COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
MARKUP = {  # the policy refuses each of these in the browser; here it fails before
    r"<script(?![^>]*\bsrc=)": "an inline script",
    r"<style\b": "an inline style sheet",
    r"<[^>]*\sstyle\s*=": "a style attribute",
    r"<[^>]*\son[a-z]+\s*=": "an inline event handler",
    r"<[^>]*\shx-on": "an inline event handler",
    r"javascript:": "a script in an address",
    r"(src|href)\s*=\s*[\"']//": "another origin",
    r"<(script|link|img|iframe)[^>]*(src|href)\s*=\s*[\"']https?:": "another origin",
}
ESCAPING = {
    r"\|\s*safe(seq)?\b": "the filter safe",
    r"{%\s*autoescape\s+off": "autoescape off",
}
MAY_TRUST_MARKUP = ("pr/",)  # crispy hands its templates markup that it has rendered itself
OTHERS = ["django", "allauth", "crispy_forms", "template_partials"]
BY_STATUS = re.compile(r"[45]\d\d\.html")


class Command(BaseCommand):
    help = "Check every template."
    requires_system_checks = []

    def handle(self, **options):
        everything = list(house.templates())
        findings = [finding for name, path in everything for finding in findings_in(name, path)]
        findings += [f"{name}: nothing uses it" for name in unused(everything)]
        if findings:
            raise CommandError("\n".join(findings))
        self.stdout.write(f"{len(everything)} templates are in order.")


def findings_in(name, path):
    source = path.read_text()
    bare = COMMENTS.sub("", source)
    patterns = dict(ESCAPING) if not name.startswith(MAY_TRUST_MARKUP) else {}
    yield from (f"{name}: {what}" for pattern, what in patterns.items() if re.search(pattern, bare))
    if path.suffix == ".html":
        markup = TAGS.sub("x", bare)
        yield from (f"{name}: {what}" for pattern, what in MARKUP.items() if re.search(pattern, markup, re.I))
    try:
        engines["django"].get_template(name)
    except TemplateSyntaxError as error:
        yield f"{name}: {error}"


def unused(everything):
    """Templates that neither our code, another template nor a library asks for."""
    ours = "\n".join(path.read_text() for path in house.python_files())
    ours += "\n".join(COMMENTS.sub("", path.read_text()) for _, path in everything)
    return [name for name, _ in everything if not _used(name, ours)]


def _used(name, ours):
    plain = Path(name)
    if f'"{name}' in ours or f"'{name}" in ours or BY_STATUS.fullmatch(name):
        return True
    if name.startswith("outbox/"):  # owed by its name alone; one file for each part of the letter
        return f'"{plain.stem.split(".")[0]}"' in ours
    if name.startswith("pr/"):  # crispy adds the name of the pack in front
        return f"/{name.removeprefix('pr/')}" in _crispy() + ours
    return any((folder / name).exists() for folder in _template_folders())


def _crispy():
    folder = Path(find_spec("crispy_forms").origin).parent
    return "\n".join(path.read_text() for path in folder.rglob("*.py"))


def _template_folders():
    for package in OTHERS:
        root = Path(find_spec(package).origin).parent
        yield from (folder for folder in root.rglob("templates") if folder.is_dir())
