"""Many fictional cases at once, on accepted referrals of the volume data: for measuring (``bulk.py``)."""

import random
from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cases import allocating, clock
from cases.enums import CaseKind, CaseStatus, ClosureReason, StepDown, WorkType
from cases.models import Case, Ending
from people.models import YoungPerson
from protect_respect.fictional import volume_casework
from protect_respect.fictional.bulk import CHUNK, one_act, reserved, write
from referrals.enums import Outcome
from referrals.models import Decision, Referral

DAYS = 187  # since the first of them began: a few are past their planned end
BEFORE_SUPPORT = timedelta(weeks=6)  # they are got to know, assessed and planned with
OLDEST = timedelta(days=7_000)  # none grows too old for the offer in the time of support
WAITS = timedelta(weeks=2)  # for a practitioner
BEHIND = 33  # of so many one is


def make(number, *, team, today):
    """Open ``number`` cases at the centre of ``team``, in the middle of support, on referrals that have none yet.

    Those accepted last began last; of each is written down what was done on it
    (``volume_casework``), but one in ``BEHIND`` is behind. Returns how many
    there were referrals for.
    """
    waiting = _without_case(today).filter(centre=team.centre, subject__is_restricted=False)
    waiting = waiting.filter(young_person__date_of_birth__gt=today - OLDEST).exclude(
        outcome=Outcome.ACCEPTED_CARER_ONLY
    )
    found = list(waiting.order_by("-decided_at", "-pk")[:number])
    pairs = [(referral, _begun(referral, today, index / len(found))) for index, referral in enumerate(found)]
    random.Random(number).shuffle(pairs)  # noqa: S311 -- the same rows each time is the point
    for first in range(0, len(pairs), CHUNK):
        _make_chunk(pairs[first : first + CHUNK], team, today, first)
    return len(found)


def close_the_rest(*, teams, today):
    """A closed case on every referral accepted long ago that has none: nobody waits for years. Returns how many."""
    there = 0
    for team in teams:
        found = list(_without_case(today - WAITS).filter(centre=team.centre))
        for first in range(0, len(found), CHUNK):
            _close_chunk(found[first : first + CHUNK], team)
        there += len(found)
    return there


def _begun(referral, today, share):
    """When its support began: the ``share`` of ``DAYS`` ago, and after it was accepted."""
    return max(today - timedelta(days=int(DAYS * share)), timezone.localdate(referral.decided_at) + timedelta(days=1))


def _without_case(by):
    """Those accepted before a day, each with its ``outcome``."""
    decided = Decision.objects.accepting().filter(referral=OuterRef("pk")).values("outcome")
    found = allocating.without_case(Referral.objects).filter(decided_at__date__lt=by)
    return found.annotate(outcome=Subquery(decided[:1])).select_related("young_person", "offer")


def _make_chunk(pairs, team, today, first):
    with one_act():
        known = YoungPerson.objects.bulk_create(_known(referral) for referral, _begun in pairs)
        made = Case.objects.bulk_create(
            _case(referral, person, team, **_in_support(referral, begun))
            for (referral, begun), person in zip(pairs, known, strict=True)
        )
        volume_casework.write_down(
            {case: (first + index) % BEHIND == 0 for index, case in enumerate(made)}, team=team, today=today
        )


def _close_chunk(referrals, team):
    with one_act():
        known = YoungPerson.objects.bulk_create(map(_known, referrals))
        keys = reserved(Case, len(referrals))
        write(
            row
            for key, referral, person in zip(keys, referrals, known, strict=True)
            for row in _closed(key, referral, person, team)
        )


def _known(referral):
    said = referral.young_person
    names = ("first_name", "last_name", "date_of_birth", "estimated_age", "preferred_language")
    return YoungPerson(subject_id=referral.subject_id, **{name: getattr(said, name) for name in names})


def _case(referral, young_person, team, **state):
    offer = referral.offer
    return Case(
        subject_id=referral.subject_id, young_person=young_person, referral=referral, centre=team.centre, offer=offer,
        work_type=WorkType.AWARENESS_AND_RECOVERY, opened_by=team.manager,
        months_initial=offer.support_months_initial, months_most=offer.support_months_most, **state,
    )  # fmt: skip


def _in_support(referral, begun):
    return {
        "status": CaseStatus.ACTIVE,
        "opened_at": max(referral.decided_at, volume_casework.at(begun - BEFORE_SUPPORT)),
        "support_started_on": begun,
        "planned_end_on": clock.months_after(begun, referral.offer.support_months_initial),
    }


def _closed(key, referral, young_person, team):
    """Before any support began; with the ending by which it closed."""
    opened_at = referral.decided_at
    closed_at = opened_at + WAITS / 2
    kind = CaseKind.CARER_ONLY if referral.outcome == Outcome.ACCEPTED_CARER_ONLY else CaseKind.YP_ONLY
    state = {"status": CaseStatus.CLOSED, "opened_at": opened_at, "closed_at": closed_at, "kind": kind}
    yield _case(referral, young_person, team, pk=key, **state)
    yield Ending(
        case_id=key, reason=ClosureReason.PLANNED_MOVED_ON, ends_on=timezone.localdate(closed_at),
        what_we_did="This is an example.", strengths="They ask for help.", safety_now="This is an example, too.",
        step_down=[StepDown.UNIVERSAL_SCHOOL], how_to_come_back="Ring us.", came_from=CaseStatus.ENGAGING,
        begun_by=team.duty, begun_at=opened_at, proposed_by=team.duty, proposed_at=closed_at,
        signed_off_by=team.manager, signed_off_at=closed_at,
    )  # fmt: skip
