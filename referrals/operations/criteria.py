"""Holding a referral against the criteria: a prompt for whoever decides, and nothing more."""

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from referrals import checklist
from referrals.models import CriterionCheck
from referrals.operations.screening import lock, must_be_open


class CheckedMeanwhile(Exception):
    """A colleague has saved other answers since the page was read; nothing of either was overwritten."""


@transaction.atomic
def check_criteria(referral, *, by, answers, seen):
    """Keep the answers that differ from those held. Returns the criteria that changed.

    ``answers`` maps a criterion to its answer and note; ``seen`` is the
    ``checklist.version`` of what the page showed. Raises ``CheckedMeanwhile``,
    ``MoveNotAllowed`` once the referral has ended.
    """
    referral = lock(referral, for_people=[by])
    must_be_open(referral)
    held = {check.criterion: check for check in referral.criteria.all()}
    if seen != checklist.version(held.values()):
        raise CheckedMeanwhile
    changed = {
        criterion: said
        for criterion, said in answers.items()
        if criterion not in held or (held[criterion].answer, held[criterion].note) != said
    }
    at = timezone.now()
    for criterion, (answer, note) in changed.items():
        check = held.get(criterion) or CriterionCheck(referral=referral, criterion=criterion)
        check.answer, check.note, check.by, check.at = answer, note, by, at
        check.save()
    if changed:
        record("criteria.checked", referral, by=by, **{str(name): str(answer) for name, (answer, _) in changed.items()})
    return list(changed)
