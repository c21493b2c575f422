"""What a carer says about taking part themselves. No needs no reason, and touches nobody else's consent."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.consenting import WORDING_VERSION
from cases.steps import A_MOMENT, KeptAlready, MoveNotAllowed
from sessions import carer_consenting as consenting
from sessions.carer_enums import (
    CARER_AGREES,
    CARER_SAYS_NO,
    COUNTS,
    CarerAttendance,
    CarerConsentStep,
    StrandEntryKind,
)
from sessions.carer_steps import cancel_planned, hold, tell_strand
from sessions.models.carers import CarerConsent

E = CarerConsentStep
REVIEW_AFTER = timedelta(weeks=6)


class NothingAgreed(MoveNotAllowed):
    """There is nothing that could be talked about again."""


@transaction.atomic
def record_carer_consent(strand, *, by, event, at=None, review_on=None, **said):
    """Write down what they said. ``said``: columns of ``CarerConsent``.

    No, after a yes, is a withdrawal, and what was planned as direct work is
    not held; ongoing support may go on. Raises ``MoveNotAllowed`` where a
    manager holds it back, ``NothingAgreed``, ``KeptAlready``, ``ValueError``
    for a time to come, and ``IntegrityError`` where the record breaks its own rules.
    """
    strand, at = hold(strand), at or timezone.now()
    if strand.is_blocked:
        raise MoveNotAllowed(f"{strand} is {strand.status}")
    if at > timezone.now():
        raise ValueError("nobody has said it yet")
    _refuse_twice(strand, by, E(event), at, said)
    event = _as_it_stands(list(strand.consents.all()), E(event))
    agrees = event in (*CARER_AGREES, E.REVIEWED_UNCHANGED)
    told = CarerConsent.objects.create(
        strand=strand, event=event, at=at, recorded_by=by, recorded_at=timezone.now(),
        review_on=(review_on or timezone.localdate(at) + REVIEW_AFTER) if agrees else None,
        wording_version=WORDING_VERSION, **said,
    )  # fmt: skip
    if event in CARER_SAYS_NO:
        cancel_planned(strand, by=by, attendance=CarerAttendance.CONSENT_WITHDRAWN, kinds=COUNTS)
    record("carer_consent.recorded", strand, by=by, consent=told.pk, step=event)
    title = _("Taking part: %(answer)s") % {"answer": event.label}
    tell_strand(strand, StrandEntryKind.CONSENT, title, by=by, words=told.own_words, at=at)
    return told


def _refuse_twice(strand, by, event, at, said):
    """The same answer, by the same hand, of the same time: a form that was sent twice."""
    theirs = strand.consents.filter(recorded_by=by, recorded_at__gt=timezone.now() - A_MOMENT)
    same = theirs.filter(at__range=(at - A_MOMENT, at + A_MOMENT), **{"own_words": "", "limits": ""} | said)
    if same.filter(event__in=CARER_SAYS_NO if event in CARER_SAYS_NO else [event]).exists():
        raise KeptAlready("the same was written a moment ago")


def _as_it_stands(rows, event):
    """*Declined* after a yes is *withdrawn*; what stands on nothing is refused."""
    stands = consenting.standing(rows) is not None
    if event in CARER_SAYS_NO:
        return E.WITHDRAWN if stands else E.DECLINED
    if event == E.REVIEWED_UNCHANGED and not stands:
        raise NothingAgreed(event)
    return event
