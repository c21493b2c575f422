"""How the constraints of cases, and of the young people in them, are broken by going round our code."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import F
from django.utils import timezone

from tests.broken import NOW, each, somebody
from tests.cases import broken_ending as ending
from tests.cases import broken_missing as missing
from tests.cases import broken_network as network
from tests.cases import broken_plans
from tests.factories.assessments import (
    AddendumFactory,
    AssessmentFactory,
    ExternalMeasureFactory,
    ExternalScoreFactory,
    FamilyViewFactory,
    HopeFactory,
    MarkFactory,
    NeedFactory,
    ReflectiveCommentFactory,
    StrengthFactory,
    WorryFactory,
    combined_assessment,
)
from tests.factories.cases import (
    AssignmentFactory,
    CaseFactory,
    CaseNoteFactory,
    ContactAttemptFactory,
    PauseFactory,
    TaskFactory,
    TimelineEntryFactory,
    WaitingCheckFactory,
    YoungPersonFactory,
)
from tests.factories.reminders import ReminderFactory, SnoozeFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WHOLE = {"whole": True, "strengths": ["Kind."]}
ENDED = {"ended_by": somebody, "until_at": NOW, "ended_because": "Moves on."}


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def lacking(field):
    return {name: value for name, value in ENDED.items() if name != field}


HELD = {
    "held_by": somebody,
    "held_at": NOW,
    "held_on": date(2026, 1, 1),
    "consent_check": "still_wanted",
    "outcome": "continue",
    "what_changed": "x",
    "safety": "x",
    "because": "x",
}
DECIDED = {"decided_by": somebody, "decided_at": NOW, "reasons": "x", "decision": "not_approved"}


def lacking_of_held():
    nothing = {"held_by": None, "held_at": None, "held_on": None}
    return [HELD | {name: nothing.get(name, "")} for name in HELD]


# fmt: off
BROKEN_BY_UPDATE = [
    *each("known_young_person_has_a_date_of_birth_or_an_estimated_age", YoungPersonFactory, {"date_of_birth": None}),
    *each("known_young_person_answers_known", YoungPersonFactory,
          {"sex_registered": "x"}, {"gender_identity": "x"}, {"sexual_orientation": "x"}, {"ethnic_group": "x"},
          {"address_type": "x"}),
    *each("case_status_known", CaseFactory, {"status": "lost"}),
    *each("case_kind_known", CaseFactory, {"kind": "x"}),
    *each("case_work_type_known", CaseFactory, {"work_type": "x"}),
    *each("case_start_route_known", CaseFactory, {"start_route": "harder_to_reach"}),
    *each("case_pathway_stage_known", CaseFactory, {"pathway_stage": "x"}),
    *each("case_has_a_planned_end_once_support_has_started", CaseFactory,
          {"support_started_on": date(2026, 11, 2)}, {"planned_end_on": date(2026, 11, 2)}),
    *each("case_has_a_planned_end_once_support_has_started", CaseFactory,
          {"planned_end_on": F("support_started_on")}, active=True),
    *each("case_planned_for_twelve_months_at_most", CaseFactory,
          {"support_started_on": date(2026, 8, 31), "planned_end_on": date(2027, 9, 1)},
          {"support_started_on": date(2027, 2, 28), "planned_end_on": date(2028, 2, 29)},
          {"support_started_on": date(2026, 8, 31), "planned_end_on": date(2027, 8, 31), "months_most": 11}),
    *each("case_months_within_six_and_twelve", CaseFactory,
          {"months_initial": 7}, {"months_most": 13}, {"months_most": 5}),
    *each("case_closed_at_some_time", CaseFactory, {"status": "closed"}, {"closed_at": NOW}),
    *each("case_without_plan_or_clock_where_it_is_about_a_carer_alone", CaseFactory,
          {"kind": "carer_only"}, active=True),
    *each("case_with_a_carer_alone_waits_goes_on_ends_or_is_closed", CaseFactory,
          {"status": "engaging"}, {"status": "planning"}, kind="carer_only"),
    *each("pause_says_why", PauseFactory, {"reason": ""}),
    *each("pause_is_looked_at_after_it_begins", PauseFactory, {"review_on": date(2020, 1, 1)}),
    *each("pause_resumed_by_someone_on_some_day", PauseFactory,
          {"resumed_by": somebody}, {"resumed_on": date(2040, 1, 1)},
          {"resumed_by": somebody, "resumed_on": date(2020, 1, 1)}),
    *each("assignment_kind_known", AssignmentFactory, {"kind": "x"}),
    *each("assignment_ended_by_someone_at_some_time_with_a_reason", AssignmentFactory,
          lacking("ended_by"), lacking("until_at"), lacking("ended_because"), ENDED | {"until_at": LONG_AGO}),
    *each("waiting_check_says_how_they_are", WaitingCheckFactory, {"text": ""}),
    *each("task_kind_known", TaskFactory, {"kind": "x"}),
    *each("task_says_what", TaskFactory, {"what": ""}),
    *each("task_done_by_someone_at_some_time", TaskFactory,
          {"done_by": somebody}, {"done_at": NOW}, {"done_by": somebody, "done_at": LONG_AGO}),
    *each("entry_pinned_by_someone_at_some_time", TimelineEntryFactory, {"pinned_by": somebody}, {"pinned_at": NOW}),
    *each("reminder_stage_known", ReminderFactory, {"stage": "x"}),
    *each("snooze_at_most_twice", SnoozeFactory, {"number": 3}, {"number": 0}),
    *each("snooze_says_why", SnoozeFactory, {"reason": ""}),
    *each("snooze_for_a_week_at_most", SnoozeFactory,
          {"until_on": F("put_off_on")}, {"until_on": F("put_off_on") + timedelta(days=8)}),
    *each("reminder_is_about_what_its_kind_says", ReminderFactory,
          {"review": None}, {"kind": "more_time"}, {"kind": "twelve_months"}),
    *each("review_kind_known", ReviewFactory, {"kind": "x"}),
    *each("review_is_due_once_it_is_asked_for", ReviewFactory, {"opens_on": date(2040, 1, 1)}),
    *each("review_held_by_someone_on_some_day_with_an_outcome", ReviewFactory,
          {"held_by": somebody}, {"held_at": NOW}, {"held_on": date(2026, 1, 1)}, {"outcome": "continue"},
          *lacking_of_held()),
    *each("review_decides_what_its_kind_decides", ReviewFactory,
          HELD | {"outcome": "extend"}, HELD | {"outcome": "x"}, HELD | {"kind": "six_month_decision"}),
    *each("review_cancelled_by_someone_at_some_time_with_a_reason", ReviewFactory,
          {"cancelled_by": somebody}, {"cancelled_at": NOW}, {"cancelled_because": "x"},
          {"cancelled_by": somebody, "cancelled_at": NOW},
          HELD | {"cancelled_by": somebody, "cancelled_at": NOW, "cancelled_because": "x"}),
    *each("review_in_between_is_held_when_it_is_written", ReviewFactory, {"kind": "unscheduled"}),
    *each("extension_decided_by_someone_at_some_time_with_reasons", ExtensionRequestFactory,
          {"decided_by": somebody}, {"decided_at": NOW}, {"reasons": "x"}, {"decision": "not_approved"},
          DECIDED | {"decision": "x"}, DECIDED | {"reasons": ""}, DECIDED | {"decided_by": None}),
    *each("extension_decided_by_another_than_who_asked", ExtensionRequestFactory,
          DECIDED | {"decided_by": F("requested_by")}),
    *each("extension_approved_until_a_day_no_later_than_asked", ExtensionRequestFactory,
          DECIDED | {"decision": "approved"}, DECIDED | {"approved_until_on": date(2026, 12, 1)},
          DECIDED | {"decision": "approved", "approved_until_on": date(2040, 1, 1)},
          DECIDED | {"decision": "approved_shorter"},
          DECIDED | {"decision": "approved_shorter", "approved_until_on": F("until_on")}),
    *each("assessment_kind_known", AssessmentFactory, {"kind": "parent_needs"}),
    *each("assessment_updates_one_before", AssessmentFactory, {"kind": "update"}, {"version": 0}),
    *each("assessment_signed_by_someone_at_some_time", AssessmentFactory,
          {"signed_at": NOW}, {"signed_by": somebody}, {"signed_at": LONG_AGO, "signed_by": somebody}, **WHOLE),
    *each("assessment_signed_with_every_part_that_is_needed", AssessmentFactory,
          *({name: "", "signed_at": NOW, "signed_by": somebody}
            for name in ("what_matters", "how_done", "analysis", "recommendation", "agreement")), **WHOLE),
    *each("assessment_says_why_the_young_person_does_not_agree", AssessmentFactory,
          *({"agreement": agreement, "signed_at": NOW, "signed_by": somebody}
            for agreement in ("partly", "disagree", "not_shared_yet")), **WHOLE),
    *each("assessment_with_parents_only_without_a_separate_worker", combined_assessment,
          {"needs_separate_worker": True, "separate_worker_because": "Three families."}),
    *each("assessment_with_parents_only_without_a_separate_worker", combined_assessment,
          {"signed_at": NOW, "signed_by": somebody}, **WHOLE),
    *each("assessment_says_why_a_separate_worker", AssessmentFactory, {"needs_separate_worker": True}),
    *each("assessment_answers_known", AssessmentFactory,
          {"agreement": "x"}, {"recommended_work_type": "x"}, {"recommended_stage": "x"},
          {"more_time_to_build_trust": "x"}),
    *each("strength_says_something", StrengthFactory, {"words": ""}),
    *each("strength_answers_known", StrengthFactory, {"domain": "x"}, {"voice": "x"}),
    *each("worry_says_something", WorryFactory, {"words": ""}),
    *each("worry_answers_known", WorryFactory, {"kind": "risk"}, {"domain": "x"}, {"voice": "x"}),
    *each("hope_says_something", HopeFactory, {"words": ""}),
    *each("hope_answers_known", HopeFactory, {"voice": "x"}),
    *each("need_says_something", NeedFactory, {"words": ""}),
    *each("need_answers_known", NeedFactory, {"domain": "x"}),
    *each("family_view_says_something", FamilyViewFactory, {"words": ""}),
    *each("mark_is_from_none_to_ten", MarkFactory, {"value": 11}),
    *each("mark_is_given_by_one_of_two", MarkFactory, {"voice": "other_professional"}),
    *each("mark_is_about_one_thing", MarkFactory,
          {"scale": ""}, {"scale": "x"}, {"domain": "safety"}, {"scale": "", "domain": "x"}),
    *missing.BROKEN_BY_UPDATE,
    *network.BROKEN_BY_UPDATE,
    *ending.BROKEN_BY_UPDATE,
    *broken_plans.BROKEN_BY_UPDATE,
]
BROKEN_WHEN_WRITTEN = [
    *each("case_note_says_something", CaseNoteFactory, {"text": ""}),
    *each("contact_channel_known", ContactAttemptFactory, {"channel": "pigeon"}),
    *each("contact_outcome_known", ContactAttemptFactory, {"outcome": "x"}),
    *each("contact_says_with_whom", ContactAttemptFactory, {"is_young_person": False}),
    *each("entry_of_which_a_concern_is_raised_says_something", TimelineEntryFactory, {"words": ""}, raised_of=True),
    *each("entry_kind_known", TimelineEntryFactory, {"kind": "gossip"}),
    *each("entry_strand_known", TimelineEntryFactory, {"strand": "x"}),
    *each("extension_says_why", ExtensionRequestFactory,
          {"needs": ""}, {"what_will_differ": ""}, {"own_words": ""}, {"safety": ""}, {"alternatives": ""}),
    *each("extension_view_known", ExtensionRequestFactory, {"view": "x"}),
    *each("addendum_says_something", AddendumFactory, {"words": ""}),
    *each("reflective_comment_says_something", ReflectiveCommentFactory, {"words": ""}),
    *each("measure_instrument_known", ExternalMeasureFactory, {"instrument": "x"}),
    *each("measure_of_another_tool_says_which", ExternalMeasureFactory, {"instrument": "other"}),
    *each("measure_says_who_answered_and_who_completed_it", ExternalMeasureFactory,
          {"respondent": ""}, {"completed_by": ""}),
    *each("measure_read_by_somebody_where_it_was_read", ExternalMeasureFactory, {"interpretation": "Few worries."}),
    *each("score_says_which_and_what", ExternalScoreFactory, {"label": ""}, {"value": ""}),
    *network.BROKEN_WHEN_WRITTEN,
    *ending.BROKEN_WHEN_WRITTEN,
    *broken_plans.BROKEN_WHEN_WRITTEN,
]
# fmt: on


def two_open_cases():
    first = CaseFactory()
    CaseFactory(young_person=first.young_person, subject=first.subject)


def two_leads():
    AssignmentFactory(case=AssignmentFactory().case)


def twice_on_a_case():
    first = AssignmentFactory()
    AssignmentFactory(case=first.case, user=first.user, kind="cover")


def told_twice():
    first = ReminderFactory()
    ReminderFactory(review=first.review, due_on=first.due_on, person=first.person)


def put_off_twice_for_the_first_time():
    first = ReminderFactory()
    SnoozeFactory.create_batch(2, reminder=first)


BROKEN_BY_INSERT = {
    "snooze_once_by_its_number": put_off_twice_for_the_first_time,
    "reminder_once_per_subject_day_stage_and_person": told_twice,
    "case_open_once_per_young_person": two_open_cases,
    "assignment_one_lead_per_case": two_leads,
    "assignment_once_per_colleague_and_case": twice_on_a_case,
    "review_planned_once_for_a_day": lambda: ReviewFactory(case=(first := ReviewFactory()).case, due_on=first.due_on),
    "review_one_six_month_decision_per_case": lambda: ReviewFactory(
        case=ReviewFactory(decision=True).case, decision=True, due_on=in_days(50)
    ),
    "extension_one_at_a_time_per_case": lambda: ExtensionRequestFactory(case=ExtensionRequestFactory().case),
    "assessment_version_once_per_case": lambda: AssessmentFactory(
        case=AssessmentFactory(whole=True, signed=True).case, kind="child_needs"
    ),
    "assessment_one_draft_per_case": lambda: AssessmentFactory(case=AssessmentFactory().case, version=2),
    "mark_once_per_thing_and_voice": lambda: MarkFactory(assessment=MarkFactory().assessment),
    "score_once_per_measure_and_label": lambda: ExternalScoreFactory(measure=ExternalScoreFactory().measure),
    "pause_once_at_a_time_per_case": lambda: PauseFactory(case=PauseFactory().case),
    **missing.BROKEN_BY_INSERT,
    **network.BROKEN_BY_INSERT,
    **ending.BROKEN_BY_INSERT,
    **broken_plans.BROKEN_BY_INSERT,
}
