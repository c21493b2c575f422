"""How the constraints of the carer's strand are broken by going round our code."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import F

from sessions.carer_enums import StrandStatus
from tests.broken import NOW, each, somebody
from tests.factories.carers import (
    CarerAnswerFactory,
    CarerAssessmentAddendumFactory,
    CarerAssessmentFactory,
    CarerConsentFactory,
    CarerFactory,
    CarerFeedbackFactory,
    CarerNoteFactory,
    CarerSessionAddendumFactory,
    CarerSessionFactory,
    CarerSignpostFactory,
    CarerStrandFactory,
    CarerTaskFactory,
    SharedItemFactory,
    StrandEntryFactory,
)
from tests.factories.sessions import SupportSessionFactory
from tests.sessions.broken_signposts import tomorrow

# fmt: off
BROKEN_BY_UPDATE = [
    *each("carer_has_a_name_and_a_relationship", CarerFactory, {"first_name": ""}, {"relationship": ""}),
    *each("carer_answers_known", CarerFactory, {"preferred_language": "x"}, {"interpreter_needed": "x"}),
    *each("session_has_another_side_only_where_it_is_together", SupportSessionFactory, {"joint_key": uuid4()}),
    *each("strand_status_known", CarerStrandFactory, {"status": "lost"}),
    *each("strand_response_known", CarerStrandFactory,
          {"response": "x", "answered_by": somebody, "answered_at": NOW}),
    *each("strand_direct_sessions_at_most_ten", CarerStrandFactory, {"direct_max": 11}),
    *each("strand_offered_by_someone_at_some_time", CarerStrandFactory,
          {"offered_by": None}, {"offered_at": None}, ended=True),
    *each("strand_offered_before_it_is_wanted_or_not", CarerStrandFactory, {"status": StrandStatus.OFFERED}),
    *each("strand_answered_by_someone_at_some_time_with_an_answer", CarerStrandFactory,
          {"answered_by": None}, {"answered_at": None}, {"response": ""}, accepted=True),
    *each("strand_is_wanted_as_they_answered", CarerStrandFactory, {"response": "declined"}, accepted=True),
    *each("strand_is_wanted_as_they_answered", CarerStrandFactory, {"response": "undecided"}, declined=True),
    *each("strand_has_a_practitioner_exactly_while_they_work_together", CarerStrandFactory,
          {"practitioner": None}, {"grant": None}, {"allocated_by": None}, {"allocated_at": None},
          {"status": StrandStatus.OFFERED}, active=True),
    *each("strand_has_a_practitioner_exactly_while_they_work_together", CarerStrandFactory,
          {"practitioner": somebody}, {"status": StrandStatus.ACTIVE}, accepted=True),
    *each("strand_ended_by_someone_at_some_time_with_a_reason", CarerStrandFactory,
          {"ended_by": None}, {"ended_at": None}, {"ended_because": ""}, {"status": StrandStatus.OFFERED}, ended=True),
    *each("strand_held_back_by_someone_at_some_time_with_a_reason", CarerStrandFactory,
          {"held_back_by": None}, {"held_back_at": None}, {"held_back_because": ""},
          {"status": StrandStatus.NOT_OFFERED}, blocked=True),
    *each("strand_says_why_it_is_not_safe_while_it_is_not", CarerStrandFactory, {"not_safe_because": "x"}),
    *each("carer_task_says_what", CarerTaskFactory, {"what": ""}),
    *each("carer_task_done_by_someone_at_some_time", CarerTaskFactory, {"done_by": somebody}, {"done_at": NOW}),
    *each("carer_session_known", CarerSessionFactory, {"kind": "tea"}, {"mode": "pigeon"}),
    *each("carer_session_answers_known", CarerSessionFactory, {"safety_change": "x"}),
    *each("carer_session_came_to_what_its_status_says", CarerSessionFactory,
          {"attendance": "attended"}, {"status": "lost"}),
    *each("carer_session_came_to_what_its_status_says", CarerSessionFactory,
          {"attendance": ""}, {"attendance": "was_not_brought"}, not_held=True),
    *each("carer_session_planned_for_five_minutes_to_twelve_hours", CarerSessionFactory,
          {"planned_minutes": 4}, {"planned_minutes": 721}),
    *each("carer_session_has_times_exactly_where_it_took_place", CarerSessionFactory,
          {"started_at": None}, {"ended_at": None}, {"ended_at": F("started_at")}, held=True),
    *each("carer_session_has_times_exactly_where_it_took_place", CarerSessionFactory, {"ended_at": NOW}),
    *each("carer_session_lasts_twelve_hours_at_most", CarerSessionFactory,
          {"ended_at": F("started_at") + timedelta(hours=12, seconds=1),
           "recorded_at": F("started_at") + timedelta(hours=13)}, held=True),
    *each("carer_session_is_recorded_once_it_has_ended", CarerSessionFactory,
          {"ended_at": F("recorded_at") + timedelta(seconds=1)}, held=True),
    *each("carer_session_says_why_not", CarerSessionFactory, {"attendance": "not_safe_to_go_ahead"}, not_held=True),
    *each("carer_session_says_why_not", CarerSessionFactory,
          {"status": "by_mistake", "attendance": "", "signed_at": NOW, "signed_by": somebody}, not_held=True),
    *each("carer_session_by_mistake_is_signed_by_who_said_so", CarerSessionFactory,
          {"status": "by_mistake", "attendance": "", "why_not": "It was another mother."}, not_held=True),
    *each("carer_session_moved_by_somebodys_wish", CarerSessionFactory, {"moved_by_wish_of": "carer"}),
    *each("direct_number_is_one_to_ten", CarerSessionFactory, {"direct_number": 11}, {"direct_number": 0}, held=True),
    *each("direct_number_is_given_exactly_where_it_counts", CarerSessionFactory,
          {"direct_number": None}, {"kind": "information"}, held=True),
    *each("direct_number_is_given_exactly_where_it_counts", CarerSessionFactory, {"direct_number": 1}),
    *each("carer_session_has_another_side_exactly_where_it_is_together", CarerSessionFactory,
          {"joint_key": None}, {"kind": "direct_session"}, joint=True),
    *each("carer_session_recorded_by_someone_at_some_time", CarerSessionFactory,
          {"recorded_at": None}, {"recorded_by": None}, not_held=True),
    *each("carer_session_signed_by_someone_once_it_is_recorded", CarerSessionFactory,
          {"signed_at": NOW}, {"signed_by": somebody}, held=True),
    *each("carer_session_signed_says_what_was_done", CarerSessionFactory,
          {"signed_at": NOW, "signed_by": somebody}, held=True, what_we_did=""),
    *each("carer_assessment_signed_by_someone_at_some_time", CarerAssessmentFactory,
          {"signed_at": NOW}, {"signed_by": somebody}),
    *each("carer_assessment_signed_with_every_part_that_is_needed", CarerAssessmentFactory,
          {"signed_at": NOW, "signed_by": somebody}, strengths=""),
]
# Of what no update reaches: written wrongly from the start.
BROKEN_WHEN_WRITTEN = [
    *each("carer_answer_known", CarerAnswerFactory, {"response": "x"}),
    *each("carer_consent_known", CarerConsentFactory, {"event": "x"}, {"language": "x"}),
    *each("carer_consent_answers_known", CarerConsentFactory,
          {"method": "x"}, {"modes": ["x"]}, {"explained": ["x"]}, no=True),
    *each("carer_consent_happened_first", CarerConsentFactory, {"recorded_at": "2026-01-01T10:00Z"}),
    *each("carer_consent_given_after_everything_was_explained", CarerConsentFactory, {"explained": ["no_effect"]}),
    *each("carer_consent_given_in_some_way_to_meet", CarerConsentFactory,
          {"method": ""}, {"modes": []}, {"wording_version": ""}),
    *each("carer_consent_in_part_says_its_limits", CarerConsentFactory, {"event": "given_partial"}),
    *each("carer_consent_given_is_talked_about_again", CarerConsentFactory, {"review_on": None}),
    *each("carer_note_says_something", CarerNoteFactory, {"text": ""}),
    *each("strand_entry_kind_known", StrandEntryFactory, {"kind": "x"}),
    *each("shared_item_known", SharedItemFactory, {"from_side": "x"}, {"kind": "x"}),
    *each("shared_item_says_what_and_why", SharedItemFactory, {"text": ""}, {"reason": ""}),
    *each("carersignpost_known", CarerSignpostFactory, {"how": "pigeon"}, {"was_safe": "perhaps"}),
    *each("carersignpost_names_one_thing", CarerSignpostFactory, {"resource": None}, {"other": "A boxing club"}),
    *each("carersignpost_that_was_not_safe_says_what_was_done", CarerSignpostFactory,
          {"was_safe": "no"}, {"was_safe": "not_known"}),
    *each("carersignpost_was_given_by_its_day", CarerSignpostFactory, {"given_on": tomorrow}),
    *each("carerfeedback_known", CarerFeedbackFactory, {"occasion": "birthday"}, {"answered": "perhaps"}),
    *each("carerfeedback_answers_known", CarerFeedbackFactory, {"how": "pigeon"}, {"may_quote": "may"}),
    *each("carerfeedback_from_nought_to_ten", CarerFeedbackFactory, {"it_helps": 11}, {"feels_heard": 11}),
    *each("carerfeedback_of_who_would_rather_not_is_empty", CarerFeedbackFactory,
          {"said_to_change": "Ring less."}, {"it_helps": 3}, {"how": "told_us"}, {"may_quote": "no"}, rather_not=True),
    *each("carerfeedback_given_says_something_and_how", CarerFeedbackFactory,
          {"said_of_us": "", "it_helps": None}, {"how": ""}),
    *each("carerfeedback_is_quoted_where_there_are_words", CarerFeedbackFactory, {"said_of_us": ""}, may_quote="yes"),
    *each("carerfeedback_quote_taken_back_by_someone_at_some_time", CarerFeedbackFactory,
          {"quote_taken_back_at": NOW}, {"quote_taken_back_by_id": somebody}, quotable=True),
    *each("carerfeedback_was_asked_by_its_day", CarerFeedbackFactory, {"asked_on": tomorrow}),
    *each("carer_session_addendum_says_something", CarerSessionAddendumFactory, {"words": ""}),
    *each("carer_assessment_addendum_says_something", CarerAssessmentAddendumFactory, {"words": ""}),
]
# fmt: on


def two_of_one_strand(factory, **same):
    def make():
        first = factory(**same)
        factory(strand=first.strand, **same)

    return make


def two_strands():
    first = CarerStrandFactory()
    CarerStrandFactory(case=first.case, carer=first.carer)


def two_sides_alike():
    first = CarerSessionFactory(joint=True)
    second = CarerSessionFactory(strand=first.strand, joint=True)
    type(second).objects.filter(pk=second.pk).update(joint_key=first.joint_key)


def two_of_a_session_together():
    key = uuid4()
    for _time in range(2):
        SupportSessionFactory(kind="joint_yp_carer", joint_key=key)


BROKEN_BY_INSERT = {
    "strand_once_per_carer_and_case": two_strands,
    "carer_session_once_for_a_form": two_of_one_strand(CarerSessionFactory, form_token=uuid4()),
    "direct_number_once_in_a_strand": two_of_one_strand(CarerSessionFactory, held=True),
    "carer_session_once_of_a_session_together": two_sides_alike,
    "session_once_of_a_session_together": two_of_a_session_together,
    "carer_assessment_version_once": two_of_one_strand(CarerAssessmentFactory, signed=True),
    "carer_assessment_one_draft": lambda: CarerAssessmentFactory(strand=CarerAssessmentFactory().strand, version=2),
}
