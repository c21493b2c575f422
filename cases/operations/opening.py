"""From an accepted referral to a case with a practitioner."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.allocating import kind_of
from cases.enums import AssignmentKind, CaseKind, CaseStatus, EntryKind, StartRoute
from cases.models import Case, WaitingCheck
from cases.operations.assigning import assign_locked
from cases.steps import MoveNotAllowed, tell
from people.models import YoungPerson
from people.operations import join_subjects
from referrals.enums import ReferralStatus
from referrals.models import Referral
from referrals.operations.screening import lock as lock_referral
from safeguarding.operations import move_concerns

FROM_THE_REFERRAL = [
    field.name for field in YoungPerson._meta.get_fields() if field.concrete and field.name not in ("id", "subject")
]


class NotOneOfOurs(Exception):
    """The young person whom the referral was to be joined to is closed to whoever opens the case, or is another's."""


@transaction.atomic
def open_case(referral, *, by, work_type, lead=None, same_as=None, start_route=StartRoute.STANDARD, reason=""):
    """Allocate an accepted referral: the case opens in *engaging* with its lead practitioner, who sees it at once.

    Accepted for a carer alone, it has no lead: it waits until somebody works
    with the parent or carer (``sessions``), and ``lead`` is nobody.
    ``same_as`` is a ``YoungPerson`` we know already: the referral's person
    becomes theirs, with grants, exclusions and concerns. Else they become
    known now, with what the referrer said. Raises ``MoveNotAllowed`` where the
    referral is not accepted or has a case, ``ClosedToThem`` where the
    young person is closed to ``lead`` or ``by``, and ``IntegrityError`` on
    ``case_open_once_per_young_person``.
    """
    referral = lock_referral(referral, "offer", "young_person")
    if referral.status != ReferralStatus.ACCEPTED or Case.objects.filter(referral=referral).exists():
        raise MoveNotAllowed(f"{referral} is {referral.status}")
    kind = kind_of(referral)
    if (lead is None) != (kind == CaseKind.CARER_ONLY):
        raise MoveNotAllowed(f"{referral} opens as {kind}")
    young_person = _become_known(referral) if same_as is None else _join(referral, same_as, by)
    status = CaseStatus.ENGAGING if lead else CaseStatus.AWAITING_ALLOCATION
    chosen = {"work_type": work_type, "start_route": start_route, "kind": kind, "status": status}
    case = _create(referral, young_person, opened_by=by, **chosen)
    record("case.opened", case, by=by, referral=referral.pk, known_before=same_as is not None)
    _tell_how_it_came(case, referral, by=by)
    if lead is not None:
        assign_locked(case, to=lead, kind=AssignmentKind.LEAD, by=by, reason=reason)
    return case


def _tell_how_it_came(case, referral, *, by):
    """The story begins with the referral, and with who accepted it (domain.md 5.15)."""
    came = {"path": referral.get_absolute_url()}
    accepted = referral.decisions.accepting().select_related("decided_by").first()
    tell(case, EntryKind.OPENED, _("The referral came"), by=None, at=referral.submitted_at, **came)
    tell(
        case,
        EntryKind.OPENED,
        _("The referral was accepted"),
        by=accepted and accepted.decided_by,
        at=referral.decided_at,
        **came,
    )
    tell(case, EntryKind.OPENED, _("The case was opened"), by=by, **came)


def _create(referral, young_person, **chosen):
    """A case of this person, with as many months as the offer promises today."""
    offer = referral.offer
    return Case.objects.create(
        subject=young_person.subject,
        young_person=young_person,
        referral=referral,
        centre=referral.centre,
        offer=offer,
        months_initial=offer.support_months_initial,
        months_most=offer.support_months_most,
        **chosen,
    )


def _become_known(referral):
    said = referral.young_person
    values = {name: getattr(said, name) for name in FROM_THE_REFERRAL}
    return YoungPerson.objects.create(subject=referral.subject, **values)


def _join(referral, young_person, by):
    """The person of the referral and the one we know are the same: one subject from here on."""
    if young_person.subject.centre_id != referral.centre_id:
        raise NotOneOfOurs(f"{young_person} is another centre's")
    Referral.objects.filter(subject=referral.subject_id).update(subject=young_person.subject)
    move_concerns(referral.subject, to=young_person.subject, by=by)
    join_subjects(referral.subject, into=young_person.subject, by=by)
    referral.subject = young_person.subject
    return young_person


@transaction.atomic
def check_on_waiting(referral, *, by, text):
    """Write down how a young person is who waits for a practitioner. Raises ``MoveNotAllowed`` once a case is open."""
    if not text.strip():
        raise ValueError("say how they are")
    referral = lock_referral(referral)
    if referral.status != ReferralStatus.ACCEPTED or Case.objects.filter(referral=referral).exists():
        raise MoveNotAllowed(f"{referral} is {referral.status}")
    check = WaitingCheck.objects.create(referral=referral, by=by, text=text, at=timezone.now())
    record("waiting.checked", referral, by=by, check=check.pk)
    return check
