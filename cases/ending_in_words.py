"""An ending in words: ready strings for its pages. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import NeedAnswer, ScaleQuestion, StepDown, Voice
from ui.times import long_date, moment


def summary(ending):
    """What is written of an ending, as questions and answers; the letter stands apart."""
    told = [
        (_("Why it ends"), ending.get_reason_display()),
        (_("In a few words"), ending.reason_words),
        (_("Last day"), long_date(ending.ends_on)),
        (_("What we did together"), ending.what_we_did),
        (_("What is strong"), ending.strengths),
        (_("What has changed"), ending.what_changed),
        (_("What has not changed"), ending.what_has_not),
        (_("How safe things are"), ending.safety_now),
        (_("What the young person says"), ending.young_persons_words),
        (_("Who is there afterwards"), [str(StepDown(value).label) for value in ending.step_down]),
        (_("How they are there, and who leads"), ending.step_down_plan),
        (_("What was shared at the end"), ending.shared),
        (_("How to come back"), ending.how_to_come_back),
        (_("Is the letter safe to have?"), ending.get_letter_is_safe_display()),
        (_("How we know, and how they get it"), ending.letter_safety),
        (_("May we ask again how they are?"), ending.get_check_in_display()),
    ]
    return [_row(label, value) for label, value in told]


def _row(label, value):
    return {"label": label, "lines": value} if isinstance(value, list) and value else {"label": label, "value": value}


def ratings(rows):
    """What they said of each question at first and last, each voice for itself; never added up (R-nat-23)."""
    told = _("%(first)d on %(first_on)s, %(latest)d on %(latest_on)s")
    return [
        {
            "label": _("%(question)s – %(voice)s")
            % {"question": ScaleQuestion(row["question"]).label, "voice": Voice(row["voice"]).label},
            "value": told % (row | {name: long_date(row[name]) for name in ("first_on", "latest_on")}),
        }
        for row in rows
    ]


def need(case, finding, answer, *, may_answer):
    """One requirement: what it is, how it stands, and where it is answered."""
    return {
        "words": finding.words,
        "path": finding.path,
        "is_met": finding.is_settled_by(answer),
        "found": finding.found,
        "state": _state(finding, answer),
        "state_kind": _state_kind(finding, answer),
        "why": answer.why if answer and not finding.is_done else "",
        "by": _("%(name)s, %(moment)s") % {"name": answer.by, "moment": moment(answer.at)} if answer else "",
        "answer_url": reverse("cases:answer_need", args=[case.reference, finding.key]) if may_answer else "",
    }


def _state(finding, answer):
    if finding.is_done:
        return _("Done")
    return answer.get_answer_display() if finding.is_settled_by(answer) else _("To do")


def _state_kind(finding, answer):
    """What does not apply is explained, not done: it looks like neither."""
    if not finding.is_settled_by(answer):
        return "waiting"
    return "done" if finding.is_done or answer.answer == NeedAnswer.DONE else "neutral"


def what_happened(ending):
    """What came between a manager's page and their answer: who was first, or that the text is another."""
    if ending.signed_off_at:
        return _("Nothing was saved: %(name)s has signed it off meanwhile.") % {"name": ending.signed_off_by}
    if ending.sent_back_at:
        return _("Nothing was saved: %(name)s has sent it back meanwhile.") % {"name": ending.sent_back_by}
    if ending.is_proposed:
        words = _("Nothing was saved: it has changed, and %(name)s has proposed it again. Read it as it stands now.")
        return words % {"name": ending.proposed_by}
    return _("Nothing was saved: it does not wait for a manager any more.")


def proposed_row(ending):
    """One line of those that wait for a manager."""
    return {
        "pk": ending.pk,
        "reference": ending.case.reference,
        "url": reverse("cases:ending", args=[ending.case.reference]),
        "reason": ending.get_reason_display(),
        "by": ending.proposed_by,
        "at": ending.proposed_at,
    }
