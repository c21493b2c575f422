"""docs/states.md: the tables of allowed moves, as diagrams. Never drawn by hand."""

from importlib import import_module
from importlib.util import find_spec

from django.utils.translation import override

from protect_respect.house import our_apps
from protect_respect.printed import PrintedDocument

HEAD = """# States

Printed by `manage.py print_states` from the tables `ALLOWED_MOVES` in each app's `enums.py`.
What is overdue, unread or waiting for a second person is derived, never stored, and so is not here.
"""


class Command(PrintedDocument):
    help = "Print docs/states.md from the tables of allowed moves."
    path = "docs/states.md"

    def text(self):
        with override("en-gb"):
            return HEAD + "".join(_section(app, moves) for app, moves in tables())


def tables():
    for app in our_apps():
        if find_spec(f"{app.name}.enums"):
            moves = getattr(import_module(f"{app.name}.enums"), "ALLOWED_MOVES", None)
            if moves:
                yield app, moves


def _section(app, moves):
    arrows = [(state.value, to.value) for state, targets in moves.items() for to in sorted(targets)]
    names = [f"    {state.value} : {state.label}" for state in moves]
    rows = [
        f"| {state.label} | {', '.join(str(to.label) for to in sorted(targets)) or 'nowhere: it ends here'} |"
        for state, targets in moves.items()
    ]
    return "\n".join(
        [
            f"\n## {str(app.verbose_name).capitalize()}\n",
            "```mermaid",
            "stateDiagram-v2",
            *names,
            *(f"    {start} --> {end}" for start, end in arrows),
            "```\n",
            "| From | To |",
            "|---|---|",
            *rows,
            "",
        ]
    )
