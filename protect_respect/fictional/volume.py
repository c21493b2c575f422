"""Many fictional referrals at once, for measuring: rows as years of work leave them (``bulk.py``).

The operations are not used: a hundred thousand lives told one act at a time
would take hours.
"""

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import connection
from django.utils import timezone

from audit.models import AuditEvent
from centres import working_days
from outbox.models import Message
from people.enums import SubjectKind
from people.models import DataSubject
from people.search_keys import keys_for
from protect_respect.fictional import answers
from protect_respect.fictional.bulk import CHUNK, one_act, reserved, write
from referrals.enums import (
    ACCEPTS,
    ALWAYS_BY_TWO,
    DOES_NOT_ACCEPT,
    ENDED,
    STATUS_AFTER,
    WITHDRAWS,
    Danger,
    Outcome,
    Priority,
    ReferralStatus,
    SecondPersonReason,
)
from referrals.models import (
    Decision,
    NotAcceptedReason,
    Note,
    Referral,
    ReferredYoungPerson,
    SafetyAnswers,
    StatusChange,
)
from referrals.references import LETTERS
from safeguarding.enums import ConcernStatus, Severity
from safeguarding.models import Concern

OPEN_SHARE = 0.015
YEARS = 5
DUPLICATES = (Outcome.DUPLICATE_MERGED,)
ENDINGS = (ACCEPTS, DOES_NOT_ACCEPT, WITHDRAWS, DUPLICATES)
SHARES = (0.58, 0.27, 0.10, 0.05)
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]


@dataclass(frozen=True)
class Ground:
    """What every row refers to, read once."""

    chance: random.Random
    teams: list
    offers: dict
    reason: NotAcceptedReason
    taken: set  # references
    now: object
    open_share: float


def make(number, *, teams, open_share=OPEN_SHARE, say=lambda _count: None):
    """Add ``number`` referrals, shared out among the ``teams``; ``open_share`` of them wait for work."""
    there = Referral.objects.count()
    ground = Ground(
        chance=random.Random(there),  # noqa: S311 -- the same rows each time is the point
        teams=teams,
        offers={team.centre.pk: team.centre.offers.get() for team in teams},
        reason=NotAcceptedReason.objects.filter(centre=None).first(),
        taken=set(Referral.objects.values_list("reference", flat=True)),
        now=timezone.now(),
        open_share=open_share,
    )
    for first in range(there, there + number, CHUNK):
        _make_chunk(ground, range(first, min(first + CHUNK, there + number)))
        say(min(first + CHUNK, there + number) - there)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; ANALYZE; RESET statement_timeout")


def _make_chunk(ground, numbers):
    with one_act():
        keys = zip(numbers, reserved(DataSubject, len(numbers)), reserved(Referral, len(numbers)), strict=True)
        write(row for ids in keys for row in _life(ground, *ids))


def _life(ground, number, subject_id, referral_id):
    """All rows of one referral; each kind always after those it points to."""
    team = ground.teams[number % len(ground.teams)]
    outcome = None
    if ground.chance.random() >= ground.open_share:
        outcome = ground.chance.choice(ground.chance.choices(ENDINGS, SHARES)[0])
    referral = _referral(ground, team, number, outcome, pk=referral_id, subject_id=subject_id)
    first, last = answers.FIRST_NAMES[referral.scheme][number % 11], _surname(ground.chance)
    born = (ground.now - timedelta(days=ground.chance.randint(4_100, 7_200))).date()
    yield DataSubject(
        pk=subject_id, kind=SubjectKind.YOUNG_PERSON, centre=team.centre, date_of_birth=born,
        is_restricted=ground.chance.random() < 0.002, created_at=referral.submitted_at,
        **vars(keys_for(given_name=first, surname=last)),
    )  # fmt: skip
    yield referral
    said = answers.young_person(number, scheme=referral.scheme, first_name=first, last_name=last, date_of_birth=born)
    yield ReferredYoungPerson(referral_id=referral_id, **said)
    yield SafetyAnswers(referral_id=referral_id, **answers.safety(number))
    yield from _work(ground, team, referral, outcome)
    yield from _letters(referral, ground.now)
    if referral.danger == Danger.YES:
        yield _concern(team, referral)


def _referral(ground, team, number, outcome, **keys):
    offer = ground.offers[team.centre.pk]
    days = ground.chance.uniform(0, 12) if outcome is None else ground.chance.uniform(12, 365 * YEARS)
    submitted_at = ground.now - timedelta(days=days)
    status = STATUS_AFTER[outcome] if outcome else _open_status(ground.chance)
    is_new = status == ReferralStatus.SUBMITTED
    danger = Danger.YES if ground.chance.random() < 0.03 else Danger.NO
    return Referral(
        reference=_reference(ground), form_token=uuid.UUID(int=ground.chance.getrandbits(128), version=4),
        centre=team.centre, offer=offer, scheme=offer.scheme, status=status,
        priority="" if is_new else ground.chance.choice(Priority.values), owner=None if is_new else team.duty,
        submitted_at=submitted_at, decide_by=working_days.due_at(submitted_at, working_days=5),
        decided_at=submitted_at + timedelta(days=5) if outcome else None,
        referrer_email=f"referrer{ground.chance.randint(1, 20_000)}@agency.example",
        **keys, **answers.referral(team, number, scheme=offer.scheme, danger=danger),
    )  # fmt: skip


def _open_status(chance):
    return chance.choices([ReferralStatus.SUBMITTED, ReferralStatus.SCREENING], [0.3, 0.7])[0]


def _reference(ground):
    """Drawn again when taken, as the product does; among many thousands that happens."""
    for _try in count():
        drawn = "".join(ground.chance.choices(LETTERS, k=6))
        reference = f"PR-{drawn[:4]}-{drawn[4:]}"
        if reference not in ground.taken:
            ground.taken.add(reference)
            return reference
    raise AssertionError


def _surname(chance):
    """Many different ones, so that looking for one is as hard as in life; none of them anybody's."""
    return f"Example-{''.join(chance.choices(SYLLABLES, k=4)).title()}"


def _work(ground, team, referral, outcome):
    """What colleagues did, and what the trail says of it."""
    sent, screened = referral.submitted_at, referral.submitted_at + timedelta(hours=4)
    of_referral = {"referral_id": referral.pk}
    yield StatusChange(to_status=ReferralStatus.SUBMITTED, at=sent, **of_referral)
    yield _event("referral.submitted", referral, sent, system_actor="volume_data")
    if referral.status == ReferralStatus.SUBMITTED:
        return
    by_duty = {"by": team.duty, "at": min(screened, ground.now)}
    yield StatusChange(from_status="submitted", to_status="screening", **by_duty, **of_referral)
    yield Note(text="Example: rang the referrer.", **by_duty, **of_referral)
    yield _event("referral.viewed", referral, by_duty["at"], actor_id=team.duty.pk)
    if outcome or ground.chance.random() < 0.1:
        yield _decision(ground, team, referral, outcome)
    if outcome:
        at = referral.decided_at
        yield StatusChange(from_status="screening", to_status=referral.status, by=team.duty, at=at, **of_referral)
        yield _event(f"referral.{referral.status}", referral, at, actor_id=team.duty.pk)


def _event(verb, referral, at, **actor):
    return AuditEvent(verb=verb, subject_type="referrals.referral", subject_id=str(referral.pk), at=at, **actor)


def _decision(ground, team, referral, outcome):
    """Without an ``outcome``: one that waits for a second person."""
    decided = outcome or Outcome.NOT_ELIGIBLE
    decision = Decision(
        referral_id=referral.pk, outcome=decided, decided_by=team.duty,
        decided_at=referral.decided_at or referral.submitted_at + timedelta(hours=5),
        needs_second_person=[SecondPersonReason.OUTCOME_NEEDS_TWO] if decided in ALWAYS_BY_TWO else [],
    )  # fmt: skip
    if decided in DOES_NOT_ACCEPT:
        decision.reason = ground.reason
        decision.explanation, decision.suggestion = "This is an example.", "This is an example, too."
    if outcome in ALWAYS_BY_TWO:
        decision.countersigned_by, decision.countersigned_at = team.manager, referral.decided_at
    return decision


def _letters(referral, now):
    moments = {"referral-received": referral.submitted_at, "referral-outcome": referral.decided_at}
    for template, at in moments.items():
        if at:
            blanked = now if at < now - timedelta(days=30) else None
            yield Message(
                key=f"volume:{template}:{referral.pk}", template=template, language="en-gb",
                to="" if blanked else referral.referrer_email, reference=referral.reference,
                created_at=at, try_after=at, sent_at=at, address_blanked_at=blanked,
            )  # fmt: skip


def _concern(team, referral):
    """Of an open referral it waits; of an ended one it is closed."""
    concern = Concern(
        subject_id=referral.subject_id, severity=Severity.IMMEDIATE, what="This is an example.",
        raised_at=referral.submitted_at,
    )  # fmt: skip
    if referral.status in ENDED:
        at = referral.decided_at
        concern.status, concern.outcome = ConcernStatus.CLOSED, "This is an example."
        concern.acknowledged_by = concern.closed_by = team.manager
        concern.acknowledged_at = concern.closed_at = at
    return concern
