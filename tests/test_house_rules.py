"""The rules of the house. Packages are walked, so that a room that became a folder is still seen."""

import ast
import inspect
import pkgutil
import re
import subprocess
from importlib import import_module

import factory
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import CheckConstraint, ForeignKey, ManyToManyField
from django.db.models.fields.reverse_related import ForeignObjectRel

from protect_respect import house

ROOT = settings.BASE_DIR
APPS = [app.name for app in house.our_apps()]  # lowest floor first, as INSTALLED_APPS has them
GROUND_FLOOR = {"audit", "outbox", "ui"}
DOMAIN_APPS = [name for name in APPS if name not in GROUND_FLOOR]
# What a view may ask a protected model for: staff's way in, the referrer's, concerns beside a visible referral, and
# what speaks to somebody of what they may see.
GATES = {"visible_to", "summary_visible_to", "sent_by", "about_visible", "speaks_to"}


def modules(app, room):
    """The module ``app.room``, or every module of the folder it has become."""
    path = ROOT / app / room
    if path.is_dir():
        return [f"{app}.{room}", *(f"{app}.{room}.{found.name}" for found in pkgutil.iter_modules([path]))]
    return [f"{app}.{room}"] if path.with_suffix(".py").exists() else []


def files(app, room):
    path = ROOT / app / room
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def our_models(*, with_history=False):
    for app in house.our_apps():
        for model in app.get_models():
            is_history = any(field.name == "pgh_id" for field in model._meta.fields)
            if not model._meta.proxy and (with_history or not is_history):
                yield model


READING = {"all", "filter", "exclude", "get", "first", "last", "latest", "earliest", "count", "exists", "values"}
PROTECTED = {model for model in our_models() if hasattr(model._default_manager, "visible_to")}


def acts(app):
    """The public functions of a room of operations, with their names.

    In a folder, a module whose acts the folder re-exports keeps steps that its neighbours share: those
    are no acts. A name that reads as a fact (``is_locked``) only asks.
    """
    exported = getattr(import_module(f"{app}.operations"), "__all__", []) if modules(app, "operations") else []
    for module in modules(app, "operations"):
        own = {
            name: function
            for name, function in inspect.getmembers(import_module(module), inspect.isfunction)
            if function.__module__ == module and not name.startswith(("_", "is_", "has_"))
        }
        chosen = own.keys() & set(exported) or own.keys()
        yield from ((f"{module}.{name}", own[name]) for name in sorted(chosen))


OPERATIONS = [pytest.param(function, id=name) for app in DOMAIN_APPS for name, function in acts(app)]
VIEWS = [path for app in DOMAIN_APPS for path in files(app, "views") if path.exists()]


def name_of(thing):
    return thing.__name__ if isinstance(thing, type) else house.inside(thing)


# Acts


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_is_atomic_and_says_who_acts(operation):
    assert hasattr(operation, "__wrapped__"), "decorate it with @transaction.atomic"
    by = inspect.signature(operation).parameters.get("by")
    assert by is not None, "give it an argument 'by'"
    assert by.kind is by.KEYWORD_ONLY, "make 'by' keyword-only"


# Who may see what


def faults_in_reading(tree):
    """Ways round ``visible_to`` in a module of views."""
    protected = {model.__name__ for model in PROTECTED}
    managers = {
        relation.get_accessor_name()
        for model in our_models()
        for relation in model._meta.get_fields()
        if isinstance(relation, ForeignObjectRel) and relation.related_model in PROTECTED and relation.multiple
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("get_"):
            if node.args and last_name(node.args[0]) in protected:
                yield node.lineno, "give it the visible rows, not the model"
        elif isinstance(node, ast.Attribute):
            owner = last_name(node.value)
            holder = last_name(node.value.value) if isinstance(node.value, ast.Attribute) else ""
            if node.attr in ("_base_manager", "_default_manager"):
                yield node.lineno, f"{node.attr} passes by visible_to"
            if owner == "objects" and holder in protected and node.attr not in GATES:
                yield node.lineno, f"objects.{node.attr} passes by visible_to"
            if holder and owner in managers and node.attr in READING:
                yield node.lineno, f"the related manager {owner} passes by visible_to"


def last_name(node):
    return ast.unparse(node).rpartition(".")[2]


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_reach_people_only_through_visible_to(path):
    assert list(faults_in_reading(house.parsed(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "Referral.objects.get(pk=1)",
        "models.Referral.objects.filter(pk=1)",
        "Referral._base_manager.all()",
        "get_object_or_404(Referral, pk=1)",
        "get_list_or_404(Referral)",
        "subject.referrals.all()",
    ],
)
def test_a_way_round_visible_to_is_found(source):
    assert len(list(faults_in_reading(ast.parse(source)))) == 1


def test_the_proper_way_passes():
    source = "get_object_or_404(Referral.objects.visible_to(request.user).for_page(), pk=pk)"
    assert list(faults_in_reading(ast.parse(source))) == []


def test_django_admin_holds_configuration_only():
    may_be_configured = {"ServiceCentre", "ServiceOffer", "CouncilArea", "PublicContact", "User", "Membership"}
    may_be_configured |= {"DutyShift", "ContactPoint", "ContactPointOfCentre", "LocalAuthority"}
    registered = {
        model for site in admin.sites.all_sites for model in site._registry if model._meta.app_config.name in APPS
    }
    lists = {model for model in registered if any(base.__name__ == "CentreOption" for base in model.__mro__)}
    assert {model.__name__ for model in registered - lists} <= may_be_configured


# The floors


@pytest.mark.parametrize("model", list(our_models(with_history=True)), ids=name_of)
def test_no_foreign_key_points_to_an_upper_floor(model):
    own = model._meta.app_config.name
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model._meta.app_config.name in APPS:
            target = field.related_model._meta.app_config.name
            assert target == own or target not in GROUND_FLOOR or own not in GROUND_FLOOR
            assert APPS.index(target) <= APPS.index(own), f"{field.name} points up, to {target}"


def test_labels_are_what_tables_and_urls_were_made_with():
    assert {app.name: app.label for app in house.our_apps()} == {
        name: "support_sessions" if name == "sessions" else name for name in APPS
    }
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"


# Data


@pytest.mark.parametrize("model", list(our_models()), ids=name_of)
def test_a_time_and_its_person_are_paired_by_a_constraint(model):
    names = {field.name for field in model._meta.fields}
    bound = [
        constraint.condition.referenced_base_fields
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]
    for by in (name for name in names if name.endswith("_by")):
        at = f"{by.removesuffix('_by')}_at"
        if at in names and model._meta.get_field(at).null:
            assert any({at, by} <= set(fields) for fields in bound), f"bind {at} and {by} by a constraint"


def test_every_model_has_a_factory():
    package = import_module("tests.factories")
    for found in pkgutil.iter_modules(package.__path__):
        import_module(f"tests.factories.{found.name}")

    def below(cls):
        return {cls}.union(*(below(child) for child in cls.__subclasses__()))

    made = {cls._meta.model for cls in below(factory.django.DjangoModelFactory)}
    assert {model.__name__ for model in our_models()} - {model.__name__ for model in made if model} == set()


# Files


def tracked_files():
    """What a clone has, and what is about to be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def text_files():
    for path in tracked_files():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue  # a picture, a font


@pytest.mark.parametrize("folder", ["", *APPS], ids=lambda name: name or "tests")
def test_no_module_is_longer_than_400_lines(folder):
    paths = (ROOT / (folder or "tests")).rglob("*.py")
    lengths = {house.inside(path): len(path.read_text().splitlines()) for path in paths}
    assert {path: length for path, length in lengths.items() if length > 400 and "migrations" not in path} == {}


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [house.inside(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


# In pieces, so that this file does not find itself.
NOWHERE = {
    "the host of a package registry": r"py" + r"pi\.org|pythonhos" + r"ted|npm" + r"js\.org|registry\.np" + r"m",
    "a path of one machine": r"/wor" + r"k/|/hom" + r"e/\w|/roo" + r"t/",
}
NOT_IN_CODE = {
    "mark_" + "safe": "use format_html, or a template",
    r"Raw" + r"SQL|\.ra" + r"w\(|\.ext" + r"ra\(\s*(select|where)": "write it with the ORM",
    r"execute\(\s*f[\"']": "pass values as parameters",
    "csrf_" + "exempt": "no page is exempt",
    r"\bpick" + r"le\b|yaml\.lo" + r"ad\(|\beva" + r"l\(|\bexe" + r"c\(": "never on data",
}
NOT_IN_SCRIPTS = {
    r"inner" + "HTML|outer" + r"HTML|insertAdjacent" + "HTML|document\\.writ" + "e": "set textContent",
    "postMess" + r"age|__pro" + r"to__|\beva" + r"l\(|new Func" + r"tion": "not needed",
    r"local" + "Storage|session" + "Storage|indexed" + "DB": "nothing about a person stays in a browser",
}


def hits(paths, patterns):
    return [
        f"{house.inside(path)}:{text[: found.start()].count(chr(10)) + 1}: {found.group()}"
        for path, text in paths
        for pattern in patterns
        for found in re.finditer(pattern, text)
    ]


def test_no_file_names_a_package_registry_or_a_machine():
    assert hits(text_files(), NOWHERE.values()) == []


def test_no_code_trusts_markup_or_builds_sql_from_text():
    ours = [(path, path.read_text()) for path in house.python_files()]
    assert hits(ours, NOT_IN_CODE) == []


def test_no_script_writes_markup_or_keeps_anything():
    scripts = [(path, path.read_text()) for path in (ROOT / "static").rglob("*.js")]
    assert scripts
    assert hits(scripts, NOT_IN_SCRIPTS) == []


def test_ruff_bans_what_the_house_bans():
    text = (ROOT / "pyproject.toml").read_text()
    for banned in ("protect_respect.settings", "django.db.models.signals", "django.utils.safestring.mark_" + "safe"):
        assert f'"{banned}".msg' in text
    assert 'ban-relative-imports = "all"' in text
