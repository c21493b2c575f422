"""Nothing of the young person's can see what a carer answered (R-nat-32): no module below sessions, and none beside."""

import ast
import tomllib

import pytest
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

from protect_respect import house
from reminders.models import Reminder
from sessions.models import carers

APPS = [app.name for app in house.our_apps()]
BELOW = APPS[: APPS.index("sessions")]
ROOT = settings.BASE_DIR
# What serves both sides: addresses, what is heard of a case, the tables being registered, the diary of a colleague and
# whether they are free then, where the other row of a session together stands, and that it is moved and cancelled too.
DOORS = {
    "sessions/urls.py",
    "sessions/receivers.py",
    "sessions/models/__init__.py",
    "sessions/diary.py",
    "sessions/clashes.py",
    "sessions/together.py",
    "sessions/both_sides.py",
}


def is_of_carers(path):
    return any(part.startswith("carer") for part in path.relative_to(ROOT).parts)


def of_the_young_person():
    """Modules of sessions that are neither the carer's nor a door."""
    found = [path for path in (ROOT / "sessions").rglob("*.py") if "migrations" not in path.parts]
    return [path for path in found if not is_of_carers(path) and house.inside(path) not in DOORS]


def names_of_carers(tree):
    """Where a module imports or names a carer's strand, by whatever way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            imported = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            imported = [node.value] if node.value.startswith("support_sessions.") else []
        elif isinstance(node, ast.Attribute):
            imported = [f"sessions.carer_strands.{node.attr}"] if node.attr in RELATIONS else []
        else:
            continue
        yield from (name for name in imported if _is_of_carers(name))


RELATIONS = {"carer_strands", "strands", "carers"}  # from a case, a carer and a young person to the carer's side


def _is_of_carers(name):
    parts = name.split(".")
    last = parts[-1]
    inside = parts[0] in ("sessions", "support_sessions")
    return inside and (any(part.startswith("carer") for part in parts) or last in carers.__all__)


@pytest.mark.requirement("R-nat-32", part="no module of the young person's")
@pytest.mark.parametrize("path", of_the_young_person(), ids=house.inside)
def test_no_module_of_the_young_persons_work_names_a_carers_strand(path):
    assert list(names_of_carers(house.parsed(path))) == []


@pytest.mark.requirement("R-nat-32", part="no floor below")
@pytest.mark.parametrize("app", BELOW)
def test_no_module_below_sessions_names_a_carers_strand(app):
    paths = [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert {house.inside(path): found for path in paths if (found := list(names_of_carers(house.parsed(path))))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from sessions.models.carers import CarerStrand",
        "from sessions.models import carers",
        "from sessions import carer_rules",
        "import sessions.carer_enums",
        "apps.get_model('support_sessions.CarerStrand')",
        "case.carer_strands.all()",
    ],
)
def test_a_way_to_a_carers_strand_is_found(source):
    assert len(list(names_of_carers(ast.parse(source)))) == 1


HEARS_OF_BOTH = {Reminder}  # above both sides: a row of it is about one, and is read by who may see that one


@pytest.mark.requirement("R-nat-32", part="no table of the young person's")
def test_no_table_outside_the_strand_points_to_it():
    strands = {getattr(carers, name) for name in carers.__all__}
    own = strands | {model for app in house.our_apps() for model in app.get_models() if _is_history_of(model, strands)}
    for app in house.our_apps():
        for model in set(app.get_models()) - own - HEARS_OF_BOTH:
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey | ManyToManyField):
                    assert field.related_model not in strands, f"{model.__name__}.{field.name}"


def _is_history_of(model, strands):
    return getattr(model, "pgh_tracked_model", None) in strands


def test_the_linter_is_told_that_nothing_below_imports_sessions():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [told] = [contract for contract in contracts if contract["type"] == "forbidden"]
    assert set(told["source_modules"]) == set(BELOW)
    assert told["forbidden_modules"] == ["sessions"]
