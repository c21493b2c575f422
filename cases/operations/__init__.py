"""What is done with cases. Each function is one act, whole or not at all.

An operation checks that the act is possible now; whether this user may do it
is asked beforehand, in ``cases.rules``.
"""

from cases.operations.assigning import WorksOnItAlready, assign, end_assignment, reassign
from cases.operations.notes import add_note, finish_task, pause, pin, record_contact, resume, set_task, unpin
from cases.operations.opening import NotOneOfOurs, check_on_waiting, open_case
from cases.steps import ClosedToThem, MoveNotAllowed

__all__ = [
    "ClosedToThem",
    "MoveNotAllowed",
    "NotOneOfOurs",
    "WorksOnItAlready",
    "add_note",
    "assign",
    "check_on_waiting",
    "end_assignment",
    "finish_task",
    "open_case",
    "pause",
    "pin",
    "reassign",
    "record_contact",
    "resume",
    "set_task",
    "unpin",
]
