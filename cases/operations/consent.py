"""What the young person says about taking part. Saying no works at any time, needs no reason and asks nobody."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases import consenting
from cases.enums import (
    AGREES,
    SAYS_NO,
    SAYS_YES,
    STOPPED,
    ConsentPurpose,
    ConsentState,
    ConsentStep,
    EntryKind,
    ParentalAnswer,
    TaskKind,
)
from cases.managers import lead_of, manager_of, managers_of
from cases.models import Case, ConsentEvent, ParentalView
from cases.operations.notes import set_task_locked
from cases.signals import consent_withdrawn
from cases.steps import MoveNotAllowed, lock_open, tell
from cases.visible import consent_ledger
from centres import working_days
from outbox.operations import owe_each
from people.ages import age_on

SERVICE = ConsentPurpose.SERVICE
END_SAFELY_WITHIN = ASK_AGAIN_WITHIN = 5  # working days


class NothingAgreed(MoveNotAllowed):
    """There is nothing that could be renewed or talked about again."""


@transaction.atomic
def record_consent(case, *, by, event, purpose=SERVICE, at=None, review_on=None, parental=None, **said):
    """Write down one thing the young person said about taking part, or about an extra.

    ``said``: columns of ``ConsentEvent``. ``parental``: those of a
    ``ParentalView`` heard in the same conversation. No, where something was
    agreed, is a withdrawal. Raises ``MoveNotAllowed``, ``NothingAgreed``, and
    ``IntegrityError`` where the record breaks its own rules.
    """
    case = _lock(case)
    at = at or timezone.now()
    ledger = consent_ledger(case)
    event = _as_it_stands(ledger, purpose, event)
    view = _latest_view(case) if parental is None else _heard(case, by=by, at=at, **parental)
    told = _add(case, by=by, event=event, purpose=purpose, at=at, review_on=review_on, parental_view=view, **said)
    _what_follows(case, told, ledger, by)
    return told


@transaction.atomic
def withdraw_consent(case, *, by, own_words=""):
    """They say no, or no longer agree: from any open state, without a reason, an approval or another step.

    It stops the work and erases nothing (domain.md 2.6 (a)–(f), R-nat-13, 14):
    status and clock stay, the lead hears what an ending that is safe needs, a
    manager is told, and the floors above cancel what was planned. Twice
    changes nothing. Raises ``MoveNotAllowed`` once the case is closed.
    """
    case = _lock(case)
    ledger = consent_ledger(case)
    if consenting.state(ledger, timezone.localdate()) in STOPPED:
        return [event for event in consenting.in_order(ledger) if event.event in SAYS_NO][-1]
    event = _as_it_stands(ledger, SERVICE, ConsentStep.DECLINED)
    told = _add(case, by=by, event=event, at=timezone.now(), own_words=own_words, parental_view=_latest_view(case))
    _what_follows(case, told, ledger, by)
    return told


@transaction.atomic
def record_parental_view(case, *, by, at=None, **said):
    """What somebody with parental responsibility knows and says. It stops nothing. Raises ``MoveNotAllowed``."""
    case = _lock(case)
    view = _heard(case, by=by, at=at or timezone.now(), **said)
    _see_to_conflict(case, consent_ledger(case), by)
    return view


def _lock(case):
    case = lock_open(case, beside=["young_person", "centre"])
    if not case.asks_for_consent:
        raise MoveNotAllowed(f"{case} is about a carer alone")
    return case


def _as_it_stands(ledger, purpose, event):
    """*Declined* after any yes is *withdrawn*, whatever was said between; what stands on nothing is refused."""
    has_agreed = any(row.event in AGREES and row.purpose == purpose for row in ledger)
    if event in SAYS_NO:
        return ConsentStep.WITHDRAWN if has_agreed else ConsentStep.DECLINED
    if event == ConsentStep.REVIEWED_UNCHANGED and consenting.standing(ledger, purpose) is None:
        raise NothingAgreed(event)
    if event == ConsentStep.RENEWED and not has_agreed:
        raise NothingAgreed(event)
    return event


def _add(case, *, by, event, at, purpose=SERVICE, review_on=None, **said):
    person, day = case.young_person, timezone.localdate(at)
    if purpose == SERVICE and event in (*SAYS_YES, ConsentStep.REVIEWED_UNCHANGED):
        review_on = consenting.review_by(person.date_of_birth, day, review_on)
    told = ConsentEvent.objects.create(
        case=case, subject=case.subject, recorded_by=by, recorded_at=max(at, timezone.now()), event=event,
        purpose=purpose, at=at, age=_age(person, day), review_on=review_on,
        wording_version=consenting.WORDING_VERSION, **said,
    )  # fmt: skip
    record("consent.recorded", case, by=by, event=told.pk, purpose=purpose, step=event)
    words = {"purpose": told.get_purpose_display(), "answer": told.get_event_display()}
    tell(
        case,
        EntryKind.CONSENT,
        _("%(purpose)s: %(answer)s") % words,
        by=by,
        words=told.own_words,
        at=at,
        path=reverse("cases:consent", args=[case.reference]),
    )
    return told


def _age(person, day):
    return age_on(person.date_of_birth, day) if person.date_of_birth else person.estimated_age


def _heard(case, *, by, at, view, whose="", why=""):
    heard = ParentalView.objects.create(
        case=case, subject=case.subject, recorded_by=by, recorded_at=max(at, timezone.now()), at=at,
        view=view, whose=whose, why=why, age=_age(case.young_person, timezone.localdate(at)),
    )  # fmt: skip
    record("parental_view.recorded", case, by=by, view=heard.pk, answer=view)
    title = _("Parent or carer: %(view)s") % {"view": ParentalAnswer(view).label}
    page = reverse("cases:consent", args=[case.reference])
    tell(case, EntryKind.CONSENT, title, by=by, words=why, at=at, path=page)
    return heard


def _latest_view(case):
    return case.parental_views.order_by("-at", "-pk").first()


def _what_follows(case, told, before, by):
    """Where they have just stopped, the work stops; where they cannot decide, it waits; where a parent says
    otherwise, a manager hears of it."""
    if told.purpose != SERVICE:
        return
    day, after = timezone.localdate(), [*before, told]
    was, is_now = (consenting.state(ledger, day) for ledger in (before, after))
    if is_now in STOPPED and was not in STOPPED:
        _stop(case, told, by)
    if is_now == ConsentState.CANNOT_DECIDE and was != is_now:
        _wait(case, told, by)
    _see_to_conflict(case, after, by)


def _stop(case, told, by):
    manager = manager_of(case)
    lead = lead_of(case) or manager or by
    today = timezone.localdate()
    soon, later = working_days.after(today, 1), working_days.after(today, END_SAFELY_WITHIN)
    owed = [
        (TaskKind.SAFETY_AND_SHARING, lead, soon, _("Think about safety now, and whether anybody must be told")),
        (
            TaskKind.END_SAFELY,
            lead,
            later,
            _("Agree how to say goodbye; give the safety plan and whom to call; say that the door stays open"),
        ),
        (
            TaskKind.CONSENT_WITHDRAWN,
            manager or lead,
            soon,
            _("The young person does not agree: see how the work ends safely"),
        ),
    ]
    for kind, owner, due_on, what in owed:
        set_task_locked(case, by=by, kind=kind, owner=owner, due_on=due_on, what=what)
    _tell_managers(case, told)
    record("consent.withdrawn", case, by=by, event=told.pk)
    consent_withdrawn.send(sender=Case, case=case, event=told, by=by)


def _wait(case, told, by):
    """They cannot decide now: direct work waits (``consenting.covers``), and somebody besides the lead looks at it.

    It is not a no: sessions that are planned are not cancelled, and no ending begins.
    """
    manager = manager_of(case)
    lead, today = lead_of(case) or manager or by, timezone.localdate()
    asked = _("Find out what would help them to decide, and ask again; direct work waits")
    seen = _("The young person cannot decide now: see with the practitioner what they need")
    owed = [
        (TaskKind.CONSENT_REVIEW, lead, ASK_AGAIN_WITHIN, asked),
        (TaskKind.CANNOT_DECIDE, manager or lead, 1, seen),
    ]
    for kind, owner, days, what in owed:
        set_task_locked(case, by=by, kind=kind, owner=owner, due_on=working_days.after(today, days), what=what)
    _tell_managers(case, told)


def _tell_managers(case, told):
    owe_each(
        "case-stopped",
        recipients={f"case-stopped:{told.pk}:{person.pk}": person.email for person in managers_of(case)},
        language="en-gb",
        reference=case.reference,
        path=case.get_absolute_url(),
    )


def _see_to_conflict(case, ledger, by):
    """Young person and parent said different things: a task for a manager, once, and a block on nobody."""
    view = _latest_view(case)
    if view is None or not consenting.disagree(consenting.state(ledger, timezone.localdate()), view.view):
        return
    if case.tasks.open().filter(kind=TaskKind.CONSENT_CONFLICT).exists():
        return
    owner = manager_of(case) or lead_of(case) or by
    what = _("Young person and parent said different things about the work: talk with the practitioner")
    due_on = working_days.after(timezone.localdate(), 1)
    set_task_locked(case, by=by, kind=TaskKind.CONSENT_CONFLICT, owner=owner, due_on=due_on, what=what)
