"""How the constraints of sessions are broken by going round our code."""

from datetime import timedelta

from django.db.models import F

from sessions.enums import CAME_OF_IT, Attendance, SessionStatus
from tests.broken import NOW, each, somebody, twice
from tests.factories.sessions import (
    AwarenessTopicFactory,
    CalendarFeedFactory,
    GoalTouchedFactory,
    NeedMetFactory,
    SessionAddendumFactory,
    SupportSessionFactory,
    TopicCoveredFactory,
)

ANSWERS_OF_ANOTHER = {
    status: next(answer for answer in Attendance if answer not in answers) for status, answers in CAME_OF_IT.items()
}

# fmt: off
BROKEN_BY_UPDATE = [
    *each("session_kind_known", SupportSessionFactory, {"kind": "tea"}),
    *each("session_mode_known", SupportSessionFactory, {"mode": "pigeon"}),
    *each("session_answers_known", SupportSessionFactory,
          {"safety_change": "x"}, {"approaches": ["x"]}),
    *each("session_came_to_what_its_status_says", SupportSessionFactory,
          {"attendance": "attended"}, {"status": "lost"}),
    *each("session_came_to_what_its_status_says", SupportSessionFactory,
          {"attendance": ANSWERS_OF_ANOTHER[SessionStatus.HELD]}, {"attendance": ""}, held=True),
    *each("session_came_to_what_its_status_says", SupportSessionFactory,
          {"attendance": "attended"}, {"attendance": ""}, not_held=True),
    *each("session_planned_for_five_minutes_to_twelve_hours", SupportSessionFactory,
          {"planned_minutes": 4}, {"planned_minutes": 721}),
    *each("session_that_took_place_has_a_beginning_and_an_end", SupportSessionFactory,
          {"started_at": None}, {"ended_at": None}, {"ended_at": F("started_at")}, held=True),
    *each("session_lasts_twelve_hours_at_most", SupportSessionFactory,
          {"ended_at": F("started_at") + timedelta(hours=12, seconds=1)}, held=True),
    *each("session_not_held_has_no_beginning", SupportSessionFactory, {"started_at": NOW}),
    *each("session_says_why_not", SupportSessionFactory,
          {"attendance": "cancelled_by_practitioner"}, {"attendance": "cancelled_by_carer"}, cancelled=True),
    *each("session_moved_by_somebodys_wish", SupportSessionFactory,
          {"moved_by_wish_of": "carer"}, {"moved_from_id": lambda: SupportSessionFactory().pk}),
    *each("session_recorded_by_someone_at_some_time", SupportSessionFactory,
          {"recorded_at": None}, {"recorded_by": None}, held=True),
    *each("session_recorded_by_someone_at_some_time", SupportSessionFactory,
          {"recorded_at": NOW, "recorded_by": somebody}),
    *each("session_signed_by_someone_at_some_time_once_it_is_recorded", SupportSessionFactory,
          {"signed_at": NOW}, {"signed_by": somebody}, held=True),
    *each("session_signed_by_someone_at_some_time_once_it_is_recorded", SupportSessionFactory,
          {"signed_at": NOW, "signed_by": somebody}),
    *each("session_signed_says_what_was_done", SupportSessionFactory,
          {"signed_at": NOW, "signed_by": somebody}, held=True, what_we_did=""),
]
BROKEN_WHEN_WRITTEN = [
    *each("session_addendum_says_something", SessionAddendumFactory, {"words": ""}),
    *each("feed_keeps_a_hash", CalendarFeedFactory, {"digest": "the secret itself"}),
    *each("feed_dies_after_it_was_made", CalendarFeedFactory, {"revoked_at": lambda: NOW() - timedelta(days=1)}),
]
# fmt: on


def the_same(factory, *columns):
    """A row, and another with the same ``columns``."""

    def make():
        first = factory()
        factory(**{column: getattr(first, column) for column in columns})

    return make


BROKEN_BY_INSERT = {
    "feed_one_alive_per_colleague": the_same(CalendarFeedFactory, "user"),
    "awarenesstopic_label_once_per_centre": twice(AwarenessTopicFactory, label_en="Consent"),
    "topic_key_once": twice(AwarenessTopicFactory, key="consent"),
    "topic_once_in_a_session": the_same(TopicCoveredFactory, "session", "topic"),
    "goal_once_in_a_session": the_same(GoalTouchedFactory, "session", "goal"),
    "need_once_in_a_session": the_same(NeedMetFactory, "session", "need"),
}
