"""How the constraints of plans are broken by going round our code."""

from datetime import date

from django.utils import timezone

from tests.broken import each, somebody
from tests.factories.plans import (
    GoalFactory,
    GoalRatingFactory,
    SafetyPlanFactory,
    ScaleRatingFactory,
    StepFactory,
    SupportPlanFactory,
)

TODAY = timezone.localdate

# fmt: off
BROKEN_BY_UPDATE = [
    *each("plan_status_known", SupportPlanFactory, {"status": "lost"}, active=True),
    *each("plan_copy_is_safe_known", SupportPlanFactory, {"copy_is_safe": "x"}),
    *each("plan_participation_and_agreement_known", SupportPlanFactory,
          {"participation": "x"}, {"agreement": "x", "agreement_reason": "Why."}),
    *each("plan_agreed_says_how_they_took_part", SupportPlanFactory,
          {"status": "active", "agreement": "agreed", "agreed_on": TODAY, "agreed_by": somebody}, with_goal=True),
    *each("plan_says_why_they_could_not_take_part", SupportPlanFactory,
          {"participation": "not_yet_able"}, {"participation": "not_yet_able", "participation_reason": " "}),
    *each("plan_agreed_says_what_they_say_to_it", SupportPlanFactory,
          {"status": "active", "participation": "co_wrote", "agreed_on": TODAY, "agreed_by": somebody},
          {"status": "active", "participation": "co_wrote", "agreed_on": TODAY, "agreed_by": somebody,
           "agreement": "not_agreed", "agreement_reason": "Too much at once."},
          {"status": "active", "participation": "via_advocate", "agreed_on": TODAY, "agreed_by": somebody,
           "agreement": "not_shown_yet", "agreement_reason": "In hospital."}, with_goal=True),
    *each("plan_says_why_it_is_not_wholly_agreed", SupportPlanFactory,
          {"agreement": "agreed_in_part"}, {"agreement": "not_agreed"}, {"agreement": "not_shown_yet"}),
    *each("plan_rests_on_an_assessment_once_agreed", SupportPlanFactory,
          {"status": "active", "participation": "co_wrote", "agreement": "agreed", "agreed_on": TODAY,
           "agreed_by": somebody}, with_goal=True),
    *each("plan_agreed_by_someone_on_some_day", SupportPlanFactory,
          {"agreed_by": somebody}, {"agreed_on": TODAY}, {"agreed_by": somebody, "agreed_on": TODAY},
          {"status": "active", "participation": "co_wrote", "agreement": "agreed", "agreed_on": TODAY},
          {"status": "active", "participation": "co_wrote", "agreement": "agreed", "agreed_by": somebody},
          with_goal=True),
    *each("plan_copy_given_only_where_it_is_safe", SupportPlanFactory,
          {"copy_given_on": TODAY}, {"copy_given_on": TODAY, "copy_is_safe": "no"}, active=True),
    *each("plan_ended_by_someone_on_some_day_with_a_reason", SupportPlanFactory,
          {"status": "completed"}, {"ended_on": TODAY}, {"ended_by": somebody}, {"ended_because": "Why."},
          {"status": "ended_early", "ended_by": somebody, "ended_on": TODAY},
          {"status": "ended_early", "ended_by": somebody, "ended_because": "Why."},
          {"status": "ended_early", "ended_on": TODAY, "ended_because": "Why."},
          {"status": "ended_early", "ended_by": somebody, "ended_on": date(2020, 1, 1), "ended_because": "Why."},
          active=True),
    *each("goal_says_it_in_their_own_words", GoalFactory, {"own_words": ""}, {"own_words": " \n"}),
    *each("goal_domain_known", GoalFactory, {"domain": "x"}),
    *each("goal_target_from_0_to_10", GoalFactory, {"target": 11}),
    *each("step_says_what", StepFactory, {"what": " "}),
    *each("step_who_known", StepFactory, {"who": "nobody"}),
    *each("step_status_known", StepFactory, {"status": "failed"}),
]
BROKEN_WHEN_WRITTEN = [
    *each("goal_rating_from_0_to_10", GoalRatingFactory, {"value": 11}),
    *each("goal_rating_voice_known", GoalRatingFactory, {"voice": "x"}),
    *each("goal_rating_occasion_known", GoalRatingFactory, {"occasion": "x"}),
    *each("scale_rating_from_0_to_10", ScaleRatingFactory, {"value": 11}),
    *each("scale_rating_question_known", ScaleRatingFactory, {"question": "x"}),
    *each("scale_rating_voice_known", ScaleRatingFactory, {"voice": "x"}),
    *each("scale_rating_occasion_known", ScaleRatingFactory, {"occasion": "x"}),
    *each("safety_plan_says_what_adults_will_do", SafetyPlanFactory, {"adults_do": ""}, {"adults_do": " "}),
    *each("safety_plan_triggers_known", SafetyPlanFactory, {"triggers_for_review": ["x"]}),
    *each("safety_plan_copy_kept_known", SafetyPlanFactory, {"copy_kept": "x"}),
    *each("safety_plan_is_looked_at_after_it_is_written", SafetyPlanFactory, {"look_again_on": TODAY}),
]
# fmt: on


def two_in_use():
    SupportPlanFactory(active=True, case=SupportPlanFactory(active=True).case)


def two_of_one_version():
    first = SupportPlanFactory(active=True)
    SupportPlanFactory(case=first.case, version=first.version)


def continued_twice():
    before = SupportPlanFactory(active=True)
    plan = SupportPlanFactory(case=before.case)
    for _again in range(2):
        GoalFactory(plan=plan, continues=before.goals.get())


BROKEN_BY_INSERT = {
    "plan_active_once_per_case": two_in_use,
    "plan_written_once_at_a_time": lambda: SupportPlanFactory(case=SupportPlanFactory().case),
    "plan_version_once_per_case": two_of_one_version,
    "goal_continued_once_per_plan": continued_twice,
    "safety_plan_version_once_per_case": lambda: SafetyPlanFactory(case=SafetyPlanFactory().case),
}
