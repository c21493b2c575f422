"""Who may see a carer's strand, in any world (A2): the policy over plain values against the rows that are found."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.models import DataSubject
from sessions.models.carers import CarerNote, CarerStrand
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerNoteFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.figures import figure

SIDES = ("young_person", "carer")
ROLES = ["duty_worker", "practitioner", "team_manager", "service_manager", "safeguarding_lead", "centre_admin"]
ROLES += ["data_protection", "system_admin"]


@dataclass(frozen=True)
class Colleague:
    """How somebody stands to one strand."""

    role: str
    is_of_the_centre: bool
    has_left: bool
    granted: bool  # works with the carer
    granted_before: bool
    kept_from: frozenset
    restricted: frozenset
    listed: frozenset
    works_with_the_young_person: bool
    is_held_back: bool


def may_view(one):
    """Written from design.md 5 and docs/decisions/0094 over these values alone."""
    if one.has_left or one.kept_from or one.restricted - one.listed or one.works_with_the_young_person:
        return False
    if one.is_of_the_centre and one.role in ("team_manager", "service_manager"):
        return True
    return (one.granted or "carer" in one.listed) and not one.is_held_back


SOME = st.frozensets(st.sampled_from(SIDES))
FEW = st.sampled_from([frozenset(), frozenset(), frozenset({"carer"}), frozenset({"young_person"})])
COLLEAGUES = st.builds(
    Colleague,
    role=st.sampled_from(ROLES),
    is_of_the_centre=st.booleans(),
    has_left=st.sampled_from([False, False, False, True]),
    granted=st.booleans(),
    granted_before=st.booleans(),
    kept_from=FEW,
    restricted=FEW,
    listed=SOME,
    works_with_the_young_person=st.sampled_from([False, False, True]),
    is_held_back=st.sampled_from([False, False, True]),
)


class ThePolicy(TestCase):
    @pytest.mark.requirement("R-nat-29", part="who sees what, in any world")
    @settings(max_examples=figure(60, 2000))
    @given(COLLEAGUES)
    def test_a_strand_is_found_exactly_where_the_policy_says(self, one):
        strand = CarerStrandFactory(**{"blocked" if one.is_held_back else "active": True})
        CarerNoteFactory(strand=strand)
        user = self.stands(one, strand, {"young_person": strand.case.subject, "carer": strand.subject})
        assert CarerStrand.objects.visible_to(user).filter(pk=strand.pk).exists() == may_view(one)
        assert CarerNote.objects.visible_to(user).exists() == may_view(one)

    def stands(self, one, strand, subjects):
        at = {"centre": strand.case.centre} if one.is_of_the_centre else {}
        user = MembershipFactory(user=UserFactory(is_active=not one.has_left), role=one.role, **at).user
        if one.granted:
            AccessGrantFactory(user=user, subject=strand.subject, ground="carer_strand")
        if one.granted_before:
            AccessGrantFactory(user=user, subject=strand.subject, ground="carer_strand", ended=True)
        for side in one.kept_from:
            ExclusionFactory(user=user, subject=subjects[side])
        for side in one.restricted:
            DataSubject.objects.filter(pk=subjects[side].pk).update(is_restricted=True)
        for side in one.listed:
            AccessGrantFactory(user=user, subject=subjects[side], ground="restricted_list")
        if one.works_with_the_young_person:
            AssignmentFactory(case=strand.case, user=user)
        return user
