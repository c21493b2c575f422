"""How the constraints of sessions are broken by going round our code."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from sessions.enums import CAME_OF_IT, Attendance, SessionStatus
from tests.broken import NOW, each, somebody, twice
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.sessions import (
    AwarenessTopicFactory,
    CalendarFeedFactory,
    GoalTouchedFactory,
    NeedMetFactory,
    RemoteAgreementFactory,
    RemoteStartFactory,
    SessionAddendumFactory,
    SupportSessionFactory,
    TopicCoveredFactory,
)

TOKEN = UUID(int=1)
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
          {"ended_at": F("started_at") + timedelta(hours=12, seconds=1),
           "recorded_at": F("started_at") + timedelta(hours=13)}, held=True),
    *each("session_is_recorded_once_it_has_ended", SupportSessionFactory,
          {"ended_at": F("recorded_at") + timedelta(minutes=1)}, held=True),
    *each("session_not_held_has_no_beginning", SupportSessionFactory, {"started_at": NOW}),
    *each("session_says_why_not", SupportSessionFactory,
          {"attendance": "cancelled_by_practitioner"}, {"attendance": "cancelled_by_carer"}, cancelled=True),
    *each("session_planned_together_has_another_side", SupportSessionFactory, {"kind": "joint_yp_carer"}),
    *each("session_says_why_not", SupportSessionFactory,
          {"status": "by_mistake", "attendance": "", "signed_at": NOW, "signed_by": somebody}, not_held=True),
    *each("session_by_mistake_is_signed_by_who_said_so", SupportSessionFactory,
          {"status": "by_mistake", "attendance": "", "why_not": "Hers was another."}, not_held=True),
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
    *each("session_follow_up_and_focus_known", SupportSessionFactory, {"follow_up": "x"}, {"focus": ["x"]}),
    *each("session_nobody_came_to_says_what_we_do_next", SupportSessionFactory, {"follow_up": ""}, not_held=True),
    *each("session_after_which_it_is_less_safe_is_a_concern", SupportSessionFactory,
          {"safety_change": "worse"}, held=True),
    *each("session_on_wider_issues_says_which", SupportSessionFactory,
          {"focus": ["wider_issues"]}, {"wider_issues": "Where they live."}, held=True),
    *each("remote_start_ok_known", RemoteStartFactory, {"ok_to_talk": "x"}),
    *each("remote_start_who_hears_known", RemoteStartFactory, {"who_hears": "x"}),
    *each("remote_start_says_who_hears_it_and_where_they_are", RemoteStartFactory,
          {"who_hears": ""}, {"where": ""}, {"code_word_reminded": False}),
    *each("remote_start_says_who_is_there", RemoteStartFactory, {"who_hears": "somebody"}),
]
BROKEN_WHEN_WRITTEN = [
    *each("session_addendum_says_something", SessionAddendumFactory, {"words": ""}),
    *each("feed_keeps_a_hash", CalendarFeedFactory, {"digest": "the secret itself"}),
    *each("feed_dies_after_it_was_made", CalendarFeedFactory, {"revoked_at": lambda: NOW() - timedelta(days=1)}),
    *each("remote_agreement_answers_known", RemoteAgreementFactory,
          {"device_is_private": "x"}, {"place_is_private": "x"}, {"has_headphones": "x"}),
    *each("remote_agreement_carer_knows_known", RemoteAgreementFactory, {"carer_knows": "x"}),
    *each("remote_agreement_is_made_anew_within_six_weeks", RemoteAgreementFactory,
          {"until_on": date(2100, 1, 1)}, {"until_on": date(2026, 1, 1)}),
    *each("remote_agreement_has_a_word_for_stop_and_nobody_records", RemoteAgreementFactory,
          {"code_word_agreed": False}, {"nobody_records": False}),
    *each("remote_agreement_says_what_happens_when_it_breaks_off", RemoteAgreementFactory,
          {"back_up_number": ""}, {"if_cut_off": ""}, {"emergency_address": ""}, {"risks": ""}),
]
# fmt: on


def the_same(factory, *columns):
    """A row, and another with the same ``columns``."""

    def make():
        first = factory()
        factory(**{column: getattr(first, column) for column in columns})

    return make


def held_while_they_were_missing():
    episode = MissingEpisodeFactory()
    SupportSessionFactory(case=episode.case, held=True, missing_episode=episode)


BROKEN_BY_INSERT = {
    "session_of_a_time_of_being_missing_says_so": held_while_they_were_missing,
    "feed_one_alive_per_colleague": the_same(CalendarFeedFactory, "user"),
    "awarenesstopic_label_once_per_centre": twice(AwarenessTopicFactory, label_en="Consent"),
    "topic_key_once": twice(AwarenessTopicFactory, key="consent"),
    "topic_once_in_a_session": the_same(TopicCoveredFactory, "session", "topic"),
    "goal_once_in_a_session": the_same(GoalTouchedFactory, "session", "goal"),
    "session_once_for_a_form": lambda: [SupportSessionFactory(form_token=TOKEN) for _ in range(2)],
    "need_once_in_a_session": the_same(NeedMetFactory, "session", "need"),
}
