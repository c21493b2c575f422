"""How the constraints of an ending are broken by going round our code."""

from datetime import timedelta

from django.utils import timezone
from factory import SelfAttribute

from tests.broken import NOW, each, somebody
from tests.factories.ending import EndingFactory, EndingItemFactory, EndingWritingFactory

BACK = {"sent_back_by": somebody, "sent_back_at": NOW, "sent_back_reason": "Who leads?"}
AGAIN = {"reopened_by": somebody, "reopened_at": NOW, "reopened_because": "She asks."}


ON = {"gone_on_by": somebody, "gone_on_at": NOW, "gone_on_because": "He is back."}


def lacking(values, field):
    return {name: value for name, value in values.items() if name != field}


def in_29_days():
    return timezone.now() + timedelta(days=29)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("ending_reason_known", EndingFactory, {"reason": "non_engagement"}),
    *each("ending_says_which_other_reason", EndingFactory, {"reason": "other"}),
    *each("ending_answers_known", EndingFactory, {"step_down": ["x"]}, {"letter_is_safe": "x"}, {"check_in": "x"}),
    *each("ending_writes_to_nobody_who_has_died", EndingFactory,
          {"reason": "young_person_died", "letter": "Dear Sam"}, {"reason": "young_person_died", "check_in": "yes"}),
    *each("ending_proposed_by_someone_at_some_time", EndingFactory,
          {"proposed_by": somebody}, {"proposed_at": NOW}, written=True),
    *each("ending_sent_back_by_someone_at_some_time_with_a_reason", EndingFactory,
          *[lacking(BACK, field) for field in BACK]),
    *each("ending_signed_off_by_someone_at_some_time", EndingFactory,
          {"signed_off_by": somebody}, proposed=True),
    *each("ending_reopened_by_someone_at_some_time_with_a_reason", EndingFactory,
          *[lacking(AGAIN, field) for field in AGAIN], signed_off=True),
    *each("ending_came_from_a_state_that_may_end", EndingFactory, {"came_from": "closed"}, {"came_from": "ending"}),
    *each("ending_gone_on_by_someone_at_some_time_with_a_reason", EndingFactory,
          *[lacking(ON, field) for field in ON]),
    *each("ending_gone_on_or_signed_off", EndingFactory,
          ON | {f"{act}_{what}": value for act in ("proposed", "signed_off")
                for what, value in (("by", somebody), ("at", NOW))}, written=True),
    *each("ending_is_proposed_or_sent_back", EndingFactory, BACK, proposed=True),
    *each("ending_proposed_says_what_we_did_how_safe_and_who_is_there", EndingFactory,
          {"proposed_by": somebody, "proposed_at": NOW}),
    *each("ending_proposed_says_what_we_did_how_safe_and_who_is_there", EndingFactory,
          *[{"proposed_by": somebody, "proposed_at": NOW, field: ""}
            for field in ("what_we_did", "strengths", "safety_now", "how_to_come_back")],
          {"proposed_by": somebody, "proposed_at": NOW, "step_down": []},
          {"proposed_by": somebody, "proposed_at": NOW, "reason": "opened_in_error", "safety_now": ""}, written=True),
    *each("ending_signed_off_by_somebody_else_than_who_proposed_it", EndingFactory,
          {"signed_off_by": somebody, "signed_off_at": NOW}, written=True),
    *each("ending_reopened_within_28_days", EndingFactory, AGAIN | {"reopened_at": in_29_days}, signed_off=True),
    *each("ending_reopened_within_28_days", EndingFactory, AGAIN),
    *each("ending_item_answer_known", EndingItemFactory, {"answer": "x"}),
    *each("ending_item_that_does_not_apply_says_why", EndingItemFactory, {"answer": "not_applicable"}),
]
BROKEN_WHEN_WRITTEN = [
    *each("ending_signed_off_by_somebody_else_than_who_proposed_it", EndingFactory,
          {"signed_off_by": SelfAttribute("proposed_by")}, signed_off=True),
]
# fmt: on
BROKEN_BY_INSERT = {
    "ending_once_at_a_time_per_case": lambda: EndingFactory(case=EndingFactory().case),
    "ending_written_once_at_a_version": lambda: EndingWritingFactory(
        ending=EndingWritingFactory(version=1).ending, version=1
    ),
    "ending_item_answered_once": lambda: EndingItemFactory(ending=EndingItemFactory(key="letter").ending, key="letter"),
}
