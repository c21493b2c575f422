"""The word for an answer is the one that Django would say."""

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.hashable import make_hashable

CHOSEN = [
    (model, field)
    for model in apps.get_models()
    if not model.__module__.startswith(("django", "allauth"))
    for field in model._meta.concrete_fields
    if field.choices
]


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_each_answer_of_each_model_has_its_word(language):
    assert len(CHOSEN) > 100
    with translation.override(language):
        for model, field in CHOSEN:
            for value in [*(known for known, _words in field.flatchoices), "of no list", "", None]:
                row = model(**{field.attname: value})
                said = getattr(row, f"get_{field.name}_display")()
                assert said == djangos(row, field), f"{model.__name__}.{field.name} of {value!r}"


def djangos(row, field):
    """``Model._get_FIELD_display`` as Django has it."""
    value = getattr(row, field.attname)
    return force_str(dict(make_hashable(field.flatchoices)).get(make_hashable(value), value), strings_only=True)
