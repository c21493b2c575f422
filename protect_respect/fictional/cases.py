"""The cases of the demonstration: from the day of allocation to a support that is past its end, and one left behind."""

from cases.enums import Occasion
from protect_respect.fictional import parents
from protect_respect.fictional.casework import Casework
from protect_respect.fictional.story import Story
from referrals.enums import Outcome, Priority
from sessions.enums import SessionKind


def make(team, people):
    """Told at one centre, which has practitioners. Returns the cases."""
    told = [_new, _met_twice, _assessed, _said_no, _without_a_practitioner]
    told += [_being_planned, _in_support, _asks_for_more_time, _past_its_end]
    return [story(team, number, people).told_to_its_end().case for number, story in enumerate(told, start=60)]


def _allocated(team, number, people, **young_person):
    story = Story(team, number, age=14 + number % 5, **young_person).later(hours=3).screened()
    story.prioritised(Priority.SOON).later(days=1).decided(Outcome.ACCEPTED_ALLOCATE).later(days=2)
    return Casework(story, by=people["manager"], lead=people["practitioner"])


def _new(team, number, people):
    return _allocated(team, number, people).later(hours=3).meets(days=2, kind=SessionKind.FIRST_CONTACT)


def _met_twice(team, number, people):
    work = _allocated(team, number, people).later(days=1).not_reached().later(days=2).reached()
    return work.later(days=4).noted().meets(days=3, kind=SessionKind.CONSENT_CONVERSATION)


def _assessed(team, number, people):
    work = _allocated(team, number, people).later(days=2).reached().later(days=5).consented()
    work = work.later(days=3).assessment_begun().later(days=4).noted().later(days=1)
    return work.meets(days=1, kind=SessionKind.ASSESSMENT)


def _said_no(team, number, people):
    """What was planned is cancelled by it."""
    work = _allocated(team, number, people).later(days=2).reached().later(days=5).consented()
    return work.later(days=20).noted().meets(days=3, weeks=1, times=4).later(days=2).said_no().later(days=1)


def _without_a_practitioner(team, number, people):
    return _allocated(team, number, people).later(days=3).reached().later(days=6).left().later(days=1)


def _being_planned(team, number, people):
    return _signed(team, number, people).later(days=2)


def _in_support(team, number, people):
    """In its eighth week: two of the three awareness sessions are behind them, and they meet every week.

    Once nobody brought them, one session is not signed yet, and nobody has said yet what came of the last.
    They were missing for a night, the day before yesterday: somebody is to talk with them about it.
    Their mother has somebody of her own; their father said no.
    """
    work = _supported(team, number, people)
    mother = parents.are_told_of(work, people["carer.practitioner"])
    for topics in (("healthy_relationships", "consent"), ("internet_safety",)):
        work.met(kind=SessionKind.AWARENESS_RAISING).held(*topics).later(days=5)
    work.met().not_brought().later(days=5).met().held(signed=False).later(days=5)
    work.met().missing().later(hours=6).came_back().later(hours=50).meets(days=1, weeks=1, times=4)
    parents.has_met(mother, people["carer.practitioner"])
    return work


def _asks_for_more_time(team, number, people):
    """In its sixth month, with the request still to be decided."""
    return _supported(team, number, people).later(days=130).noted().later(days=3).asked_for_more_time()


def _past_its_end(team, number, people):
    return _supported(team, number, people).later(days=170).noted().later(days=3)


def _signed(team, number, people):
    work = _allocated(team, number, people).later(days=2).reached().later(days=5).consented()
    return work.later(days=3).assessment_begun().later(days=14).assessed()


def _supported(team, number, people):
    work = _signed(team, number, people).later(days=7).planned().rated(Occasion.START, 2, 3)
    work = work.met().held().later(days=12).reviewed()
    return work.later(days=7).noted().later(days=1).rated(Occasion.REVIEW, 4, 3)
