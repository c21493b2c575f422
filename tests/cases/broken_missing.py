"""How the constraints of times of being missing are broken by going round our code."""

from datetime import timedelta

from django.utils import timezone

from tests.broken import NOW, each, somebody
from tests.factories.cases import TaskFactory
from tests.factories.missing import MissingEpisodeFactory


def hours(count):
    return timezone.now() + timedelta(hours=count)


def day(count):
    return timezone.localdate() + timedelta(days=count)


def two_still_missing():
    MissingEpisodeFactory(case=MissingEpisodeFactory().case)


def two_open_tasks_of_a_kind():
    TaskFactory(case=TaskFactory(kind="safety_plan").case, kind="safety_plan")


# fmt: off
BROKEN_BY_UPDATE = [
    *each("missing_type_known", MissingEpisodeFactory, {"kind": "runaway"}),
    *each("missing_police_known", MissingEpisodeFactory, {"police_told": "", "police_reference": ""}),
    *each("missing_talk_known", MissingEpisodeFactory, {"talk": "x"}, back=True),
    *each("missing_says_who_told_us", MissingEpisodeFactory, {"told_us_by": "  "}),
    *each("missing_ends_after_it_began", MissingEpisodeFactory, {"until_at": hours(-48)}, back=True),
    *each("missing_has_begun_when_it_is_written_down", MissingEpisodeFactory, {"from_at": hours(1)}),
    *each("missing_told_to_us_before_it_is_written_down", MissingEpisodeFactory, {"told_us_at": hours(1)}),
    *each("missing_over_as_someone_wrote_down_at_some_time", MissingEpisodeFactory,
          {"until_at": hours(-1)}, {"back_at": NOW}, {"back_by": somebody}),
    *each("missing_over_as_someone_wrote_down_at_some_time", MissingEpisodeFactory,
          {"until_at": hours(1)}, {"back_by": None}, back=True),
    *each("missing_reported_only_where_the_police_know", MissingEpisodeFactory,
          {"police_told": "no"}, {"police_told": "not_known", "police_reference": "", "reported_by": "Aunt"}),
    *each("missing_reported_to_the_police_before_it_is_written_down", MissingEpisodeFactory,
          {"police_told_at": hours(1)}),
    *each("missing_says_how_they_are_once_they_are_back", MissingEpisodeFactory,
          {"found_how": "x"}, {"harm": "x"}, {"own_words": "x"}),
    *each("missing_talk_offered_by_someone_on_some_day", MissingEpisodeFactory,
          {"talk": "offered"}, {"talk_by": "x"}, {"talk": "said_no", "talk_by": "x"}, back=True),
    *each("missing_talk_took_place_on_some_day", MissingEpisodeFactory,
          {"talk_on": None}, {"talk_on": day(-2)}, {"talk": "offered"}, talked=True),
    *each("missing_talk_offered_once_they_were_back", MissingEpisodeFactory,
          {"talk_offered_on": day(-2)}, talked=True),
    *each("missing_talk_has_happened", MissingEpisodeFactory,
          {"talk_on": day(2)}, {"talk_offered_on": day(2), "talk_on": day(2)}, talked=True),
    *each("missing_talk_not_offered_says_why", MissingEpisodeFactory, {"talk": "not_offered"}, back=True),
]
# fmt: on
BROKEN_BY_INSERT = {
    "missing_still_once_per_case": two_still_missing,
    "task_of_this_kind_open_once_per_case": two_open_tasks_of_a_kind,
}
