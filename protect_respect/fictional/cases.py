"""The cases of the demonstration: from the day of allocation to the middle of an assessment, and one left behind."""

from protect_respect.fictional.casework import Casework
from protect_respect.fictional.story import Story
from referrals.enums import Outcome, Priority


def make(team, people):
    """Told at one centre, which has practitioners. Returns the cases."""
    told = [_new, _met_twice, _assessed, _said_no, _without_a_practitioner]
    return [story(team, number, people).case for number, story in enumerate(told, start=60)]


def _allocated(team, number, people, **young_person):
    story = Story(team, number, age=14 + number % 5, **young_person).later(hours=3).screened()
    story.prioritised(Priority.SOON).later(days=1).decided(Outcome.ACCEPTED_ALLOCATE).later(days=2)
    return Casework(story, by=people["manager"], lead=people["practitioner"])


def _new(team, number, people):
    return _allocated(team, number, people).later(hours=3)


def _met_twice(team, number, people):
    return _allocated(team, number, people).later(days=1).not_reached().later(days=2).reached().later(days=4).noted()


def _assessed(team, number, people):
    work = _allocated(team, number, people).later(days=2).reached().later(days=5).consented()
    return work.later(days=3).assessment_begun().later(days=4).noted().later(days=1)


def _said_no(team, number, people):
    work = _allocated(team, number, people).later(days=2).reached().later(days=5).consented()
    return work.later(days=20).noted().later(days=2).said_no().later(days=1)


def _without_a_practitioner(team, number, people):
    return _allocated(team, number, people).later(days=3).reached().later(days=6).left().later(days=1)
