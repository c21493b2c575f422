from sessions.models import carers
from sessions.models.feedback import Feedback
from sessions.models.feeds import CalendarFeed
from sessions.models.remote import RemoteAgreement, RemoteStart
from sessions.models.session import GoalTouched, NeedMet, SessionAddendum, SupportSession, TopicCovered
from sessions.models.signposts import Resource, Signpost
from sessions.models.topic import AwarenessTopic

__all__ = [
    "AwarenessTopic",
    "CalendarFeed",
    "Feedback",
    "GoalTouched",
    "NeedMet",
    "RemoteAgreement",
    "RemoteStart",
    "Resource",
    "SessionAddendum",
    "Signpost",
    "SupportSession",
    "TopicCovered",
    "carers",
]
