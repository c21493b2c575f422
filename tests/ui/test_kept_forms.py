"""The questions of an untouched form are laid out once; nothing that anybody typed, and no token, is among them."""

import pytest
from django import forms
from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template import RequestContext, Template
from django.utils.translation import override

from ui.forms import PrForm, form_helper
from ui.kept import Kept

KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test_kept_forms"}
PAGE = Template("{% load crispy_forms_tags %}{% crispy form %}")


class Ask(PrForm):
    colour = forms.ChoiceField(label="Colour")
    words = forms.CharField(label="Words", required=False)

    def __init__(self, *args, colours, **kwargs):
        super().__init__(*args, **kwargs)
        self.built = []
        self.fields["colour"].choices = lambda: self.built.append(1) or [(colour, colour) for colour in colours]
        self.helper = form_helper(Kept("colour", depends_on=colours), Kept("words"), action="/somewhere/")


@pytest.fixture(autouse=True)
def kept(settings):
    """As it runs: one process, for the minute in which it keeps something."""
    settings.CACHES = settings.CACHES | {"process": KEPT}
    yield
    caches["process"].clear()


def shown(rf, form):
    request = rf.get("/")
    return PAGE.render(RequestContext(request, {"form": form, "csrf_token": get_token(request)}))


def token_in(page):
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_it_is_laid_out_once(rf):
    first, second = Ask(colours=["red"]), Ask(colours=["red"])
    pages = [shown(rf, form) for form in (first, second)]
    assert all('value="red"' in page and 'action="/somewhere/"' in page for page in pages)
    assert (bool(first.built), bool(second.built)) == (True, False)


def test_each_has_a_token_of_its_own(rf):
    tokens = {token_in(shown(rf, Ask(colours=["red"]))) for _time in range(2)}
    assert len(tokens) == 2
    assert "" not in tokens


def test_what_it_depends_on_makes_another(rf):
    shown(rf, Ask(colours=["red"]))
    assert 'value="blue"' in shown(rf, Ask(colours=["blue"]))


def test_each_language_has_its_own(rf):
    shown(rf, Ask(colours=["red"]))
    in_welsh = Ask(colours=["red"])
    with override("cy"):
        shown(rf, in_welsh)
    assert in_welsh.built


def test_what_a_form_begins_with_is_shown_in_it_and_not_kept(rf):
    assert "Their words" in shown(rf, Ask(colours=["red"], initial={"words": "Their words"}))
    assert "Their words" not in shown(rf, Ask(colours=["red"]))


def test_parts_of_one_form_are_kept_apart(rf):
    for _time in range(2):
        page = shown(rf, Ask(colours=["red"]))
        assert (page.count('id="id_colour"'), page.count('id="id_words"')) == (1, 1)


def test_what_was_typed_is_shown_to_who_typed_it_and_not_kept(rf):
    shown(rf, Ask(colours=["red", "blue"]))
    typed = shown(rf, Ask({"colour": "blue"}, colours=["red", "blue"]))
    assert '<option value="blue" selected>' in typed
    assert "selected" not in shown(rf, Ask(colours=["red", "blue"]))
