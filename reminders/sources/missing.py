"""Young people who are missing, or are back: rows 34 and 35."""

from cases.models import MissingEpisode
from reminders.sources.places import of_case
from reminders.steps import Fact


def still_missing(on):
    """Each day anew, and none of the days that passed is made up for."""
    return (_fact(episode, on, daily=on) for episode in _read(MissingEpisode.objects.still_missing()))


def to_talk_with(_on):
    waiting = _read(MissingEpisode.objects.awaiting_return_conversation(), "until_at")
    return (_fact(episode, episode.due_at, begins=episode.until_at) for episode in waiting)


def _read(found, *columns):
    return found.select_related("case").only("case__centre", "case__subject", *columns)


def _fact(episode, due, *, begins=None, **moments):
    of = {"case": episode.case_id, "missing": episode.pk}
    return Fact(of=of, place=of_case(episode.case), due=due, begins=begins, moments=moments)
