"""What was done towards a goal, as a plain value that floors above can make too."""

from dataclasses import dataclass
from datetime import datetime

from cases.signals import goal_evidence


@dataclass(frozen=True)
class Evidence:
    """One thing that was done towards a goal. ``path`` leads to the whole; ``waits`` says what it still lacks."""

    at: datetime
    what: str
    words: str = ""
    own_words: str = ""
    waits: str = ""
    path: str = ""


def of_goals(case):
    """For each goal, by the id that it began as: what was done towards it, the latest first."""
    found = {}
    for _receiver, told in goal_evidence.send(sender=type(case), case=case):
        for goal, done in told.items():
            found.setdefault(goal, []).extend(done)
    return {goal: sorted(done, key=lambda one: one.at, reverse=True) for goal, done in found.items()}
