"""Our quicker templates of Django's widgets write what Django's own do."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.test.html import parse_html

from ui.templatetags.ui import as_attributes

CHOICES = [("a", "A & B"), ("b", "“B”"), ("Group", [("c", "C"), (None, "None")])]
ATTRS = {"id": "id_it", "class": "w4", "data-say": 'it "is"', "required": True, "disabled": False}


@pytest.mark.parametrize(
    "widget", [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple]
)
@pytest.mark.parametrize("value", ["b", None])
def test_a_choice_is_written_as_django_writes_it(widget, value):
    drawn = [widget(choices=CHOICES).render("it", value, ATTRS, renderer) for renderer in renderers()]
    assert parse_html(drawn[0]) == parse_html(drawn[1])


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea, forms.CheckboxInput, forms.HiddenInput])
def test_a_box_is_written_as_django_writes_it(widget):
    drawn = [widget().render("it", "O'Brien <b>", ATTRS, renderer) for renderer in renderers()]
    assert parse_html(drawn[0]) == parse_html(drawn[1])


def test_what_is_true_is_its_name_alone_and_what_is_false_is_nothing():
    assert as_attributes({"checked": True, "disabled": False, "id": "<"}) == ' id="&lt;" checked'


def renderers():
    return TemplatesSetting(), DjangoTemplates()
