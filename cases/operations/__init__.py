"""What is done with cases. Each function is one act, whole or not at all.

An operation checks that the act is possible now; whether this user may do it
is asked beforehand, in ``cases.rules``.
"""

from cases.operations.assigning import WorksOnItAlready, assign, end_assignment, reassign
from cases.operations.extensions import OwnRequest, decide_extension, request_extension
from cases.operations.notes import add_note, finish_task, pause, pin, record_contact, resume, set_task, unpin
from cases.operations.opening import NotOneOfOurs, check_on_waiting, open_case
from cases.operations.reviews import add_review, cancel_review, hold_review
from cases.steps import ClosedToThem, MoveNotAllowed

__all__ = [
    "ClosedToThem",
    "MoveNotAllowed",
    "NotOneOfOurs",
    "OwnRequest",
    "WorksOnItAlready",
    "add_note",
    "add_review",
    "assign",
    "cancel_review",
    "check_on_waiting",
    "decide_extension",
    "end_assignment",
    "finish_task",
    "hold_review",
    "open_case",
    "pause",
    "pin",
    "reassign",
    "record_contact",
    "request_extension",
    "resume",
    "set_task",
    "unpin",
]
