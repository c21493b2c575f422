"""What staff are reminded of, and how far a reminder has gone (domain.md 7)."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    # A referral
    ACKNOWLEDGEMENT = "acknowledgement", _("The letter that we have it has not left")
    SAFETY_SCAN = "safety_scan", _("Read how safe they are now")
    SCREENING = "screening", _("Screening")
    DECISION = "decision", _("Decision")
    MISSING_ANSWER = "missing_answer", _("The referrer’s answer")
    OUTCOME_LETTER = "outcome_letter", _("The letter about the outcome has not left")
    # Accepted, and waiting for a practitioner
    ALLOCATION = "allocation", _("A practitioner is to be found")
    WAITING_CHECK = "waiting_check", _("Ask how they are while they wait")
    WAITING_REVIEW = "waiting_review", _("Look at their place on the waiting list")
    LONG_WAIT = "long_wait", _("They have waited for weeks")
    # Casework with a young person
    FIRST_CONTACT = "first_contact", _("Try to reach them for the first time")
    FIRST_MEETING = "first_meeting", _("Meet them for the first time")
    CONSENT = "consent", _("Talk about taking part")
    PRIVACY = "privacy", _("Tell them what we hold about them")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Agree the plan")
    SAFE_CONTACT = "safe_contact", _("Ask again how we reach them safely")
    GOAL_RATING = "goal_rating", _("Rate the goals that you looked at in the review")
    CONTRIBUTION = "contribution", _("Work with the others around them")
    SUPERVISION = "supervision", _("Case supervision")
    NO_CONTACT = "no_contact", _("Nobody has met or spoken to them")
    COMING_OF_AGE = "coming_of_age", _("They turn 16 or 18: talk about taking part and sharing")
    TOO_OLD = "too_old", _("They grow too old for the service: plan what comes after")
    CLOSING = "closing", _("Finish the ending")
    CHECK_IN = "check_in", _("Ask how they are after the ending")
    REST = "rest", _("The work rests: look whether it goes on")
    # Sessions
    AWARENESS_SESSIONS = "awareness_sessions", _("Awareness sessions are not finished")
    UNSIGNED_SESSION = "unsigned_session", _("Write down and sign the session")
    MISSED_SESSION = "missed_session", _("Follow up the session that did not happen")
    MISSED_IN_A_ROW = "missed_in_a_row", _("Sessions in a row did not happen: think about another way")
    # Parents and carers
    DIRECT_SESSIONS = "direct_sessions", _("Direct sessions come to their end: talk about what comes after")
    UNSIGNED_CONTACT = "unsigned_contact", _("Write down and sign the contact")
    # Concerns
    NO_ANSWER_YET = "no_answer_yet", _("Nobody there has said that they have it: ask again")
    CONCERN_ACTION = "concern_action", _("Something is to be done about it")
    # The configuration
    CONTACT_POINT = "contact_point", _("Ring it: is it still right?")
    PUBLIC_CONTACT = "public_contact", _("Check it: is it still right?")
    # Missing
    MISSING = "missing", _("They are missing")
    RETURN_TALK = "return_talk", _("Return conversation")
    # The time of support
    SETTLING_IN = "settling_in", _("Settling in")
    PLAN_REVIEW = "plan_review", _("Plan review")
    THREE_MONTH_REVIEW = "three_month_review", _("Three-month review")
    SIX_MONTH_DECISION = "six_month_decision", _("Six-month decision")
    NINE_MONTH_REVIEW = "nine_month_review", _("Nine-month review")
    ENDING_REVIEW = "ending_review", _("Ending review")
    MORE_TIME = "more_time", _("More time is asked for")
    PLANNED_END = "planned_end", _("Past the planned end")
    TWELVE_MONTHS = "twelve_months", _("Twelve months")


K = ReminderKind

# The column that says what a reminder is about: everything of one kind is about rows of one table.
SUBJECTS = {
    "referral": (
        K.ACKNOWLEDGEMENT,
        K.SAFETY_SCAN,
        K.SCREENING,
        K.DECISION,
        K.MISSING_ANSWER,
        K.OUTCOME_LETTER,
        K.ALLOCATION,
        K.WAITING_CHECK,
        K.WAITING_REVIEW,
        K.LONG_WAIT,
    ),
    "review": (
        K.SETTLING_IN,
        K.PLAN_REVIEW,
        K.THREE_MONTH_REVIEW,
        K.SIX_MONTH_DECISION,
        K.NINE_MONTH_REVIEW,
        K.ENDING_REVIEW,
        K.GOAL_RATING,
    ),
    "request": (K.MORE_TIME,),
    "session": (K.UNSIGNED_SESSION,),
    "strand": (K.DIRECT_SESSIONS,),
    "contact": (K.UNSIGNED_CONTACT,),
    "escalation": (K.NO_ANSWER_YET,),
    "action": (K.CONCERN_ACTION,),
    "contact_point": (K.CONTACT_POINT,),
    "public_contact": (K.PUBLIC_CONTACT,),
    "task": (K.MISSED_SESSION, K.MISSED_IN_A_ROW),
    "missing": (K.MISSING, K.RETURN_TALK),
    "case": (
        K.FIRST_CONTACT,
        K.FIRST_MEETING,
        K.CONSENT,
        K.PRIVACY,
        K.ASSESSMENT,
        K.PLAN,
        K.SAFE_CONTACT,
        K.CONTRIBUTION,
        K.SUPERVISION,
        K.NO_CONTACT,
        K.COMING_OF_AGE,
        K.TOO_OLD,
        K.CLOSING,
        K.CHECK_IN,
        K.REST,
        K.AWARENESS_SESSIONS,
        K.PLANNED_END,
        K.TWELVE_MONTHS,
    ),
}
SUBJECT_OF = {kind: column for column, kinds in SUBJECTS.items() for kind in kinds}
OF_A_CASE = ("review", "request", "session", "task", "missing", "case")  # which name their case beside them


MOST_SNOOZES = 2  # of one thing, by one person (domain.md 7)
MOST_SNOOZE_DAYS = 7
LONG_LATE_DAYS = MOST_SNOOZES * MOST_SNOOZE_DAYS  # as late as two times make what was due today: no further
NEVER_PUT_OFF = (
    K.SAFETY_SCAN,
    K.MISSING,
    K.RETURN_TALK,
    K.NO_ANSWER_YET,
    K.CONCERN_ACTION,
)  # what is about somebody's safety today


class Stage(models.TextChoices):
    """How far it has gone: each later one is heard by somebody further away, or nearer to the day."""

    OPENS = "opens", _("It can be done")
    SOON = "soon", _("It is due soon")
    SOONER = "sooner", _("It is due sooner")
    SOONEST = "soonest", _("It is due very soon")
    DUE = "due", _("It is due")
    LATE = "late", _("It is late")
    ESCALATED = "escalated", _("It is late, and more people hear of it")


class Whom(Enum):
    """Who hears of it: by their part in the work, or their role at its centre."""

    PRACTITIONER = auto()  # lead or cover of the case
    OWNER = auto()  # the one colleague whose it is; where it is nobody's, who works on the case
    DUTY = auto()  # whom the referral is with, else who is on duty at the centre
    MANAGER = auto()
    SERVICE_MANAGER = auto()
    SAFEGUARDING_LEAD = auto()
    CENTRE_ADMIN = auto()
    SYSTEM_ADMIN = auto()
    DATA_PROTECTION = auto()
