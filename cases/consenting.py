"""What the ledger of consent says, and who decides at what age. Pure functions over events; asks the database nothing.

The ledger is read in the order in which things happened. The database's own
reading of the service's state is ``CaseQuerySet.with_consent``; a test holds
the two against each other.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from cases.enums import (
    AGREED_NOW,
    AGREES,
    ALWAYS_EXPLAINED,
    DECIDES,
    NEEDS_NO_CONSENT,
    SAYS_NO,
    STOPPED,
    ConsentPurpose,
    ConsentState,
    ConsentStep,
    DecisionBasis,
    ParentalAnswer,
    SharingDecision,
)
from people.ages import birthday
from referrals.enums import DeliveryMode

WORDING_VERSION = "2026-11"
REVIEW_AFTER = timedelta(weeks=6)  # with each review of the plan
CAUTIOUS_UNDER = 13  # below it a parent is normally asked too; no age at which anybody may consent
CAPACITY_FROM, ADULT = 16, 18

S, B, E = ConsentState, DecisionBasis, ConsentStep
ENDS = (*SAYS_NO, E.NOT_ABLE_TO_DECIDE_NOW)


def bases_at(age):
    """On what their answer may rest: competence for this decision under 16, presumed capacity from 16, theirs alone
    from 18 (domain.md 2.6)."""
    if age < CAPACITY_FROM:
        return (B.GILLICK_COMPETENT, B.PARENTAL_ONLY)
    if age < ADULT:
        return (B.CAPACITY_PRESUMED, B.CAPACITY_ASSESSED, B.BEST_INTERESTS)
    return (B.CAPACITY_PRESUMED, B.CAPACITY_ASSESSED)


def needs_parental_view(age):
    """Whether yes needs a parent's view on file, or the reason why there is none."""
    return age < CAUTIOUS_UNDER


def parental_answers_at(age):
    """An adult's parents are not asked; before that, somebody is asked or a reason is given."""
    adult = ParentalAnswer.NOT_APPLICABLE_18_PLUS
    return (adult,) if age >= ADULT else tuple(answer for answer in ParentalAnswer if answer != adult)


def review_by(born, day, wanted=None):
    """The day on which consent is talked about again: as wanted or in six weeks, and on the 16th and 18th birthday
    at the latest."""
    wanted = wanted or day + REVIEW_AFTER
    birthdays = [birthday(born, age) for age in (CAPACITY_FROM, ADULT)] if born else []
    return min([wanted, *(turns for turns in birthdays if turns > day)])


def in_order(events):
    """As it happened, not as it was typed."""
    return sorted(events, key=lambda event: (event.at, event.pk))


def until(events, moment):
    """What had happened at a moment, or by the end of a day."""
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return [event for event in events if timezone.localdate(event.at) <= moment]
    return [event for event in events if event.at <= moment]


def standing(events, purpose=ConsentPurpose.SERVICE):
    """The event that says what is agreed to now, or nothing. *Renewed* lets the last one stand again."""
    stands = last = None
    for event in in_order(events):
        if event.purpose != purpose:
            continue
        if event.event in AGREES:
            stands = last = event
        elif event.event in ENDS:
            stands = None
        elif event.event == E.RENEWED:
            stands = last
    return stands


def state_of(step, agreed, review_on, day):
    """From the last event that decided, the last that agreed, and the day on which it is talked about again."""
    if step == E.WITHDRAWN:
        return S.WITHDRAWN
    if step == E.DECLINED:
        return S.REFUSED
    if step == E.NOT_ABLE_TO_DECIDE_NOW:
        return S.CANNOT_DECIDE
    if step not in (*AGREES, E.RENEWED) or not agreed:
        return S.NOT_ASKED
    if review_on is not None and review_on <= day:
        return S.REVIEW_DUE
    return S.GIVEN_IN_PART if agreed == E.GIVEN_PARTIAL else S.GIVEN


def state(events, day, purpose=ConsentPurpose.SERVICE):
    """Where one purpose stands on a day."""
    told = [event for event in in_order(events) if event.purpose == purpose]
    decided = [event.event for event in told if event.event in DECIDES]
    agreed = [event.event for event in told if event.event in AGREES]
    reviews = [event.review_on for event in told if event.review_on is not None]
    return state_of(decided[-1] if decided else "", agreed[-1] if agreed else "", reviews[-1] if reviews else None, day)


def covers(events, kind, mode, day):
    """Whether direct work of a ``kind`` may happen in a ``mode`` at the end of ``day``, or at a moment (R-nat-12).

    ``kind`` is a ``WorkKind``, or one that needs no consent; ``mode`` a
    ``DeliveryMode``. A conversation that is due again takes nothing away: it
    prompts, and the young person's yes stands until they say otherwise.
    """
    if kind in NEEDS_NO_CONSENT:
        return True
    events = until(events, day)
    agreed = standing(events)
    if agreed is None or not set(ALWAYS_EXPLAINED) <= set(agreed.explained):
        return False
    if agreed.event == E.GIVEN_PARTIAL and kind not in agreed.kinds:
        return False
    if mode == DeliveryMode.VIDEO:
        return standing(events, ConsentPurpose.REMOTE_VIDEO) is not None
    return mode in agreed.modes


def preferences(rows):
    """What they said last for each scope, recipient and topic. What was shared without agreement changes no answer."""
    said = {}
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        if row.decision != SharingDecision.SHARED_WITHOUT_AGREEMENT:
            said[row.scope, row.recipient, row.topic] = row
    return said


def disagree(consent, parental):
    """Young person and parent said different things: a manager looks at it, and it blocks nothing."""
    if consent in AGREED_NOW:
        return parental == ParentalAnswer.AWARE_DISAGREES
    return consent in STOPPED and parental == ParentalAnswer.AGREES
