"""What is done with concerns. Each function is one act, whole or not at all."""

from safeguarding.operations.concerns import MoveNotAllowed, acknowledge, close, move_concerns, raise_concern

__all__ = ["MoveNotAllowed", "acknowledge", "close", "move_concerns", "raise_concern"]
