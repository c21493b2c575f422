"""Why a session cannot be planned so, in words; and what is to be thought of where it can."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions.covering import is_covered
from sessions.enums import DIRECT_WORK
from ui.times import moment

EARLY = _("This is before the case was opened. Check the day.")
PASSED = _("This time has passed. Write down what came of a session that has happened.")
FAR = _("This is a year ahead or more. Check the year: a session is planned within a year.")
JUMP = _("The clocks go forward over this time. Choose another.")
TWICE = _("The clocks go back in this night, and this time comes twice. Choose another.")
STOPPED = _(
    "The young person has said no. Until they say yes again, direct work is not planned: "
    "talk about taking part first, and ask only as far as they are all right with it."
)
STAGE = _("Therapeutic work begins with a decision about this one young person. Record it under “Way of working”.")
NOBODY = _("Choose somebody who works with this young person now.")
CARER = _("Here the work is with the parent or carer, who has sessions of their own.")
TOGETHER = _("A session together is planned from the page “Parents and carers”, for both sides at once.")
OVER = _("The time of this session has passed. Say first what came of it; then plan the next one.")
SAME = _("This is how it is planned already. Choose another time, or change how, where or with whom you meet.")
SETTLED = _("Nothing was saved: this session was moved, or somebody has said what came of it.")

REFUSED = {
    "early": EARLY,
    "passed": PASSED,
    "far": FAR,
    "jump": JUMP,
    "twice": TWICE,
    "stopped": STOPPED,
    "stage": STAGE,
    "nobody": NOBODY,
    "carer": CARER,
    "together": TOGETHER,
    "over": OVER,
    "same": SAME,
    "settled": SETTLED,
}


def not_agreed(sessions, events):
    """When they are to be, of those to come that nothing the young person agreed to covers yet. ``events``: the ledger.

    It is said and forbids nothing: recording direct work as held asks for the yes (R-nat-12).
    """
    to_come = [session for session in sessions if session.is_planned and not session.needs_a_record]
    asks = [session for session in to_come if session.kind in DIRECT_WORK]
    asks.sort(key=lambda session: (session.planned_at, session.pk))
    lacking = [one for one in asks if not is_covered(events, one.kind, one.mode, one.planned_at)]
    return [moment(session.planned_at) for session in lacking]


def warning(planned, events):
    """A sentence where something that was just planned is not agreed to yet."""
    if not not_agreed(planned, events):
        return ""
    return gettext("What the young person agreed to does not cover this yet. Talk about it before you begin.")
