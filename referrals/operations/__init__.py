"""What is done with referrals. Each function is one act, whole or not at all.

An operation checks that the act is possible now; whether this user may do it
is asked beforehand, in ``referrals.rules``.
"""

from referrals.operations.criteria import CheckedMeanwhile, check_criteria
from referrals.operations.deciding import NotReadyForSupport, countersign, decide, send_back
from referrals.operations.drafts import (
    DraftChanged,
    DraftGone,
    discard_draft,
    purge_stale_drafts,
    save_section,
    start_draft,
)
from referrals.operations.screening import (
    ClosedToThem,
    MoveNotAllowed,
    TakenMeanwhile,
    add_note,
    assign,
    keep_out,
    set_priority,
    start_screening,
    withdraw,
)
from referrals.operations.submitting import AlreadySent, record_submissions, submit
from referrals.operations.waiting import (
    AlreadyAnswered,
    NoAnswerNeeded,
    answer,
    ask,
    hold,
    reopen,
    resume,
    stop_waiting,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadySent",
    "CheckedMeanwhile",
    "ClosedToThem",
    "DraftChanged",
    "DraftGone",
    "MoveNotAllowed",
    "NoAnswerNeeded",
    "NotReadyForSupport",
    "TakenMeanwhile",
    "add_note",
    "answer",
    "ask",
    "assign",
    "check_criteria",
    "countersign",
    "decide",
    "discard_draft",
    "hold",
    "keep_out",
    "purge_stale_drafts",
    "record_submissions",
    "reopen",
    "resume",
    "save_section",
    "send_back",
    "set_priority",
    "start_draft",
    "start_screening",
    "stop_waiting",
    "submit",
    "withdraw",
]
