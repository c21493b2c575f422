"""What is done with sessions and beside them. Each function is one act, whole or not at all."""

from sessions.operations.feedback import record_feedback, take_back_quote
from sessions.operations.signposting import signpost

__all__ = ["record_feedback", "signpost", "take_back_quote"]
