"""One concern: raised, acknowledged, closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from safeguarding import powers
from safeguarding.enums import ConcernStatus
from safeguarding.models import Concern, Reopening
from safeguarding.operations.alerting import tell_locked, tell_that_somebody_has_it_locked
from safeguarding.steps import (
    NotSaid,
    StillToDo,
    hold_person,
    keep_telling,
    lock,
    move_locked,
    refuse_move,
    refuse_unless,
    tell,
    written_a_moment_ago,
)

OF_ONE_TURN = ("acknowledged_at", "acknowledged_by", "closed_at", "closed_by", "outcome")  # until it is opened again


@transaction.atomic
def raise_concern(subject, *, by, severity, what, done_now="", heard=(), about_colleague=False, colleague=None):
    """Put a concern before the people who must acknowledge it: they are told in the same act.

    ``by`` is a colleague, or the text "referrer" when the answers of a
    referral raised it: a public submission does not write to the trail
    (design.md 6); a sweep adds its event. The person is held, as whoever
    decides about them holds them: the concern is seen by the decision, or
    comes after it. What a colleague sends twice within a moment is one
    concern: the first is returned, and nothing is written. ``heard`` are ids
    of those who hear of it by another letter of the caller's act. One about
    a colleague is seen and heard of by whom ``Concern.visible_to`` says.
    """
    from_public = isinstance(by, str)
    hold_person(subject.pk, tells=not from_public)
    said = {"severity": severity, "what": what, "done_now": done_now}
    said |= {"about_colleague": about_colleague, "colleague": colleague}
    if not from_public and (first := _raised_a_moment_ago(subject, by, said)):
        return first
    concern = Concern.objects.create(
        subject=subject,
        raised_by=None if from_public else by,
        **said,
    )
    knows = None if from_public else by.pk
    tell_locked(concern, step=0, knows=knows, heard=heard, by=by, at=concern.raised_at)
    if not from_public:
        record("concern.raised", concern, by=by, severity=severity)
        words = {"severity": concern.get_severity_display()}
        tell(concern, _("Concern raised: %(severity)s") % words, by=by, at=concern.raised_at)
    return concern


def _raised_a_moment_ago(subject, by, said):
    raised = Concern.objects.filter(subject=subject, status=ConcernStatus.RAISED)
    return written_a_moment_ago(raised, at="raised_at", raised_by=by, **said)


@transaction.atomic
def acknowledge(concern, *, by):
    """Say that a human has read it and will see to it. Raises ``MoveNotAllowed``, ``NotForThem``."""
    now = {"acknowledged_by": by, "acknowledged_at": timezone.now()}
    concern = lock(concern)
    refuse_unless(powers.hears(by, concern), concern, by=by)
    concern = move_locked(concern, ConcernStatus.ACKNOWLEDGED, by=by, **now)
    if not powers.follows(by, concern):
        tell_that_somebody_has_it_locked(concern, by=by)
    tell(concern, _("Concern acknowledged"), by=by)
    return concern


@transaction.atomic
def close(concern, *, by, outcome, telling=None):
    """End it, with what came of it. Raises ``MoveNotAllowed``, ``NotForThem``, ``ValueError`` without an outcome.

    ``telling``: what ``record_telling`` takes, where the same page asked.
    Raises ``StillToDo`` while an action is open and ``NotSaid`` where nobody
    has said whether the young person was told, or last that they were not.
    """
    if not outcome.strip():
        raise ValueError("say what came of it")
    concern = lock(concern)
    refuse_unless(powers.follows(by, concern), concern, by=by)
    now = {"closed_by": by, "closed_at": timezone.now()}
    refuse_move(concern, ConcernStatus.CLOSED)
    if concern.actions.owed().exists():
        raise StillToDo(f"{concern} has actions that are not done")
    if telling:
        keep_telling(concern, by=by, **telling)
    elif not concern.is_young_person_told():
        raise NotSaid(f"{concern} does not say whether the young person was told")
    concern = move_locked(concern, ConcernStatus.CLOSED, by=by, outcome=outcome, **now)
    tell(concern, _("Concern closed"), by=by)
    return concern


@transaction.atomic
def reopen(concern, *, by, because):
    """Put a closed concern before a human again: its clock begins anew, and people are told as when it was raised.

    The person is held, as a closing case holds them. How it had ended stays
    in a row of its own. Raises ``MoveNotAllowed``, ``NotForThem``, ``ValueError`` without a reason.
    """
    if not because.strip():
        raise ValueError("say why it is opened again")
    hold_person(concern.subject_id)
    concern, now = lock(concern), timezone.now()
    refuse_unless(powers.may_raise(by, concern), concern, by=by)
    refuse_move(concern, ConcernStatus.RAISED)
    had = {name: getattr(concern, name) for name in OF_ONE_TURN}
    Reopening.objects.create(concern=concern, at=now, by=by, because=because, **had)
    anew = dict.fromkeys(OF_ONE_TURN) | {"outcome": "", "reopened_at": now}
    concern = move_locked(concern, ConcernStatus.RAISED, by=by, verb="concern.reopened", **anew)
    tell_locked(concern, step=0, knows=by.pk, by=by, at=now)
    tell(concern, _("Concern opened again"), by=by)
    return concern


@transaction.atomic
def move_concerns(subject, *, to, by):
    """Two rows turned out to be one person: their concerns stand with the other from now on."""
    for concern in Concern.objects.select_for_update(of=["self"]).filter(subject=subject).order_by("pk"):
        concern.subject = to
        concern.save(update_fields=["subject"])
        record("concern.moved", concern, by=by)
