"""The ladder of access, for every address of sessions."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.cases import ladder
from tests.factories.people import AccessGrantFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.sessions import SupportSessionFactory

pytestmark = pytest.mark.django_db

ACTS = ["plan", "move", "cancel"]
RECORDS = ["log", "record", "add", "start_remote", "remote_agreement", "throw_away", "mistake"]
READS = ["sessions", "session", "remote_agreement"]
WRITES = [("post", name) for name in ["sign", *RECORDS]]
WRITES += [("get", name) for name in RECORDS if name not in READS]
WAYS = [*(("get", name) for name in READS), *((method, name) for method in ("get", "post") for name in ACTS), *WRITES]
WAYS += [("post", "session")]
OF_A_SESSION = {"move", "cancel", "session", "record", "sign", "add", "start_remote", "throw_away", "mistake"}
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]


@pytest.fixture
def address(case, at):
    """The address of each way, with a planned session of the case where it names one."""
    planned = SupportSessionFactory(case=case)
    return lambda name: at(name, case, planned.pk) if name in OF_A_SESSION else at(name, case)


def elsewhere(name):
    return reverse(f"sessions:{name}", args=["PR-2222-22", *([1] if name in OF_A_SESSION else [])])


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_reads_a_case_for_a_concern_has_no_need_of_its_sessions(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert address("sessions") not in client.get(case.get_absolute_url()).text
    ladder.is_refused(client, [(name, method, address(name)) for method, name in WAYS])


def test_who_reads_an_open_case_on_reads_its_sessions(client, stand_before, case, address):
    before = stand_before("practitioner_before", case)
    AccessGrantFactory(subject=case.subject, user=before)
    assert address("plan") not in client.get(address("sessions")).text
    ladder.opens(client, [(name, "get", address(name)) for name in READS])
    acts = [*((method, name) for method in ("get", "post") for name in ACTS), *WRITES]
    ladder.is_refused(client, [(name, method, address(name)) for method, name in acts])


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page_and_a_manager_reads_what_was_said(
    client, stand_before, case, address, who
):
    stand_before(who, case)
    ladder.opens(client, [(name, "get", address(name)) for name in [*READS, *ACTS]])
    if who == "lead":
        ladder.opens(client, [(name, "get", address(name)) for name in ["log", "record"]])
    else:
        assert address("record") not in client.get(address("session")).text
        ladder.is_refused(client, [(name, method, address(name)) for method, name in WRITES])


@pytest.mark.parametrize("name", sorted(OF_A_SESSION))
def test_a_session_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at, name):
    other = SupportSessionFactory().pk
    for method in {"sign": [client.post]}.get(name, [client.get, client.post]):
        assert method(at(name, case, other)).status_code == 404
