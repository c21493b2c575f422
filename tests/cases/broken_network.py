"""How the constraints of working with others, supervision and the way of the work are broken round our code."""

from datetime import date, timedelta

from django.utils import timezone
from factory import SelfAttribute

from tests.broken import each, somebody, twice
from tests.factories.network import (
    ContributionFactory,
    FocusChosenFactory,
    NoContributionReasonFactory,
    OptionOfferedFactory,
    SafetyChangeFactory,
    StageDecisionFactory,
    SupervisionFactory,
    SupportOptionFactory,
)

LONG_AGO = date(2020, 1, 1)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("support_option_scheme_known", SupportOptionFactory, {"scheme": "X"}),
    *each("contribution_fed_back_by_someone_on_some_day", ContributionFactory,
          {"fed_back_on": tomorrow}, {"fed_back_by": somebody},
          {"fed_back_on": LONG_AGO, "fed_back_by": somebody}),
]
BROKEN_WHEN_WRITTEN = [
    *each("contribution_meeting_known", ContributionFactory, {"meeting": "tea"}),
    *each("contribution_type_known", ContributionFactory, {"how": "x"}),
    *each("contribution_says_what_for", ContributionFactory, {"purpose": ""}),
    *each("contribution_has_happened", ContributionFactory, {"held_on": tomorrow}),
    *each("contribution_says_whether_it_was_said", ContributionFactory,
          {"wanted_said": "I like school."}, {"was_said": "yes"},
          {"wanted_said": "I like school.", "was_said": "perhaps"}),
    *each("contribution_says_what_was_done_instead", ContributionFactory, {"how": "invited_not_able_to_attend"}),
    *each("contribution_shares_on_a_basis", ContributionFactory,
          {"shared": "Where she sleeps."}, {"sharing_basis": "agreed"},
          {"shared": "Where she sleeps.", "sharing_basis": "x"}),
    *each("contribution_without_agreement_says_why", ContributionFactory,
          {"shared": "Where she sleeps.", "sharing_basis": "shared_without_agreement"}),
    *each("no_contribution_says_why", NoContributionReasonFactory, {"reason": ""}),
    *each("supervision_kind_known", SupervisionFactory, {"kind": "chat"}),
    *each("supervision_says_what_the_manager_says", SupervisionFactory, {"oversight": ""}),
    *each("supervision_has_happened", SupervisionFactory, {"held_on": tomorrow}),
    *each("supervision_is_with_a_colleague_and_looks_for_drift", SupervisionFactory,
          {"drift": ""}, {"with_whom": None}, {"with_whom": SelfAttribute("by")}, together=True),
    *each("supervision_is_followed_by_a_later_one", SupervisionFactory, {"next_on": LONG_AGO}),
    *each("option_offered_answer_known", OptionOfferedFactory, {"answer": "x"}),
    *each("focus_known", FocusChosenFactory, {"focus": []}, {"focus": ["x"]}, {"focus": ["therapeutic"]}),
    *each("focus_on_wider_issues_says_which", FocusChosenFactory,
          {"focus": ["wider_issues"]}, {"wider_issues": "Housing."}),
    *each("stage_decision_goes_one_step", StageDecisionFactory,
          {"to_stage": "therapeutic"}, {"to_stage": "stabilise_and_build_trust"}, {"to_stage": "ending"}),
    *each("stage_decision_says_why_with_the_young_persons_view_and_safety", StageDecisionFactory,
          {"reasons": ""}, {"young_persons_view": ""}, {"safety": ""}),
    *each("stage_decision_discussed_with_somebody_else", StageDecisionFactory,
          {"discussed_with": SelfAttribute("decided_by")}),
    *each("safety_change_known", SafetyChangeFactory, {"change": "red"}),
    *each("safety_change_says_what", SafetyChangeFactory, {"what": ""}),
    *each("safety_change_answers_known", SafetyChangeFactory,
          {"done": ["x"]}, {"informed": ["x"]}, {"was_told": "x"}),
    *each("safety_change_says_why_they_were_not_told", SafetyChangeFactory,
          {"was_told": "no"}, {"not_told_because": "x"},
          {"was_told": "no", "not_told_because": "x", "told_young_person": "x"}),
    *each("safety_change_for_the_worse_is_a_concern", SafetyChangeFactory, {"change": "worse"}),
]
# fmt: on
BROKEN_BY_INSERT = {"supportoption_label_once_per_centre": twice(SupportOptionFactory, label_en="Emotional support")}
