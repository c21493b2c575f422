"""What is done with cases. Each function is one act, whole or not at all.

An operation checks that the act is possible now; whether this user may do it
is asked beforehand, in ``cases.rules``.
"""

from cases.operations.assessments import (
    NobodyToAsk,
    NotComplete,
    NotForThisCase,
    PartChanged,
    add_addendum,
    answer_separate_worker,
    comment_on_assessment,
    record_measure,
    save_part,
    sign_assessment,
    start_assessment,
)
from cases.operations.assigning import WorksOnItAlready, assign, end_assignment, reassign
from cases.operations.consent import NothingAgreed, record_consent, record_parental_view, withdraw_consent
from cases.operations.extensions import OwnRequest, decide_extension, request_extension
from cases.operations.notes import add_note, finish_task, pause, pin, record_contact, resume, set_task, unpin
from cases.operations.opening import NotOneOfOurs, check_on_waiting, open_case
from cases.operations.reviews import add_review, cancel_review, hold_review
from cases.operations.sharing import add_contact, confirm_contact, record_privacy_information, record_sharing
from cases.steps import ClosedToThem, MoveNotAllowed

__all__ = [
    "ClosedToThem",
    "MoveNotAllowed",
    "NobodyToAsk",
    "NotComplete",
    "NotForThisCase",
    "NotOneOfOurs",
    "NothingAgreed",
    "OwnRequest",
    "PartChanged",
    "WorksOnItAlready",
    "add_addendum",
    "add_contact",
    "add_note",
    "add_review",
    "answer_separate_worker",
    "assign",
    "cancel_review",
    "check_on_waiting",
    "comment_on_assessment",
    "confirm_contact",
    "decide_extension",
    "end_assignment",
    "finish_task",
    "hold_review",
    "open_case",
    "pause",
    "pin",
    "reassign",
    "record_consent",
    "record_contact",
    "record_measure",
    "record_parental_view",
    "record_privacy_information",
    "record_sharing",
    "request_extension",
    "resume",
    "save_part",
    "set_task",
    "sign_assessment",
    "start_assessment",
    "unpin",
    "withdraw_consent",
]
