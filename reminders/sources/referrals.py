"""Referrals on their way to a decision: rows 1 to 6.

That we have it, and what came of it, is told to the referrer by a letter which
the act itself owes. A person is asked only where that letter has not left.
"""

from datetime import timedelta

from centres import working_days
from referrals.models import Question, Referral
from reminders.sources.places import of_referral
from reminders.steps import Fact, day_of

NEAR = timedelta(days=10)  # two working days, over Christmas and Easter too
READ = ("status", "centre", "subject", "owner", "offer", "submitted_at", "decide_by", "decided_at")


def _of(waits, fact, *settings):
    """The two questions that a row asks; ``fact`` makes one of a referral and its offer's ``settings``."""
    columns = [*READ, *(f"offer__{name}" for name in settings)]

    def facts(_on):
        return map(fact, waits().select_related("offer").only(*columns))

    return waits, facts


def _fact(referral, due, *, begins=None, **moments):
    place, begins = of_referral(referral), begins or referral.submitted_at
    return Fact(of={"referral": referral.pk}, place=place, due=due, begins=begins, moments=moments)


def _acknowledge(referral):
    days = referral.offer.acknowledge_working_days
    return _fact(referral, working_days.due_at(referral.submitted_at, working_days=days))


def _see_how_safe(referral):
    return _fact(referral, working_days.hours_after(referral.submitted_at, referral.offer.safety_scan_working_hours))


def _screen(referral):
    days = referral.offer.screen_working_days
    return _fact(referral, working_days.due_at(referral.submitted_at, working_days=days))


def near_decision(on):
    """By the clock of the referral, which stands still while its referrer is asked."""
    near = Referral.objects.undecided().filter(decide_by__date__lte=on + NEAR)
    return (_fact(referral, referral.decide_by) for referral in near.only(*READ))


def _tell(referral):
    days = referral.offer.tell_outcome_working_days
    due = working_days.due_at(referral.decided_at, working_days=days)
    return _fact(referral, due, begins=referral.decided_at)


ACKNOWLEDGEMENT = _of(Referral.objects.unacknowledged, _acknowledge, "acknowledge_working_days")
SAFETY_SCAN = _of(Referral.objects.not_begun, _see_how_safe, "safety_scan_working_hours")
SCREENING = _of(Referral.objects.unscreened, _screen, "screen_working_days")
OUTCOME_LETTER = _of(Referral.objects.untold, _tell, "tell_outcome_working_days")


def unanswered(_on):
    """Asked again on the days of the offer, counted from the question; then a manager decides how to go on."""
    asked = Question.objects.open().filter(referral__in=Referral.objects.unanswered())
    for question in asked.select_related("referral__offer"):
        referral, offer, day = question.referral, question.referral.offer, day_of(question.asked_at)
        yield _fact(
            referral,
            question.due_on,
            begins=day,
            first_chase=working_days.after(day, offer.chase_first_working_days),
            second_chase=working_days.after(day, offer.chase_second_working_days),
            no_answer=working_days.after(day, offer.chase_manager_working_days),
        )


DECISION = (Referral.objects.undecided, near_decision)
MISSING_ANSWER = (Referral.objects.unanswered, unanswered)
