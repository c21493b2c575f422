"""The word for an answer: ``row.get_kind_display()``, without translating the words for all other answers."""

from django.db import models
from django.utils.encoding import force_str


def label(row, field):
    """As ``Model._get_FIELD_display``, which makes a dictionary of all choices and so says each in words, every time.

    A week of a diary asks a hundred times, of seventeen kinds: that was a third of its page.
    """
    value = getattr(row, field.attname)
    found = next((words for known, words in field.flatchoices if known == value), value)
    return force_str(found, strings_only=True)


def install():
    models.Model._get_FIELD_display = label
