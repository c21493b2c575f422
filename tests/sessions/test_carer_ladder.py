"""The ladder of access before the carer's own pages, and before what the young person's side is told of them."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from sessions.models.carers import CarerStrand
from tests.cases import ladder
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import (
    CarerAssessmentFactory,
    CarerFeedbackFactory,
    CarerSessionFactory,
    CarerStrandFactory,
    CarerTaskFactory,
)
from tests.factories.cases import AssignmentFactory
from tests.factories.people import ExclusionFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory

pytestmark = pytest.mark.django_db

READS = ["strand", "carer_sessions", "carer_session", "carer_consent", "carer_contacts", "carer_assessment"]
READS += ["carer_shared", "our_support", "carer_signposts", "carer_feedback"]
WRITES = [
    "carer_note",
    "carer_task",
    "carer_answer",
    "ongoing",
    "direct_again",
    "log_contact",
    "plan_contact",
]
WRITES += ["record_contact", "cancel_contact", "move_contact", "add_to_contact", "record_carer_consent"]
WRITES += ["add_carer_contact", "confirm_carer_contact", "write_carer_assessment", "add_to_carer_assessment"]
WRITES += ["carer_not_safe", "carer_worry", "throw_away_contact", "contact_by_mistake"]
POSTED = ["finish_carer_task", "start_carer_assessment", "sign_contact"]
# Whoever works with them, and managers.
OF_BOTH = ["carer_share", "end_strand", "carer_signpost", "ask_carer_feedback", "take_back_carer_quote"]
PAGES = [*READS, *WRITES, *OF_BOTH]
WAYS = [*(("get", name) for name in PAGES), *(("post", name) for name in [*WRITES, *OF_BOTH, *POSTED])]

SIDE = ["add_carer", "offer_support", "answer_support", "not_safe_to_offer", "hold_back", "share_with_carer"]
MANAGES, MEETS = ["allocate_carer", "give_back"], ["plan_together"]  # a session is planned by who holds it
SIDE_WAYS = [("get", "parents")]
SIDE_WAYS += [(method, name) for method in ("get", "post") for name in [*SIDE, *MANAGES, *MEETS]]


@pytest.fixture
def strand():
    """Someone works with this mother; the young person has a practitioner too."""
    strand = CarerStrandFactory(active=True, practitioner=UserFactory(with_factor=True))
    MembershipFactory(user=strand.practitioner, role=Role.PRACTITIONER, centre=strand.case.centre)
    AssignmentFactory(case=strand.case)
    return strand


@pytest.fixture
def at(strand):
    """The address of each of their pages, with a row of theirs where it names one."""
    planned = CarerSessionFactory(strand=strand).pk
    task, way = CarerTaskFactory(strand=strand).pk, SafeContactFactory(subject=strand.subject).pk
    CarerAssessmentFactory(strand=strand)
    draft = CarerSessionFactory(strand=strand, draft=True).pk
    written = CarerSessionFactory(strand=strand, not_held=True).pk
    rows = dict.fromkeys(OF_A_CONTACT, planned) | {"throw_away_contact": draft, "contact_by_mistake": written}
    rows |= {"finish_carer_task": task, "confirm_carer_contact": way}
    rows |= {"write_carer_assessment": 1, "add_to_carer_assessment": 1}
    rows |= {"take_back_carer_quote": CarerFeedbackFactory(strand=strand, quotable=True).pk}
    return lambda name: _at(name, strand.key, rows.get(name))


OF_A_CONTACT = ["carer_session", "record_contact", "cancel_contact", "move_contact", "sign_contact", "add_to_contact"]


def _at(name, key, row=None):
    return reverse(f"sessions:{name}", args=[key, *([] if row is None else [row])])


def elsewhere(name):
    rows = {*OF_A_CONTACT, "throw_away_contact", "finish_carer_task", "confirm_carer_contact", "write_carer_assessment"}
    rows |= {"add_to_carer_assessment", "take_back_carer_quote", "contact_by_mistake"}
    return _at(name, "00000000-0000-4000-8000-000000000000", 1 if name in rows else None)


@pytest.fixture
def stand_as(client, sign_in, strand):
    """Sign in by how somebody stands to the strand."""

    def somebody(who):
        case = strand.case
        if who == "works_with_them":
            client.force_login(strand.practitioner)
        elif who == "works_with_the_young_person":
            AssignmentFactory(case=case, kind="co_worker", user=sign_in(Role.PRACTITIONER, at=case.centre))
        elif who == "manager_kept_from_the_carer":
            ExclusionFactory(subject=strand.subject, user=sign_in(Role.TEAM_MANAGER, at=case.centre))
        elif who == "kept_from_the_young_person":
            ExclusionFactory(subject=case.subject, user=strand.practitioner)
            client.force_login(strand.practitioner)
        elif who == "manager_elsewhere":
            sign_in(Role.TEAM_MANAGER)
        elif who == "manager_who_works_with_the_young_person":
            AssignmentFactory(case=case, kind="co_worker", user=sign_in(Role.TEAM_MANAGER, at=case.centre))
        else:
            sign_in(Role(who), at=case.centre)

    return somebody


# The carer's side

NOBODY = ["works_with_the_young_person", "manager_kept_from_the_carer", "kept_from_the_young_person"]
NOBODY += ["manager_who_works_with_the_young_person", "manager_elsewhere", Role.PRACTITIONER, Role.SAFEGUARDING_LEAD]


def test_a_visitor_is_sent_to_sign_in(client, at):
    ladder.is_sent_to_sign_in(client, [(name, method, at(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_strand(client, strand, at, stand_as, who):
    ConcernFactory(subject=strand.case.subject)
    ways = [(name, method, at(name)) for method, name in WAYS]
    stand_as(who)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_whoever_works_with_them_opens_every_page(client, at, stand_as):
    ways = [(name, "get", at(name)) for name in PAGES]
    stand_as("works_with_them")
    ladder.opens(client, ways)


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_a_manager_reads_all_of_it_and_writes_none(client, at, stand_as, role):
    reads = [(name, "get", at(name)) for name in [*READS, *OF_BOTH]]
    writes = [(name, method, at(name)) for name in WRITES for method in ("get", "post")]
    writes += [(name, "post", at(name)) for name in POSTED]
    stand_as(role)
    ladder.opens(client, reads)
    ladder.is_refused(client, writes)


def test_held_back_it_is_a_managers_alone(client, strand, at, stand_as):
    page, blocked = at("strand"), CarerStrandFactory(blocked=True, case=strand.case)
    stand_as("works_with_them")
    assert client.get(page).status_code == 200
    assert client.get(_at("strand", blocked.key)).status_code == 404
    stand_as(Role.TEAM_MANAGER)
    assert client.get(_at("strand", blocked.key)).status_code == 200


def test_a_row_of_another_strand_is_not_reached_through_this_one(client, strand, stand_as):
    stand_as("works_with_them")
    contact, task, other = CarerSessionFactory().pk, CarerTaskFactory().pk, SafeContactFactory().pk
    rows = [("carer_session", contact), ("finish_carer_task", task), ("confirm_carer_contact", other)]
    rows.append(("take_back_carer_quote", CarerFeedbackFactory(quotable=True).pk))
    for name, row in rows:
        for method in (client.get, client.post):
            assert method(_at(name, strand.key, row)).status_code in (404, 405), name


# The young person's side


@pytest.fixture
def beside(strand):
    """The address of each page of the young person's side that names this strand."""
    return lambda name: _beside(name, strand.case.reference, strand.key)


def _beside(name, reference, key):
    return reverse(f"sessions:{name}", args=[reference, *([] if name in ("parents", "add_carer") else [key])])


def no_case(name):
    return _beside(name, "PR-2222-22", "00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    "who", ["works_with_them", "kept_from_the_young_person", "manager_elsewhere", Role.PRACTITIONER]
)
def test_who_works_with_the_carer_has_no_way_to_the_young_persons_case(client, strand, beside, stand_as, who):
    ways = [(name, method, beside(name)) for method, name in SIDE_WAYS]
    ways.append(("case", "get", strand.case.get_absolute_url()))
    stand_as(who)
    ladder.looks_like_no_case(client, ways[:-1], no_case)
    assert client.get(ways[-1][2]).status_code == 404


def test_who_sees_the_case_for_a_concern_has_no_part_in_it(client, strand, beside, stand_as):
    ConcernFactory(subject=strand.case.subject)
    ways = [(name, method, beside(name)) for method, name in SIDE_WAYS]
    stand_as(Role.SAFEGUARDING_LEAD)
    ladder.is_refused(client, ways)


def test_who_works_with_the_young_person_reads_the_summary_and_does_not_allocate(client, beside, stand_as):
    ways = [(name, "get", beside(name)) for name in ["parents", *SIDE, *MEETS]]
    refused = [(name, method, beside(name)) for name in MANAGES for method in ("get", "post")]
    stand_as("works_with_the_young_person")
    ladder.opens(client, ways)
    ladder.is_refused(client, refused)


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_a_manager_opens_every_page_of_it(client, beside, stand_as, role):
    ways = [(name, "get", beside(name)) for name in ["parents", *SIDE, *MANAGES]]
    refused = [(name, method, beside(name)) for name in MEETS for method in ("get", "post")]
    stand_as(role)
    ladder.opens(client, ways)
    ladder.is_refused(client, refused)


def test_whoever_is_kept_from_the_carer_is_not_told_that_they_are_there(client, strand, beside, stand_as):
    stand_as("manager_kept_from_the_carer")
    assert strand.carer.name_shown not in client.get(beside("parents")).text
    assert client.get(beside("offer_support")).status_code == 404


# The list


def test_a_visitor_is_sent_to_sign_in_from_the_list(client):
    assert client.get(reverse("sessions:strands")).url.startswith(reverse("account_login"))


def test_each_sees_their_own_and_a_manager_the_centres(client, strand, stand_as):
    other = CarerStrandFactory(active=True, case=strand.case)
    stand_as("works_with_them")
    shown = {row["pk"] for row in client.get(reverse("sessions:strands") + "?show=all").context["rows"]}
    assert shown == {strand.pk}
    stand_as(Role.TEAM_MANAGER)
    assert client.get(reverse("sessions:strands")).context["rows"] == []
    shown = {row["pk"] for row in client.get(reverse("sessions:strands") + "?show=all").context["rows"]}
    assert shown == {strand.pk, other.pk}
    assert CarerStrand.objects.count() == 2
