"""When who is reminded of what: domain.md 7 as one table. The days themselves come from the offer of each centre.

Nothing here closes or decides anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cases import allocating
from cases.enums import ReviewKind as R
from cases.models import Case, MissingEpisode, Review, Task
from centres.models import ContactPointOfCentre, PublicContact
from reminders.enums import ReminderKind as K
from reminders.enums import Stage, Whom
from reminders.sources import (
    carers,
    cases,
    centres,
    concerns,
    missing,
    referrals,
    requests,
    reviews,
    sessions,
    time,
    waiting_list,
)
from reminders.steps import after, at, at_due, at_once, before, into, step
from safeguarding.models import ConcernAction, Escalation
from sessions import awareness, reached
from sessions.models.carers import CarerSession, CarerStrand

SOON, SOONER, SOONEST, OPENS = Stage.SOON, Stage.SOONER, Stage.SOONEST, Stage.OPENS
DUE, LATE, ESCALATED = Stage.DUE, Stage.LATE, Stage.ESCALATED
DUTY, PRACTITIONER, MANAGER, SERVICE_MANAGER = Whom.DUTY, Whom.PRACTITIONER, Whom.MANAGER, Whom.SERVICE_MANAGER
OWNER = Whom.OWNER
BOTH = (PRACTITIONER, MANAGER)


@dataclass(frozen=True)
class Row:
    """A row of domain.md 7; ``number`` is empty where a row is our own (docs/decisions/0084).

    ``waits()`` is the queryset of what still waits, of the table that
    ``SUBJECTS`` names for its kind: a reminder speaks while its subject is in
    it. ``facts(on)`` are those of them that may be heard of by that day.
    """

    number: int | None
    kind: str
    waits: Callable
    facts: Callable
    steps: tuple


SCHEDULE = (
    Row(1, K.ACKNOWLEDGEMENT, *referrals.ACKNOWLEDGEMENT, (
        step(SOON, before(hours=4), DUTY),
        step(LATE, at_due, MANAGER),
        step(ESCALATED, after(working_days=1), SERVICE_MANAGER),
    )),
    Row(2, K.SAFETY_SCAN, *referrals.SAFETY_SCAN, (
        step(OPENS, at_once, DUTY),
        step(LATE, at_due, MANAGER),
    )),
    Row(3, K.SCREENING, *referrals.SCREENING, (
        step(SOON, into(working_days=1), DUTY),
        step(LATE, at_due, MANAGER),
    )),
    Row(4, K.DECISION, *referrals.DECISION, (
        step(SOON, before(working_days=2), DUTY, MANAGER),
        step(ESCALATED, after(working_days=2), SERVICE_MANAGER),
    )),
    Row(5, K.MISSING_ANSWER, *referrals.MISSING_ANSWER, (
        step(SOON, at("first_chase"), DUTY),
        step(SOONER, at("second_chase"), DUTY),
        step(ESCALATED, at("no_answer"), MANAGER),
    )),
    Row(6, K.OUTCOME_LETTER, *referrals.OUTCOME_LETTER, (
        step(SOON, before(hours=4), DUTY),
        step(LATE, after(working_days=1), MANAGER),
    )),
    Row(7, K.NO_ANSWER_YET, Escalation.objects.waiting_for_acknowledgement, concerns.unacknowledged, (
        step(DUE, at_due, OWNER),
        step(ESCALATED, into(working_days=3), Whom.SAFEGUARDING_LEAD),
    )),
    Row(8, K.ALLOCATION, allocating.to_allocate, waiting_list.to_allocate, (
        step(SOON, before(working_days=2), MANAGER),
        step(ESCALATED, after(working_days=2), SERVICE_MANAGER),
    )),
    Row(9, K.WAITING_CHECK, waiting_list.waiting, waiting_list.to_check, (
        step(SOON, before(days=2), DUTY, MANAGER),
        step(LATE, at_due, MANAGER),
        step(ESCALATED, after(weeks=1), SERVICE_MANAGER),
    )),
    Row(10, K.WAITING_REVIEW, allocating.to_review, waiting_list.to_review, (
        step(SOON, at("opens"), MANAGER),
        step(LATE, after(days=1), SERVICE_MANAGER),
    )),
    Row(10, K.LONG_WAIT, waiting_list.waiting, waiting_list.for_long, (
        step(LATE, at_due, MANAGER),
        step(ESCALATED, at("far_too_long"), SERVICE_MANAGER),
    )),
    Row(11, K.FIRST_CONTACT, reached.untried, cases.to_try, (
        step(SOON, before(working_days=1), PRACTITIONER),
        step(LATE, at_due, MANAGER),
    )),
    Row(12, K.FIRST_MEETING, reached.unmet, cases.to_meet, (
        step(SOON, before(days=3), PRACTITIONER),
        step(LATE, at_due, MANAGER),
    )),
    Row(13, K.CONSENT, Case.objects.undecided_about_taking_part, cases.to_ask_about_taking_part, (
        step(SOON, before(working_days=5), PRACTITIONER),
        step(LATE, after(working_days=1), MANAGER),
    )),
    Row(14, K.PRIVACY, Case.objects.without_privacy_information, cases.to_inform, (
        step(SOON, before(days=14), PRACTITIONER),
        step(LATE, at_due, MANAGER),
        step(ESCALATED, at_due, Whom.DATA_PROTECTION),
    )),
    Row(15, K.ASSESSMENT, cases.to_assess, cases.assess_by, (
        step(SOON, before(weeks=2), PRACTITIONER),
        step(SOONER, before(weeks=1), PRACTITIONER),
        step(LATE, at_due, MANAGER),
        step(ESCALATED, after(weeks=2), SERVICE_MANAGER),
    )),
    Row(16, K.PLAN, Case.objects.to_plan, cases.to_plan, (
        step(SOON, before(days=3), PRACTITIONER),
        step(LATE, at_due, MANAGER),
    )),
    Row(17, K.SETTLING_IN, *reviews.of(R.SETTLING_IN), (
        step(DUE, at_due, PRACTITIONER),
        step(LATE, after(weeks=1), MANAGER),
    )),
    Row(18, K.SAFE_CONTACT, Case.objects.to_confirm_contact, cases.to_confirm_contact, (
        step(DUE, at_due, PRACTITIONER),
        step(LATE, after(weeks=1), MANAGER),
    )),
    Row(19, K.PLAN_REVIEW, *reviews.of(R.SIX_WEEKLY, R.EXTENSION), (
        step(SOON, before(weeks=1), PRACTITIONER),
        step(LATE, after(weeks=1), MANAGER),
    )),
    Row(20, K.GOAL_RATING, Review.objects.lacking_ratings, cases.to_rate, (
        step(DUE, at_due, PRACTITIONER),
        step(LATE, after(weeks=1), MANAGER),
    )),
    Row(21, K.THREE_MONTH_REVIEW, *reviews.of(R.THREE_MONTH), (
        step(SOON, before(weeks=2), *BOTH),
        step(SOONER, before(weeks=1), *BOTH),
        step(ESCALATED, after(weeks=2), SERVICE_MANAGER),
    )),
    Row(22, K.CONTRIBUTION, Case.objects.to_contribute, cases.to_contribute, (
        step(SOON, before(days=14), PRACTITIONER),
        step(LATE, after(days=1), MANAGER),
    )),
    Row(23, K.SIX_MONTH_DECISION, *reviews.of(R.SIX_MONTH_DECISION), (
        step(OPENS, at("opens"), *BOTH),
        step(SOON, before(weeks=1), *BOTH),
        step(ESCALATED, at("first_months_are_over"), SERVICE_MANAGER),
    )),
    Row(24, K.MORE_TIME, requests.waiting, requests.facts, (
        step(SOON, into(working_days=3), MANAGER),
        step(ESCALATED, after(days=1), SERVICE_MANAGER),
    )),
    Row(25, K.NINE_MONTH_REVIEW, *reviews.of(R.NINE_MONTH), (
        step(SOON, before(weeks=2), MANAGER),
        step(ESCALATED, at_due, SERVICE_MANAGER),
    )),
    Row(26, K.ENDING_REVIEW, *reviews.of(R.ENDING), (
        step(DUE, at_due, PRACTITIONER),
        step(LATE, after(weeks=2), MANAGER),
    )),
    Row(27, K.TWELVE_MONTHS, time.going_on, time.near_twelve_months, (
        step(SOON, at("6_weeks_before"), *BOTH),
        step(SOONER, at("4_weeks_before"), *BOTH),
        step(SOONEST, at("2_weeks_before"), *BOTH),
        step(ESCALATED, at("past_it"), *BOTH, SERVICE_MANAGER),
    )),
    Row(28, K.DIRECT_SESSIONS, CarerStrand.objects.near_the_last, carers.near_the_last, (
        step(SOON, at("on_8"), OWNER),
        step(ESCALATED, at("on_10"), MANAGER),
    )),
    Row(29, K.AWARENESS_SESSIONS, awareness.unfinished, sessions.awareness_unfinished, (
        step(DUE, at("review"), PRACTITIONER),
    )),
    Row(30, K.SUPERVISION, Case.objects.to_supervise, cases.to_supervise, (
        step(SOON, before(weeks=1), MANAGER),
        step(ESCALATED, after(weeks=2), SERVICE_MANAGER),
    )),
    Row(31, K.UNSIGNED_SESSION, sessions.unfinished, sessions.to_finish, (
        step(SOON, into(working_days=1), OWNER),
        step(LATE, into(working_days=5), MANAGER),
    )),
    Row(31, K.UNSIGNED_CONTACT, CarerSession.objects.to_finish, carers.to_finish, (
        step(SOON, into(working_days=1), OWNER),
        step(LATE, into(working_days=5), MANAGER),
    )),
    Row(32, K.MISSED_SESSION, Task.objects.following_up, sessions.to_follow_up, (
        step(DUE, into(hours=2), OWNER),
        step(LATE, after(days=1), MANAGER),
    )),
    Row(33, K.MISSED_IN_A_ROW, Task.objects.after_missed_in_a_row, sessions.missed_in_a_row, (
        step(OPENS, at_once, *BOTH),
    )),
    Row(34, K.MISSING, MissingEpisode.objects.still_missing, missing.still_missing, (
        step(DUE, at("daily"), *BOTH),
    )),
    Row(35, K.RETURN_TALK, MissingEpisode.objects.awaiting_return_conversation, missing.to_talk_with, (
        step(OPENS, at_once, PRACTITIONER),
        step(SOON, into(hours=48), PRACTITIONER),
        step(LATE, at_due, MANAGER),
    )),
    Row(36, K.NO_CONTACT, reached.unheard_of, cases.to_hear_of, (
        step(SOON, before(days=4), PRACTITIONER),
        step(LATE, after(weeks=1), MANAGER),
    )),
    Row(37, K.COMING_OF_AGE, Case.objects.coming_of_age, cases.coming_of_age, (
        step(SOON, before(days=60), PRACTITIONER),
        step(SOONER, before(days=14), PRACTITIONER),
        step(LATE, after(days=1), MANAGER),
    )),
    Row(37, K.TOO_OLD, Case.objects.growing_too_old, cases.growing_too_old, (
        step(SOON, before(days=60), PRACTITIONER),
        step(SOONER, before(days=14), *BOTH),
    )),
    Row(39, K.CONCERN_ACTION, ConcernAction.objects.owed, concerns.owed, (
        step(SOON, before(days=1), OWNER),
        step(ESCALATED, after(days=1), Whom.SAFEGUARDING_LEAD),
    )),
    Row(44, K.CLOSING, Case.objects.past_their_last_day, cases.to_close, (
        step(SOON, at("not_proposed"), PRACTITIONER),
        step(LATE, at_due, MANAGER),
    )),
    Row(45, K.CHECK_IN, Case.objects.owing_a_check_in, cases.to_check_in, (
        step(DUE, at_due, OWNER),
        step(LATE, at("last"), MANAGER),
    )),
    Row(47, K.CONTACT_POINT, ContactPointOfCentre.objects.to_verify, centres.to_verify, (
        step(DUE, at_due, Whom.CENTRE_ADMIN),
        step(ESCALATED, after(weeks=2), Whom.SYSTEM_ADMIN),
    )),
    Row(48, K.PUBLIC_CONTACT, PublicContact.objects.to_check, centres.to_check, (
        step(DUE, at_due, Whom.SYSTEM_ADMIN),
    )),
    Row(49, K.REST, Case.objects.resting, cases.to_look_at_rest, (
        step(SOON, before(days=4), PRACTITIONER),
        step(LATE, after(days=1), MANAGER),
    )),
    Row(None, K.PLANNED_END, time.going_on, time.past_planned_end, (
        step(LATE, after(days=1), *BOTH),
        step(ESCALATED, after(days=8), SERVICE_MANAGER),
    )),
)  # fmt: skip

# Rows of domain.md 7 of which nothing stands yet that could wait: each comes with what it is about.
LATER = {
    38: "dates of court and bail are not kept",
    40: "breaking the glass",
    41: "requests to see what is held",
    42: "complaints about data",
    43: "complaints about the service",
    46: "retention",
    50: "checking in from a visit alone",
}
