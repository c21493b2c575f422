"""What a page began and nobody has said to have happened, taken back."""

from django.db import transaction

from audit.recording import record
from cases.steps import MoveNotAllowed
from sessions import writing
from sessions.models import RemoteStart, SupportSession


@transaction.atomic
def throw_away_draft(session, *, by, seen):
    """Delete it: its history and the trail stay. ``seen``: the edition that was read.

    Raises ``MoveNotAllowed`` where it was planned, somebody has said what came of it, another began it, it was
    asked whether it is safe to talk, or it is gone already; ``SessionChanged``.
    """
    try:
        draft = writing.hold(session)
    except SupportSession.DoesNotExist:
        raise MoveNotAllowed(f"{session} is gone") from None
    if not draft.may_be_thrown_away_by(by) or RemoteStart.objects.filter(session=draft).exists():
        raise MoveNotAllowed(f"{draft} is no draft of theirs")
    writing.refuse_unseen(draft, seen)
    record("session.thrown_away", draft.case, by=by, session=draft.pk)
    for model, _column in writing.BESIDE.values():
        model.objects.filter(session=draft).delete()
    draft.delete()
