"""The ladder of access, for every address of an assessment."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from cases import operations
from cases.enums import AssessmentKind
from tests.cases import ladder
from tests.factories.assessments import signed_assessment
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

READS = ["assessments", "assessment", "compare_assessment"]
WRITES = ["start_assessment", "assessment_part", "separate_worker", "sign_assessment", "add_addendum", "record_measure"]
COMMENTS = ["comment_on_assessment"]
PAGES = [*READS, *WRITES, *COMMENTS]
WAYS = [*(("get", name) for name in PAGES), *(("post", name) for name in [*WRITES, *COMMENTS])]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]
MORE = {
    "assessment": [1],
    "compare_assessment": [2],
    "assessment_part": [2, "strengths"],
    "separate_worker": [2],
    "sign_assessment": [2],
    "add_addendum": [1],
    "comment_on_assessment": [1],
}


@pytest.fixture
def case():
    """Assessed once, and again now."""
    case = CaseFactory(planning=True)
    signed = signed_assessment(case=case)
    operations.start_assessment(case, by=signed.started_by, kind=AssessmentKind.UPDATE)
    return case


@pytest.fixture
def address(case, at):
    return lambda name: at(name, case, *MORE.get(name, []))


def elsewhere(name):
    return reverse(f"cases:{name}", args=["PR-2222-22", *MORE.get(name, [])])


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_reads_a_case_for_a_concern_has_no_need_of_its_assessments(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).status_code == 200
    ladder.is_refused(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_a_manager_reads_and_comments_and_writes_nothing_else(client, stand_before, case, address, role):
    stand_before(role, case)
    ladder.is_refused(client, [(name, method, address(name)) for name in WRITES for method in ("get", "post")])
    for name in [*READS, *COMMENTS]:
        assert client.get(address(name)).status_code == 200, name


def test_the_practitioner_opens_every_page_but_the_managers(client, practitioner, address):
    for name in [*READS, *WRITES]:
        assert client.get(address(name)).status_code == 200, name
    for name in COMMENTS:
        assert (client.get(address(name)).status_code, client.post(address(name)).status_code) == (403, 403)


def test_a_version_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    signed_assessment(case=CaseFactory(planning=True))
    for name in ("assessment", "sign_assessment", "add_addendum", "compare_assessment"):
        assert client.get(at(name, case, 3)).status_code == 404
    assert client.get(at("assessment_part", case, 2, "gossip")).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)])
def test_only_a_manager_sees_who_has_no_assessment(client, sign_in, role):
    user = sign_in(role)
    if role == Role.PRACTITIONER:
        AssignmentFactory(user=user)
    assert client.get(reverse("cases:without_assessment")).status_code == 403
