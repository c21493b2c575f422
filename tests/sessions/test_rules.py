"""Who plans, records and reads sessions, by role and state: a table from security.md 5, over rules alone."""

import pytest

from accounts.enums import Role
from cases.enums import CaseStatus
from sessions import rules
from sessions.enums import SessionStatus
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.sessions import SupportSessionFactory

pytestmark = pytest.mark.django_db

WORKS_ON_IT, MANAGES = {Role.PRACTITIONER}, {Role.TEAM_MANAGER, Role.SERVICE_MANAGER}
WHO = {
    rules.reads_sessions: WORKS_ON_IT | MANAGES,
    rules.plans_sessions: WORKS_ON_IT | MANAGES,
    rules.records_sessions: WORKS_ON_IT,
}


def a_case(state, **more):
    return CaseFactory(**({} if state == "engaging" else {state: True}), **more)


def people_of(case):
    """A colleague in each role at its centre; the practitioner is assigned to it where it is open."""
    people = {role: MembershipFactory(centre=case.centre, role=role).user for role in Role}
    if case.is_open:
        AssignmentFactory(case=case, user=people[Role.PRACTITIONER])
    return people


@pytest.mark.parametrize("rule", WHO, ids=lambda rule: rule.__name__)
def test_each_role_does_what_the_matrix_says(rule):
    case = a_case("active")
    assert {role for role, user in people_of(case).items() if rule(user, case)} == WHO[rule]
    stranger = MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user
    assert rule(stranger, case) == (rule is rules.reads_sessions)  # visible_to lets them in, or not
    assert not rule(UserFactory(), case)


@pytest.mark.parametrize("state", CaseStatus)
def test_in_every_open_state_they_plan_and_on_a_closed_case_nobody_does(state):
    case = a_case(state)
    may = {role for role, user in people_of(case).items() if rules.may_plan(user, case)}
    assert may == (set() if state == CaseStatus.CLOSED else WORKS_ON_IT | MANAGES)


@pytest.mark.requirement("R-wal-16", part="work with a carer alone has no sessions with a young person")
def test_where_the_work_is_with_a_carer_alone_nobody_plans_a_session_with_a_young_person():
    case = CaseFactory()
    people = people_of(case)
    case.kind = "carer_only"
    assert not rules.has_sessions(case)
    assert not any(rules.may_plan(user, case) for user in people.values())


@pytest.mark.parametrize("status", SessionStatus)
def test_only_what_is_planned_is_moved_or_cancelled(status):
    case = a_case("active")
    session = SupportSessionFactory.build(case=case, status=status, practitioner=UserFactory())
    manager = people_of(case)[Role.TEAM_MANAGER]
    assert rules.may_move(manager, case, session) == (status == SessionStatus.PLANNED)
