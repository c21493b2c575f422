"""A referral as its referrer keeps it on paper: what ``ui.pdf`` sets, in the language that is active."""

from django.utils.translation import gettext as _

from referrals import answers
from ui.times import day_and_date, moment, time_of_day


def copy_of(referral, *, number):
    """The rows of the receipt, and what to do if things change. The title names nobody."""
    return {
        "service": _("Protect and Respect"),
        "title": _("Referral %(reference)s") % {"reference": referral.reference},
        "lead": [*_lead(referral, number)],
        "parts": [
            {"title": str(part["title"]), "rows": [_row(row) for row in part["rows"]]}
            for part in answers.sections(referral)
        ],
        "question": _("Question"),
        "answer": _("Answer"),
        "page": _("Page %(number)s of %(total)s") % {"number": "{number}", "total": "{total}"},
        "confidential": _("Confidential. Keep it where you keep the record of the young person."),
    }


def _lead(referral, number):
    yield _("Sent on %(moment)s by %(name)s.") % {
        "moment": moment(referral.submitted_at),
        "name": referral.referrer_name,
    }
    yield _("We decide by %(time)s on %(day)s and write to %(email)s.") % {
        "time": time_of_day(referral.decide_by),
        "day": day_and_date(referral.decide_by),
        "email": referral.referrer_email,
    }
    yield _("In danger, call 999. If things change or get worse, tell children’s social care, then tell us.")
    if number:
        yield _("Our team’s number: %(number)s. Give the reference.") % {"number": number}


def _row(row):
    """Every answer as lines of text; what was not answered says so."""
    lines = [str(line) for line in row.get("lines", ()) or [row.get("value") or _("Not answered")]]
    return {"label": str(row["label"]), "lines": lines, "strong": bool(row.get("is_strong"))}
