"""Invariants 2, 3 and 4 of domain.md 10.1: never one colleague on both sides, never more than ten, and whatever a
carer answers, every row of the young person's is byte for byte what it was."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases import operations as cases
from cases.models import Assignment
from cases.steps import KeptAlready, MoveNotAllowed
from people.models import AccessGrant
from referrals.enums import CarerResponse
from sessions.models import carers
from sessions.operations import (
    carer_consent,
    carer_contacts,
    carer_feedback,
    carer_mistakes,
    carer_records,
    carer_sharing,
    carer_signposting,
    carer_strands,
)
from sessions.operations.planning import PlanRefused
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerAssessmentFactory, CarerConsentFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory, TimelineEntryFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import GoalFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.said import SafeContactFactory
from tests.factories.sessions import SupportSessionFactory
from tests.figures import figure
from tests.traces import everything

REFUSALS = (MoveNotAllowed, KeptAlready, PlanRefused, cases.ClosedToThem, cases.WorksOnItAlready)
REFUSALS += (carer_strands.WorksWithTheYoungPerson, carer_contacts.NoMoreDirectSessions, carer_contacts.NotAgreed)
REFUSALS += (carer_consent.NothingAgreed,)
# What an act on a carer's strand writes: the strand's own tables, its practitioner's grant, the trail and row history.
OWN = [getattr(carers, name) for name in carers.__all__ if name != "AssignmentBesideStrands"]
WRITES = {model._meta.label for model in OWN} | {"people.AccessGrant", "people.SafeContact", "audit.AuditEvent"}
WRITES |= {f"{label}Event" for label in WRITES} | {"pghistory.Context"}


def of_the_young_person(case):
    """Every row of every other table as text; and of the tables that both sides have, the young person's rows."""
    rows = everything(but=WRITES)
    for table in ("people_accessgrant", "people_safecontact"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT row_to_json(one)::text FROM {table} one WHERE subject_id = %s ORDER BY id",  # noqa: S608
                [case.subject_id],
            )
            rows[table] = cursor.fetchall()
    return rows


def a_full_case():
    """A case with a lead, a yes, a plan, a review, a task, a story and a session that is planned."""
    case = GoalFactory().plan.case
    AssignmentFactory(case=case)
    for factory in (TaskFactory, TimelineEntryFactory, SupportSessionFactory, ReviewFactory):
        factory(case=case)
    ConsentEventFactory(case=case)
    SafeContactFactory(subject=case.subject)
    return case


RESPONSES = st.sampled_from(CarerResponse).map(
    lambda response: lambda strand, by: carer_strands.answer(strand, by=by, response=response)
)


def log(strand, by, kind="direct_session"):
    started_at = timezone.now() - timedelta(hours=2)
    times = {"started_at": started_at, "ended_at": started_at + timedelta(hours=1)}
    words = f"{carers.CarerSession.objects.count()}"
    return carer_contacts.log_contact(strand, by=by, kind=kind, mode="phone", what_we_did=words, **times)


def allocate(strand, by):
    """To somebody who works there already: to take them on is no act on a strand."""
    free = MembershipFactory._meta.model.objects.filter(centre=strand.case.centre, role="practitioner")
    return carer_strands.allocate(strand, to=free.first().user, by=by)


TOLD = {"given_on": timezone.localdate(), "how": "said", "was_safe": "yes"}
ASKED = {"occasion": "ending", "asked_on": timezone.localdate(), "answered": "rather_not"}
ACTS = st.sampled_from(
    [
        lambda strand, by: carer_strands.offer(strand, by=by),
        lambda strand, by: carer_strands.find_not_safe(strand, by=by, because="x"),
        lambda strand, by: carer_strands.hold_back(strand, by=by, because="x"),
        lambda strand, by: carer_strands.give_back(strand, by=by),
        allocate,
        lambda strand, by: carer_strands.go_on_to_ongoing_support(strand, by=by),
        lambda strand, by: carer_strands.end_strand(strand, by=by, because="x"),
        lambda strand, by: carer_consent.record_carer_consent(strand, by=by, event="declined"),
        lambda strand, by: carer_records.add_carer_note(strand, by=by, text=f"{carers.CarerNote.objects.count()}"),
        lambda strand, by: carer_signposting.signpost_carer(strand, by=by, other="The choir", **TOLD),
        lambda strand, by: carer_feedback.record_carer_feedback(strand, by=by, **ASKED),
        lambda strand, by: carer_sharing.share(
            strand, by=by, from_side="carer", kind="note", reason="x", text=f"{carers.SharedItem.objects.count()}"
        ),
        lambda strand, by: log(strand, by),
        lambda strand, by: log(strand, by, kind="ongoing_support"),
    ]
)


class ACarersAnswers(TestCase):
    """Each example begins with a full case and a strand that somebody works on."""

    @pytest.mark.requirement("R-nat-32")
    @pytest.mark.requirement("R-wal-14")
    @settings(max_examples=figure(25, 1000))
    @given(st.lists(RESPONSES | ACTS, min_size=1, max_size=6))
    def test_nothing_of_the_young_persons_is_other_than_before(self, acts):
        case, by = a_full_case(), UserFactory()
        MembershipFactory(centre=case.centre, role="practitioner")
        strand = CarerConsentFactory(strand__active=True, strand__case=case).strand
        before = of_the_young_person(case)
        for act in acts:
            with suppress(*REFUSALS):
                act(strand, by)
        assert of_the_young_person(case) == before


class TheTen(TestCase):
    @pytest.mark.requirement("R-nat-30", part="invariant 3")
    @settings(max_examples=figure(25, 1000))
    @given(
        most=st.integers(0, 10),
        acts=st.lists(st.sampled_from(["direct", "ongoing", "together", "undo", "again", "mistake"]), max_size=16),
    )
    def test_no_more_are_held_than_were_agreed(self, most, acts):
        case = CaseFactory(active=True, opened_at=timezone.now() - timedelta(days=7))
        strand = CarerConsentFactory(strand__active=True, strand__case=case, strand__direct_max=most).strand
        lead, by = AssignmentFactory(case=case).user, strand.practitioner
        for act in acts:
            with suppress(*REFUSALS):
                self.do(act, strand, lead, by)
            numbers = [session.direct_number for session in strand.contacts.that_counted()]
            assert len(numbers) == len(set(numbers)) <= most
            assert all(1 <= number <= most for number in numbers)

    def do(self, act, strand, lead, by):
        if act in ("direct", "ongoing"):
            log(strand, by, kind={"direct": "direct_session", "ongoing": "ongoing_support"}[act])
        elif act == "together":
            minutes = strand.contacts.count()
            when = timezone.now() + timedelta(days=1, minutes=minutes)
            _theirs, session = carer_contacts.plan_together(
                strand, by=lead, young_persons_practitioner=lead, mode="phone", planned_at=when
            )
            self.record(session, by, status="held")
        elif not (session := strand.contacts.filter(recorded_at__isnull=False).last()):
            return
        elif act == "mistake":
            carer_mistakes.take_contact_as_mistake(session, by=by, seen=session.edition, why="x")
        else:
            self.record(session, by, **({"status": "held"} if act == "again" else NOT_HELD))

    def record(self, session, by, **came_of_it):
        started_at = timezone.now() - timedelta(hours=2)
        times = {"started_at": started_at, "ended_at": started_at + timedelta(hours=1)}
        carer_contacts.record_contact(session, by=by, edition=session.edition, **times, **came_of_it)


NOT_HELD = {"status": "not_held", "attendance": "did_not_attend"}


class BothSides(TestCase):
    @pytest.mark.requirement("R-nat-29", part="invariant 2")
    @settings(max_examples=figure(25, 1000))
    @given(
        st.lists(
            st.tuples(st.sampled_from(["assign", "cover", "leave", "allocate", "end"]), st.integers(0, 2)),
            min_size=2,
            max_size=10,
        )
    )
    def test_no_colleague_ever_works_with_both(self, acts):
        strand = CarerStrandFactory(accepted=True)
        case, by = strand.case, UserFactory()
        people = [MembershipFactory(centre=case.centre, role="practitioner").user for _each in range(3)]
        for act, number in acts:
            with suppress(*REFUSALS):
                self.do(act, strand, people[number], by)
            theirs = Assignment.objects.current().filter(case=case).values("user")
            assert not carers.CarerStrand.objects.worked_on().filter(practitioner__in=theirs).exists()

    def do(self, act, strand, person, by):
        if act in ("assign", "cover"):
            cases.assign(strand.case, to=person, kind="co_worker" if act == "assign" else "cover", by=by)
        elif act == "allocate":
            carer_strands.answer(strand, by=by, response="wants_support")
            carer_strands.allocate(strand, to=person, by=by)
        elif act == "end":
            carer_strands.end_strand(strand, by=by, because="x")
        elif assignment := Assignment.objects.current().filter(case=strand.case, user=person).first():
            cases.end_assignment(assignment, by=by, because="x")


def test_the_tables_that_are_left_out_are_the_carers_own():
    """So that a table which is added to the young person's work one day is looked at."""
    assert {label for label in WRITES if label.startswith("support_sessions.")} == {
        f"support_sessions.{name}{event}"
        for name in carers.__all__
        if name != "AssignmentBesideStrands"
        for event in ("", "Event")
    }
    assert AccessGrant._meta.label in WRITES
    assert CarerAssessmentFactory._meta.model in OWN
