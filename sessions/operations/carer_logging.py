"""What one page does in one act: something is written down, signed where it is whole, and a concern is raised."""

from django.db import transaction

from cases.enums import SafetyNow
from safeguarding.operations import raise_concern
from sessions.operations.carer_assessments import save_carer_assessment, sign_carer_assessment
from sessions.operations.carer_contacts import log_contact, record_contact, sign_contact


@transaction.atomic
def log_and_sign(strand, *, by, signs, concern=None, **said):
    """``log_contact``, and sign it where ``signs``. ``concern``: severity, what and done_now, where safety is worse.

    Raises what ``log_contact`` raises, ``ValueError`` where it is worse and nobody is told.
    """
    session = log_contact(strand, by=by, **said)
    return _finish(session, by, signs, concern)


@transaction.atomic
def record_and_sign(session, *, by, signs, concern=None, **said):
    """The same of what was planned, or written down before. Raises what ``record_contact`` raises, ``ValueError``.

    Where it was less safe already somebody was told; ``concern`` is another one then, with what is new.
    """
    is_told = session.recorded_at is not None and session.safety_change == SafetyNow.WORSE
    session = record_contact(session, by=by, **said)
    return _finish(session, by, signs, concern, is_told=is_told)


@transaction.atomic
def write_carer_assessment(assessment, *, by, edition, signs, **values):
    """``save_carer_assessment``, and sign it where ``signs``. Raises what these raise."""
    draft = save_carer_assessment(assessment, by=by, edition=edition, **values)
    if signs:
        sign_carer_assessment(draft, by=by, edition=draft.edition)
    return draft


def _finish(session, by, signs, concern, *, is_told=False):
    if session.safety_change == SafetyNow.WORSE and not (concern or is_told):
        raise ValueError("say how soon somebody must see it")
    if session.safety_change == SafetyNow.WORSE and concern:
        raise_concern(session.strand.case.subject, by=by, **concern)
    if signs:
        sign_contact(session, by=by, edition=session.edition)
    return session
