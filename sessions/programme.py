"""What the sessions of a case come to, counted. Pure over values; asks the database nothing.

Each is a plain number of what was done. None is set against another: nobody's
attendance is a rate, and what we called off ourselves is ours (domain.md 5.8).
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from cases.enums import InterventionFocus, WorkType
from sessions.enums import TOOK_PLACE, Approach, Attendance, SessionKind, SessionMode, Wish

# What a row knows.
COUNTED = ("kind", "mode", "status", "attendance", "moved_by_wish_of", "approaches", "focus")
WITH_AWARENESS = (WorkType.AWARENESS, WorkType.AWARENESS_AND_RECOVERY)
APART = (SessionKind.AWARENESS_RAISING, SessionKind.BESPOKE_INTERVENTION)  # each has a number of its own (R-wal-24)
# What we ourselves called off stands right after what took place, never at the end of a list.
CAME_FIRST = (Attendance.ATTENDED, Attendance.ATTENDED_PART, Attendance.CANCELLED_BY_PRACTITIONER)


@dataclass(frozen=True)
class Programme:
    """``planned``: the awareness sessions that the offer names; none where the work has no awareness in it.

    The other numbers are of sessions that took place, but ``came_of_it``, of
    each that somebody answered for, and ``moved``, by whose wish it was.
    """

    planned: int = 0
    awareness: int = 0
    bespoke: int = 0
    others: dict = field(default_factory=dict)
    modes: dict = field(default_factory=dict)
    focus: dict = field(default_factory=dict)
    approaches: dict = field(default_factory=dict)
    came_of_it: dict = field(default_factory=dict)
    moved: dict = field(default_factory=dict)

    @property
    def of_the_planned(self):
        """A fourth is beside the three, and makes them no more than three."""
        return min(self.awareness, self.planned)

    @property
    def beyond(self):
        return self.awareness - self.of_the_planned


def planned_for(case):
    """How many awareness sessions belong to this work, by the offer under which they were accepted (R-wal-23)."""
    return case.offer.awareness_sessions if case.work_type in WITH_AWARENESS else 0


def counted(rows, *, planned):
    """The programme of one case. ``rows``: its sessions, or anything that knows ``COUNTED``."""
    rows = list(rows)
    held = [row for row in rows if row.status in TOOK_PLACE]
    kinds = Counter(row.kind for row in held)
    return Programme(
        planned=planned,
        awareness=kinds[SessionKind.AWARENESS_RAISING],
        bespoke=kinds[SessionKind.BESPOKE_INTERVENTION],
        others=_in_order(kinds, [kind for kind in SessionKind if kind not in APART]),
        modes=_in_order(Counter(row.mode for row in held), SessionMode),
        focus=_in_order(Counter(chain.from_iterable(row.focus for row in held)), InterventionFocus),
        approaches=_in_order(Counter(chain.from_iterable(row.approaches for row in held)), Approach),
        came_of_it=_in_order(Counter(row.attendance for row in rows), [*CAME_FIRST, *Attendance]),
        moved=_in_order(Counter(row.moved_by_wish_of for row in rows), Wish),
    )


def _in_order(numbers, values):
    return {value: numbers[value] for value in values if numbers[value]}
