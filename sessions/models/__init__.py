from sessions.models.session import GoalTouched, NeedMet, SessionAddendum, SupportSession, TopicCovered
from sessions.models.topic import AwarenessTopic

__all__ = ["AwarenessTopic", "GoalTouched", "NeedMet", "SessionAddendum", "SupportSession", "TopicCovered"]
