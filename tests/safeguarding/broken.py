"""How the constraints of what is done about a concern are broken by going round our code."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from tests.broken import NOW, each, somebody
from tests.factories.safeguarding import (
    ConcernActionFactory,
    EscalationFactory,
    ReplyFactory,
    YoungPersonToldFactory,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ENDED = {"done_by": somebody, "done_at": NOW, "came_to": "done"}


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("action_done_by_someone_at_some_time_and_says_how", ConcernActionFactory,
          *[ENDED | {left: None} for left in ("done_by", "done_at")], ENDED | {"came_to": ""},
          ENDED | {"came_to": "lost"}, {"words": "Rang."}, ENDED | {"done_at": LONG_AGO}),
    *each("action_not_needed_says_why", ConcernActionFactory, ENDED | {"came_to": "not_needed"}),
]
BROKEN_WHEN_WRITTEN = [
    *each("escalation_route_known", EscalationFactory, {"route": "pigeon"}),
    *each("escalation_method_known", EscalationFactory, {"method": "pigeon"}),
    *each("escalation_says_what_we_know", EscalationFactory, {"known": ""}),
    *each("escalation_by_voice_says_to_whom", EscalationFactory, {"person": ""}, {"person": "", "method": "in_person"}),
    *each("escalation_has_happened", EscalationFactory, {"sent_at": in_an_hour}),
    *each("escalation_says_why_the_young_person_was_not_told", EscalationFactory,
          {"young_person_told": False}, {"young_person_not_told_because": "Not safe."}),
    *each("escalation_says_why_no_parent_was_told", EscalationFactory,
          {"parent_told": False}, {"parent_not_told_because": "Not safe."}),
    *each("reply_kind_known", ReplyFactory, {"kind": "x"}, outcome=True),
    *each("reply_says_what_came_of_it", ReplyFactory, {"words": ""}, {"words": "", "kind": "chased"}, outcome=True),
    *each("reply_has_happened", ReplyFactory, {"happened_on": tomorrow}),
    *each("action_says_what", ConcernActionFactory, {"what": ""}),
    *each("action_is_due_when_it_is_set_or_later", ConcernActionFactory, {"due_on": date(2000, 1, 1)}),
    *each("telling_says_why_not", YoungPersonToldFactory, {"not_told_because": ""}, not_told=True),
    *each("telling_says_why_not", YoungPersonToldFactory, {"not_told_because": "Not safe."}),
    *each("telling_says_who_told_them_and_when", YoungPersonToldFactory,
          {"told_on": None}, {"by_whom": ""}, {"told_on": tomorrow}),
    *each("telling_says_who_told_them_and_when", YoungPersonToldFactory,
          {"told_on": timezone.localdate}, {"by_whom": "Kim"}, {"their_words": "No."}, not_told=True),
]
# fmt: on
