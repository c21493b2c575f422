"""Values the code takes decisions on. One file for each part of the work."""

from cases.enums.case import (
    ALLOWED_MOVES,
    OPEN,
    WORK_TYPES_OF,
    AssignmentKind,
    CaseKind,
    CaseStatus,
    Channel,
    ContactOutcome,
    EntryKind,
    PathwayStage,
    StartRoute,
    Strand,
    TaskKind,
    WorkType,
)

__all__ = [
    "ALLOWED_MOVES",
    "AssignmentKind",
    "CaseKind",
    "CaseStatus",
    "Channel",
    "ContactOutcome",
    "EntryKind",
    "OPEN",
    "PathwayStage",
    "StartRoute",
    "Strand",
    "TaskKind",
    "WORK_TYPES_OF",
    "WorkType",
]
