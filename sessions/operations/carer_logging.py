"""What one page does in one act: something is written down, signed where it is whole, and a concern is raised."""

from django.db import transaction

from cases.enums import SafetyNow
from safeguarding.operations import raise_concern
from sessions.carer_steps import keep
from sessions.operations.carer_assessments import save_carer_assessment, sign_carer_assessment
from sessions.operations.carer_contacts import log_contact, record_contact, sign_contact
from sessions.writing import is_sooner


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

    Where a concern was raised with it already, ``concern`` may lack what is as it was: other words, or a sooner
    answer, are another one; what was raised is never changed, nor made less.
    """
    session = record_contact(session, by=by, **said)
    return _finish(session, by, signs, concern)


@transaction.atomic
def write_carer_assessment(assessment, *, by, edition, signs, **values):
    """``save_carer_assessment``, and sign it where ``signs``. Raises what these raise."""
    draft = save_carer_assessment(assessment, by=by, edition=edition, **values)
    if signs:
        sign_carer_assessment(draft, by=by, edition=draft.edition)
    return draft


def _finish(session, by, signs, concern):
    if session.safety_change == SafetyNow.WORSE:
        _raise(session, by, **(concern or {}))
    if signs:
        sign_contact(session, by=by, edition=session.edition)
    return session


def _raise(session, by, *, severity="", what="", done_now=""):
    """As on a session with the young person (``writing.is_noticed``): in new words, or for somebody sooner."""
    raised = session.concern
    if raised is None and not (what and severity):
        raise ValueError("say what has changed, and how soon somebody must see it")
    if raised is not None:
        what, severity = what or raised.what, severity or raised.severity
        if what == raised.what and not is_sooner(severity, raised.severity):
            return
    told = {"severity": severity, "what": what, "done_now": done_now}
    keep(session, concern=raise_concern(session.strand.case.subject, by=by, **told))
