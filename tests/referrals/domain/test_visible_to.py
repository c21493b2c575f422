"""A2: who may see what, in generated worlds: the policy over plain values against the querysets."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis

from accounts.models import DutyShift, Membership, User
from cases import visible as visible_cases
from cases.models import Assignment, Case
from centres.querysets import NATIONAL
from people.models import AccessGrant, DataSubject, Exclusion, YoungPerson
from referrals import visible
from referrals.enums import ENDED
from referrals.models import Decision, Note, Referral, StatusChange
from reminders.models import Reminder
from safeguarding.models import Concern
from safeguarding.visible import unacknowledged
from tests import worlds
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, YoungPersonFactory
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory, ServiceOfferFactory
from tests.factories.referrals import ReferralFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    """What every world stands on: centres, staff without roles, and somebody who set it all up."""
    centres = [
        ServiceCentreFactory(**({"code": NATIONAL} if place == worlds.NATIONAL else {})) for place in worlds.CENTRES
    ]
    for centre in centres:
        ServiceOfferFactory(centre=centre)
        LocalAuthorityFactory(centre=centre)
    return centres, UserFactory.create_batch(len(worlds.STAFF)), UserFactory()


def build(world, stage):
    """Write the world down. Returns its rows in the world's own order."""
    centres, staff, by = stage
    User.objects.filter(pk__in=[staff[person].pk for person in world.inactive]).update(is_active=False)
    held = {
        m: Membership(
            user=staff[m.person], centre=centres[m.centre], role=m.role, from_on=m.from_on, until_on=m.until_on
        )
        for m in world.memberships
    }
    Membership.objects.bulk_create(held.values())
    DutyShift.objects.bulk_create(
        DutyShift(
            membership=held[s.membership],
            centre=centres[s.membership.centre],
            weekday=s.weekday,
            on=s.on,
            starts_at=s.starts_at,
            ends_at=s.ends_at,
        )
        for s in world.shifts
    )
    subjects = DataSubject.objects.bulk_create(
        DataSubject(kind="young_person", centre=centres[s.centre], is_restricted=s.is_restricted)
        for s in world.subjects
    )
    described = list(zip(subjects, world.subjects, strict=True))
    AccessGrant.objects.bulk_create(
        AccessGrant(
            subject=row, user=staff[g.person], ground=g.ground, from_at=g.from_at, until_at=g.until_at, granted_by=by
        )
        for row, subject in described
        for g in subject.grants
    )
    Exclusion.objects.bulk_create(
        Exclusion(
            subject=row,
            user=staff[person],
            ground="kept_out",
            reason="A neighbour.",
            set_by=by,
            **(lifted(by, world.at) if is_lifted else {}),
        )
        for row, subject in described
        for person, is_lifted in subject.excluded.items()
    )
    concerns = Concern.objects.bulk_create(
        concern(row, told, staff, by, world.at) for row, subject in described for told in subject.concerns
    )
    referrals = build_referrals(world, stage, subjects)
    cases = build_cases(referrals, by)
    remind_everybody_of(cases.values(), referrals, staff)
    assign_everybody_to(cases.values(), staff, by, world.at)
    return referrals, concerns, cases


def remind_everybody_of(cases, referrals, staff):
    """Also who has no part in it, or no longer: what the clock once wrote opens nothing."""
    due = {"stage": "soon", "due_on": date(2026, 12, 1)}
    of_cases = [{"case": case, "kind": "twelve_months"} for case in cases]
    about = [*of_cases, *({"referral": referral, "kind": "decision"} for referral in referrals)]
    Reminder.objects.bulk_create(Reminder(person=person, **due, **of) for of in about for person in staff)


def assign_everybody_to(cases, staff, by, at):
    """With a grant that has run out: a caseload shows what one may see, whatever one is assigned to."""
    then, over = at - timedelta(days=2), at - timedelta(days=1)
    granted = {"ground": "assignment", "from_at": then, "until_at": over, "granted_by": by}
    pairs = [(case, person) for case in cases for person in staff]
    grants = AccessGrant.objects.bulk_create(
        AccessGrant(subject_id=case.subject_id, user=person, **granted) for case, person in pairs
    )
    Assignment.objects.bulk_create(
        Assignment(case=case, user=person, kind="co_worker", grant=grant, assigned_by=by)
        for (case, person), grant in zip(pairs, grants, strict=True)
    )


def build_cases(referrals, by):
    """One on each accepted referral, by its key; where a young person has several, one is open."""
    accepted = [referral for referral in referrals if referral.status == "accepted"]
    people = {referral.subject_id: referral.subject for referral in accepted}
    known = YoungPerson.objects.bulk_create(
        YoungPersonFactory.build(subject=subject, estimated_age=15) for subject in people.values()
    )
    person_of, with_one, cases = {person.subject_id: person for person in known}, set(), []
    for referral in accepted:
        ended = {"status": "closed", "closed_at": referral.decided_at} if referral.subject_id in with_one else {}
        with_one.add(referral.subject_id)
        person = person_of[referral.subject_id]
        cases.append(CaseFactory.build(referral=referral, young_person=person, opened_by=by, **ended))
    return {case.referral_id: case for case in Case.objects.bulk_create(cases)}


def lifted(by, at):
    return {"lifted_by": by, "lifted_at": at, "lifted_because": "A mistake."}


def concern(subject, told, staff, by, at):
    later, status = {}, told.status
    if told.is_about_a_colleague:
        later = {"about_colleague": True, "colleague": None if told.colleague is None else staff[told.colleague]}
    if status != "raised":
        later |= {"acknowledged_by": by, "acknowledged_at": at}
    if status == "closed":
        later |= {"closed_by": by, "closed_at": at, "outcome": "Done."}
    return Concern(subject=subject, severity="high", what="Something.", status=status, **later)


def build_referrals(world, stage, subjects):
    centres, staff, by = stage
    rows = Referral.objects.bulk_create(
        ReferralFactory.build(
            subject=subjects[r.subject],
            centre=centres[r.centre],
            offer=centres[r.centre].offers.get(),
            local_authority=centres[r.centre].areas.get(),
            status=r.status,
            owner=None if r.owner is None else staff[r.owner],
            submitted_at=world.at,
            decide_by=world.at,
            decided_at=world.at if r.status in ("accepted", "withdrawn") else None,
        )
        for r in world.referrals
    )
    acts = [
        act(how, row, staff[person], when)
        for row, described in zip(rows, world.referrals, strict=True)
        for person, when, how in described.handled
    ]
    acts += [ended(row) for row in rows if row.status in ENDED]
    for model in (StatusChange, Note, Decision):
        model.objects.bulk_create([row for row in acts if isinstance(row, model)])
    return rows


def act(how, referral, by, at):
    if how == "status_change":
        return StatusChange(referral=referral, from_status="submitted", to_status="screening", by=by, at=at)
    if how == "note":
        return Note(referral=referral, text="Rang the school.", by=by, at=at)
    waiting = how == "waiting"
    answer = {"sent_back_by": by, "sent_back_at": at, "sent_back_reason": "Ring first."}
    return Decision(
        referral=referral,
        outcome="accepted_allocate",
        decided_by=by if waiting or how == "decision" else None,
        decided_at=at,
        needs_second_person=["current_exploitation"],
        **({} if waiting else {**answer, "sent_back_by": stranger()}),
    )


def ended(referral):
    """Nobody of the world decided it; the database wants to know that somebody did."""
    outcome = {"accepted": "accepted_allocate", "withdrawn": "withdrawn_by_referrer"}[referral.status]
    return Decision(referral=referral, outcome=outcome, decided_by=stranger(), decided_at=referral.decided_at)


def stranger():
    return User.objects.latest("pk")


def test_policy_and_queryset_agree(stage):
    answers = Counter()

    @given(world=worlds.worlds())
    @hypothesis(max_examples=figure(100, 2000))
    def agree(world):
        with time_machine.travel(world.at, tick=False), transaction.atomic():
            rows = build(world, stage)
            connection.check_constraints()  # what waits for the end of the transaction, which is never reached
            for person in worlds.STAFF:
                answers.update(compare(world, rows, person, User.objects.get(pk=stage[1][person].pk)))
            transaction.set_rollback(True)

    agree()
    assert min(answers[True], answers[False]) > sum(answers.values()) / 20, "worlds in which nothing is decided"


def compare(world, rows, person, user):
    """Ask both sides about every row; what they answered alike."""
    referrals, concerns, cases = rows
    told = [(subject, concern) for subject in world.subjects for concern in subject.concerns]
    seen = set(Referral.objects.visible_to(user).values_list("pk", flat=True))
    worked_on = set(Case.objects.visible_to(user).values_list("referral", flat=True))
    reminders = Reminder.objects.visible_to(user)
    reminded_of = set(reminders.values_list("case__referral", flat=True))
    told_of = set(reminders.values_list("referral", flat=True))
    heard = set(Concern.objects.visible_to(user).values_list("pk", flat=True))
    for described, row in zip(world.referrals, referrals, strict=True):
        allowed = worlds.may_view_referral(world, person, described)
        assert (row.pk in seen) == (row.pk in told_of) == allowed, (person, described)
        assert bool(visible.for_act(user, row.reference)) == allowed, (person, described)
        yield allowed
        if row.pk in cases:
            works = worlds.may_view_case(world, person, described)
            assert (row.pk in worked_on) == (row.pk in reminded_of) == works, (person, described)
            assert bool(visible_cases.for_page(user, row.reference)) == works, (person, described)
    seen_open = set(Case.objects.visible_to(user).open())
    assert set(visible_cases.caseload_of(user)) == seen_open == set(Case.objects.worked_on_by(user)) & seen_open
    for (subject, concern), row in zip(told, concerns, strict=True):
        assert (row.pk in heard) == worlds.may_view_concern(world, person, subject, concern), (person, subject)
    assert visible.counts(user) == Referral.objects.visible_to(user).counts()
    assert visible.unread(user) == Referral.objects.visible_to(user).unread().count()
    queue = {values["pk"] for values in visible.first_of_queue(user)}
    assert queue == {row.pk for row in referrals if row.pk in seen and row.is_open}
    assert unacknowledged(user) == Concern.objects.visible_to(user).unacknowledged().count()


def test_one_moment_is_one_answer(stage):
    """``visible_to`` takes its moment as an argument too, for lists that were asked for at another time."""
    centres, staff, _by = stage
    membership = Membership.objects.create(user=staff[0], centre=centres[0], role="duty_worker", from_on="2020-01-01")
    referral = ReferralFactory(centre=centres[0])
    noon = referral.submitted_at.replace(hour=12)
    DutyShift.objects.create(membership=membership, on=noon.date(), starts_at="11:00", ends_at="13:30")
    other = Membership.objects.create(user=staff[1], centre=centres[0], role="duty_worker", from_on="2020-01-01")
    DutyShift.objects.create(membership=other, on=noon.date(), starts_at="08:00", ends_at="22:00")

    def sees(at):
        return Referral.objects.visible_to(staff[0], at=at).exists()

    assert (sees(noon), sees(noon + timedelta(hours=4))) == (True, False)
