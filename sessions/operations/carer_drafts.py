"""A contact with a parent or carer while it is typed, as a session of the young person is (decision 0093)."""

from django.db import transaction

from audit.recording import record
from cases.steps import MoveNotAllowed
from sessions.carer_steps import begun, hold_contact, hold_worked_on
from sessions.models.carers import CarerSession
from sessions.writing import keep_so_far, refuse_unseen

NARRATIVE = ("what_we_did", "own_words", "strengths", "worries", "next_step", "present")
OF_DRAFTS = (*NARRATIVE, "why_not", "safety_change")


@transaction.atomic
def save_contact_draft(strand, *, by, facts, words, seen, session=None, token=None, typed=()):
    """Keep what was typed so far, of a contact, or of one that ``token``, its form, has just begun.

    It says not yet that it took place, takes none of the ten and needs no consent. ``facts`` (kind, mode,
    ``planned_at`` and ``planned_minutes``) are kept of a new one, those that were ``typed`` of a draft, ``words`` of
    each. What has changed in the young
    person's safety is never kept here: it leaves this record, by a button. Raises ``MoveNotAllowed``,
    ``SessionChanged`` where somebody wrote after edition ``seen``.
    """
    draft = hold_contact(session)[1] if session else begun(hold_worked_on(strand), token, by=by)
    kept = NARRATIVE if draft.recorded_at else OF_DRAFTS
    columns = {name: value for name, value in words.items() if name in kept}
    if draft.pk and draft.is_draft:
        columns |= {name: facts[name] for name in typed}
    if keep_so_far(draft, columns, {}, seen=seen, new=facts):
        record("carer_session.saved", draft, by=by)
    return draft


@transaction.atomic
def throw_away_contact(session, *, by, seen):
    """Delete what they began and nobody has said to have happened: its history and the trail stay.

    Raises ``MoveNotAllowed`` where it is no draft of theirs, or gone already; ``SessionChanged``.
    """
    try:
        _strand, draft = hold_contact(session)
    except CarerSession.DoesNotExist:
        raise MoveNotAllowed(f"{session} is gone") from None
    if not draft.may_be_thrown_away_by(by):
        raise MoveNotAllowed(f"{draft} is no draft of theirs")
    refuse_unseen(draft, seen)
    record("carer_session.thrown_away", draft, by=by)
    draft.delete()
