"""What the database keeps of the carer's strand that no CHECK can, found by going round our code."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import Assignment
from sessions.models.carers import CarerAssessment, CarerSession, CarerStrand
from tests.factories.accounts import UserFactory
from tests.factories.carers import (
    CarerAnswerFactory,
    CarerAssessmentAddendumFactory,
    CarerAssessmentFactory,
    CarerConsentFactory,
    CarerFactory,
    CarerFeedbackFactory,
    CarerNoteFactory,
    CarerSessionAddendumFactory,
    CarerSessionFactory,
    CarerSignpostFactory,
    CarerStrandFactory,
    SharedItemFactory,
    StrandEntryFactory,
)
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.people import AccessGrantFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def test_a_strand_is_of_a_carer_of_this_young_person():
    with refused("strand_is_of_a_carer_of_this_young_person"), transaction.atomic():
        CarerStrandFactory(carer=CarerFactory())
    strand = CarerStrandFactory()
    with refused("strand_is_of_a_carer_of_this_young_person"), transaction.atomic():
        CarerStrand.objects.filter(pk=strand.pk).update(subject=CarerFactory().subject)


@pytest.mark.requirement("R-nat-30", part="an offer of fewer than ten")
def test_a_strand_has_no_more_direct_sessions_than_the_offer_of_its_case():
    case = CaseFactory(active=True, offer=ServiceOfferFactory(carer_direct_sessions=6))
    with refused("strand_has_no_more_direct_sessions_than_the_offer"), transaction.atomic():
        CarerStrandFactory(case=case)
    strand = CarerStrandFactory(case=case, direct_max=6, active=True)
    for number in range(1, 7):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    with refused("direct_session_is_one_of_those_agreed"), transaction.atomic():
        CarerSessionFactory(strand=strand, held=True, direct_number=7)


@pytest.mark.requirement("R-nat-30", part="the eleventh, by raw SQL")
def test_raw_sql_adds_no_eleventh_direct_session():
    strand = CarerStrandFactory(active=True)
    for number in range(1, 11):
        last = CarerSessionFactory(strand=strand, held=True, direct_number=number)
    columns = [field.column for field in CarerSession._meta.fields if field.column not in ("id", "direct_number")]
    names = ", ".join(columns)
    insert = (
        f"INSERT INTO support_sessions_carersession ({names}, direct_number)"  # noqa: S608 -- our own names
        f" SELECT {names}, %s FROM support_sessions_carersession WHERE id = %s"
    )
    for number, rule in (
        (11, "direct_number_is_one_to_ten"),
        (10, "direct_number_once_in_a_strand"),
        (None, "direct_number_is_given_exactly_where_it_counts"),
    ):
        with refused(rule), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [number, last.pk])
    assert CarerSession.objects.that_counted().count() == 10


@pytest.mark.requirement("R-nat-29", part="the database, from both sides")
@pytest.mark.parametrize("kind", ["lead", "co_worker", "cover"])
def test_raw_sql_puts_nobody_on_both_sides(kind):
    strand = CarerStrandFactory(active=True)
    part = AssignmentFactory(case=strand.case, kind=kind)
    with refused("carer_practitioner_is_never_the_young_persons"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_sessions_carerstrand SET practitioner_id = %s WHERE id = %s", [part.user_id, strand.pk]
        )
    with refused("young_persons_practitioner_is_never_a_carers"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_assignment SET user_id = %s WHERE id = %s", [strand.practitioner_id, part.pk])
    with refused("young_persons_practitioner_is_never_a_carers"), transaction.atomic():
        other = CarerStrandFactory(active=True)
        AssignmentFactory(case=other.case, user=other.practitioner, kind=kind)


def test_two_families_of_one_young_person_may_have_one_practitioner_who_is_not_theirs():
    mothers = CarerStrandFactory(active=True)
    fathers = CarerStrandFactory(active=True, case=mothers.case, practitioner=mothers.practitioner)
    with refused("young_persons_practitioner_is_never_a_carers"), transaction.atomic():
        AssignmentFactory(case=fathers.case, user=fathers.practitioner)


def test_nor_on_two_cases_of_one_young_person():
    strand = CarerStrandFactory(active=True, case=CaseFactory(kind="carer_only"))
    theirs = CaseFactory(young_person=strand.case.young_person, subject=strand.case.subject)
    with refused("young_persons_practitioner_is_never_a_carers"), transaction.atomic():
        AssignmentFactory(case=theirs, user=strand.practitioner)


def test_whoever_has_left_the_young_person_may_work_with_a_carer_but_does_not_come_back():
    left = AssignmentFactory(ended=True)
    strand = CarerStrandFactory(active=True, case=left.case, practitioner=left.user)
    with refused("young_persons_practitioner_is_never_a_carers"), transaction.atomic():
        Assignment.objects.filter(pk=left.pk).update(until_at=None, ended_by=None, ended_because="")
    other = UserFactory()
    grant = AccessGrantFactory(user=other, subject=strand.subject)
    CarerStrand.objects.filter(pk=strand.pk).update(practitioner=other, grant=grant)
    AssignmentFactory(case=left.case, user=left.user)


@pytest.mark.parametrize("traits", [{}, {"joint": True}])
def test_a_direct_session_is_held_with_the_carers_own_consent(traits):
    strand = CarerStrandFactory(active=True)
    CarerConsentFactory(strand=strand, no=True, event="declined", at=timezone.now() - timedelta(days=1))
    with refused("direct_session_is_held_with_the_carers_consent"), transaction.atomic():
        CarerSessionFactory(strand=strand, held=True, **traits)
    CarerConsentFactory(strand=strand, at=timezone.now() - timedelta(hours=2))
    CarerConsentFactory(strand=strand, no=True)  # afterwards
    CarerSessionFactory(strand=strand, held=True, **traits)


def test_ongoing_support_asks_for_no_consent_and_has_no_number():
    CarerSessionFactory(took_place=True, ongoing=True)


def test_none_is_from_before_the_case_was_opened():
    strand = CarerStrandFactory(active=True, case=CaseFactory(active=True))
    with refused("carer_session_is_held_once_the_case_is_open"), transaction.atomic():
        CarerSessionFactory(strand=strand, took_place=True, ongoing=True, planned_at=timezone.now() - timedelta(days=2))


def test_a_session_together_stands_on_both_sides_of_one_case():
    session = CarerSessionFactory(joint=True)
    other = CarerSessionFactory(joint=True)
    connection.check_constraints()
    with refused("joint_session_stands_on_both_sides"), transaction.atomic():
        CarerSession.objects.filter(pk=session.pk).update(joint_key=other.joint_key)
        connection.check_constraints()


@pytest.mark.parametrize("changes", [{"what_we_did": "Nothing."}, {"signed_at": None, "signed_by": None}])
def test_a_signed_contact_stays_as_it_was(changes):
    session = CarerSessionFactory(signed=True)
    with refused("signed_carer_session_stays_as_it_was"), transaction.atomic():
        CarerSession.objects.filter(pk=session.pk).update(**changes)
    with refused("signed_carer_session_stays_as_it_was"), transaction.atomic():
        session.delete()


def test_a_signed_assessment_stays_as_it_was():
    assessment = CarerAssessmentFactory(signed=True)
    with refused("signed_carer_assessment_stays_as_it_was"), transaction.atomic():
        CarerAssessment.objects.filter(pk=assessment.pk).update(strengths="None.")
    with refused("signed_carer_assessment_stays_as_it_was"), transaction.atomic():
        assessment.delete()


@pytest.mark.requirement("R-wal-20", part="a different worker")
def test_whoever_works_with_the_young_person_assesses_no_parent():
    strand = CarerStrandFactory(active=True)
    lead = AssignmentFactory(case=strand.case).user
    with refused("carer_assessment_is_by_a_different_worker"), transaction.atomic():
        CarerAssessmentFactory(strand=strand, started_by=lead)
    draft = CarerAssessmentFactory(strand=strand)
    with refused("carer_assessment_is_by_a_different_worker"), transaction.atomic():
        CarerAssessment.objects.filter(pk=draft.pk).update(signed_by=lead, signed_at=timezone.now())


@pytest.mark.requirement("R-wal-21")
def test_a_parents_needs_are_assessed_where_the_work_is_with_them_alone():
    strand = CarerStrandFactory(active=True, case=CaseFactory(kind="carer_only"))
    assert CarerAssessmentFactory(strand=strand, signed=True).is_signed


@pytest.mark.parametrize(
    ("factory", "column", "rule"),
    [
        (CarerAnswerFactory, "own_words", "carer_answer_is_written_once"),
        (CarerConsentFactory, "own_words", "carer_consent_is_written_once"),
        (CarerNoteFactory, "text", "carer_note_is_written_once"),
        (StrandEntryFactory, "words", "strand_entry_is_written_once"),
        (SharedItemFactory, "text", "shared_item_is_written_once"),
        (CarerSignpostFactory, "safety", "carer_signpost_is_written_once"),
        (CarerFeedbackFactory, "said_of_us", "carer_feedback_is_written_once"),
        (CarerSessionAddendumFactory, "words", "said_once_of_a_carer_session"),
        (CarerAssessmentAddendumFactory, "words", "said_once_of_a_carer_assessment"),
    ],
)
def test_what_was_written_stays_as_it_was(factory, column, rule):
    row = factory()
    with refused(rule), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{column: "Something else."})
    with refused(rule), transaction.atomic():
        row.delete()


def test_something_is_added_only_to_what_is_signed():
    with refused("said_of_a_signed_carer_session"), transaction.atomic():
        CarerSessionAddendumFactory(session=CarerSessionFactory(held=True))
    with refused("said_of_a_signed_carer_assessment"), transaction.atomic():
        CarerAssessmentAddendumFactory(assessment=CarerAssessmentFactory())


def test_a_strand_is_never_taken_out():
    with refused("strand_is_never_taken_out"), transaction.atomic():
        CarerStrandFactory().delete()


@pytest.mark.requirement("R-wal-16", part="nobody is given the young person of a case with a carer alone")
def test_where_the_work_is_with_a_carer_alone_nobody_is_given_the_young_person():
    with refused("assignment_is_to_work_with_a_young_person"), transaction.atomic():
        AssignmentFactory(case=CaseFactory(kind="carer_only"))
