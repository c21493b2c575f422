"""Deciding, alone or with a second person."""

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from referrals import second_person
from referrals.enums import STATUS_AFTER, ReferralStatus
from referrals.models import Decision
from referrals.operations.screening import MoveNotAllowed, lock, move_locked, owe_outcome
from referrals.reading import fit_of
from referrals.visible import waits_for_second_person
from safeguarding.visible import has_open


class NotReadyForSupport(Exception):
    """Route B cannot be accepted before it is said what tells us the young person is ready (R-wal-33)."""


@transaction.atomic
def decide(referral, *, by, outcome, reason=None, explanation="", suggestion="", ready_for_support=""):
    """Decide a referral being screened. Returns the decision.

    Where it needs a second person it is only saved: the status stays, the
    clock runs on and nobody is told. Else the status, the history and the
    letter follow in this one act. Raises ``MoveNotAllowed`` when it is not
    being screened or a decision already waits, ``NotReadyForSupport``.
    ``ready_for_support`` is what we were told where the referral does not say it.
    """
    referral = lock(referral, "young_person", "offer", "local_authority", for_people=[by])
    if referral.status != ReferralStatus.SCREENING or waits_for_second_person(referral):
        raise MoveNotAllowed(f"{referral} is {referral.status}")
    _refuse_route_b_without_readiness(referral, outcome, ready_for_support)
    decision = Decision.objects.create(
        referral=referral,
        outcome=outcome,
        reason=reason,
        explanation=explanation,
        suggestion=suggestion,
        ready_for_support=ready_for_support,
        decided_by=by,
        needs_second_person=_needs_second_person(referral, outcome),
    )
    record("decision.made", referral, by=by, decision=decision.pk, outcome=outcome)
    if not decision.needs_second_person:
        _apply(decision, by=by)
    return decision


@transaction.atomic
def countersign(decision, *, by):
    """Say yes as the second person: the decision takes effect. Raises ``MoveNotAllowed``."""
    decision = _lock_waiting(decision, by)
    decision.countersigned_by, decision.countersigned_at = by, timezone.now()
    decision.save(update_fields=["countersigned_by", "countersigned_at"])
    record("decision.countersigned", decision.referral, by=by, decision=decision.pk)
    _apply(decision, by=by)
    return decision


@transaction.atomic
def send_back(decision, *, by, reason):
    """Say no as the second person, with a reason; the referral stays in screening. Raises ``MoveNotAllowed``."""
    if not reason.strip():
        raise ValueError("say why")
    decision = _lock_waiting(decision, by)
    decision.sent_back_by, decision.sent_back_at, decision.sent_back_reason = by, timezone.now(), reason
    decision.save(update_fields=["sent_back_by", "sent_back_at", "sent_back_reason"])
    record("decision.sent_back", decision.referral, by=by, decision=decision.pk)
    return decision


def _lock_waiting(decision, by):
    """Lock the referral first, as every act does, then read its decision afresh."""
    referral = lock(decision.referral, for_people=[by])
    decision = Decision.objects.get(pk=decision.pk)
    decision.referral = referral
    if not decision.waits_for_second_person or decision.decided_by_id == by.pk:
        raise MoveNotAllowed(f"decision {decision.pk} does not wait for {by.pk}")
    return decision


def _refuse_route_b_without_readiness(referral, outcome, told_since):
    if STATUS_AFTER[outcome] == ReferralStatus.ACCEPTED and referral.lacks_readiness and not told_since.strip():
        raise NotReadyForSupport


def _needs_second_person(referral, outcome):
    return second_person.reasons(
        outcome,
        is_current_exploitation=referral.is_current_exploitation,
        fit=fit_of(referral),
        has_open_concern=has_open(referral.subject_id),
    )


def _apply(decision, *, by):
    referral = move_locked(decision.referral, STATUS_AFTER[decision.outcome], by=by)
    owe_outcome(referral)
