"""What the South Wales leaflet says of parents and carers: a service for an adult alone, and needs of their own."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from cases import operations as cases
from cases.enums import AssessmentKind, TaskKind, WorkType
from cases.models import Task
from referrals.enums import Outcome
from sessions.operations import carer_assessments, carer_strands
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.assessments import combined_assessment
from tests.factories.carers import CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.referrals import ReferralFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db

SAID = {"first_name": "Alex", "last_name": "Example", "relationship": "Mother", "preferred_language": "en"}
WRITTEN = dict.fromkeys(["what_matters", "how_done", "strengths", "analysis", "recommendation"], "Said.")


@pytest.mark.requirement("R-wal-16")
@pytest.mark.parametrize("is_enabled", [True, False])
def test_a_case_with_a_carer_alone_is_opened_where_the_offer_has_it_and_hidden_where_it_has_not(
    client, sign_in, is_enabled
):
    offer = ServiceOfferFactory(scheme="WAL3", carer_only=is_enabled)
    screened = ReferralFactory(screening=True, centre=offer.centre, offer=offer)
    sign_in(Role.DUTY_WORKER, at=offer.centre)
    page = client.get(reverse("triage:decide", args=[screened.reference]))
    assert (Outcome.ACCEPTED_CARER_ONLY in dict(page.context["form"].fields["outcome"].choices)) == is_enabled
    if not is_enabled:
        return
    accepted = ReferralFactory(
        accepted=True, centre=offer.centre, offer=offer, decision__outcome=Outcome.ACCEPTED_CARER_ONLY
    )
    manager = MembershipFactory(centre=offer.centre, role="team_manager").user
    case = cases.open_case(accepted, by=manager, work_type=WorkType.AWARENESS)
    strand = carer_strands.add_carer(case, by=manager, **SAID)
    strand = carer_strands.answer(strand, by=manager, response="wants_support")
    practitioner = MembershipFactory(centre=offer.centre, role="practitioner").user
    carer_strands.allocate(strand, to=practitioner, by=manager)
    case.refresh_from_db()
    assert (case.kind, case.status, case.support_started_on) == ("carer_only", "active", None)
    assert not case.assignments.exists()
    assert not case.consent_events.exists()


@pytest.mark.requirement("R-wal-20")
def test_where_the_familys_needs_are_complex_a_different_worker_assesses_the_parents():
    draft = combined_assessment(parents_needs="A break.")
    case, lead = draft.case, UserFactory()
    AssignmentFactory(case=case, user=lead)
    manager = MembershipFactory(centre=case.centre, role="team_manager").user
    cases.answer_separate_worker(draft, by=lead, needed=True, because="Three households.")
    draft.refresh_from_db()
    assert draft.kind == AssessmentKind.CHILD_NEEDS
    assert Task.objects.get(kind=TaskKind.SEPARATE_WORKER).owner == manager != lead

    strand = CarerStrandFactory(accepted=True, case=case)
    with leaves_no_trace(), pytest.raises(carer_strands.WorksWithTheYoungPerson):
        carer_strands.allocate(strand, to=lead, by=manager)
    other = MembershipFactory(centre=case.centre, role="practitioner").user
    carer_strands.allocate(strand, to=other, by=manager)
    theirs = carer_assessments.start_carer_assessment(strand, by=other)
    theirs = carer_assessments.save_carer_assessment(theirs, by=other, edition=theirs.edition, **WRITTEN)
    assert carer_assessments.sign_carer_assessment(theirs, by=other, edition=theirs.edition).signed_by == other
