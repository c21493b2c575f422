"""Our support on one page, for a parent or carer to keep: what ``ui.pdf`` sets, in their language.

Somebody may find it: it has a neutral title, names nobody, and says neither
which service it is from nor why. It is made of this side's data alone.
"""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from people.enums import PreferredLanguage
from sessions.enums import REMOTE
from ui.pdf import on_paper
from ui.times import moment

LAYOUT = Path(__file__).with_name("our_support.typ")


def our_support(strand, coming):
    """The bytes of the PDF. ``coming``: contacts that are planned, the first first."""
    language = "cy" if strand.carer.preferred_language == PreferredLanguage.WELSH else "en-gb"
    with override(language):
        return on_paper(LAYOUT, sheet(strand, coming), language=language)


def sheet(strand, coming):
    """What stands on the page, in the language that is active."""
    return {
        "title": _("Our support"),
        "lead": _("This is about you: time of your own, with somebody who is there for you."),
        "parts": [
            _part(_("What you can have"), [_how_many(strand), _("Ongoing support: a call, a text, a check-in")]),
            _part(_("When we meet next"), [_meeting(row) for row in coming] or [_("We agree it together.")]),
            _part(
                _("What you can count on"),
                [
                    _("You can stop at any time. You need no reason, and nothing else changes."),
                    _("What you say stays in your own record. You may ask to read it."),
                    _("If somebody is not safe we must tell others. We talk to you first, where we can."),
                ],
            ),
        ],
        "help": [_("In danger now: 999")],
    }


def _part(title, items):
    return {"title": title, "words": "", "items": items}


def _how_many(strand):
    numbers = {"held": strand.direct_held, "left": strand.direct_left, "most": strand.direct_max}
    if not strand.direct_left:
        return _("Meetings just for you: you have had all %(most)d of them") % numbers
    return _("Up to %(most)d meetings just for you. Used: %(held)d. Left: %(left)d") % numbers


def _meeting(row):
    """When, and by what means; no address, and nothing of what it is for."""
    how = row.get_mode_display() if row.mode in REMOTE else _("in person")
    return _("%(moment)s, %(how)s") % {"moment": moment(row.planned_at), "how": how}
