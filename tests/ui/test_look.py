"""The parts of the look that a test can measure without a browser."""

import json
import re

import html5lib
import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

LIGHT_DARK = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
READ_ON = [
    *[("ink", ground) for ground in ("paper", "ground", "cream", "tint", "bad-bg", "warn-bg", "info-bg", "ok-bg")],
    *[("ink-2", ground) for ground in ("paper", "ground", "cream", "quiet-bg", "bad-bg", "tint")],
    *[("link", ground) for ground in ("paper", "ground", "cream", "tint")],
    *[(name, f"{name}-bg") for name in ("bad", "warn", "mid", "ok", "info", "quiet")],
    ("bad", "paper"),
    ("brand", "tint"),
    ("brand", "paper"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
]


@pytest.fixture
def stylesheet(settings):
    return (settings.BASE_DIR / "static" / "css" / "app.css").read_text()


def brightness(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted([brightness(one), brightness(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), READ_ON)
def test_words_can_be_read_on_their_ground(stylesheet, words, ground, mode):
    tokens = {name: (light, dark) for name, light, dark in LIGHT_DARK.findall(stylesheet)}
    which = ["light", "dark"].index(mode)
    assert contrast(tokens[words][which], tokens[ground][which]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edge_of_a_box_can_be_seen(stylesheet, mode):
    tokens = {name: (light, dark) for name, light, dark in LIGHT_DARK.findall(stylesheet)}
    which = ["light", "dark"].index(mode)
    assert contrast(tokens["edge"][which], tokens["paper"][which]) >= 3


def test_an_old_browser_has_the_same_light_colours(stylesheet):
    plain = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", stylesheet.split("@supports")[0]))
    for name, light, _dark in LIGHT_DARK.findall(stylesheet):
        assert plain[name] == light


def test_the_stylesheet_is_whole(stylesheet):
    assert stylesheet.count("{") == stylesheet.count("}")
    assert "url(" not in stylesheet  # the font is optional and stands in its own sheet


def test_each_script_is_short_and_stands_by_itself(settings):
    scripts = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))
    assert scripts
    for script in scripts:
        lines = script.read_text().splitlines()
        assert len(lines) < 100, script.name  # what keeps words through faults needs more than the 60 we aim at
        assert not [line for line in lines if line.startswith(("import ", "export "))], script.name
        assert lines[0].startswith("// "), script.name


def test_no_template_of_ours_holds_a_script_or_a_style(settings):
    inside = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = [path.name for path in settings.BASE_DIR.glob("templates/**/*.html") if inside.search(path.read_text())]
    assert found == []


def test_the_cut_font_has_the_welsh_letters_and_its_own_name(tmp_path):
    call_command("build_font", to=tmp_path, verbosity=0)

    font = TTFont(tmp_path / "app-sans.woff2")
    letters = font.getBestCmap()
    for letter in "ŵŷŴŶâêîôûáéíóú–’“”€…":
        assert ord(letter) in letters
    assert "Source" not in str(font["name"].getDebugName(1))
    assert (tmp_path / "app-sans.woff2").stat().st_size < 40_000
    assert "App Sans" in (tmp_path / "app-sans.css").read_text()


def test_a_font_that_stands_is_left_alone(tmp_path, capsys):
    (tmp_path / "app-sans.woff2").write_bytes(b"x")
    call_command("build_font", to=tmp_path)
    assert (tmp_path / "app-sans.woff2").read_bytes() == b"x"


def test_the_home_screen_icon_names_files_that_exist(settings):
    manifest = json.loads((settings.BASE_DIR / "static" / "manifest.webmanifest").read_text())
    for icon in manifest["icons"]:
        assert (settings.BASE_DIR / "static" / icon["src"]).exists()


@pytest.fixture
def style_guide(visitor):
    response = visitor.get("/style/")
    assert response.status_code == 200
    return response


def test_the_style_guide_shows_every_component(style_guide, settings):
    used = {template.name for template in style_guide.templates}
    for name in ("tiles", "chips", "summary_list", "empty", "timeline", "task_list", "tabs", "pagination", "steps"):
        assert f"ui/_{name}.html" in used


def test_the_style_guide_is_sound_markup_with_one_heading(style_guide):
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(style_guide.text)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert sorted(ids) == sorted(set(ids))
    assert len(list(tree.iter("h1"))) == 1


def test_the_title_of_a_page_with_errors_begins_with_error(style_guide):
    assert "<title>Error: Style guide – Protect and Respect</title>" in style_guide.text


def test_the_frame_stands_without_contacts_navigation_or_database(style_guide):
    assert "0800 1111" in style_guide.text
    assert "Exit this page" in style_guide.text
    assert "your browser history will still show" in style_guide.text.lower()


def test_the_page_has_an_absent_font_only_where_it_stands(style_guide, settings):
    stands = (settings.BASE_DIR / "static" / "fonts" / "app-sans.css").exists()
    assert ("fonts/app-sans.css" in style_guide.text) == stands


def test_the_style_guide_answers_get_only(visitor):
    assert visitor.post("/style/").status_code == 405
