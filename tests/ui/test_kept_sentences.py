"""A sentence that was looked up once is still said in the language of whoever reads."""

import pytest
from django.template import Context, Template
from django.template.base import Parser, Token, TokenType
from django.templatetags import i18n
from django.utils.translation import gettext, override

from ui import said_once


def test_each_language_says_it_in_its_own_words():
    said = {}
    for language in ("en-gb", "cy", "en-gb", "cy"):
        with override(language):
            said.setdefault(language, set()).add(gettext("January"))
    assert said == {"en-gb": {"January"}, "cy": {"Ionawr"}}


def test_what_no_catalogue_has_is_said_as_it_was_written():
    with override("cy"):
        assert gettext("A sentence of nobody's.") == "A sentence of nobody's."


def test_a_template_shown_again_says_its_sentence_in_the_language_of_that_reader():
    page = Template("{% load i18n %}{% translate 'January' %}")
    said = []
    for language in ("en-gb", "cy", "en-gb", "cy"):
        with override(language):
            said.append(page.render(Context()))
    assert said == ["January", "Ionawr", "January", "Ionawr"]


@pytest.mark.parametrize("sentence", ["Ten % of <b>it</b> & more", "January", ""])
def test_a_sentence_of_a_template_is_what_django_makes_of_it(sentence):
    token = Token(TokenType.BLOCK, f"translate '{sentence}'")
    theirs = i18n.do_translate(Parser([]), token).render(Context())
    assert said_once.translate(Parser([]), token).render(Context()) == theirs


def test_what_a_reader_brings_is_said_anew_each_time():
    page = Template("{% load i18n %}{% translate word %} {% translate 'January' as month %}{{ month|lower }}")
    with override("cy"):
        assert [page.render(Context({"word": word})) for word in ("March", "May")] == ["Mawrth ionawr", "Mai ionawr"]
