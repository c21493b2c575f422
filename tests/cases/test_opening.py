"""From an accepted referral to a case: once, with a practitioner who sees it at once."""

import pytest
from django.db import IntegrityError, transaction

from cases import operations
from cases.enums import AssignmentKind, CaseKind, CaseStatus, StartRoute, WorkType
from cases.models import Case
from people.models import AccessGrant, DataSubject, Exclusion, YoungPerson
from referrals.enums import Outcome, ReferralStatus
from referrals.models import Referral
from referrals.operations import reopen
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import CaseFactory, YoungPersonFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory, ExclusionFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral():
    return ReferralFactory(accepted=True)


@pytest.fixture
def lead(referral):
    return MembershipFactory(centre=referral.centre, role="practitioner").user


@pytest.fixture
def by(referral):
    return MembershipFactory(centre=referral.centre, role="team_manager").user


def open_case(referral, **details):
    return operations.open_case(referral, **{"work_type": WorkType.AWARENESS, **details})


def test_it_opens_in_engaging_with_a_lead_who_sees_it_and_nobody_else_does(referral, lead, by):
    stranger = MembershipFactory(centre=referral.centre, role="practitioner").user
    with writes(
        Case=1, CaseEvent=1, Assignment=1, Message=1, AssignmentEvent=1, AccessGrant=1, AccessGrantEvent=1,
        YoungPerson=1, YoungPersonEvent=1, TimelineEntry=4, TimelineEntryEvent=4, AuditEvent=3,
    ):  # fmt: skip
        case = open_case(referral, by=by, lead=lead, reason="She asked for a woman.")

    [assignment] = case.assignments.all()
    assert (case.status, case.subject, case.centre) == (CaseStatus.ENGAGING, referral.subject, referral.centre)
    assert (assignment.kind, assignment.user, assignment.reason) == (
        AssignmentKind.LEAD,
        lead,
        "She asked for a woman.",
    )
    assert list(Case.objects.visible_to(lead)) == [case]
    assert list(Referral.objects.visible_to(lead)) == [referral]
    assert not Case.objects.visible_to(stranger).exists()


def test_it_keeps_its_referrals_reference_and_what_the_offer_promised(referral, lead, by):
    case = open_case(referral, by=by, lead=lead, start_route=StartRoute.RELATIONSHIP_FIRST)
    assert case.reference == referral.reference
    assert (case.months_initial, case.months_most) == (6, 12)
    assert (case.offer, case.start_route) == (referral.offer, StartRoute.RELATIONSHIP_FIRST)


def test_the_young_person_begins_with_what_the_referrer_said(referral, lead, by):
    case = open_case(referral, by=by, lead=lead)
    said, known = referral.young_person, case.young_person
    for name in ("first_name", "last_name", "date_of_birth", "address", "postcode", "interpreter_needed"):
        assert getattr(known, name) == getattr(said, name)


@pytest.mark.requirement("R-nat-32", part="what a carer answered changes no word of the case")
@pytest.mark.parametrize("answer", ["", "wants_support", "declined", "no_carer", "not_safe_to_ask"])
def test_what_a_carer_answered_changes_nothing(lead, by, answer):
    referral = ReferralFactory(accepted=True, young_person__carer_response=answer)
    lead = MembershipFactory(centre=referral.centre, role="practitioner").user
    assert open_case(referral, by=by, lead=lead).kind == CaseKind.YP_ONLY


@pytest.mark.requirement("R-wal-16", part="a case with a carer alone has nobody for the young person")
def test_one_accepted_for_a_carer_alone_waits_without_a_lead(lead, by):
    referral = ReferralFactory(accepted=True, decision__outcome=Outcome.ACCEPTED_CARER_ONLY)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        open_case(referral, by=by, lead=lead)
    case = open_case(referral, by=by)
    assert (case.kind, case.status) == (CaseKind.CARER_ONLY, CaseStatus.AWAITING_ALLOCATION)
    assert not case.assignments.exists()
    assert not Case.objects.without_lead().exists()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.assign(case, to=lead, kind=AssignmentKind.LEAD, by=by)
    another = ReferralFactory(accepted=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.open_case(another, by=by, work_type=WorkType.AWARENESS)


@pytest.mark.parametrize("state", ["screening", "on_hold", "not_accepted", "withdrawn"])
def test_only_an_accepted_referral_becomes_a_case(state, by):
    referral, lead = ReferralFactory(**{state: True}), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        open_case(referral, by=by, lead=lead)


def test_a_referral_becomes_one_case(referral, lead, by):
    open_case(referral, by=by, lead=lead)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        open_case(referral, by=by, lead=lead)


def test_somebody_who_is_kept_out_is_not_given_the_case(referral, lead, by):
    ExclusionFactory(subject=referral.subject, user=lead)
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem), transaction.atomic():
        open_case(referral, by=by, lead=lead)


# Somebody we know already


def test_a_referral_about_somebody_we_know_joins_them_with_all_that_hangs_on_it(referral, lead, by):
    known = YoungPersonFactory(subject__centre=referral.centre)
    CaseFactory(young_person=known, subject=known.subject, closed=True, referral__centre=referral.centre)
    given, kept_out = AccessGrantFactory(subject=referral.subject), ExclusionFactory(subject=referral.subject)
    concern = ConcernFactory(subject=referral.subject)

    case = open_case(referral, by=by, lead=lead, same_as=known)

    assert (case.young_person, case.subject) == (known, known.subject)
    moved = [Referral.objects.get(pk=referral.pk), AccessGrant.objects.get(pk=given.pk)]
    moved += [Exclusion.objects.get(pk=kept_out.pk), Concern.objects.get(pk=concern.pk)]
    assert {row.subject for row in moved} == {known.subject}
    assert YoungPerson.objects.count() == 1


def test_who_is_kept_from_one_is_kept_from_both_and_a_restriction_stays(referral, lead, by):
    known = YoungPersonFactory(subject__centre=referral.centre)
    colleague = UserFactory()
    ExclusionFactory(subject=referral.subject, user=colleague)
    ExclusionFactory(subject=known.subject, user=colleague)
    DataSubject.objects.filter(pk=referral.subject_id).update(is_restricted=True)
    AccessGrantFactory(subject=known.subject, user=lead, ground="restricted_list")

    open_case(referral, by=by, lead=lead, same_as=known)

    known.subject.refresh_from_db()
    assert known.subject.is_restricted
    assert known.subject.exclusions.filter(user=colleague).count() == 1


def test_one_young_person_has_one_open_case(referral, lead, by):
    first = CaseFactory(subject__centre=referral.centre)
    DataSubject.objects.filter(pk=first.subject_id).update(centre=referral.centre)
    first.young_person.subject.refresh_from_db()
    with pytest.raises(IntegrityError, match="case_open_once_per_young_person"), transaction.atomic():
        open_case(referral, by=by, lead=lead, same_as=first.young_person)


def test_somebody_of_another_centre_is_not_joined(referral, lead, by):
    elsewhere = YoungPersonFactory(subject=DataSubjectFactory())
    with leaves_no_trace(), pytest.raises(operations.NotOneOfOurs), transaction.atomic():
        open_case(referral, by=by, lead=lead, same_as=elsewhere)


# The referral, once there is a case


def test_a_referral_with_a_case_is_not_opened_again(referral, lead, by):
    open_case(referral, by=by, lead=lead)
    with pytest.raises(IntegrityError, match="referral_with_an_open_case_is_not_opened_again"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.SCREENING)


def test_a_referral_without_one_is(referral, by):
    DecisionFactory(referral=referral)
    assert reopen(referral, by=by, reason="Something has changed.").status == ReferralStatus.SCREENING


# While they wait


def test_how_they_are_while_they_wait_is_kept(referral, by):
    with writes(WaitingCheck=1, WaitingCheckEvent=1, AuditEvent=1):
        check = operations.check_on_waiting(referral, by=by, text="Spoke with the school: she is well.")
    assert (check.referral, check.by) == (referral, by)


@pytest.mark.parametrize("text", ["", "  "])
def test_how_they_are_is_said_in_words(referral, by, text):
    with leaves_no_trace(), pytest.raises(ValueError, match="say how"):
        operations.check_on_waiting(referral, by=by, text=text)


def test_who_has_a_case_does_not_wait(by):
    referral = CaseFactory().referral
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.check_on_waiting(referral, by=by, text="She is well.")
