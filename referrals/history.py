"""What happened to a referral, in words, newest first. Pure over loaded rows."""

from operator import itemgetter

from django.utils.translation import gettext as _

from referrals import checklist
from referrals.enums import ENDED, NoteKind, ReferralStatus, SecondPersonReason
from ui.times import moment

S = ReferralStatus
TOLD_BY_DECISIONS = ENDED  # an ending is told by its decision, which says more


def entries(referral):
    """Status changes, notes, questions, criteria and decisions as one story; each row's people are loaded."""
    told = [entry for decision in referral.decisions.all() for entry in _decision(decision)]
    told += [_note(note) for note in referral.notes.all()]
    told += [entry for question in referral.questions.all() for entry in _question(question)]
    told += _checks(referral.criteria.all())
    told += [_change(change) for change in referral.status_changes.all() if not _is_told(change, referral)]
    return sorted(told, key=itemgetter("at"), reverse=True)


def _is_told(change, referral):
    """An ending is told by its decision, waiting for the referrer by its question: both say more."""
    if change.to_status in TOLD_BY_DECISIONS:
        return bool(referral.decisions.all())
    return S.AWAITING_INFORMATION in (change.from_status, change.to_status) and bool(referral.questions.all())


def hold_reason(referral):
    """Why it is on hold, as its last step says."""
    holds = [change for change in referral.status_changes.all() if change.to_status == S.ON_HOLD]
    return holds[-1] if holds and referral.status == S.ON_HOLD else None


def open_question(referral):
    return next((question for question in referral.questions.all() if question.is_open), None)


def waiting_decision(referral):
    """The decision that waits for a second person, if one does."""
    return next((row for row in reversed(referral.decisions.all()) if row.waits_for_second_person), None)


def last_decision(referral):
    return next(iter(reversed(referral.decisions.all())), None)


def decision_that_counts(referral):
    """The last one, while it waits or has ended the referral: one from before a second look counts no more."""
    last = last_decision(referral)
    counts = last is not None and (last.waits_for_second_person or not referral.is_open)
    return last if counts else None


def sent_back_decision(referral):
    """The decision that a second person sent back, while nobody has decided again."""
    last = last_decision(referral)
    return last if last is not None and last.sent_back_at and referral.is_open else None


def who_was_first(referral, reader):
    """A sentence for somebody whose page had gone stale: who acted, themselves perhaps, and how things stand."""
    waiting, changes = waiting_decision(referral), list(referral.status_changes.all())
    if waiting is not None and waiting.decided_by == reader:
        return _("Nothing was changed again: your own decision waits for a second person.")
    if waiting is not None:
        return _("Nothing of yours was saved: %(name)s has decided, and it waits for a second person.") % {
            "name": waiting.decided_by
        }
    if changes and changes[-1].by == reader:
        words = {"status": changes[-1].get_to_status_display(), "moment": moment(changes[-1].at)}
        return _("Nothing was changed again: you made it “%(status)s” yourself, %(moment)s.") % words
    if changes and changes[-1].by is not None:
        last = changes[-1]
        return _("Nothing of yours was saved: %(name)s was first. It is now “%(status)s”, since %(moment)s.") % {
            "name": last.by,
            "status": last.get_to_status_display(),
            "moment": moment(last.at),
        }
    return _("Nothing of yours was saved: the referral is now “%(status)s”.") % {
        "status": referral.get_status_display()
    }


def how_it_stands(referral):
    """A sentence for somebody who opens an act that is not possible now."""
    if waiting_decision(referral) is not None:
        return _("This is not possible now: a decision waits for a second person.")
    words = {"status": referral.get_status_display()}
    return _("This is not possible now: the referral is “%(status)s”.") % words


def second_person_words(reasons):
    """Why a second person is needed, as one reads it in a sentence."""
    return [SecondPersonReason(reason).label for reason in reasons]


def _change(change):
    return {"title": _title(change), "at": change.at, "by": change.by, "text": change.note}


def _title(change):
    if change.to_status == S.SUBMITTED:
        return _("The referral arrived")
    if change.to_status != S.SCREENING:
        return ReferralStatus(change.to_status).label
    if change.from_status in ENDED:
        return _("Opened again")
    return _("Screening began") if change.from_status == S.SUBMITTED else _("Screening goes on")


def _question(question):
    asked = "\n".join([*question.asks_for, *[question.text] * bool(question.text)])
    yield {"title": _("Asked the referrer"), "at": question.asked_at, "by": question.asked_by, "text": asked}
    if question.answered_at:
        yield {
            "title": _("The referrer answered"),
            "at": question.answered_at,
            "text": question.answer,
            "important": True,
        }
    if question.closed_at:
        yield {
            "title": _("Stopped waiting for the referrer"),
            "at": question.closed_at,
            "by": question.closed_by,
            "text": question.closed_because,
        }


def _checks(checks):
    """What one person saved at one moment is one entry; of a criterion looked at twice, the last time."""
    saved = {}
    for check in checks:
        saved.setdefault((check.at, check.by), []).append(checklist.in_a_sentence(check))
    for (at, by), sentences in saved.items():
        yield {"title": _("Held against the criteria"), "at": at, "by": by, "text": "\n".join(sentences)}


def _note(note):
    if note.kind == NoteKind.PRIORITY:
        title = _("Priority: %(priority)s") % {"priority": note.get_priority_display()}
        return {"title": title, "at": note.at, "by": note.by, "text": note.text}
    if note.kind == NoteKind.ASSIGNMENT:
        return {"title": _("Assigned to %(name)s") % {"name": note.text}, "at": note.at, "by": note.by}
    return {"title": _("Note"), "at": note.at, "by": note.by, "text": note.text}


def _decision(decision):
    outcome = decision.get_outcome_display()
    title = _("Decision: %(outcome)s") % {"outcome": outcome}
    if decision.needs_second_person:
        title = _("Decision, to be agreed by a second person: %(outcome)s") % {"outcome": outcome}
    text = "\n\n".join(part for part in (decision.explanation, decision.suggestion, decision.ready_for_support) if part)
    yield {"title": title, "at": decision.decided_at, "by": decision.decided_by, "text": text, "important": True}
    if decision.countersigned_at:
        yield {
            "title": _("A second person agreed: %(outcome)s") % {"outcome": outcome},
            "at": decision.countersigned_at,
            "by": decision.countersigned_by,
            "important": True,
        }
    if decision.sent_back_at:
        yield {
            "title": _("A second person sent it back"),
            "at": decision.sent_back_at,
            "by": decision.sent_back_by,
            "text": decision.sent_back_reason,
            "important": True,
        }
    if decision.overtaken_at:
        yield {"title": _("The decision was overtaken: the referral ended before"), "at": decision.overtaken_at}
