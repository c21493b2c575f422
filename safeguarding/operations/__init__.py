"""What is done with concerns. Each function is one act, whole or not at all."""

from safeguarding.operations.acting import add_reply, finish_action, record_telling, set_action, take_further
from safeguarding.operations.alerting import ask_after, escalate
from safeguarding.operations.concerns import acknowledge, close, move_concerns, raise_concern, reopen
from safeguarding.steps import ClosedToThem, MoveNotAllowed, NotForThem, NotSaid, StillToDo

__all__ = [
    "ClosedToThem",
    "MoveNotAllowed",
    "NotForThem",
    "NotSaid",
    "StillToDo",
    "acknowledge",
    "add_reply",
    "ask_after",
    "close",
    "escalate",
    "finish_action",
    "move_concerns",
    "raise_concern",
    "record_telling",
    "reopen",
    "set_action",
    "take_further",
]
