"""What is done with sessions and beside them. Each function is one act, whole or not at all."""

from cases.steps import ClosedToThem, KeptAlready, MoveNotAllowed
from sessions.operations.drafts import throw_away_draft
from sessions.operations.feedback import record_feedback, take_back_quote
from sessions.operations.feeds import NoFeedAlive, make_feed, note_reading, revoke_feed
from sessions.operations.missing import join_to_episode
from sessions.operations.mistakes import take_as_mistake
from sessions.operations.planning import PlanRefused, cancel_session, move_session, plan_series, plan_session
from sessions.operations.reading import say_why_read
from sessions.operations.recording import add_to_session, plan_next, record_session, save_draft, sign_session
from sessions.operations.remote import agree_remote, start_remote
from sessions.operations.signposting import signpost
from sessions.operations.stopping import stop_for_their_no, stop_with_the_case
from sessions.writing import NotReady, SessionChanged, SessionRefused

__all__ = [
    "ClosedToThem",
    "KeptAlready",
    "MoveNotAllowed",
    "NoFeedAlive",
    "NotReady",
    "PlanRefused",
    "SessionChanged",
    "SessionRefused",
    "add_to_session",
    "agree_remote",
    "cancel_session",
    "join_to_episode",
    "make_feed",
    "move_session",
    "plan_next",
    "note_reading",
    "plan_series",
    "plan_session",
    "record_feedback",
    "record_session",
    "revoke_feed",
    "save_draft",
    "say_why_read",
    "sign_session",
    "signpost",
    "start_remote",
    "stop_for_their_no",
    "stop_with_the_case",
    "take_as_mistake",
    "take_back_quote",
    "throw_away_draft",
]
