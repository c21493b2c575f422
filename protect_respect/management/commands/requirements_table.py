"""docs/requirements.md: which test proves which sentence of the leaflets."""

import ast
import csv
from collections import defaultdict

from django.conf import settings
from django.core.management.base import CommandError

from protect_respect.house import inside, parsed
from protect_respect.printed import PrintedDocument

HEAD = """# What the leaflets promise, and what proves it

Printed by `manage.py requirements_table` from the markers `@pytest.mark.requirement(…)` in `tests/` and
from `docs/requirements.csv`. *In part* says what is built so far; the rest stays open.

"""


class Command(PrintedDocument):
    help = "Print docs/requirements.md from the tests' markers."
    path = "docs/requirements.md"

    def text(self):
        with (settings.BASE_DIR / "docs" / "requirements.csv").open(newline="") as table:
            rows = list(csv.DictReader(table))
        proofs = found_proofs(settings.BASE_DIR / "tests")
        if unknown := sorted(proofs.keys() - {row["id"] for row in rows}):
            raise CommandError(f"No such requirement: {', '.join(unknown)}")
        counts = {state: sum(_state(proofs[row["id"]]) == state for row in rows) for state in STATES}
        summary = ", ".join(f"{count} {state}" for state, count in counts.items())
        lines = ["| Id | Sentence of the leaflet | State | Proved by |", "|---|---|---|---|"]
        lines += [_line(row, proofs[row["id"]]) for row in rows]
        return HEAD + f"{len(rows)} requirements: {summary}.\n\n" + "\n".join(lines) + "\n"


STATES = ("proved", "in part", "open")


def found_proofs(folder):
    """For each requirement its proofs: pairs of a test's place and the part it proves, or None for all."""
    proofs = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        tree = parsed(path)
        marks = [(mark, node.name) for node in ast.walk(tree) if _is_test(node) for mark in _marks(node)]
        inner = {id(mark) for mark, _ in marks}
        marks += [(mark, None) for mark in _marks(tree) if id(mark) not in inner]  # pytestmark, pytest.param
        for mark, name in marks:
            part = next((word.value.value for word in mark.keywords if word.arg == "part"), None)
            place = f"{inside(path)}::{name}" if name else inside(path)
            for argument in mark.args:
                proofs[argument.value].append((place, part))
    return proofs


def _is_test(node):
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def _marks(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.requirement":
            yield node


def _state(proofs):
    if not proofs:
        return "open"
    return "in part" if any(part for _, part in proofs) else "proved"


def _line(row, proofs):
    parts = sorted({part for _, part in proofs if part})
    state = _state(proofs) + (f": {'; '.join(parts)}" if parts else "")
    places = "<br>".join(f"`{place}`" for place in sorted({place for place, _ in proofs}))
    return f"| {row['id']} | {_cell(row['statement'])} | {_cell(state)} | {places} |"


def _cell(text):
    return text.replace("|", "\\|")
