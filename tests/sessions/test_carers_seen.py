"""Who may know of a carer's strand, and how little each side is shown of the other (security.md 5, 5.3)."""

import csv
from itertools import product
from pathlib import Path

import pytest

from cases.models import Case
from people.models import DataSubject, YoungPerson
from sessions import carer_rules as rules
from sessions.carer_enums import StrandStatus
from sessions.carer_summaries import StrandSummary, YoungPersonHeader, header, summaries, summary
from sessions.models import carers
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory, SharedItemFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, YoungPersonFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory

pytestmark = pytest.mark.django_db

OF_A_STRAND = [carers.CarerSession, carers.CarerNote, carers.CarerConsent, carers.CarerTask, carers.StrandEntry]
OF_A_STRAND += [carers.CarerSignpost, carers.CarerFeedback]


@pytest.fixture
def strand():
    """Somebody works with the carer, who is a practitioner of the centre."""
    strand = CarerStrandFactory(active=True)
    MembershipFactory(user=strand.practitioner, centre=strand.case.centre, role="practitioner")
    return strand


def stands(who, strand):
    """A colleague by how they stand to the strand."""
    case = strand.case
    if who == "carers_practitioner":
        return strand.practitioner
    if who in ("lead", "co_worker", "cover"):
        user = MembershipFactory(centre=case.centre, role="practitioner").user
        AssignmentFactory(case=case, user=user, kind=who)
        return user
    if who == "manager_who_leads_the_case":
        user = MembershipFactory(centre=case.centre, role="team_manager").user
        AssignmentFactory(case=case, user=user)
        return user
    if who == "manager_elsewhere":
        return MembershipFactory(role="team_manager").user
    if who == "lead_on_safeguarding_with_a_concern":
        ConcernFactory(subject=case.subject)
        return MembershipFactory(centre=case.centre, role="safeguarding_lead").user
    if who == "practitioner_before":
        user = MembershipFactory(centre=case.centre, role="practitioner").user
        AccessGrantFactory(user=user, subject=strand.subject, ended=True)
        return user
    return MembershipFactory(centre=case.centre, role=who).user


SEES = {
    "carers_practitioner": True, "team_manager": True, "service_manager": True,
    "lead": False, "co_worker": False, "cover": False, "manager_who_leads_the_case": False,
    "manager_elsewhere": False, "lead_on_safeguarding_with_a_concern": False, "practitioner_before": False,
    "practitioner": False, "duty_worker": False, "centre_admin": False, "data_protection": False,
    "system_admin": False, "safeguarding_lead": False,
}  # fmt: skip


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_who_sees_a_strand_and_all_that_hangs_on_it(strand, who, sees):
    CarerSessionFactory(strand=strand)
    user = stands(who, strand)
    assert carers.CarerStrand.objects.visible_to(user).exists() == sees
    assert carers.CarerSession.objects.visible_to(user).exists() == sees
    for model in OF_A_STRAND:
        assert model.objects.visible_to(user).count() == (model.objects.count() if sees else 0)


@pytest.mark.parametrize("who", ["carers_practitioner", "team_manager"])
@pytest.mark.parametrize("side", ["carer", "young_person"])
@pytest.mark.parametrize("closed", ["excluded", "restricted"])
def test_whoever_is_kept_from_one_of_the_two_is_kept_from_the_strand(strand, who, side, closed):
    user, subject = stands(who, strand), strand.subject if side == "carer" else strand.case.subject
    if closed == "excluded":
        ExclusionFactory(user=user, subject=subject)
    else:
        DataSubject.objects.filter(pk=subject.pk).update(is_restricted=True)
    assert not carers.CarerStrand.objects.visible_to(user).exists()
    assert header(user, strand) is None or side == "carer"


def test_somebody_who_left_the_service_sees_nothing(strand):
    strand.practitioner.is_active = False
    assert not carers.CarerStrand.objects.visible_to(strand.practitioner).exists()


def test_the_carers_practitioner_never_sees_the_case_and_the_young_persons_never_the_strand(strand):
    lead = stands("lead", strand)
    assert not Case.objects.visible_to(strand.practitioner).exists()
    assert not carers.CarerStrand.objects.visible_to(lead).exists()
    assert Case.objects.visible_to(lead).exists()


def test_the_young_persons_side_knows_who_they_are_how_it_stands_and_who_works_with_them(strand):
    lead = stands("lead", strand)
    [found] = summaries(lead, strand.case)
    assert found == StrandSummary(
        pk=strand.pk, key=strand.key, case=strand.case, carer_name="Alex Example", relationship="Mother",
        status="active", status_words="Direct sessions", not_safe_because="",
            practitioner_id=strand.practitioner_id, practitioner_name=strand.practitioner.full_name,
        offered_at=strand.offered_at,
    )  # fmt: skip
    assert summary(lead, strand.case, strand.key) == found
    assert summary(lead, strand.case, CaseFactory().pk) is None
    assert summaries(strand.practitioner, strand.case) == []


def test_nor_does_it_know_of_a_carer_who_is_closed_to_them(strand):
    lead = stands("lead", strand)
    ExclusionFactory(user=lead, subject=strand.subject)
    assert summaries(lead, strand.case) == []


def test_the_carers_side_knows_five_things_of_the_young_person(strand):
    shown = header(strand.practitioner, strand)
    assert shown == YoungPersonHeader(
        initials="SE", reference=strand.case.reference, centre_name=strand.case.centre.name_en,
        status_words="Support", somebody_must_not_be_told=False, is_reached_safely=False,
    )  # fmt: skip
    SafeContactFactory(subject=strand.case.subject, must_not_be_told="Her uncle.")
    assert header(strand.practitioner, strand).somebody_must_not_be_told
    assert "uncle" not in repr(header(strand.practitioner, strand))


def test_the_initials_are_those_of_the_name_they_use(strand):
    YoungPerson.objects.filter(pk=strand.case.young_person_id).update(preferred_name="éli")
    assert header(strand.practitioner, strand).initials == "ÉE"


@pytest.mark.parametrize(("who", "sees"), [(who, sees) for who, sees in SEES.items() if "manager_who" not in who])
def test_a_header_is_values_and_only_for_who_works_with_a_carer_or_manages(strand, who, sees):
    YoungPersonFactory()
    rows = YoungPerson.objects.header_visible_to(stands(who, strand))
    shown = {"pk", "initials", "centre_name", "is_reached_safely", "somebody_must_not_be_told"}
    assert [row["pk"] for row in rows] == ([strand.case.young_person_id] if sees else [])
    assert all(set(row) == shown for row in rows)


@pytest.mark.parametrize("from_side", ["young_person", "carer"])
def test_either_side_reads_what_was_shared_and_nobody_else(strand, from_side):
    item = SharedItemFactory(strand=strand, from_side=from_side)
    for who in ("carers_practitioner", "lead", "team_manager"):
        assert list(carers.SharedItem.objects.visible_to(stands(who, strand))) == [item]
    for who in ("practitioner", "manager_elsewhere", "duty_worker"):
        assert not carers.SharedItem.objects.visible_to(stands(who, strand)).exists()


# A8: every act in every state as everybody. The table follows security.md 5 and domain.md 5.11, never the code.
TABLE = list(csv.DictReader(Path(__file__).with_name("strand_action_role.csv").read_text().splitlines()))
WHO = ["lead", "carers_practitioner", "team_manager", "practitioner", "safeguarding_lead"]
TRAITS = {"not_offered": {}, "not_safe_to_offer": {"not_safe": True}, "ongoing_support": {"ongoing": True}}
OF_NO_STATE = {"may_add_carer", "may_finish", "may_finish_the_rest", "may_print", "may_throw_away"}  # asserted below
OF_NO_STATE |= {"may_take_as_mistake"}


def test_the_table_asks_of_every_act_in_every_state():
    acts = {name for name in vars(rules) if name.startswith("may_")} - OF_NO_STATE
    assert {(row["state"], f"may_{row['action']}") for row in TABLE} == set(product(StrandStatus.values, acts))
    assert len(TABLE) == len(StrandStatus) * len(acts)


@pytest.mark.parametrize("state", StrandStatus.values)
def test_each_may_do_what_the_table_says_and_nothing_else(state):
    strand = CarerStrandFactory(**TRAITS.get(state, {state: True}))
    worked = strand.practitioner or UserFactory()
    MembershipFactory(user=worked, centre=strand.case.centre, role="practitioner")
    people = {who: worked if who == "carers_practitioner" else stands(who, strand) for who in WHO}
    for row in [row for row in TABLE if row["state"] == state]:
        may = getattr(rules, f"may_{row['action']}")
        assert {who: "yes" if may(user, strand) else "-" for who, user in people.items()} == {
            who: row[who] for who in WHO
        }, row["action"]


@pytest.mark.parametrize("who", WHO)
def test_who_adds_a_parent_and_reads_the_summary(who):
    strand = CarerStrandFactory(declined=True)
    user = UserFactory() if who == "carers_practitioner" else stands(who, strand)
    assert rules.may_add_carer(user, strand.case) == (who in ("lead", "team_manager"))
    reads = who in ("lead", "team_manager", "practitioner")
    assert rules.is_of_the_young_persons_side(user, strand.case) == reads


def test_whose_contact_it_was_finishes_it_after_the_end(strand):
    session = CarerSessionFactory(strand=strand)
    assert rules.may_finish(strand.practitioner, strand, session)
    assert not rules.may_finish(stands("team_manager", strand), strand, session)
    ended = CarerStrandFactory(ended=True, case=strand.case)
    assert rules.may_finish(session.practitioner, ended, session)
    assert not rules.may_take_as_mistake(session.practitioner, ended, session)
    written = CarerSessionFactory(strand=strand, not_held=True)
    assert rules.may_take_as_mistake(session.practitioner, ended, written)
    assert not rules.may_take_as_mistake(stands("team_manager", strand), strand, written)
