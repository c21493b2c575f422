"""The programme of a case in words: ready strings. Pure over what was counted; asks the database nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.enums import SessionKind

BESPOKE = SessionKind.BESPOKE_INTERVENTION.label


def panel(programme, topics):
    """What the page of sessions says of it: first what a practitioner looks for, then what may be looked up.

    ``topics`` as ``AwarenessTopic.objects.of_case`` reads them.
    """
    rows = [_row(_("Awareness sessions that took place"), [meter(programme)]), *_topics(topics)]
    has_awareness = programme.planned or programme.awareness
    bespoke = _row(BESPOKE, [sessions(programme.bespoke)])
    return {"rows": [*(rows if has_awareness else []), bespoke], "more": more(programme)}


def meter(programme):
    """Two of three; a fourth is said beside them. Where no number is planned, how many there were."""
    if not programme.planned:
        return sessions(programme.awareness)
    numbers = {"count": programme.of_the_planned, "planned": programme.planned, "more": programme.beyond}
    if programme.beyond:
        return _("%(count)d of %(planned)d, and %(more)d more") % numbers
    return _("%(count)d of %(planned)d") % numbers


def sessions(count):
    if not count:
        return _("None yet")
    return ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}


def _topics(topics):
    """Retired ones stand among those talked about, and nowhere else."""
    talked = [str(topic) for topic in topics if topic.is_covered]
    to_come = [str(topic) for topic in topics if not topic.is_covered]
    rows = [_row(_("Topics talked about"), talked or [_("No topic yet")])]
    return [*rows, _row(_("Topics not talked about yet"), to_come)] if to_come else rows


def more(programme):
    """What else was counted: never set against each other, never as a share of anything."""
    rows = [
        _numbers(_("Other sessions"), programme.others),
        _numbers(_("Where, or how, we met"), programme.modes),
        _numbers(_("What they were about"), programme.focus),
        _numbers(_("How we worked"), programme.approaches),
        _numbers(_("What came of them"), programme.came_of_it),
        _numbers(_("Moved to another time, by whose wish"), programme.moved),
    ]
    return [row for row in rows if row["lines"]]


def by_kind(programme):
    """What was done together, for a summary: each kind by its number, awareness and what was made for them first."""
    rows = []
    if programme.planned or programme.awareness:
        rows.append({"label": _("Awareness sessions"), "value": meter(programme)})
    if programme.bespoke:
        rows.append({"label": BESPOKE, "value": sessions(programme.bespoke)})
    return [*rows, *more(programme)]


def _numbers(label, numbers):
    words = _("%(what)s: %(count)d")
    return _row(label, [words % {"what": what.label, "count": count} for what, count in numbers.items()])


def _row(label, lines):
    return {"label": label, "lines": lines}
