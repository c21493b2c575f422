"""What duty workers do before they decide."""

from functools import cache

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, holding
from accounts.prepared import Place, Prepared
from audit.recording import record
from centres import working_days
from centres.querysets import NATIONAL
from outbox.operations import owe, owe_each
from people.models import AccessGrant, DataSubject
from people.operations import call_in, end_calling_in, exclude
from people.visible import is_open_to_all
from referrals.enums import ENDED, NoteKind, Outcome, ReferralStatus
from referrals.models import Decision, Note, Question, Referral, StatusChange


class MoveNotAllowed(Exception):
    """The referral is no longer in a state this act starts from."""


class ClosedToThem(MoveNotAllowed):
    """Since the page was read, the young person has been closed to somebody whom the act would involve."""


class TakenMeanwhile(MoveNotAllowed):
    """Somebody else has become the owner since the page was read."""


ANYBODY = object()


@transaction.atomic
def assign(referral, *, by, to, instead_of=ANYBODY):
    """Give an open referral to ``to`` (often ``by`` themselves).

    ``instead_of`` is the id of the owner that the page showed, or None: two
    people who take it at once do not take it from each other. Raises
    ``TakenMeanwhile``, ``ClosedToThem``, ``MoveNotAllowed``.
    """
    referral = lock(referral, for_people=[by, to])
    must_be_open(referral)
    if instead_of is not ANYBODY and referral.owner_id not in (instead_of, to.pk):
        raise TakenMeanwhile(f"{referral} belongs to {referral.owner_id}")
    referral.owner = to
    referral.save(update_fields=["owner"])
    Note.objects.create(referral=referral, kind=NoteKind.ASSIGNMENT, text=to.full_name, by=by)
    record("referral.assigned", referral, by=by, to=to.pk)
    return referral


@transaction.atomic
def start_screening(referral, *, by):
    """Begin to screen. Whoever begins without an owner becomes it."""
    referral = move(referral, ReferralStatus.SCREENING, by=by, starts_from=[ReferralStatus.SUBMITTED])
    if referral.owner_id is None:
        referral.owner = by
        referral.save(update_fields=["owner"])
    return referral


@transaction.atomic
def set_priority(referral, *, by, priority, reason):
    """Say how fast we respond, and why. Raises ``ValueError`` without a reason."""
    if not reason.strip():
        raise ValueError("say why")
    referral = lock(referral, for_people=[by])
    must_be_open(referral)
    referral.priority = priority
    referral.save(update_fields=["priority"])
    Note.objects.create(referral=referral, kind=NoteKind.PRIORITY, priority=priority, text=reason, by=by)
    record("referral.prioritised", referral, by=by, priority=priority)
    return referral


@transaction.atomic
def add_note(referral, *, by, text):
    """Write something down. Possible in every state."""
    note = Note.objects.create(referral=referral, text=text, by=by)
    record("note.added", referral, by=by, note=note.pk)
    return note


@transaction.atomic
def keep_out(referral, *, by, colleague, reason=""):
    """Close this young person to a colleague, or to oneself ("I know this family"); an owner who goes is no owner.

    Every request about the person is held before the person is, as each act
    holds its own: two at once cannot wait for each other.
    """
    about = Referral.objects.filter(subject=referral.subject_id)
    held = {row.pk: row for row in about.select_for_update(of=["self"]).order_by("pk")}
    exclusion = exclude(referral.subject, colleague=colleague, by=by, reason=reason)
    for row in held.values():
        if row.owner_id == colleague.pk:
            row.owner = None
            row.save(update_fields=["owner"])
        if row.is_open:
            _tell_where_nobody_is_left(row, exclusion)
    return held[referral.pk]


def _tell_where_nobody_is_left(referral, exclusion):
    """Where nobody who screens at the centre may see it any more, say so to those who can do something about it.

    Those are colleagues who follow concerns there, who screen at the national
    centre, and who give roles. The letter says a reference and no more; the
    first two are called in and can open it (docs/decisions/0043).
    """
    may_know = DataSubject.objects.staff_open_to(referral.subject)
    screens = holding(Permission.SCREEN_REFERRALS)
    if may_know.filter(pk__in=screens.filter(centre=referral.centre_id).values("user")).exists():
        return
    near = holding(Permission.FOLLOW_CONCERNS).filter(centre=referral.centre_id)
    national, gives_roles = screens.filter(centre__code=NATIONAL), holding(Permission.MANAGE_USERS)
    looks = may_know.filter(Q(pk__in=near.values("user")) | Q(pk__in=national.values("user")))
    call_in(referral.subject, colleagues=looks, by=exclusion.set_by)
    _owe_nobody_left(referral, exclusion, looks, path=referral.get_absolute_url())
    only_told = may_know.filter(pk__in=gives_roles.values("user")).exclude(pk__in=looks.values("pk"))
    _owe_nobody_left(referral, exclusion, only_told, path="")


def _owe_nobody_left(referral, exclusion, people, *, path):
    owe_each(
        "nobody-left",
        recipients={f"nobody-left:{referral.pk}:{exclusion.pk}:{who.pk}": who.email for who in people},
        language="en-gb",
        reference=referral.reference,
        path=path,
    )


@transaction.atomic
def withdraw(referral, *, by, outcome=Outcome.WITHDRAWN_BY_REFERRER, note=""):
    """End it because the referrer withdrew it or the young person said no; from any open state, by one person."""
    referral = move(referral, ReferralStatus.WITHDRAWN, by=by, note=note)
    close_question(referral, by=by, because=_("The referral was withdrawn."))
    Decision.objects.create(referral=referral, outcome=outcome, explanation=note, decided_by=by)
    owe_outcome(referral)
    return referral


def close_question(referral, *, by, because):
    """Nobody waits for an answer any more, if somebody did; the referrer reads that, and not the reason."""
    question = Question.objects.open().filter(referral=referral).first()
    if question is not None:
        question.closed_by, question.closed_at, question.closed_because = by, timezone.now(), because
        question.save(update_fields=["closed_by", "closed_at", "closed_because"])
        record("question.closed", referral, by=by, question=question.pk)


def lock(referral, *beside, for_people=()):
    """The row as it is now, held until the act ends; with the rows ``beside`` it that the act reads.

    The person it is about is held with it: whom they are closed to, and what
    concerns there are about them, stays as the act read it. Raises
    ``ClosedToThem`` where that is one of ``for_people``: the page was read
    before the lock, and a colleague may have been kept out in between.
    """
    [referral] = _locking(beside).found(pk=referral.pk)
    people = {person.pk for person in for_people}
    if people and not is_open_to_all(referral.subject, people):
        raise ClosedToThem(f"{referral} is closed to one of {sorted(people)}")
    return referral


@cache
def _locking(beside):
    rows = Referral.objects.select_for_update(of=["self", "subject"]).select_related("subject", *beside)
    return Prepared(lambda: rows.filter(pk=Place("pk")))


def must_be_open(referral):
    if not referral.is_open:
        raise MoveNotAllowed(f"{referral} is {referral.status}")


def move(referral, to_status, *, by, note="", starts_from=None):
    """Lock a referral and move it: ``move_locked``."""
    return move_locked(lock(referral, for_people=[by]), to_status, by=by, note=note, starts_from=starts_from)


def move_locked(referral, to_status, *, by, note="", starts_from=None, review_on=None):
    """Move a referral that this act holds, write down that it moved, and overtake a decision that waits.

    The clock stands still while we wait for information; a hold has its day of review.
    ``by`` is None where the referrer's own act moves it: the trail's event is then added by a sweep.
    """
    from_status = referral.status
    if not referral.can_move_to(to_status) or from_status not in (starts_from or [from_status]):
        raise MoveNotAllowed(f"{referral} cannot go from {from_status} to {to_status}")
    now = timezone.now()
    referral.status = to_status
    referral.decided_at = now if to_status in ENDED else None
    referral.review_on = review_on
    _set_clock(referral, now)
    referral.save(update_fields=["status", "decided_at", "paused_at", "decide_by", "review_on"])
    if to_status in ENDED:
        Decision.objects.waiting().filter(referral=referral).update(overtaken_at=now)
        _end_calling_in(referral, by)
    StatusChange.objects.create(
        referral=referral,
        from_status=from_status,
        to_status=to_status,
        by=by,
        at=now,
        note=note,
        recorded=by is not None,
    )
    if by is not None:
        verb = BACK_TO_SCREENING[from_status] if to_status == ReferralStatus.SCREENING else VERBS[to_status]
        record(f"referral.{verb}", referral, by=by, came_from=from_status)
    return referral


def _set_clock(referral, now):
    """Stop it while we wait for information; start it again where it stood."""
    if referral.paused_at and referral.is_open:
        referral.decide_by = working_days.moved_on(referral.decide_by, stopped=referral.paused_at, resumed=now)
    referral.paused_at = now if referral.status == ReferralStatus.AWAITING_INFORMATION else None


def _end_calling_in(referral, by):
    """Whoever was called in saw to it, or somebody else did; not while another request about the person is open."""
    called = AccessGrant.objects.called_in().current().filter(subject=referral.subject_id)
    if called.exists() and not Referral.objects.open().filter(subject=referral.subject_id).exists():
        end_calling_in(referral.subject, by=by)


BACK_TO_SCREENING = {
    ReferralStatus.SUBMITTED: "screening_started",
    ReferralStatus.AWAITING_INFORMATION: "screening_resumed",
    ReferralStatus.ON_HOLD: "screening_resumed",
    **dict.fromkeys(ENDED, "reopened"),
}
VERBS = {
    ReferralStatus.AWAITING_INFORMATION: "information_asked",
    ReferralStatus.ON_HOLD: "held",
    ReferralStatus.ACCEPTED: "accepted",
    ReferralStatus.NOT_ACCEPTED: "not_accepted",
    ReferralStatus.DUPLICATE: "joined",
    ReferralStatus.WITHDRAWN: "withdrawn",
}


def owe_outcome(referral):
    """Owe the referrer a letter that says no more than that there is an outcome to read."""
    owe(
        "referral-outcome",
        key=f"outcome:{referral.pk}:{referral.decided_at:%Y%m%d%H%M%S%f}",
        to=referral.referrer_email,
        language=referral.language,
        reference=referral.reference,
        path=referral.outcome_path,
    )
