"""Concerns about somebody's safety: raised anywhere, acknowledged by a human, followed to an outcome."""

from safeguarding.models.concern import Concern

__all__ = ["Concern"]
