"""What an ending of the young person's work asks of their sessions. It asks, and somebody answers; nothing is refused.

The carer's strand has its own ending, and nothing of it is looked at here.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.enums import WITHOUT_GOODBYE
from cases.findings import Finding
from sessions import programme, programme_words
from sessions.models import SupportSession


def findings(case, ending):
    """Each session is written down, signed or no longer planned; and fewer than three need a reason (R-wal-23)."""
    numbers = SupportSession.objects.filter(case=case).for_ending()
    planned = 0 if ending.reason in WITHOUT_GOODBYE else programme.planned_for(case)
    path = reverse("sessions:sessions", args=[case.reference])
    asked = [*_awareness(numbers["awareness"], planned), *_unfinished(numbers)]
    return [Finding(key, words, is_done=not found, path=path, found=found) for key, words, found in asked]


def _awareness(count, planned):
    if not planned:
        return
    words = ngettext(
        "%(planned)d awareness session took place, or it is said why there was none",
        "%(planned)d awareness sessions took place, or it is said why there were fewer",
        planned,
    )
    numbers = {"count": count, "planned": planned}
    found = _("%(count)d of %(planned)d took place.") % numbers if count < planned else ""
    yield "awareness_sessions", words % numbers, found


def _unfinished(numbers):
    """What would be left open once the case is closed: then nobody writes in it any more."""
    planned, waiting, unsigned = numbers["to_come"], numbers["need_a_record"], numbers["unsigned"]
    asked = [
        (
            "planned_sessions",
            _("No session is planned any more"),
            planned,
            ngettext("%(count)d session is still planned.", "%(count)d sessions are still planned.", planned),
        ),
        (
            "session_records",
            _("What came of each session is written down"),
            waiting,
            ngettext("%(count)d session needs a record.", "%(count)d sessions need a record.", waiting),
        ),
        (
            "session_signatures",
            _("Each session is signed"),
            unsigned,
            ngettext("%(count)d session is not signed yet.", "%(count)d sessions are not signed yet.", unsigned),
        ),
    ]
    for key, words, count, found in asked:
        yield key, words, found % {"count": count} if count else ""


def delivered(case):
    """What was done together, by kind and number (domain.md 5.16)."""
    rows = SupportSession.objects.filter(case=case).for_counting()
    return programme_words.by_kind(programme.counted(rows, planned=programme.planned_for(case)))
