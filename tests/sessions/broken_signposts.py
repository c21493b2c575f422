"""How the constraints of signposts and feedback are broken by going round our code."""

from datetime import timedelta

from django.utils import timezone

from tests.broken import NOW, each, somebody, twice
from tests.factories.centres import PublicContactFactory
from tests.factories.signposts import FeedbackFactory, ResourceFactory, SignpostFactory


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("resource_known", ResourceFactory, {"kind": "pet"}, {"for_whom": "us"}, {"languages": ["xx"]}),
    *each("resource_is_found_in_one_place", ResourceFactory,
          {"phone_number": ""}, {"contact_id": lambda: PublicContactFactory().pk}),
]
BROKEN_WHEN_WRITTEN = [
    *each("signpost_known", SignpostFactory, {"for_whom": "us"}, {"how": "pigeon"}, {"was_safe": "perhaps"}),
    *each("signpost_names_one_thing", SignpostFactory, {"resource": None}, {"other": "A boxing club"}),
    *each("signpost_that_was_not_safe_says_what_was_done", SignpostFactory, {"was_safe": "no"},
          {"was_safe": "not_known"}),
    *each("signpost_was_given_by_its_day", SignpostFactory, {"given_on": tomorrow}),
    *each("feedback_known", FeedbackFactory, {"occasion": "birthday"}, {"answered": "perhaps"}),
    *each("feedback_answers_known", FeedbackFactory, {"how": "pigeon"}, {"may_quote": "may"}),
    *each("feedback_from_nought_to_ten", FeedbackFactory, {"it_helps": 11}, {"feels_heard": 11}),
    *each("feedback_of_who_would_rather_not_is_empty", FeedbackFactory,
          {"said_to_change": "Ring less."}, {"it_helps": 3}, {"how": "told_us"}, {"may_quote": "no"}, rather_not=True),
    *each("feedback_given_says_something_and_how", FeedbackFactory,
          {"said_of_us": "", "it_helps": None}, {"how": ""}),
    *each("feedback_is_quoted_where_there_are_words", FeedbackFactory, {"said_of_us": ""}, may_quote="yes"),
    *each("feedback_quote_taken_back_by_someone_at_some_time", FeedbackFactory,
          {"quote_taken_back_at": NOW}, {"quote_taken_back_by_id": somebody}, quotable=True),
    *each("feedback_quote_taken_back_by_someone_at_some_time", FeedbackFactory,
          {"quote_taken_back_at": NOW, "quote_taken_back_by_id": somebody}),
    *each("feedback_was_asked_by_its_day", FeedbackFactory, {"asked_on": tomorrow}),
]
# fmt: on


BROKEN_BY_INSERT = {
    "resource_label_once_per_centre": twice(ResourceFactory, label_en="Drawing"),
    "resource_key_once": twice(ResourceFactory, key="childline"),
}
