"""Reminders in words. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse

from cases import due_in_words
from reminders.enums import SUBJECT_OF


def lines(reminders, *, today):
    """One line for each thing, however many stages speak of it, the first due first."""
    shown = {}
    for reminder in reminders:
        shown.setdefault(reminder.subject, _line(reminder, today))
    return list(shown.values())


def _line(reminder, today):
    words = {"what": reminder.get_kind_display(), "url": _address(reminder)}
    return due_in_words.line(reminder.case, due_on=reminder.due_on, today=today, pk=reminder.pk, **words)


def _address(reminder):
    reference = reminder.case.reference
    if reminder.request_id:
        return reverse("cases:extension", args=[reference, reminder.request_id])
    return reverse("cases:reviews" if SUBJECT_OF[reminder.kind] == "review" else "cases:case", args=[reference])
