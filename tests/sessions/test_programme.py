"""What the sessions of a case come to: "2 of 3", what was made for them beside these, and what is never reckoned."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import WorkType
from protect_respect import reference_data
from sessions import programme, programme_words
from sessions.enums import CAME_OF_IT, TOOK_PLACE, SessionKind, SessionMode, SessionStatus, Wish
from sessions.models import AwarenessTopic, SupportSession
from tests.factories.cases import CaseFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory, TopicCoveredFactory

HELD = {
    "mode": "video",
    "status": "held",
    "attendance": "attended",
    "moved_by_wish_of": "",
    "approaches": [],
    "focus": [],
}
AWARENESS, BESPOKE = "awareness_raising", "bespoke_intervention"


def a(kind, **changes):
    return SimpleNamespace(**HELD | {"kind": kind} | changes)


def counted(*rows, planned=3):
    return programme.counted(rows, planned=planned)


# Three, and what is beside them


@pytest.mark.requirement("R-wal-23")
@pytest.mark.parametrize(("held", "words"), [(0, "0 of 3"), (2, "2 of 3"), (3, "3 of 3"), (5, "3 of 3, and 2 more")])
def test_awareness_sessions_are_counted_against_what_the_offer_names(held, words):
    assert programme_words.meter(counted(*[a(AWARENESS)] * held)) == words


@pytest.mark.requirement("R-wal-24")
def test_what_was_made_for_them_is_counted_apart():
    done = counted(a(AWARENESS), a(AWARENESS), *[a(BESPOKE)] * 4, a("emotional_support"))
    assert (done.awareness, done.bespoke, done.others) == (2, 4, {"emotional_support": 1})
    told = {row["label"]: row["lines"] for row in programme_words.panel(done, [])["rows"]}
    assert told["Awareness sessions that took place"] == ["2 of 3"]
    assert told["Bespoke work (made for them)"] == ["4 sessions"]


@pytest.mark.parametrize("status", [status for status in SessionStatus if status not in TOOK_PLACE])
def test_what_did_not_take_place_counts_as_none_of_the_three(status):
    done = counted(a(AWARENESS, status=status), a(BESPOKE, status=status))
    assert (done.awareness, done.bespoke, done.others, done.modes) == (0, 0, {}, {})


@pytest.mark.parametrize(
    ("work_type", "of_the_offer", "planned"),
    [("awareness", 3, 3), ("awareness_and_recovery", 2, 2), ("recovery", 3, 0), ("assessment_only", 3, 0),
     ("awareness", 0, 0)],
)  # fmt: skip
def test_the_offer_says_how_many_where_the_work_has_awareness_in_it(work_type, of_the_offer, planned):
    case = SimpleNamespace(work_type=WorkType(work_type), offer=SimpleNamespace(awareness_sessions=of_the_offer))
    assert programme.planned_for(case) == planned


def test_where_none_is_planned_there_is_no_two_of_three():
    told = programme_words.panel(counted(a(BESPOKE), planned=0), [])
    assert [row["label"] for row in told["rows"]] == ["Bespoke work (made for them)"]
    assert programme_words.meter(counted(a(AWARENESS), planned=0)) == "1 session"


# What else is counted


@pytest.mark.requirement("R-wal-13")
def test_each_other_kind_and_mode_and_what_came_of_them_stands_by_its_number():
    done = counted(
        a("emotional_support", approaches=["creative_arts", "narrative"]),
        a("emotional_support", mode="phone", approaches=["creative_arts"], focus=["socio_educative", "wider_issues"]),
        a("review", attendance="attended_part"),
        a("review", status="cancelled", attendance="cancelled_by_young_person", moved_by_wish_of="young_person"),
        a("review", status="cancelled", attendance="cancelled_by_practitioner", moved_by_wish_of="practitioner"),
        a("review", status="planned", attendance=""),
    )  # fmt: skip
    assert {row["label"]: row["lines"] for row in programme_words.more(done)} == {
        "Other sessions": ["Emotional support: 2", "Looking back together: 1"],
        "Where, or how, we met": ["Video call: 2", "Phone: 1"],
        "What they were about": ["Socio-educative: 1", "Wider issues: 1"],
        "How we worked": ["Drawing, music, making: 2", "Telling their story their way: 1"],
        "What came of them": [
            "Took part: 2",
            "Took part for part of the time: 1",
            "We cancelled: 1",
            "Young person cancelled: 1",
        ],
        "Moved to another time, by whose wish": ["The young person’s: 1", "Ours: 1"],
    }


ROWS = st.builds(
    lambda status, kind, mode, wish, pick: a(
        kind, status=status, mode=mode, attendance=[*CAME_OF_IT[status], ""][pick % max(len(CAME_OF_IT[status]), 1)],
        moved_by_wish_of=wish,
    ),
    st.sampled_from(list(SessionStatus)), st.sampled_from(list(SessionKind)), st.sampled_from(list(SessionMode)),
    st.sampled_from(["", *Wish]), st.integers(0, 9),
)  # fmt: skip


@given(rows=st.lists(ROWS, max_size=30), planned=st.integers(0, 5))
def test_every_session_is_counted_once_and_none_is_a_share_of_anything(rows, planned):
    done = counted(*rows, planned=planned)
    held = sum(row.status in TOOK_PLACE for row in rows)
    assert done.awareness + done.bespoke + sum(done.others.values()) == held == sum(done.modes.values())
    assert done.of_the_planned + done.beyond == done.awareness
    assert sum(done.came_of_it.values()) == sum(bool(row.attendance) for row in rows)
    assert "%" not in str(programme_words.panel(done, [])) + str(programme_words.by_kind(done))


@pytest.mark.django_db
def test_rows_of_the_database_are_counted_like_any():
    first = SupportSessionFactory(held=True, kind="review", mode="phone")
    SupportSessionFactory(case=first.case, cancelled=True)
    SupportSessionFactory(held=True)
    rows = SupportSession.objects.filter(case=first.case)
    assert counted(*rows.for_counting()) == counted(*rows)
    assert counted(*rows).came_of_it == {"attended": 1, "cancelled_by_young_person": 1}


# What was talked about


@pytest.mark.requirement("R-wal-11")
@pytest.mark.django_db
def test_topics_are_those_talked_about_and_those_still_offered(django_assert_num_queries):
    reference_data.load()
    case = CaseFactory(active=True)
    talked, planned, retired, never = (AwarenessTopic.objects.get(key=key) for key in KEYS)
    for topic in (talked, retired):
        TopicCoveredFactory(topic=topic, session__case=case, session__held=True)
    TopicCoveredFactory(topic=planned, session__case=case)  # it has not taken place
    TopicCoveredFactory(topic=never, session__held=True)  # with somebody else
    AwarenessTopic.objects.filter(pk=retired.pk).update(retired_on=date(2026, 1, 1))
    own, elsewhere = AwarenessTopicFactory(centre=case.centre), AwarenessTopicFactory(centre=ServiceCentreFactory())
    with django_assert_num_queries(1):
        found = {topic: topic.is_covered for topic in AwarenessTopic.objects.of_case(case)}
    assert {topic for topic, is_covered in found.items() if is_covered} == {talked, retired}
    assert (own in found, elsewhere in found, found[planned], found[never]) == (True, False, False, False)
    told = {row["label"]: row["lines"] for row in programme_words.panel(counted(), found)["rows"]}
    assert told["Topics talked about"] == ["Healthy relationships", "Internet safety"]
    assert "Internet safety" not in told["Topics not talked about yet"]
    assert str(own) in told["Topics not talked about yet"]


KEYS = ("healthy_relationships", "consent", "internet_safety", "body_image")
