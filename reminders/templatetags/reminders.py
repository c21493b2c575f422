"""Reminders in a letter."""

from django import template

from reminders import letter_words

register = template.Library()
register.filter("in_words", letter_words.told)
