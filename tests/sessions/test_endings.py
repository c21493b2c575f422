"""What an ending asks of sessions: fewer than three need a reason, and nothing is left open in silence."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases import closing, operations
from cases.models import EndingItem
from sessions import endings
from sessions.models import SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.sessions import SupportSessionFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db

READY = {"written": True, "letter_is_safe": "no", "letter_safety": "Her post is read.", "check_in": "no"}
OURS = ["awareness_sessions", "planned_sessions", "session_records", "session_signatures"]


@pytest.fixture
def case():
    return CaseFactory(ending=True, opened_at=timezone.now() - timedelta(days=7))


def held(case, count, **more):
    return [SupportSessionFactory(case=case, held=True, signed=True, **more) for _number in range(count)]


def found(ending):
    """What is seen to be undone in sessions, by its key."""
    asked = closing.requirements(ending.case, ending)
    return {finding.key: finding.found for finding, _answer in asked if finding.key in OURS and finding.found}


def all_else_answered(case, **more):
    """An ending for which every answer is given but those about sessions."""
    ending = EndingFactory(case=case, **READY | more)
    for finding in closing.unanswered(case, ending):
        if finding.key not in OURS:
            EndingItemFactory(ending=ending, key=finding.key, answer="not_applicable", why="She says so.")
    return ending


@pytest.mark.requirement("R-wal-23")
def test_with_two_of_three_an_ending_asks_for_a_reason(case):
    held(case, 2, kind="awareness_raising")
    ending, by = all_else_answered(case), UserFactory()
    assert found(ending) == {"awareness_sessions": "2 of 3 took place."}
    with leaves_no_trace(), pytest.raises(operations.NotFinished, match="awareness_sessions"):
        operations.propose_ending(ending, by=by, seen=ending.version)
    with leaves_no_trace(), pytest.raises(operations.SeenToBeUndone):
        operations.answer_requirement(ending, by=by, key="awareness_sessions", answer="done")
    why = {"answer": "not_applicable", "why": "She knew it all from school."}
    operations.answer_requirement(ending, by=by, key="awareness_sessions", **why)
    ending.refresh_from_db()
    assert operations.propose_ending(ending, by=by, seen=ending.version).is_proposed


@pytest.mark.requirement("R-wal-23")
def test_with_three_nobody_is_asked_and_a_fourth_changes_nothing(case):
    for _number in range(2):
        held(case, 2, kind="awareness_raising")
        ending = all_else_answered(case) if not case.endings.exists() else case.endings.get()
    assert found(ending) == {}
    assert operations.propose_ending(ending, by=UserFactory(), seen=ending.version).is_proposed


@pytest.mark.parametrize(
    "changes", [{"work_type": "recovery"}, {"work_type": "assessment_only"}, {"offer__awareness_sessions": 0}]
)
def test_where_the_work_has_no_such_programme_nobody_is_asked(case, changes):
    case.offer.awareness_sessions = changes.pop("offer__awareness_sessions", 3)
    case.offer.save()
    for name, value in changes.items():
        setattr(case, name, value)
    ending = EndingFactory(case=case)
    assert "awareness_sessions" not in {finding.key for finding, _answer in closing.requirements(case, ending)}


@pytest.mark.parametrize("reason", ["young_person_died", "opened_in_error"])
def test_where_there_is_no_work_to_look_back_on_only_what_is_unfinished_is_asked(case, reason):
    SupportSessionFactory(case=case)
    assert found(EndingFactory(case=case, reason=reason)) == {"planned_sessions": "1 session is still planned."}


def test_what_would_be_left_open_is_named(case):
    SupportSessionFactory.create_batch(2, case=case)
    SupportSessionFactory(case=case, planned_at=timezone.now() - timedelta(hours=2))
    SupportSessionFactory(case=case, held=True, kind="review")
    SupportSessionFactory(held=True, kind="awareness_raising")  # with somebody else
    assert found(EndingFactory(case=case)) == {
        "awareness_sessions": "0 of 3 took place.",
        "planned_sessions": "2 sessions are still planned.",
        "session_records": "1 session needs a record.",
        "session_signatures": "1 session is not signed yet.",
    }


def test_what_is_planned_after_it_was_proposed_is_seen_before_it_is_signed_off(case):
    held(case, 3, kind="awareness_raising")
    ending = all_else_answered(case)
    operations.propose_ending(ending, by=UserFactory(), seen=ending.version)
    ending.refresh_from_db()
    SupportSessionFactory(case=case)
    manager = UserFactory()
    with leaves_no_trace(), pytest.raises(operations.NotFinished, match="planned_sessions"):
        operations.sign_off_ending(ending, by=manager, seen=ending.version)


def test_a_case_with_a_carer_alone_is_asked_for_none_of_it():
    ending = EndingFactory(case=CaseFactory(ending=True, kind="carer_only", support_started_on=None))
    assert not {finding.key for finding, _answer in closing.requirements(ending.case, ending)} & set(OURS)
    assert closing.delivered(ending.case) == []


# The pages


@pytest.fixture
def address(case):
    return lambda name, *more: reverse(f"cases:{name}", args=[case.reference, *more])


@pytest.mark.requirement("R-wal-23")
def test_the_page_takes_a_reason_and_nothing_else(client, practitioner, case, address):
    held(case, 2, kind="awareness_raising")
    EndingFactory(case=case, **READY)
    page = client.get(address("answer_need", "awareness_sessions"))
    assert ("2 of 3 took place." in page.text, "answer" in page.context["form"].fields) == (True, False)
    client.post(address("answer_need", "awareness_sessions"), {"why": "She knew it all."})
    assert EndingItem.objects.get().why == "She knew it all."


@pytest.mark.requirement("R-wal-13")
def test_the_summary_tells_what_was_done_together_by_kind(client, practitioner, case, address):
    held(case, 2, kind="awareness_raising")
    held(case, 3, kind="emotional_support", mode="in_person_school")
    EndingFactory(case=case, **READY)
    told = {
        row["label"]: row.get("value") or row["lines"] for row in client.get(address("ending")).context["delivered"]
    }
    assert (told["Awareness sessions"], told["Other sessions"]) == ("2 of 3", ["Emotional support: 3"])
    assert told["Where, or how, we met"] == ["At school or college: 5"]


def test_a_manager_sees_it_before_signing_off(client, manager, case, address):
    EndingFactory(case=case, proposed=True)
    assert "Awareness sessions" in client.get(address("sign_off_ending")).text


def test_who_reads_the_case_for_a_concern_is_told_no_numbers_of_sessions(client, stand_before, case, address):
    EndingFactory(case=case, **READY)
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(address("ending")).context["delivered"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_both_are_read_in_one_statement_each_however_many_sessions(case, count, django_assert_num_queries):
    held(case, count)
    ending = SimpleNamespace(reason="planned_goals_met")
    with django_assert_num_queries(1):
        endings.findings(case, ending)
    with django_assert_num_queries(1):
        endings.delivered(case)
    assert SupportSession.objects.count() == count
