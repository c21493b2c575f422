"""The work with a young person: who works with them, what was agreed, what happened and what is owed."""

from cases.models.assessments import (
    Addendum,
    Assessment,
    FamilyView,
    Hope,
    Mark,
    Need,
    ReflectiveComment,
    Strength,
    Worry,
)
from cases.models.assignments import (
    Assignment,
    WaitingCheck,
)
from cases.models.case import (
    Case,
    Pause,
)
from cases.models.consent import (
    ConsentEvent,
    ParentalView,
    PrivacyInformation,
    SharingPreference,
)
from cases.models.ending import (
    Ending,
    EndingItem,
    EndingWriting,
)
from cases.models.kept import (
    ReferralWithCase,
)
from cases.models.measures import (
    ExternalMeasure,
    ExternalScore,
)
from cases.models.missing import MissingEpisode
from cases.models.network import (
    Contribution,
    NoContributionReason,
    Supervision,
)
from cases.models.pathway import (
    FocusChosen,
    OptionOffered,
    SafetyChange,
    StageDecision,
    SupportOption,
)
from cases.models.plans import Goal, GoalRating, ScaleRating, Step, SupportPlan
from cases.models.reviews import (
    ExtensionRequest,
    Review,
)
from cases.models.safety_plans import SafetyPlan
from cases.models.told import (
    CaseNote,
    ContactAttempt,
    Task,
    TimelineEntry,
)

__all__ = [
    "Addendum",
    "Assessment",
    "Assignment",
    "Case",
    "CaseNote",
    "ConsentEvent",
    "ContactAttempt",
    "Contribution",
    "Ending",
    "EndingItem",
    "EndingWriting",
    "ExtensionRequest",
    "ExternalMeasure",
    "ExternalScore",
    "FamilyView",
    "FocusChosen",
    "Hope",
    "Mark",
    "MissingEpisode",
    "Need",
    "NoContributionReason",
    "OptionOffered",
    "ParentalView",
    "Pause",
    "PrivacyInformation",
    "ReferralWithCase",
    "ReflectiveComment",
    "Review",
    "SafetyChange",
    "SharingPreference",
    "StageDecision",
    "Strength",
    "Supervision",
    "SupportOption",
    "Task",
    "TimelineEntry",
    "WaitingCheck",
    "Worry",
    "Goal",
    "GoalRating",
    "SafetyPlan",
    "ScaleRating",
    "Step",
    "SupportPlan",
]
