"""Where our own files are. What lints, prints and tests walk; nothing that serves a page needs it."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

NOT_OURS = {".venv", ".git", "var", "node_modules", "__pycache__"}


def our_apps():
    """Our app configurations, lowest floor first."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def python_files(*, migrations=False):
    """Every module of our apps. Packages are walked, so a room that became a folder is still seen."""
    for app in our_apps():
        for path in sorted(Path(app.path).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def templates():
    """Pairs of a template's name and its file."""
    folders = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    folders += [Path(app.path) / "templates" for app in our_apps()]
    for folder in folders:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            yield path.relative_to(folder).as_posix(), path


@cache
def parsed(path):
    return ast.parse(path.read_text())


def words(path):
    """The strings of a module with their lines, but for docstrings: what people may come to read."""
    tree = parsed(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def inside(path):
    return Path(path).resolve().relative_to(settings.BASE_DIR).as_posix()
