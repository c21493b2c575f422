"""The ladder of access, for every address of a case and of its allocation."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from cases.models import (
    Assignment,
    Case,
    CaseNote,
    ConsentEvent,
    ContactAttempt,
    ParentalView,
    Pause,
    PrivacyInformation,
    SharingPreference,
    Task,
    TimelineEntry,
    WaitingCheck,
)
from outbox.models import Message
from people.models import SafeContact
from safeguarding.models import Concern
from tests.factories.cases import AssignmentFactory, TaskFactory, TimelineEntryFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory

pytestmark = pytest.mark.django_db

READS = ["case", "consent", "people", "tasks"]
CONSENT = ["record_consent", "withdraw_consent", "record_extra", "record_parental_view", "record_sharing"]
CONSENT += ["record_privacy", "confirm_contact", "add_contact"]
WRITES = ["note", "contact", "pause", "tasks", "raise_concern", *CONSENT]
ASSIGNS = ["assign", "reassign", "lead", "end_assignment"]
PAGES = [*READS, "note", "contact", "pause", "raise_concern", *ASSIGNS, *CONSENT]
POSTS = [*WRITES, *ASSIGNS, "resume", "pin", "finish_task"]
WAYS = [*(("get", name) for name in PAGES), *(("post", name) for name in POSTS)]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]
WRITTEN = (Case, Assignment, CaseNote, ContactAttempt, Pause, Task, TimelineEntry, WaitingCheck, Concern)
WRITTEN += (ConsentEvent, ParentalView, SharingPreference, PrivacyInformation, SafeContact, Message)


@pytest.fixture
def address(case, at):
    """The address of each way, with a row of the case where it names one."""
    rows = {
        "pin": lambda: TimelineEntryFactory(case=case).pk,
        "finish_task": lambda: TaskFactory(case=case).pk,
        "end_assignment": lambda: AssignmentFactory(case=case, kind="cover").pk,
        "confirm_contact": lambda: SafeContactFactory(subject=case.subject).pk,
    }

    def of(name):
        return at(name, case, rows[name]()) if name in rows else at(name, case)

    return of


def elsewhere(name):
    more = [1] if name in ("pin", "finish_task", "end_assignment", "confirm_contact") else []
    return reverse(f"cases:{name}", args=["PR-2222-22", *more])


def everything_written():
    rows = [list(model.objects.order_by("pk").values_list()) for model in WRITTEN]
    return rows, AuditEvent.objects.exclude(verb="access.refused").count()


@pytest.mark.parametrize(("method", "name"), WAYS)
def test_a_visitor_is_sent_to_sign_in(client, address, method, name):
    response = getattr(client, method)(address(name))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("who", NOBODY)
@pytest.mark.parametrize(("method", "name"), WAYS)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who, method, name):
    url = address(name)
    stand_before(who, case)
    before = everything_written()

    answer, nothing = getattr(client, method)(url), getattr(client, method)(elsewhere(name))

    assert (answer.status_code, answer.content) == (404, nothing.content)
    assert everything_written() == before


@pytest.mark.parametrize("name", ["note", "contact", "pause", "resume", "pin", "finish_task", *ASSIGNS, *CONSENT])
def test_a_safeguarding_lead_reads_a_case_with_an_open_concern_and_does_not_write(
    client, stand_before, case, address, name
):
    ConcernFactory(subject=case.subject)
    url = address(name)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).status_code == 200
    before = everything_written()

    assert client.post(url).status_code == 403
    assert everything_written() == before


def test_a_safeguarding_lead_sees_no_case_without_one(client, stand_before, case):
    ConcernFactory(subject=case.subject, closed=True)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ASSIGNS)
def test_who_works_on_it_is_not_for_its_practitioner_to_say(client, practitioner, address, name):
    url = address(name)
    before = everything_written()
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert everything_written() == before


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
@pytest.mark.parametrize("name", [*READS, "note", "contact", "pause", "raise_concern", *CONSENT])
def test_who_works_with_them_opens_every_page(client, stand_before, case, address, who, name):
    url = address(name)
    stand_before(who, case)
    assert client.get(url).status_code == 200


def test_a_row_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    others = {"pin": TimelineEntryFactory().pk, "finish_task": TaskFactory().pk}
    for name, pk in others.items():
        assert client.post(at(name, case, pk)).status_code == 404
    contact = SafeContactFactory().pk
    for method in (client.get, client.post):
        assert method(at("confirm_contact", case, contact)).status_code == 404


# Lists and allocating


@pytest.mark.parametrize("name", ["caseload", "waiting"])
def test_a_visitor_is_sent_to_sign_in_from_lists(client, name):
    assert client.get(reverse(f"cases:{name}")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)])
def test_only_a_manager_sees_who_waits(client, sign_in, role):
    sign_in(role)
    assert client.get(reverse("cases:waiting")).status_code == 403


@pytest.fixture
def waiting():
    return ReferralFactory(accepted=True)


@pytest.mark.parametrize("name", ["allocate", "check_on_waiting"])
@pytest.mark.parametrize("who", ["manager_elsewhere", "excluded_manager", Role.PRACTITIONER, Role.DUTY_WORKER])
def test_who_does_not_allocate_there_finds_nobody_who_waits(client, sign_in, stand_before, waiting, who, name):
    user = stand_before(who, waiting)
    before = everything_written()
    for method in ("get", "post"):
        answer = getattr(client, method)(reverse(f"cases:{name}", args=[waiting.reference]))
        nothing = getattr(client, method)(reverse(f"cases:{name}", args=["PR-2222-22"]))
        assert (answer.status_code, answer.content) == (404, nothing.content), user
    assert everything_written() == before


def test_an_excluded_colleague_is_not_offered(client, stand_before, waiting):
    stand_before(Role.TEAM_MANAGER, waiting)
    colleague = AssignmentFactory(case__referral__centre=waiting.centre).user
    ExclusionFactory(subject=waiting.subject, user=colleague)
    page = client.get(reverse("cases:allocate", args=[waiting.reference]))
    assert colleague.full_name not in page.text
