"""A sentence that was looked up once is still said in the language of whoever reads."""

from django.utils.translation import gettext, override


def test_each_language_says_it_in_its_own_words():
    said = {}
    for language in ("en-gb", "cy", "en-gb", "cy"):
        with override(language):
            said.setdefault(language, set()).add(gettext("January"))
    assert said == {"en-gb": {"January"}, "cy": {"Ionawr"}}


def test_what_no_catalogue_has_is_said_as_it_was_written():
    with override("cy"):
        assert gettext("A sentence of nobody's.") == "A sentence of nobody's."
