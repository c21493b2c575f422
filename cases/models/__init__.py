"""The work with a young person: who works with them, what was agreed, what happened and what is owed."""

from cases.models.assessments import (
    Addendum,
    Assessment,
    FamilyView,
    Hope,
    Mark,
    Need,
    ReflectiveComment,
    Strength,
    Worry,
)
from cases.models.assignments import Assignment, WaitingCheck
from cases.models.case import Case, MonthsAfter, Pause
from cases.models.kept import ReferralWithCase
from cases.models.measures import ExternalMeasure, ExternalScore
from cases.models.reviews import ExtensionRequest, Review
from cases.models.told import CaseNote, ContactAttempt, Task, TimelineEntry

__all__ = [
    "Addendum",
    "Assessment",
    "Assignment",
    "Case",
    "CaseNote",
    "ContactAttempt",
    "ExtensionRequest",
    "ExternalMeasure",
    "ExternalScore",
    "FamilyView",
    "Hope",
    "Mark",
    "MonthsAfter",
    "Need",
    "Pause",
    "ReferralWithCase",
    "ReflectiveComment",
    "Review",
    "Strength",
    "Task",
    "TimelineEntry",
    "WaitingCheck",
    "Worry",
]
