"""Whoever works with a parent or carer is not chosen to work with the young person (R-nat-29)."""

import pytest

from cases import allocating, operations
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerStrandFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand():
    strand = CarerStrandFactory(active=True)
    MembershipFactory(user=strand.practitioner, centre=strand.case.centre, role="practitioner")
    return strand


@pytest.mark.requirement("R-nat-29", part="chosen for the young person")
@pytest.mark.parametrize("kind", ["lead", "co_worker", "cover"])
def test_they_are_refused_with_the_young_person_as_somebody_who_may_not_see_them(strand, kind):
    by = UserFactory()
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.assign(strand.case, to=strand.practitioner, kind=kind, by=by)


def test_nor_do_they_take_over_as_the_lead(strand):
    lead, by = AssignmentFactory(case=strand.case), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.reassign(lead.case, to=strand.practitioner, by=by, because="Ill.", handover="Much.")


def test_they_are_not_among_those_who_may_be_chosen_until_the_support_has_ended(strand):
    case, theirs = strand.case, strand.practitioner
    assert theirs not in allocating.practitioners(case.subject, case.centre)
    assert theirs in allocating.practitioners(CaseFactory().subject, case.centre)
    type(strand).objects.filter(pk=strand.pk).update(
        status="accepted", practitioner=None, grant=None, allocated_by=None, allocated_at=None
    )
    assert theirs in allocating.practitioners(case.subject, case.centre)
