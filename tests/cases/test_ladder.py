"""The ladder of access, for every address of a case and of its allocation."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.cases import ladder
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory, TimelineEntryFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory
from ui.times import long_date

pytestmark = pytest.mark.django_db

READS = ["case", "consent", "people", "tasks"]
CONSENT = ["record_consent", "withdraw_consent", "record_extra", "record_parental_view", "record_sharing"]
CONSENT += ["record_privacy", "confirm_contact", "add_contact"]
WRITES = ["note", "contact", "pause", "tasks", "raise_concern", "raise_of_entry", *CONSENT]
ASSIGNS = ["assign", "reassign", "lead", "end_assignment"]
PAGES = [*READS, "note", "contact", "pause", "raise_concern", "raise_of_entry", *ASSIGNS, *CONSENT]
POSTS = [*WRITES, *ASSIGNS, "resume", "pin", "finish_task"]
WAYS = [*(("get", name) for name in PAGES), *(("post", name) for name in POSTS)]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]


@pytest.fixture
def address(case, at):
    """The address of each way, with a row of the case where it names one."""
    rows = {
        "pin": lambda: TimelineEntryFactory(case=case).pk,
        "raise_of_entry": lambda: TimelineEntryFactory(case=case).pk,
        "finish_task": lambda: TaskFactory(case=case).pk,
        "end_assignment": lambda: AssignmentFactory(case=case, kind="cover").pk,
        "confirm_contact": lambda: SafeContactFactory(subject=case.subject).pk,
    }

    def of(name):
        return at(name, case, rows[name]()) if name in rows else at(name, case)

    return of


def elsewhere(name):
    of_a_row = ("pin", "raise_of_entry", "finish_task", "end_assignment", "confirm_contact")
    more = [1] if name in of_a_row else []
    return reverse(f"cases:{name}", args=["PR-2222-22", *more])


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_a_safeguarding_lead_reads_a_case_with_an_open_concern_and_does_not_write(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    names = ["note", "contact", "pause", "resume", "pin", "finish_task", *ASSIGNS, *CONSENT]
    ways = [(name, "post", address(name)) for name in names]
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).status_code == 200
    ladder.is_refused(client, ways)


def test_who_reads_an_open_case_on_does_not_write(client, stand_before, case, address):
    """A case was closed and opened again with somebody else; the grant to read it on has some days left."""
    before = stand_before("practitioner_before", case)
    AccessGrantFactory(subject=case.subject, user=before)
    names = ["note", "contact", "pause", "resume", "pin", "tasks", "finish_task", *ASSIGNS, *CONSENT]
    ways = [(name, "post", address(name)) for name in names]
    assert {client.get(address(name)).status_code for name in READS} == {200}
    assert address("note") not in client.get(case.get_absolute_url()).text
    ladder.is_refused(client, ways)


def test_a_safeguarding_lead_sees_no_case_without_one(client, stand_before, case):
    ConcernFactory(subject=case.subject, closed=True)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_who_works_on_it_is_not_for_its_practitioner_to_say(client, practitioner, address):
    ladder.is_refused(client, [(name, method, address(name)) for name in ASSIGNS for method in ("get", "post")])


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, address, who):
    names = [*READS, "note", "contact", "pause", "raise_concern", "raise_of_entry", *CONSENT]
    ways = [(name, "get", address(name)) for name in names]
    stand_before(who, case)
    ladder.opens(client, ways)


def test_a_row_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    others = {"pin": TimelineEntryFactory().pk, "finish_task": TaskFactory().pk}
    others["raise_of_entry"] = others["pin"]
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
    stand_before(who, waiting)
    url, nothing = (reverse(f"cases:{name}", args=[reference]) for reference in (waiting.reference, "PR-2222-22"))
    ladder.looks_like_no_case(client, [(name, method, url) for method in ("get", "post")], lambda _name: nothing)


@pytest.mark.parametrize("name", ["allocate", "check_on_waiting"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_comes_second_to_somebody_who_waited_is_led_to_the_case(client, stand_before, name, method):
    case = CaseFactory(opened_by__full_name="Carys Jones")
    stand_before(Role.TEAM_MANAGER, case)
    page = getattr(client, method)(reverse(f"cases:{name}", args=[case.reference]), follow=True)
    assert page.redirect_chain == [(case.get_absolute_url(), 302)]
    told = f"They do not wait any more: Carys Jones opened the case on {long_date(case.opened_at)}."
    assert told in page.text


@pytest.mark.parametrize("name", ["allocate", "check_on_waiting"])
@pytest.mark.parametrize("who", ["manager_elsewhere", "excluded_manager", "lead", Role.DUTY_WORKER])
def test_who_does_not_allocate_there_is_led_to_no_case(client, stand_before, case, who, name):
    stand_before(who, case)
    url, nothing = (reverse(f"cases:{name}", args=[reference]) for reference in (case.reference, "PR-2222-22"))
    ladder.looks_like_no_case(client, [(name, method, url) for method in ("get", "post")], lambda _name: nothing)


def test_an_excluded_colleague_is_not_offered(client, stand_before, waiting):
    stand_before(Role.TEAM_MANAGER, waiting)
    colleague = AssignmentFactory(case__referral__centre=waiting.centre).user
    ExclusionFactory(subject=waiting.subject, user=colleague)
    page = client.get(reverse("cases:allocate", args=[waiting.reference]))
    assert colleague.full_name not in page.text


@pytest.mark.requirement("R-wal-16", part="opening a case with a carer alone")
def test_for_a_carer_alone_nobody_is_chosen_for_the_young_person(client, stand_before, at):
    referral = ReferralFactory(accepted=True, decision__outcome="accepted_carer_only")
    stand_before(Role.TEAM_MANAGER, referral)
    url = reverse("cases:allocate", args=[referral.reference])
    assert set(client.get(url).context["form"].fields) == {"work_type"}
    page = client.post(url, {"work_type": "awareness"}, follow=True)
    assert "Add the parent or carer" in page.text
    assert (referral.case.kind, referral.case.status) == ("carer_only", "awaiting_allocation")
    assert not {"lead", "assign", "reassign"} & set(page.context["may"])
