"""What somebody thinks of us, in words for the page of feedback. Pure over loaded rows."""

from django.utils.translation import gettext as _

from sessions.enums import FeedbackAnswer, QuoteAnswer
from ui.times import long_date

NUMBERS = ("feels_heard", "knows_what_happens", "what_matters", "it_helps")


def card(row, *, take_back_url):
    """One conversation. No colour says whether a number is good: it is theirs, and stands beside nobody else's.

    ``take_back_url``: where their words are taken back; nothing for who only reads.
    """
    return {
        "pk": row.pk,
        "title": _("%(occasion)s, %(day)s") % {"occasion": row.get_occasion_display(), "day": long_date(row.asked_on)},
        "would_rather_not": row.answered == FeedbackAnswer.RATHER_NOT,
        "rows": _rows(row),
        "quote": _quote(row),
        "take_back_url": take_back_url if row.may_be_taken_back else "",
        "by": row.by,
        "at": row.at,
    }


def _rows(row):
    numbers = [(row._meta.get_field(name).verbose_name, getattr(row, name)) for name in NUMBERS]
    told = [
        (_("How"), row.get_how_display()),
        *((label, _("%(number)d of 10") % {"number": number}) for label, number in numbers if number is not None),
        (_("What they say"), row.said_of_us),
        (_("What we should change"), row.said_to_change),
    ]
    return [{"label": str(label), "value": value} for label, value in told if value]


def _quote(row):
    """Whether their words may be used, in a sentence; nothing where there are none."""
    if not row.has_words:
        return ""
    if row.quote_taken_back_at:
        return _("They took it back: their words are not used.")
    if row.may_quote == QuoteAnswer.YES:
        return _("They say yes: these words may be used without their name.")
    return _("These words are not used anywhere else.")
