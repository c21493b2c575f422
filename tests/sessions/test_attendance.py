"""What came of a session, in the words of domain.md 5.8; and what may be said instead until it is signed."""

import pytest

from sessions import operations
from sessions.enums import CAME_OF_IT, SESSION_MOVES, Attendance, SessionStatus
from tests.factories.sessions import SupportSessionFactory
from tests.sessions.writing import a_case, ago, record

S = SessionStatus
LABELS = {
    "attended": "Took part",
    "attended_part": "Took part for part of the time",
    "cancelled_by_young_person": "Young person cancelled",
    "cancelled_by_carer": "Carer cancelled",
    "cancelled_by_practitioner": "We cancelled",
    "cancelled_by_other_agency": "School, placement or another service cancelled",
    "was_not_brought": "Was not brought",
    "did_not_attend": "Did not attend (travels independently)",
    "not_seen_no_contact": "Not seen – no contact",
    "missing_at_time": "Was missing",
    "not_safe_to_go_ahead": "Not safe to go ahead",
    "technical_problem": "Technical problem",
    "consent_withdrawn": "Ended at the young person’s wish",
}


def test_the_answers_are_those_of_the_guide_in_its_order_and_words():
    assert [(answer.value, str(answer.label)) for answer in Attendance] == list(LABELS.items())


def test_who_is_brought_by_an_adult_and_who_travels_alone_are_two():
    assert Attendance.WAS_NOT_BROUGHT != Attendance.DID_NOT_ATTEND
    assert {Attendance.WAS_NOT_BROUGHT, Attendance.DID_NOT_ATTEND} <= set(CAME_OF_IT[S.NOT_HELD])


def say(case, session, status):
    answer = CAME_OF_IT[status][0]
    told = {"follow_up": "reached", "why_not": "It snowed.", "session": session, "seen": session.edition}
    return record(case, attendance=answer, at=ago(hours=3), **told)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [S.HELD, S.PARTLY_HELD, S.NOT_HELD, S.CANCELLED])
@pytest.mark.parametrize("before", S)
def test_what_came_of_it_is_said_or_put_right_as_the_table_of_moves_has_it(before, after):
    case = a_case()
    session = SupportSessionFactory(case=case, planned_at=ago(hours=3), **_state(before))
    if after in SESSION_MOVES[before] or after == before:
        assert say(case, session, after).status == after
    else:
        with pytest.raises(operations.MoveNotAllowed):
            say(case, session, after)


def _state(status):
    came = {S.HELD: {"held": True}, S.NOT_HELD: {"not_held": True}, S.CANCELLED: {"cancelled": True}}
    came |= {S.BY_MISTAKE: {"by_mistake": True}}
    came |= {S.PARTLY_HELD: {"held": True, "status": S.PARTLY_HELD, "attendance": "attended_part"}}
    return came.get(status, {"status": status})
