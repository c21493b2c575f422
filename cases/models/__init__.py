"""The work with a young person: who works with them, what was agreed, what happened and what is owed."""

from cases.models.assignments import Assignment, WaitingCheck
from cases.models.case import Case, MonthsAfter, Pause
from cases.models.kept import ReferralWithCase
from cases.models.reviews import ExtensionRequest, Review
from cases.models.told import CaseNote, ContactAttempt, Task, TimelineEntry

__all__ = [
    "Assignment",
    "Case",
    "ContactAttempt",
    "MonthsAfter",
    "CaseNote",
    "ExtensionRequest",
    "Pause",
    "ReferralWithCase",
    "Review",
    "Task",
    "TimelineEntry",
    "WaitingCheck",
]
