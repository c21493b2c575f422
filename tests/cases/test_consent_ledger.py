"""What a ledger says, as plain values: what stands, what it covers, who decides at what age."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import consenting
from cases.enums import ALWAYS_EXPLAINED, ConsentState, DecisionBasis, WorkKind

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Line:
    event: str
    at: datetime = NOON
    pk: int = 0
    purpose: str = "service"
    explained: list = field(default_factory=lambda: [*ALWAYS_EXPLAINED])
    modes: list = field(default_factory=lambda: ["in_person"])
    kinds: list = field(default_factory=list)
    review_on: date | None = None


def ledger(*events):
    return [Line(event, at=NOON + timedelta(minutes=number), pk=number) for number, event in enumerate(events)]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "not_asked"),
        (["sought"], "not_asked"),
        (["given"], "given"),
        (["given_partial"], "given_in_part"),
        (["declined"], "refused"),
        (["given", "withdrawn"], "withdrawn"),
        (["given", "withdrawn", "sought"], "withdrawn"),
        (["given", "withdrawn", "renewed"], "given"),
        (["given_partial", "withdrawn", "renewed"], "given_in_part"),
        (["renewed"], "not_asked"),
        (["given", "not_able_to_decide_now"], "cannot_decide"),
        (["not_able_to_decide_now", "sought"], "cannot_decide"),
        (["given", "not_able_to_decide_now", "given"], "given"),
        (["given", "not_able_to_decide_now", "withdrawn"], "withdrawn"),
        (["declined", "given"], "given"),
        (["given", "reviewed_unchanged"], "given"),
        (["declined", "reviewed_unchanged"], "refused"),
    ],
)
def test_the_state_follows_from_what_was_said(events, state):
    assert consenting.state(ledger(*events), DAY) == ConsentState(state)


@pytest.mark.parametrize(("days", "state"), [(1, "given"), (0, "review_due"), (-1, "review_due")])
def test_a_review_comes_due_on_its_day(days, state):
    [line] = ledger("given")
    line.review_on = DAY + timedelta(days=days)
    assert consenting.state([line], DAY) == ConsentState(state)


@pytest.mark.requirement("R-nat-12")
@pytest.mark.parametrize("kind", WorkKind.values)
def test_direct_work_needs_a_yes_that_stands(kind):
    for events, covered in [
        ([], False),
        (["sought"], False),
        (["given"], True),
        (["declined"], False),
        (["given", "withdrawn"], False),
        (["given", "withdrawn", "renewed"], True),
        (["given", "not_able_to_decide_now"], False),
    ]:
        assert consenting.covers(ledger(*events), kind, "in_person", DAY) is covered


@pytest.mark.parametrize("kind", ["first_contact", "consent_conversation", "screening", "welfare_check"])
def test_what_comes_before_consent_and_safety_wait_for_none(kind):
    for events in ([], ["declined"], ["given", "withdrawn"]):
        assert consenting.covers(ledger(*events), kind, "phone", DAY)


def test_a_yes_in_part_covers_that_part_alone():
    [line] = ledger("given_partial")
    line.kinds = ["assessment"]
    assert consenting.covers([line], "assessment", "in_person", DAY)
    assert not consenting.covers([line], "therapeutic", "in_person", DAY)


def test_a_yes_covers_the_ways_to_meet_that_were_agreed_and_video_when_asked_apart():
    [line] = ledger("given")
    assert not consenting.covers([line], "review", "phone", DAY)
    assert not consenting.covers([line], "review", "video", DAY)
    video = Line("given", purpose="remote_video", pk=9)
    assert consenting.covers([line, video], "review", "video", DAY)
    stopped = Line("withdrawn", at=NOON + timedelta(hours=1), pk=10, purpose="remote_video")
    assert not consenting.covers([line, video, stopped], "review", "video", DAY)
    assert consenting.covers([line, video, stopped], "review", "in_person", DAY)


@pytest.mark.parametrize("left_out", ALWAYS_EXPLAINED)
def test_a_yes_in_part_before_everything_was_explained_covers_nothing_yet(left_out):
    [line] = ledger("given_partial")
    line.kinds, line.explained = ["assessment"], [item for item in ALWAYS_EXPLAINED if item != left_out]
    assert not consenting.covers([line], "assessment", "in_person", DAY)


def test_what_was_agreed_later_covers_nothing_before():
    lines = ledger("given", "withdrawn")
    assert not consenting.covers(lines, "review", "in_person", DAY - timedelta(days=1))
    assert consenting.covers(lines, "review", "in_person", NOON)  # at the moment between the two
    assert not consenting.covers(lines, "review", "in_person", DAY)


def test_a_review_that_is_due_takes_nothing_away():
    [line] = ledger("given")
    line.review_on = DAY - timedelta(days=30)
    assert consenting.covers([line], "review", "in_person", DAY)


@given(st.lists(st.sampled_from(["given", "given_partial", "declined", "withdrawn", "renewed", "sought"]), max_size=9))
def test_after_a_no_nothing_is_covered_until_another_yes(events):
    lines = ledger(*events, "withdrawn", "sought")
    assert not consenting.covers(lines, "review", "in_person", DAY)
    assert consenting.state(lines, DAY) == ConsentState.WITHDRAWN


# Who decides


@pytest.mark.parametrize(
    ("age", "bases"),
    [
        (11, "gillick_competent parental_only_under_16_not_competent"),
        (15, "gillick_competent parental_only_under_16_not_competent"),
        (16, "capacity_presumed_16_plus capacity_assessed best_interests_16_plus"),
        (17, "capacity_presumed_16_plus capacity_assessed best_interests_16_plus"),
        (18, "capacity_presumed_16_plus capacity_assessed"),
        (19, "capacity_presumed_16_plus capacity_assessed"),
    ],
)
def test_on_what_an_answer_rests_follows_from_the_age(age, bases):
    assert consenting.bases_at(age) == tuple(DecisionBasis(name) for name in bases.split())


def test_the_parents_of_the_youngest_are_asked_and_those_of_adults_are_not():
    assert [age for age in range(11, 20) if consenting.needs_parental_view(age)] == [11, 12]
    assert [age for age in range(11, 20) if "not_applicable_18_plus" in consenting.parental_answers_at(age)] == [18, 19]


@given(born=st.dates(date(2005, 1, 1), date(2018, 12, 31)), day=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_it_is_talked_about_again_within_six_weeks_and_not_after_a_birthday_that_changes_who_decides(born, day):
    again = consenting.review_by(born, day)
    assert day < again <= day + timedelta(weeks=6)
    assert not any(day < consenting.birthday(born, age) < again for age in (16, 18))


def test_sharing_is_what_was_said_last_and_what_was_shared_without_agreement_changes_no_answer():
    @dataclass
    class Said:
        decision: str
        pk: int
        scope: str = "police"
        recipient: str = ""
        topic: str = ""
        at: datetime = NOON

    rows = [Said("agreed", 1), Said("not_agreed", 2), Said("shared_without_agreement", 3), Said("agreed", 4, "school")]
    said = {scope: row.decision for (scope, _who, _topic), row in consenting.preferences(rows).items()}
    assert said == {"police": "not_agreed", "school": "agreed"}
