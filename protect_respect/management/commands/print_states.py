"""docs/states.md: the tables of allowed moves, as diagrams. Never drawn by hand."""

from importlib import import_module
from pkgutil import iter_modules

from django.utils.translation import override

from protect_respect.house import our_apps
from protect_respect.printed import PrintedDocument

HEAD = """# States

Printed by `manage.py print_states` from the tables of moves in each app's `enums`: `ALLOWED_MOVES` and `…_MOVES`.
What is overdue, unread or waiting for a second person is derived, never stored, and so is not here.
"""


# What each table is of, where it is not what its app is of; a table that has no name here is not printed, and fails.
OF = {
    "ALLOWED_MOVES": "",
    "CARER_ONLY_MOVES": "Cases with a parent or carer alone",
    "PLAN_MOVES": "Support plans",
    "SESSION_MOVES": "Sessions with a young person",
    "STRAND_MOVES": "Support for a parent or carer",
}


class Command(PrintedDocument):
    help = "Print docs/states.md from the tables of allowed moves."
    path = "docs/states.md"

    def text(self):
        with override("en-gb"):
            return HEAD + "".join(_section(title, moves) for title, moves in tables())


def tables():
    """Each table of moves there is, by its app and its name."""
    for app in our_apps():
        for module in _enums(app):
            for name in sorted(name for name in vars(module) if name.endswith("_MOVES")):
                yield OF[name] or str(app.verbose_name).capitalize(), getattr(module, name)


def _enums(app):
    """``enums`` of an app, then others beside it, such as ``carer_enums``."""
    names = sorted((found.name for found in iter_modules([app.path]) if found.name.endswith("enums")), key=len)
    return [import_module(f"{app.name}.{name}") for name in names]


def _section(title, moves):
    arrows = [(state.value, to.value) for state, targets in moves.items() for to in sorted(targets)]
    names = [f"    {state.value} : {str(state.label).replace(': ', ' – ')}" for state in moves]  # a colon ends a name
    rows = [
        f"| {state.label} | {', '.join(str(to.label) for to in sorted(targets)) or 'nowhere: it ends here'} |"
        for state, targets in moves.items()
    ]
    return "\n".join(
        [
            f"\n## {title}\n",
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
