"""The ladder of access, for every address of a plan and of a safety plan."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.cases import ladder
from tests.factories.plans import SafetyPlanFactory, SupportPlanFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

READS = ["plan", "plan_version", "golden_thread", "safety", "safety_plan", "my_plan", "scales"]
WRITES = ["write_plan", "agree_plan", "plan_copy", "end_plan", "add_goal", "goal", "remove_goal", "rate_goals"]
WRITES += ["step", "write_safety_plan"]
POSTS = [*WRITES, "scales", "start_plan", "share_plan"]
WAYS = [*(("get", name) for name in READS + WRITES), *(("post", name) for name in POSTS)]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]
OF_THE_CASE = ["plan", "golden_thread", "safety", "scales", "start_plan", "write_safety_plan"]


@pytest.fixture
def address(case, at):
    """The address of each way, with a row of the case where it names one."""
    plan = SupportPlanFactory(case=case, active=True, copy_is_safe="yes")
    goal = plan.goals.get()
    rows = {"goal": goal, "remove_goal": goal, "step": goal.steps.get(), "safety_plan": SafetyPlanFactory(case=case)}

    def of(name):
        return at(name, case) if name in OF_THE_CASE else at(name, case, rows.get(name, plan).pk)

    return of


def elsewhere(name):
    return reverse(f"cases:{name}", args=["PR-2222-22", *([] if name in OF_THE_CASE else [1])])


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_a_safeguarding_lead_reads_a_plan_with_an_open_concern_and_does_not_write(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    ways = [(name, "post", address(name)) for name in POSTS]
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(address("plan")).status_code == 200
    ladder.is_refused(client, ways)


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, address, who):
    addresses = [address(name) for name in READS + WRITES]
    stand_before(who, case)
    assert {client.get(url).status_code for url in addresses} == {200}
