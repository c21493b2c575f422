"""The lints find what they are for: each planted fault is seen, and the proper way is not."""

import csv
import re
import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from protect_respect.management.commands import lint_language, lint_templates, requirements_table


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("<script>alert(1)</script>", "an inline script"),
        ("<style>p {}</style>", "an inline style sheet"),
        ('<p style="color: red">x</p>', "a style attribute"),
        ('<p class="a"\n style="color: red">x</p>', "a style attribute"),
        ('<button onclick="go()">x</button>', "an inline event handler"),
        ('<a href="javascript:go()">x</a>', "a script in an address"),
        ('<img src="https://elsewhere.example/a.png" alt="">', "another origin"),
        ('<script src="//elsewhere.example/a.js"></script>', "another origin"),
        ("{{ name|safe }}", "the filter safe"),
        ("{% autoescape off %}{{ name }}{% endautoescape %}", "autoescape off"),
    ],
)
def test_a_fault_in_a_template_is_found(tmp_path, source, finding):
    assert f"x.html: {finding}" in findings(tmp_path, source)


@pytest.mark.parametrize(
    "source",
    [
        '<script src="/static/js/app.js" type="module"></script>',
        '<a href="https://www.example.org/" rel="noreferrer">x</a>',
        "{# <style> is not used here #}<p data-on='x'>{{ name }}</p>",
        '<p class="{% if one %}a{% endif %}">once upon = a time</p>',
    ],
)
def test_the_proper_way_is_not(tmp_path, source):
    assert findings(tmp_path, source) == []


def findings(tmp_path, source):
    path = tmp_path / "x.html"
    path.write_text(source)
    [engine] = settings.TEMPLATES
    with override_settings(TEMPLATES=[engine | {"DIRS": [tmp_path]}]):
        return list(lint_templates.findings_in("x.html", path))


@pytest.mark.parametrize("text", ["She is promiscuous", "hard to reach", "a lifestyle choice", "a high-risk child"])
def test_a_word_that_can_only_be_blame_is_found(text):
    assert any(pattern.search(text) for pattern, _ in lint_language.blaming())


@pytest.mark.parametrize("text", ["Brothers and sisters (siblings)", "placement", "allegation", "did not attend"])
def test_words_that_are_only_nudged_pass(text):
    assert not any(pattern.search(text) for pattern, _ in lint_language.blaming())


def test_every_pattern_finds_words_of_its_own_row():
    with (settings.BASE_DIR / "docs" / "language.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["kind"] for row in rows} == {"blame", "nudge"}
    assert [row["avoid"] for row in rows if not re.search(row["pattern"], row["avoid"], re.I)] == []


def blame_in_welsh():
    """Pairs of Welsh words of a row that only blames, and the row's Welsh pattern."""
    with (settings.BASE_DIR / "docs" / "language.csv").open(newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == "blame"]
    return [(said, row["pattern_cy"]) for row in rows for said in re.split(", | / ", row["avoid_cy"])]


@pytest.mark.parametrize(("said", "pattern"), blame_in_welsh())
def test_every_welsh_pattern_finds_each_of_the_words_of_its_row(said, pattern):
    assert said
    assert pattern
    assert re.search(pattern, said, re.I)


@pytest.mark.parametrize(
    "text",
    [
        "Mae hi’n ei phuteinio ei hun",
        "Gwrthododd ymgysylltu â ni",
        "Mae’n anodd ei chyrraedd hi",
        "Mae’n anodd i’w gyrraedd",
        "Fe’i rhoddodd ei hun mewn perygl? Rhoddodd ei hun mewn perygl.",
        "Mae’n eu peryglu eu hunain",
        "Mae’n fanipiwleiddiol ac yn geisio sylw",
        "Roedd wedi ddianc o’r cartref",
        "y fam elyniaethus",
        "dau berson ifanc risg uchel",
    ],
)
def test_mutated_blame_is_found_too(text):
    assert any(pattern.search(text) for pattern, _ in lint_language.blaming())


@pytest.mark.parametrize(
    "text",
    [
        "Ydych chi neu rywun arall mewn perygl nawr?",
        "Roedd angen ceisio sylw meddygol",
        "Pryderon yn ymwneud â chamfanteisio’n rhywiol ar blant",
        "Mae’r person ifanc yn dioddef niwed difrifol",
        "Roeddent ar goll; gadawsant am nad oeddent yn ddiogel",
        "Dywedodd y person ifanc na",
        "rhieni sy’n amddiffyn ac yn helpu",
    ],
)
def test_welsh_that_tells_what_happened_passes(text):
    assert not any(pattern.search(text) for pattern, _ in lint_language.blaming())


def test_welsh_blame_in_what_we_say_is_found_where_it_stands(tmp_path):
    folder = settings.BASE_DIR / "var" / tmp_path.name
    found = r"django.po:9: “gwrthod ymgysylltu”. Write instead: we have not yet found a way"
    try:
        write_catalogue(folder, "Helo %(name)s, mae’n gwrthod ymgysylltu")
        with override_settings(LOCALE_PATHS=[folder]), pytest.raises(CommandError, match=found):
            call_command("lint_language")
    finally:
        shutil.rmtree(folder)


def test_no_advice_blames():
    with (settings.BASE_DIR / "docs" / "language.csv").open(newline="") as table:
        advice = [row["instead"] for row in csv.DictReader(table)]
    assert [text for text in advice for pattern, _ in lint_language.blaming() if pattern.search(text)] == []


@pytest.mark.parametrize("count", [("requirements", 75), ("schedule", 50), ("language", 44)])
def test_the_tables_are_whole(count):
    name, rows = count
    with (settings.BASE_DIR / "docs" / f"{name}.csv").open(newline="") as table:
        assert len(list(csv.DictReader(table))) == rows


TESTS = """
import pytest

@pytest.mark.requirement("R-nat-01")
@pytest.mark.requirement("R-nat-07", part="only the age")
def test_one(): pass

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.requirement("R-wal-29"))])
def test_two(x): pass
"""


def test_proofs_are_read_from_the_markers(tmp_path):
    folder = settings.BASE_DIR / "var" / tmp_path.name
    folder.mkdir(parents=True)
    try:
        (folder / "test_x.py").write_text(TESTS)
        proofs = requirements_table.found_proofs(folder)
    finally:
        (folder / "test_x.py").unlink()
        folder.rmdir()
    assert {name: [part for _, part in found] for name, found in proofs.items()} == {
        "R-nat-01": [None],
        "R-nat-07": ["only the age"],
        "R-wal-29": [None],
    }


PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: cy\\n"
"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5;\\n"

#, python-format
msgid "Hello %(name)s"
msgstr "{}"
"""


def write_catalogue(tmp_path, translation):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO.format(translation))
    return folder


def test_catalogues_are_compiled(tmp_path):
    folder = write_catalogue(tmp_path, "Helo %(name)s")
    with override_settings(LOCALE_PATHS=[tmp_path]):
        call_command("compile_translations")
    assert (folder / "django.mo").read_bytes()[:4] == b"\xde\x12\x04\x95"


def test_a_translation_that_lost_its_placeholder_is_refused(tmp_path):
    write_catalogue(tmp_path, "Helo %(enw)s")
    with override_settings(LOCALE_PATHS=[tmp_path]), pytest.raises(CommandError, match="django.po"):
        call_command("compile_translations")
