"""No direct work without a yes that covered its kind and its mode on that day (R-nat-12, invariant 1)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.enums import ALWAYS_EXPLAINED, ConsentStep
from sessions.covering import is_covered
from sessions.enums import DELIVERED_AS, DIRECT_WORK, EXEMPT, SessionKind, SessionMode
from sessions.models import SupportSession
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.network import StageDecisionFactory
from tests.factories.sessions import SupportSessionFactory
from tests.figures import figure

DAY = datetime(2026, 11, 9, tzinfo=UTC)
EXAMPLES = figure(40, 600)
COVERED = "session_is_held_with_consent_that_covers_it"


@dataclass
class Line:
    event: str
    at: datetime
    pk: int = 0
    purpose: str = "service"
    explained: list = field(default_factory=lambda: [*ALWAYS_EXPLAINED, "remote_safety"])
    modes: list = field(default_factory=lambda: ["in_person", "phone"])
    kinds: list = field(default_factory=lambda: ["assessment", "review"])


lines = st.builds(
    Line,
    event=st.sampled_from([step for step in ConsentStep if step != "sought"]),
    at=st.integers(0, 60).map(lambda hours: DAY + timedelta(hours=hours)),
    modes=st.sampled_from([["in_person"], ["in_person", "phone"], ["phone", "chat"]]),
    kinds=st.sampled_from([["assessment"], ["assessment", "review"]]),
)
videos = st.builds(
    Line,
    event=st.sampled_from(["given", "withdrawn"]),
    at=st.integers(0, 60).map(lambda hours: DAY + timedelta(hours=hours)),
    purpose=st.just("remote_video"),
)
ledgers = st.tuples(
    st.lists(lines, max_size=4, unique_by=lambda line: line.at),
    st.lists(videos, max_size=2, unique_by=lambda line: line.at),
).map(lambda two: [*two[0], *two[1]])
kinds = st.sampled_from(["review", "assessment", "advocacy"])
starts = st.integers(1, 60).map(lambda hours: DAY + timedelta(hours=hours, minutes=30))


def said_until(ledger, moment, purpose):
    """What somebody agrees to after having said one thing after another: a plain telling, line by line."""
    agreed = last = None
    for line in sorted(ledger, key=lambda line: line.at):
        if line.at > moment or line.purpose != purpose:
            continue
        if line.event in ("given", "given_partial"):
            agreed = last = line
        if line.event in ("declined", "withdrawn", "not_able_to_decide_now"):
            agreed = None
        if line.event == "renewed":
            agreed = last
    return agreed


def may_be_held(ledger, kind, mode, start):
    end_of_day = start.replace(hour=23, minute=59)
    for moment in (start, end_of_day):
        agreed = said_until(ledger, moment, "service")
        if not agreed or (agreed.event == "given_partial" and kind not in agreed.kinds):
            continue
        if mode == "letter_or_worksheet":
            return True
        if mode == "video" and said_until(ledger, moment, "remote_video"):
            return True
        if mode != "video" and DELIVERED_AS[mode] in agreed.modes:
            return True
    return False


@pytest.mark.requirement("R-nat-12", part="what covers a session")
@given(ledger=ledgers, kind=kinds, mode=st.sampled_from(SessionMode.values), start=starts)
def test_invariant_1_direct_work_is_covered_exactly_where_they_said_yes_to_it(ledger, kind, mode, start):
    assert is_covered(ledger, kind, mode, start) == may_be_held(ledger, kind, mode, start)


@given(ledger=ledgers, kind=st.sampled_from(EXEMPT), start=starts)
def test_what_comes_before_consent_and_safety_wait_for_none(ledger, kind, start):
    assert is_covered(ledger, kind, "phone", start)


@pytest.mark.parametrize(
    ("start", "covered"),
    [((2026, 11, 9, 23, 30), False), ((2026, 11, 10, 0, 30), True), ((2026, 11, 11, 9, 0), True)],
)
def test_a_day_is_one_in_london_from_midnight_to_midnight(start, covered):
    ledger = [Line("given", datetime(2026, 11, 10, 17, tzinfo=UTC))]
    assert is_covered(ledger, "review", "in_person_school", datetime(*start, tzinfo=UTC)) is covered


# The database's own word


@pytest.fixture
def old_case(db):
    return CaseFactory(active=True, opened_at=DAY - timedelta(days=30))


def write_down(case, ledger):
    for line in ledger:
        more = {"no": True} if line.event in ("declined", "withdrawn", "not_able_to_decide_now") else {}
        more |= {"limits": "Not more."} if line.event == "given_partial" else {}
        said = {"event": line.event, "purpose": line.purpose, "at": line.at, "review_on": date(2027, 1, 1)}
        said |= {} if more.get("no") else {"modes": line.modes}
        said |= {"kinds": line.kinds} if line.event == "given_partial" else {}
        if line.purpose == "remote_video":
            said |= {"modes": [], "review_on": None}
        if more.get("no"):
            said["review_on"] = None
        ConsentEventFactory(case=case, **more, **said)


def holds(case, kind, mode, start):
    """Whether the database takes it, asked past our code. Another refusal than for want of a yes is a fault."""
    session = SupportSessionFactory(case=case, kind=kind, mode=mode, planned_at=start)
    held = {"status": "held", "attendance": "attended", "started_at": start, "ended_at": start + timedelta(hours=1)}
    held |= {"recorded_at": held["ended_at"], "recorded_by": session.practitioner}
    try:
        with transaction.atomic():
            SupportSession.objects.filter(pk=session.pk).update(**held)
    except IntegrityError as error:
        if COVERED not in str(error):
            raise
        return False
    return True


@pytest.mark.requirement("R-nat-12")
@settings(max_examples=EXAMPLES)
@given(ledger=ledgers, kind=kinds, mode=st.sampled_from(SessionMode.values), start=starts)
def test_the_database_refuses_exactly_what_is_not_covered(old_case, ledger, kind, mode, start):
    with transaction.atomic():
        write_down(old_case, ledger)
        assert holds(old_case, kind, mode, start) == is_covered(ledger, kind, mode, start)
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", SessionKind)
def test_the_database_asks_for_a_yes_exactly_where_it_is_direct_work(old_case, kind):
    if kind == SessionKind.THERAPEUTIC:
        StageDecisionFactory(case=old_case)
        type(old_case).objects.filter(pk=old_case.pk).update(pathway_stage="socio_educative")
        StageDecisionFactory(case=old_case, from_stage="socio_educative", to_stage="therapeutic")
    assert holds(old_case, kind, SessionMode.SCHOOL, DAY) == (kind not in DIRECT_WORK)
