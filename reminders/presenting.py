"""Reminders in words. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.presenting import who_words
from reminders.enums import OF_A_REQUEST, OF_A_REVIEW
from ui.times import day_and_date


def lines(reminders, *, today):
    """One line for each thing, however many stages speak of it, the first due first."""
    shown = {}
    for reminder in reminders:
        shown.setdefault(reminder.subject, _line(reminder, today))
    return list(shown.values())


def _line(reminder, today):
    case, day = reminder.case, {"day": day_and_date(reminder.due_on)}
    is_late = reminder.due_on < today
    return {
        "pk": reminder.pk,
        "reference": case.reference,
        "url": _address(reminder),
        "who": who_words(case.young_person, today),
        "what": reminder.get_kind_display(),
        "due": _("was due on %(day)s") % day if is_late else _("due on %(day)s") % day,
        "is_late": is_late,
    }


def _address(reminder):
    reference = reminder.case.reference
    if reminder.kind in OF_A_REQUEST:
        return reverse("cases:extension", args=[reference, reminder.request_id])
    return reverse("cases:reviews" if reminder.kind in OF_A_REVIEW else "cases:case", args=[reference])
