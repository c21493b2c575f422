"""Reminders in words. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases import due_in_words
from reminders.enums import SUBJECT_OF, ReminderKind

WITH_THE_LIST = (  # which a manager sees to on the page of who waits for a practitioner
    ReminderKind.ALLOCATION,
    ReminderKind.WAITING_CHECK,
    ReminderKind.WAITING_REVIEW,
    ReminderKind.LONG_WAIT,
)
# Where something of a case is done, and whether each has a page of its own.
PAGES = {
    "case": ("cases:case", False),
    "review": ("cases:reviews", False),
    "request": ("cases:extension", True),
    "session": ("sessions:session", True),
    "task": ("cases:tasks", False),
    "missing": ("cases:missing_episode", True),
}


def lines(reminders, *, today, allocates=False):
    """One line for each thing, however many stages speak of it, the first due first.

    ``allocates``: whether they have the page of who waits for a practitioner.
    """
    shown = {}
    for reminder in reminders:
        shown.setdefault(reminder.subject, _line(reminder, today, allocates))
    return list(shown.values())


def beside(lines, others):
    """``lines`` with the ``others`` that none of them says already: a colleague named the day on which they look."""
    said = {(line["reference"], line["what"]) for line in lines}
    return [*lines, *(other for other in others if (other["reference"], other["what"]) not in said)]


def _line(reminder, today, allocates):
    words = {"what": reminder.get_kind_display(), "url": _address(reminder, allocates)}
    about = reminder.referral or reminder.case
    return due_in_words.line(about, due_on=reminder.due_on, today=today, pk=reminder.pk, **words)


def _address(reminder, allocates):
    if reminder.referral_id:
        page = "cases:waiting" if allocates and reminder.kind in WITH_THE_LIST else "triage:referral"
        return reverse(page, args=[] if page == "cases:waiting" else [reminder.referral.reference])
    page, has_own = PAGES[SUBJECT_OF[reminder.kind]]
    own = [getattr(reminder, f"{SUBJECT_OF[reminder.kind]}_id")] if has_own else []
    return reverse(page, args=[reminder.case.reference, *own])


def parts(lines, *, today):
    """What is late or due today, and what comes."""
    return {
        "due": [line for line in lines if line["on"] <= today],
        "coming": [line for line in lines if line["on"] > today],
    }


def team_row(person, counts):
    """A colleague, and how much waits for them."""
    return {
        "name": person.full_name,
        "url": f"{reverse('reminders:team')}?who={person.pk}",
        "late": counts["late"],
        "words": " · ".join(words for words in _counted(counts) if words) or _("Nothing waits."),
    }


def _counted(counts):
    yield counts["late"] and _("%(number)d late") % {"number": counts["late"]}
    yield counts["today"] and _("%(number)d due today") % {"number": counts["today"]}
    yield counts["coming"] and _("%(number)d coming") % {"number": counts["coming"]}
