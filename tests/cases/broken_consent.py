"""How the rules of the ledgers of consent are broken by going round our code. No update reaches them: they are written
once, so each is written wrongly from the start."""

from datetime import timedelta

from django.utils import timezone

from cases.enums import ALWAYS_EXPLAINED
from tests.broken import each
from tests.factories.consent import (
    ConsentEventFactory,
    ParentalViewFactory,
    PrivacyInformationFactory,
    SharingPreferenceFactory,
)


def tomorrow():
    return timezone.now() + timedelta(days=1)


# fmt: off
BROKEN_WHEN_WRITTEN = [
    *each("parental_view_known", ParentalViewFactory, {"view": "x"}),
    *each("parental_view_happened_first", ParentalViewFactory, {"at": tomorrow}),
    *each("parental_view_says_why_nobody_was_asked", ParentalViewFactory,
          {"view": "not_aware_not_safe"}, {"view": "not_aware_other_reason"}, {"view": "not_known"}),
    *each("parental_view_of_an_adult_is_not_asked", ParentalViewFactory,
          {"age": 18}, {"view": "not_applicable_18_plus"}),
    *each("consent_known", ConsentEventFactory, {"purpose": "x"}, {"event": "x"}, {"language": "fr"}, no=True),
    *each("consent_answers_known", ConsentEventFactory,
          {"method": "x"}, {"pressure": "x"}, {"decision_basis": "x"}, {"explained": ["x"]}, {"format_used": ["x"]},
          {"kinds": ["x"]}, {"modes": ["x"]}, no=True),
    *each("consent_happened_first", ConsentEventFactory, {"at": tomorrow}),
    *each("consent_given_after_everything_was_explained", ConsentEventFactory,
          {"explained": [], "modes": ["in_person"]},
          *[{"explained": [item for item in (*ALWAYS_EXPLAINED, "remote_safety") if item != left_out]}
            for left_out in ALWAYS_EXPLAINED]),
    *each("consent_to_meet_remotely_after_its_safety_was_explained", ConsentEventFactory,
          {"explained": list(ALWAYS_EXPLAINED)}, {"explained": list(ALWAYS_EXPLAINED), "modes": ["chat"]}),
    *each("consent_to_meet_remotely_after_its_safety_was_explained", ConsentEventFactory,
          {"purpose": "remote_video", "explained": []}, extra=True),
    *each("consent_given_in_some_way", ConsentEventFactory, {"method": ""}, {"method": "", "event": "renewed"}),
    *each("consent_given_with_understanding", ConsentEventFactory,
          {"understanding": ""}, {"understanding": "", "event": "renewed"}),
    *each("consent_given_with_understanding", ConsentEventFactory, {"understanding": ""}, part=True),
    *each("consent_given_says_whether_there_was_pressure", ConsentEventFactory, {"pressure": ""}),
    *each("consent_under_pressure_says_what_was_done", ConsentEventFactory, {"pressure": "possible"},
          {"pressure": "yes"}),
    *each("consent_rests_on_what_the_age_allows", ConsentEventFactory,
          {"decision_basis": ""}, {"decision_basis": "capacity_presumed_16_plus"}, {"age": 16},
          {"age": 17, "decision_basis": "parental_only_under_16_not_competent"},
          {"age": 18, "decision_basis": "best_interests_16_plus"}),
    *each("consent_says_how_it_is_known_that_they_can_decide", ConsentEventFactory,
          {"competence_note": ""}, {"competence_note": "", "decision_basis": "parental_only_under_16_not_competent"},
          {"competence_note": "", "decision_basis": "capacity_assessed", "age": 17}),
    *each("consent_under_thirteen_knows_the_parental_view", ConsentEventFactory, {"age": 12}, {"age": 11}),
    *each("consent_in_part_says_its_limits", ConsentEventFactory, {"limits": ""}, {"kinds": []}, part=True),
    *each("consent_given_says_how_to_meet", ConsentEventFactory, {"modes": []}),
    *each("consent_to_video_is_asked_for_apart", ConsentEventFactory, {"modes": ["in_person", "video"]}),
    *each("consent_given_is_talked_about_again", ConsentEventFactory,
          {"review_on": None}, {"review_on": None, "event": "reviewed_unchanged"},
          {"review_on": None, "event": "renewed"}),
    *each("consent_given_names_the_wording", ConsentEventFactory, {"wording_version": ""}),
    *each("consent_to_an_extra_is_yes_or_no", ConsentEventFactory,
          {"event": "reviewed_unchanged"}, {"event": "renewed"}, {"event": "not_able_to_decide_now"}, extra=True),
    *each("sharing_known", SharingPreferenceFactory, {"scope": "x"}, {"decision": "x"}),
    *each("sharing_answers_known", SharingPreferenceFactory,
          {"topic": "x"}, {"ground": "x"}, {"told_before": "x"}),
    *each("sharing_happened_first", SharingPreferenceFactory, {"at": tomorrow}),
    *each("sharing_says_with_whom", SharingPreferenceFactory,
          {"scope": "other"}, {"scope": "parent_carer", "topic": "safety"}),
    *each("sharing_says_with_whom", SharingPreferenceFactory, {"recipient": ""}, without=True),
    *each("sharing_with_a_parent_says_about_what", SharingPreferenceFactory,
          {"scope": "parent_carer", "recipient": "Mother"}),
    *each("sharing_with_limits_says_them", SharingPreferenceFactory, {"decision": "agreed_limited"}),
    *each("sharing_without_agreement_says_what_why_and_who", SharingPreferenceFactory,
          {"what": ""}, {"why": ""}, {"ground": ""}, {"told_before": ""}, {"authorised_by": None}, without=True),
    *each("privacy_information_known", PrivacyInformationFactory, {"to": "x"}, {"language": "fr"}),
    *each("privacy_information_was_given_or_says_why_not_yet", PrivacyInformationFactory,
          {"given_on": None}, {"how": ""}, {"why_not_yet": "Both."}),
    *each("privacy_information_was_given_or_says_why_not_yet", PrivacyInformationFactory,
          {"why_not_yet": ""}, not_yet=True),
    *each("privacy_information_for_a_parent_says_who", PrivacyInformationFactory, {"to": "parent_or_carer"}),
]
# fmt: on
