"""Concerns about somebody's safety: raised anywhere, acknowledged by a human, followed to an outcome."""

from safeguarding.models.actions import ConcernAction, Escalation, Reply, YoungPersonTold
from safeguarding.models.alert import ConcernAlert
from safeguarding.models.concern import Concern
from safeguarding.models.reopening import Reopening

__all__ = ["Concern", "ConcernAction", "ConcernAlert", "Escalation", "Reopening", "Reply", "YoungPersonTold"]
