"""What young people think of us, and that nobody uses their words unless they said yes to it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import TimelineEntry
from cases.operations import KeptAlready, MoveNotAllowed
from sessions import operations
from sessions.models import Feedback
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.signposts import FeedbackFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ACT = {"TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1}


def said(**more):
    return {
        "occasion": "three_months",
        "asked_on": timezone.localdate(),
        "answered": "given",
        "how": "own_hand",
        "it_helps": 8,
        "said_of_us": "It is my own hour.",
        "said_to_change": "Ring less.",
        "may_quote": "no",
    } | more


def test_what_they_said_is_kept_and_the_story_says_only_that_they_were_asked():
    case, by = CaseFactory(), UserFactory()
    with writes(Feedback=1, FeedbackEvent=1, **ACT):
        told = operations.record_feedback(case, by=by, **said())
    assert (told.said_to_change, told.may_quote, told.by) == ("Ring less.", "no", by)
    entry = TimelineEntry.objects.get()
    assert (entry.title, entry.words) == ("What they think of us. After three months: They answered", "")


def test_that_they_would_rather_not_is_kept_too():
    told = operations.record_feedback(
        CaseFactory(), by=UserFactory(), occasion="ending", asked_on=timezone.localdate(), answered="rather_not"
    )
    assert (told.said_of_us, told.it_helps) == ("", None)


@pytest.mark.parametrize("case", [{"closed": True}, {"kind": "carer_only"}])
def test_nothing_is_written_where_no_young_person_is_worked_with(case):
    case, by = CaseFactory(**case), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        operations.record_feedback(case, by=by, **said())


def test_a_form_that_is_sent_twice_is_kept_once():
    case, by = CaseFactory(), UserFactory()
    operations.record_feedback(case, by=by, **said())
    with leaves_no_trace(), pytest.raises(KeptAlready):
        operations.record_feedback(case, by=by, **said())


@pytest.mark.parametrize("change", [{"said_of_us": "Great."}, {"may_quote": "yes"}, {"it_helps": 10}])
def test_their_words_and_their_answer_stay_as_they_said_them(change):
    row = FeedbackFactory()
    with pytest.raises(IntegrityError, match="feedback_is_written_once"), transaction.atomic():
        Feedback.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError, match="feedback_is_written_once"), transaction.atomic():
        Feedback.objects.filter(pk=row.pk).delete()


# Quoting (R-nat-28)


@pytest.mark.requirement("R-nat-28", part="who may be quoted")
def test_words_are_quoted_only_where_they_said_yes_to_it():
    yes = FeedbackFactory(quotable=True)
    for other in ({}, {"may_quote": ""}, {"rather_not": True}, {"taken_back": True}):
        FeedbackFactory(**other)
    assert list(Feedback.objects.quotable()) == [yes]


@pytest.mark.parametrize(("days", "is_quoted"), [(0, False), (1, False), (-1, True)])
def test_who_says_no_later_to_their_words_being_used_is_quoted_no_more(days, is_quoted):
    said = FeedbackFactory(quotable=True, asked_on=timezone.localdate() - timedelta(days=2))
    at = timezone.now() - timedelta(days=2) + timedelta(days=days)
    ConsentEventFactory(case=said.case, extra=True, purpose="anonymous_quote", event="declined", at=at)
    assert Feedback.objects.quotable().exists() == is_quoted


def test_no_to_something_else_takes_no_words_back():
    row = FeedbackFactory(quotable=True)
    ConsentEventFactory(case=row.case, extra=True, purpose="creative_work", event="declined")
    assert Feedback.objects.quotable().exists()


@pytest.mark.parametrize("state", ["active", "closed"])
def test_words_are_taken_back_at_any_time_and_once(state):
    row, by = FeedbackFactory(quotable=True, case=CaseFactory(**{state: True})), UserFactory()
    with writes(FeedbackEvent=1, **ACT):
        operations.take_back_quote(row, by=by)
    assert not Feedback.objects.quotable().exists()
    with leaves_no_trace():
        operations.take_back_quote(row, by=by)
    with pytest.raises(IntegrityError, match="feedback_is_written_once"), transaction.atomic():
        Feedback.objects.update(quote_taken_back_at=None, quote_taken_back_by=None)


def test_what_nobody_may_use_is_not_taken_back():
    row, by = FeedbackFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        operations.take_back_quote(row, by=by)


THEIR_WORDS = ("said_of_us", "said_to_change")
MAY_READ_THEM = {
    "sessions/models/feedback.py",
    "sessions/forms/feedback.py",
    "sessions/feedback_words.py",
}


@pytest.mark.requirement("R-nat-28", part="their words stand on no other page, in no PDF and in no extract")
def test_no_other_file_of_the_product_reads_their_words():
    """Whatever shows a quote elsewhere asks ``quotable()`` for its rows, and is then named here with its reason."""
    reads = set()
    for place in (path.parent for path in Path(settings.BASE_DIR).glob("*/apps.py")):
        reads |= {path for path in place.rglob("*.py") if "migrations" not in path.parts and _names_them(path)}
    reads |= {path for path in Path(settings.BASE_DIR, "templates").rglob("*.html") if _names_them(path)}
    assert {str(path.relative_to(settings.BASE_DIR)) for path in reads} <= MAY_READ_THEM


def _names_them(path):
    text = path.read_text()
    return any(name in text for name in THEIR_WORDS)
