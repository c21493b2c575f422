"""What is done with sessions and beside them. Each function is one act, whole or not at all."""

from cases.steps import ClosedToThem, KeptAlready, MoveNotAllowed
from sessions.operations.feedback import record_feedback, take_back_quote
from sessions.operations.planning import (
    PlanRefused,
    cancel_session,
    move_session,
    plan_series,
    plan_session,
)
from sessions.operations.signposting import signpost

__all__ = [
    "ClosedToThem",
    "KeptAlready",
    "MoveNotAllowed",
    "PlanRefused",
    "cancel_session",
    "move_session",
    "plan_series",
    "plan_session",
    "record_feedback",
    "signpost",
    "take_back_quote",
]
