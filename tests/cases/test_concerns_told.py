"""What is done about a concern stands in the story of the case, without a word of what was seen or said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import TimelineEntry
from safeguarding import operations
from safeguarding.models import Concern
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.safeguarding import ConcernFactory, follower
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db

SECRET = "He waits for her at the gate."
TAKEN = {"route": "police_101", "method": "phone", "person": SECRET, "known": SECRET, "reference": SECRET}
TAKEN |= {"young_person_told": True, "parent_told": True}
NOT_TOLD = {"was_told": False, "not_told_because": SECRET}
STORY = [
    "Concern raised: Immediate",
    "Concern acknowledged",
    "Concern taken further: Police: 101",
    "Police: 101: We asked again, and have no answer yet",
    "Something was done about the concern",
    "Something about the concern is not needed any more",
    "The young person was not told of the concern",
    "The young person was told of the concern",
    "Concern closed",
    "Concern opened again",
]


@pytest.fixture
def case():
    return CaseFactory(active=True)


def follow(subject, by, **said):
    """Every act that there is on a concern, in an order in which it happens."""
    today, soon = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    concern = operations.raise_concern(subject, by=by, severity="immediate", what=SECRET, done_now=SECRET, **said)
    operations.acknowledge(concern, by=follower(subject))
    given = [operations.set_action(concern, by=by, what=f"{SECRET} {n}", owner=by, due_on=soon) for n in range(2)]
    escalation = operations.take_further(concern, by=by, sent_at=timezone.now(), **TAKEN)
    operations.add_reply(escalation, by=by, kind="chased", words=SECRET, happened_on=today)
    operations.finish_action(given[0], by=by, came_to="done", words=SECRET)
    operations.finish_action(given[1], by=by, came_to="not_needed", words=SECRET)
    operations.record_telling(concern, by=by, **NOT_TOLD)
    operations.record_telling(concern, by=by, was_told=True, told_on=today, by_whom=SECRET, their_words=SECRET)
    operations.close(concern, by=by, outcome=SECRET)
    operations.reopen(concern, by=by, because=SECRET)
    return concern


def told(case):
    return list(case.timeline.filter(kind="concern").order_by("pk").values_list("title", flat=True))


def test_each_act_is_a_line_that_leads_to_the_concern_and_says_nothing_of_what_was_seen(case):
    lead = follower(case.subject)
    concern = follow(case.subject, lead)
    assert told(case) == STORY
    for entry in case.timeline.filter(kind="concern"):
        assert (entry.words, entry.path) == ("", concern.get_absolute_url())
        assert SECRET not in entry.title


def test_nothing_is_told_of_a_concern_about_a_colleague(case):
    follow(case.subject, follower(case.subject), about_colleague=True, colleague=UserFactory())
    assert not TimelineEntry.objects.exists()


def test_nothing_is_told_where_there_is_no_case_and_nothing_in_the_case_of_another(case):
    subject = DataSubjectFactory()
    follow(subject, follower(subject))
    assert not TimelineEntry.objects.exists()


def test_it_is_told_in_each_open_case_and_once_all_are_closed_in_the_last(case):
    before = CaseFactory(subject=case.subject, young_person=case.young_person, closed=True)
    alone = CaseFactory(subject=case.subject, young_person=case.young_person, kind="carer_only")
    concern = ConcernFactory(subject=case.subject)
    operations.acknowledge(concern, by=follower(case.subject))
    assert (told(before), told(case), told(alone)) == ([], ["Concern acknowledged"], ["Concern acknowledged"])
    past = CaseFactory(closed=True)
    of_the_past = ConcernFactory(subject=past.subject)
    operations.acknowledge(of_the_past, by=follower(past.subject))
    assert told(past) == ["Concern acknowledged"]


def test_a_page_that_is_sent_twice_is_told_once_and_what_is_refused_is_not_told(case):
    lead = follower(case.subject)
    said = {"severity": "high", "what": SECRET}
    concern = operations.raise_concern(case.subject, by=lead, **said)
    operations.raise_concern(case.subject, by=lead, **said)
    assert told(case) == ["Concern raised: High"]
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.close(concern, by=lead, outcome="x", telling=NOT_TOLD)


def test_the_answers_of_a_referrer_tell_no_story():
    """There is no case yet: who decides on the referral reads the concern there."""
    case = CaseFactory()
    operations.raise_concern(case.subject, by="referrer", severity="immediate", what="Now.")
    assert (Concern.objects.count(), told(case)) == (1, [])
