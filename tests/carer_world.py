"""A parent's strand with something of everything that it holds, so that each of its pages shows it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.carers import (
    CarerAnswerFactory,
    CarerAssessmentAddendumFactory,
    CarerAssessmentFactory,
    CarerConsentFactory,
    CarerFeedbackFactory,
    CarerNoteFactory,
    CarerSessionAddendumFactory,
    CarerSessionFactory,
    CarerSignpostFactory,
    CarerStrandFactory,
    CarerTaskFactory,
    SharedItemFactory,
    StrandEntryFactory,
)
from tests.factories.cases import CaseFactory
from tests.factories.said import FamilyMemberFactory, SafeContactFactory

OF_A_CONTACT = ["carer_session", "record_contact", "cancel_contact", "move_contact", "sign_contact"]
OF_THE_YOUNG_PERSONS_SIDE = {"offer_support", "answer_support", "not_safe_to_offer", "allocate_carer", "hold_back"}
OF_THE_YOUNG_PERSONS_SIDE |= {"give_back", "share_with_carer", "plan_together"}
BY_VERSION = {"write_carer_assessment": 2, "add_to_carer_assessment": 1}


def a_strand(centre, practitioner):
    """Eight of ten held; one to come, one without a record, ongoing support beside them; assessed and shared."""
    a_week_ago = timezone.now() - timedelta(days=7)
    case = CaseFactory(referral__centre=centre, active=True, opened_at=a_week_ago)
    strand = CarerStrandFactory(case=case, active=True, practitioner=practitioner)
    CarerConsentFactory(strand=strand, own_words="I want to be there for Sam.")
    for number in range(1, 8):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    CarerSessionFactory(strand=strand, ongoing=True, took_place=True)
    for what_came_of_it in ("not_held", "by_mistake"):
        CarerSessionFactory(strand=strand, **{what_came_of_it: True})
    for factory in (CarerAnswerFactory, CarerNoteFactory, StrandEntryFactory, SharedItemFactory):
        factory(strand=strand)
    SharedItemFactory(strand=strand, from_side="carer")
    CarerSignpostFactory(strand=strand)
    CarerSignpostFactory(strand=strand, resource=None, other="The choir in Ely", unsafe=True)
    CarerFeedbackFactory(strand=strand, rather_not=True)
    CarerFeedbackFactory(strand=strand, taken_back=True)
    done = CarerAssessmentFactory(strand=strand, signed=True)
    CarerAssessmentAddendumFactory(assessment=done)
    CarerAssessmentFactory(strand=strand, version=2)
    SafeContactFactory(subject=strand.subject)
    return strand


def rows_of(strand):
    """What the addresses of its pages name, by the name of the page."""
    late = timezone.now() - timedelta(days=1)
    CarerSessionFactory(strand=strand, planned_at=late)
    signed = CarerSessionFactory(strand=strand, signed=True, direct_number=8)
    CarerSessionAddendumFactory(session=signed)
    draft = CarerSessionFactory(strand=strand, draft=True, what_we_did="We talked.")
    return {
        **dict.fromkeys(OF_A_CONTACT, {"pk": CarerSessionFactory(strand=strand).pk}),
        "add_to_contact": {"pk": signed.pk},
        "contact_by_mistake": {"pk": CarerSessionFactory(strand=strand, not_held=True).pk},
        "throw_away_contact": {"pk": draft.pk},
        "finish_carer_task": {"pk": CarerTaskFactory(strand=strand, owner=strand.practitioner).pk},
        "confirm_carer_contact": {"pk": SafeContactFactory(subject=strand.subject).pk},
        "take_back_carer_quote": {"pk": CarerFeedbackFactory(strand=strand, quotable=True).pk},
        **{name: {"version": version} for name, version in BY_VERSION.items()},
    }


def beside(case):
    """What the young person's side is told: one who is not offered support yet, one who said no, one of the family."""
    CarerStrandFactory(case=case, declined=True)
    SharedItemFactory(strand=CarerStrandFactory(case=case, ongoing=True), from_side="carer")
    FamilyMemberFactory(referral=case.referral, name="Kim Example", relationship="Father")
    return CarerStrandFactory(case=case)
