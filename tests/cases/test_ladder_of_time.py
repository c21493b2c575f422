"""The ladder of access, for the reviews of a case, more time, and a manager's own pages."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.cases import ladder
from tests.factories.cases import CaseFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

ACTS = ["new_review", "hold_review", "cancel_review", "request_extension", "extension"]
WAYS = [("get", "reviews"), *((method, name) for method in ("get", "post") for name in ACTS)]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]
LISTS = ["approvals", "forecast"]


@pytest.fixture
def case():
    return CaseFactory(active=True, support_started_on=date(2026, 9, 1))


@pytest.fixture
def address(case, at):
    review, request = ReviewFactory(case=case), ExtensionRequestFactory(case=case)
    rows = {"hold_review": review, "cancel_review": review, "extension": request}
    return lambda name: at(name, case, rows[name].pk) if name in rows else at(name, case)


def elsewhere(name):
    more = [1] if name in ("hold_review", "cancel_review", "extension") else []
    return reverse(f"cases:{name}", args=["PR-2222-22", *more])


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_reads_for_a_concern_writes_nothing(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    ways = [(name, "post", address(name)) for name in ACTS]
    stand_before(Role.SAFEGUARDING_LEAD, case)
    ladder.is_refused(client, ways)


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, address, who):
    ways = [(name, "get", address(name)) for name in ["reviews", *ACTS]]
    stand_before(who, case)
    ladder.opens(client, ways)


def test_more_time_is_not_for_the_practitioner_to_decide(client, practitioner, address):
    url = address("extension")
    with ladder.writes_nothing():
        assert client.post(url, {"decision": "approved", "reasons": "x"}).status_code == 403


@pytest.mark.requirement("R-nat-26")
def test_nor_for_a_manager_who_asked_for_it(client, manager, case, at):
    own = ExtensionRequestFactory(case=case, requested_by=manager)
    with ladder.writes_nothing():
        assert client.post(at("extension", case, own.pk), {"decision": "approved", "reasons": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["hold_review", "cancel_review"])
def test_the_nine_month_review_is_a_managers(client, practitioner, case, at, name):
    url = at(name, case, ReviewFactory(case=case, kind="nine_month").pk)
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_the_six_month_decision_is_not_set_aside(client, manager, case, at):
    assert client.get(at("cancel_review", case, ReviewFactory(case=case, decision=True).pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "factory"),
    [("hold_review", ReviewFactory), ("cancel_review", ReviewFactory), ("extension", ExtensionRequestFactory)],
)
def test_a_row_of_another_case_is_not_reached_through_this_one(client, manager, case, at, name, factory):
    assert client.post(at(name, case, factory().pk)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_a_visitor_is_sent_to_sign_in_from_a_managers_pages(client, name):
    assert client.get(reverse(f"cases:{name}")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)])
def test_only_a_manager_looks_ahead_for_all(client, sign_in, role, name):
    sign_in(role)
    assert client.get(reverse(f"cases:{name}")).status_code == 403
