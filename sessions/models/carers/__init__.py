"""The carer's own strand. Nothing of the young person's imports it (pyproject.toml says so to the linter)."""

from sessions.models.carers.assessment import CarerAssessment, CarerAssessmentAddendum
from sessions.models.carers.beside import CarerFeedback, CarerSignpost
from sessions.models.carers.contact import CarerSession, CarerSessionAddendum
from sessions.models.carers.kept import AssignmentBesideStrands
from sessions.models.carers.record import CarerConsent, CarerNote, CarerTask, SharedItem, StrandEntry
from sessions.models.carers.strand import CarerAnswer, CarerStrand

__all__ = [
    "AssignmentBesideStrands",
    "CarerAnswer",
    "CarerAssessment",
    "CarerAssessmentAddendum",
    "CarerConsent",
    "CarerFeedback",
    "CarerNote",
    "CarerSession",
    "CarerSessionAddendum",
    "CarerSignpost",
    "CarerStrand",
    "CarerTask",
    "SharedItem",
    "StrandEntry",
]
