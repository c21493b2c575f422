"""A carer's strand: added, offered, answered, given to somebody of their own, held back, ended."""

import pytest
from django.utils import timezone

from cases.closing import unanswered
from cases.enums import ConsentState
from cases.models import Case, TimelineEntry
from cases.operations import begin_ending
from people.enums import GrantGround
from people.models import AccessGrant, Carer
from referrals.enums import CarerResponse
from sessions.carer_enums import SAID as CARER_SAID
from sessions.carer_enums import STRAND_MOVES, WORKED_ON, StrandStatus
from sessions.carer_people import practitioners_for
from sessions.models.carers import CarerSession, CarerStrand
from sessions.operations import carer_strands
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerFactory, CarerSessionFactory, CarerStrandFactory, CarerTaskFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.said import FamilyMemberFactory, PersonOfConcernFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

S = StrandStatus
SAID = {"first_name": "Alex", "last_name": "Example", "relationship": "Mother", "preferred_language": "en"}
STATES = ["offered", "declined", "accepted", "active", "ongoing", "ended", "not_safe"]


@pytest.fixture
def by():
    return UserFactory()


def colleague(strand, role="practitioner"):
    return MembershipFactory(centre=strand.case.centre, role=role).user


def test_the_moves_are_known_for_every_status():
    assert set(STRAND_MOVES) == set(StrandStatus)
    assert all(S.OFFERED in STRAND_MOVES[status] for status in (S.NOT_OFFERED, S.DECLINED, S.ENDED))


@pytest.mark.requirement("R-nat-03", part="none, one, two of separated parents")
def test_a_case_has_no_carer_or_one_or_two(by):
    case = CaseFactory(active=True)
    assert not case.carer_strands.exists()
    with writes(
        DataSubject=1, DataSubjectEvent=1, Carer=1, CarerEvent=1, CarerStrand=1, CarerStrandEvent=1,
        StrandEntry=1, StrandEntryEvent=1, AuditEvent=2,
    ):  # fmt: skip
        mothers = carer_strands.add_carer(case, by=by, **SAID)
    fathers = carer_strands.add_carer(case, by=by, **SAID | {"first_name": "Chris", "relationship": "Father"})
    assert list(case.carer_strands.all()) == [mothers, fathers]
    assert (mothers.status, mothers.direct_max, mothers.subject.kind) == (S.NOT_OFFERED, 10, "carer")
    assert mothers.subject != fathers.subject
    assert mothers.subject.surname_key == "example"


def test_somebody_whom_we_know_from_before_is_one_person(by):
    carer = CarerFactory()
    case = CaseFactory(young_person=carer.young_person, subject=carer.young_person.subject)
    assert carer_strands.add_carer(case, by=by, same_as=carer).subject == carer.subject
    assert Carer.objects.count() == 1


@pytest.mark.parametrize(
    "worry",
    [
        lambda referral: PersonOfConcernFactory(referral=referral, name="ALEX Éxample"),
        lambda referral: FamilyMemberFactory(referral=referral, name="Alex Example", worry_about_them="yes"),
    ],
)
def test_a_manager_looks_first_where_the_referral_has_a_worry_about_somebody_of_this_name(by, worry):
    case = CaseFactory(active=True)
    worry(case.referral)
    strand = carer_strands.add_carer(case, by=by, **SAID)
    assert strand.status == S.BLOCKED
    assert "worry" not in "".join(entry.title + entry.words for entry in strand.story.all())


def test_it_is_offered_again_after_a_no_and_after_it_has_ended(by):
    for state in ({}, {"declined": True}, {"ended": True}, {"not_safe": True}):
        strand = carer_strands.offer(CarerStrandFactory(**state), by=by)
        assert (strand.status, strand.offered_by, strand.response, strand.ended_because) == (S.OFFERED, by, "", "")


AFTER = {
    "wants_support": S.ACCEPTED,
    "wants_information_only": S.ACCEPTED,
    "declined": S.DECLINED,
    "undecided": S.OFFERED,
    "not_asked": S.OFFERED,
    "not_safe_to_ask": S.NOT_SAFE_TO_OFFER,
    "no_carer": S.ENDED,
}


@pytest.mark.parametrize("response", CarerResponse)
def test_each_answer_leads_somewhere(by, response):
    strand = carer_strands.answer(CarerStrandFactory(offered=True), by=by, response=response, own_words="Hm.")
    assert (strand.status, strand.response, strand.answered_by) == (AFTER[response], response, by)
    assert [(said.response, said.own_words) for said in strand.carer_answers.all()] == [
        (response, "Hm." if response in CARER_SAID else "")
    ]


@pytest.mark.parametrize("response", CarerResponse)
@pytest.mark.parametrize("state", ["", *STATES])
def test_they_may_answer_in_every_state_and_change_their_mind(by, response, state):
    strand = CarerStrandFactory(**{state: True} if state else {})
    was = strand.status
    strand = carer_strands.answer(strand, by=by, response=response)
    still_supported = was in WORKED_ON and response in (
        "wants_support",
        "wants_information_only",
        "undecided",
        "not_asked",
    )
    assert (strand.status in WORKED_ON) == still_supported
    assert (strand.practitioner is not None) == still_supported
    assert strand.carer_answers.count() == 1


def test_a_no_ends_the_work_with_them_and_whoever_did_it_reads_on_for_thirty_days(by):
    session = CarerSessionFactory()
    strand, grant = session.strand, session.strand.grant
    strand = carer_strands.answer(strand, by=by, response="declined")
    session.refresh_from_db()
    grant.refresh_from_db()
    assert (strand.practitioner, strand.grant) == (None, None)
    assert (session.status, session.attendance) == ("cancelled", "consent_withdrawn")
    assert (grant.until_at - timezone.now()).days == 29


@pytest.mark.requirement("R-nat-29", part="allocation")
def test_they_get_a_practitioner_of_their_own_who_sees_them_and_not_the_young_person(by):
    strand = CarerStrandFactory(accepted=True)
    to = colleague(strand)
    strand = carer_strands.allocate(strand, to=to, by=by)
    assert (strand.status, strand.practitioner, strand.grant.ground) == (S.ACTIVE, to, GrantGround.CARER_STRAND)
    assert strand.grant.subject == strand.subject
    assert list(CarerStrand.objects.visible_to(to)) == [strand]
    assert not Case.objects.visible_to(to).exists()


@pytest.mark.requirement("R-nat-29")
@pytest.mark.parametrize("kind", ["lead", "co_worker", "cover"])
def test_nobody_who_works_with_the_young_person_is_given_their_carer(by, kind):
    strand = CarerStrandFactory(accepted=True)
    theirs = AssignmentFactory(case=strand.case, kind=kind, user=colleague(strand)).user
    with leaves_no_trace(), pytest.raises(carer_strands.WorksWithTheYoungPerson):
        carer_strands.allocate(strand, to=theirs, by=by)
    assert theirs not in practitioners_for(strand)


def test_nor_a_manager_of_the_centre_who_sees_the_case_anyway(by):
    strand = CarerStrandFactory(accepted=True)
    manager = colleague(strand, "team_manager")
    MembershipFactory(centre=strand.case.centre, role="practitioner", user=manager)
    with leaves_no_trace(), pytest.raises(carer_strands.WorksWithTheYoungPerson):
        carer_strands.allocate(strand, to=manager, by=by)
    assert manager not in practitioners_for(strand)


@pytest.mark.parametrize("side", ["subject", "case.subject"])
def test_nor_somebody_to_whom_one_of_the_two_is_closed(by, side):
    strand = CarerStrandFactory(accepted=True)
    kept_out = colleague(strand)
    ExclusionFactory(user=kept_out, subject=strand.subject if side == "subject" else strand.case.subject)
    with leaves_no_trace(), pytest.raises(carer_strands.ClosedToThem):
        carer_strands.allocate(strand, to=kept_out, by=by)
    assert kept_out not in practitioners_for(strand)


def test_who_has_most_room_is_asked_first():
    strand = CarerStrandFactory(accepted=True)
    busy, free = colleague(strand), colleague(strand)
    CarerStrandFactory(active=True, practitioner=busy)
    assert [(person, person.carers) for person in practitioners_for(strand)] == [(free, 0), (busy, 1)]


def test_another_practitioner_takes_over_and_the_one_before_sees_them_no_more(by):
    strand = CarerStrandFactory(active=True)
    before, grant, to = strand.practitioner, strand.grant, colleague(strand)
    planned, task = CarerSessionFactory(strand=strand), CarerTaskFactory(strand=strand, owner=before)
    strand = carer_strands.allocate(strand, to=to, by=by)
    planned.refresh_from_db()
    task.refresh_from_db()
    assert (planned.practitioner, task.owner) == (to, to)
    assert not AccessGrant.objects.current().filter(pk=grant.pk).exists()
    assert not CarerStrand.objects.visible_to(before).exists()
    assert CarerStrand.objects.visible_to(to).exists()


@pytest.mark.requirement("R-nat-31", part="the pace changes both ways")
def test_direct_sessions_become_ongoing_support_and_come_back(by):
    strand = carer_strands.go_on_to_ongoing_support(CarerStrandFactory(active=True), by=by)
    assert strand.status == S.ONGOING_SUPPORT
    assert carer_strands.go_back_to_direct_sessions(strand, by=by).status == S.ACTIVE


def test_held_back_it_is_a_managers_alone_at_once(by):
    strand = CarerStrandFactory(active=True)
    practitioner, manager = strand.practitioner, colleague(strand, "team_manager")
    CarerSessionFactory(strand=strand)
    strand = carer_strands.hold_back(strand, by=by, because="The police named them.")
    assert not CarerStrand.objects.visible_to(practitioner).exists()
    assert CarerStrand.objects.visible_to(manager).exists()
    assert CarerSession.objects.get().status == "cancelled"
    assert "police" not in "".join(entry.title + entry.words for entry in strand.story.all())
    with leaves_no_trace(), pytest.raises(carer_strands.MoveNotAllowed):
        carer_strands.answer(strand, by=by, response="wants_support")
    strand = carer_strands.give_back(strand, by=manager)
    assert (strand.status, strand.held_back_because) == (S.NOT_OFFERED, "")


@pytest.mark.requirement("R-nat-29", part="why it is not safe stays on the side that it came from")
@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("find_not_safe", {"because": "Canary: the girl told me."}),
        ("answer", {"response": "not_safe_to_ask", "because": "Canary: the girl told me.", "own_words": "Canary."}),
    ],
)
def test_why_it_is_not_safe_is_told_to_managers_and_never_in_their_own_record(by, act, told):
    session = CarerSessionFactory()
    strand = getattr(carer_strands, act)(session.strand, by=by, **told)
    session.refresh_from_db()
    assert (strand.status, strand.not_safe_because) == (S.NOT_SAFE_TO_OFFER, "Canary: the girl told me.")
    assert (session.attendance, session.why_not) == ("cancelled_by_practitioner", "No support is offered for now")
    assert [(entry.title, entry.words) for entry in strand.story.all()] == [("No support is offered for now", "")]
    assert not any(answer.own_words for answer in strand.carer_answers.all())
    assert carer_strands.offer(strand, by=by).not_safe_because == ""


@pytest.mark.parametrize(
    ("response", "title"),
    [
        ("wants_information_only", "They answered: Information only"),
        ("not_asked", "We noted: Not asked"),
        ("no_carer", "We noted: There is no parent or carer"),
    ],
)
def test_only_what_they_said_is_told_as_their_answer(by, response, title):
    strand = carer_strands.answer(CarerStrandFactory(offered=True), by=by, response=response)
    assert strand.story.get().title == title


def test_whoever_wants_information_alone_waits_for_nobody(by):
    strand = carer_strands.answer(CarerStrandFactory(offered=True), by=by, response="wants_information_only")
    assert strand.status_words == "Wants information only"
    assert not CarerStrand.objects.awaiting_a_manager().exists()
    assert carer_strands.answer(strand, by=by, response="wants_support").status_words.startswith("Wants it")
    assert CarerStrand.objects.awaiting_a_manager().exists()


def test_it_ends_with_a_reason(by):
    strand = CarerStrandFactory(ongoing=True)
    CarerSessionFactory(strand=strand)
    strand = carer_strands.end_strand(strand, by=by, because="They have what they need.")
    assert (strand.status, strand.ended_by, strand.practitioner) == (S.ENDED, by, None)
    assert CarerSession.objects.get().status == "cancelled"


def test_it_goes_on_when_the_young_persons_case_is_closed(by):
    """Neither side's end is the other's: who is supported already is not sent away."""
    strand = CarerStrandFactory(active=True, case=CaseFactory(closed=True))
    assert carer_strands.go_on_to_ongoing_support(strand, by=by).status == S.ONGOING_SUPPORT
    assert carer_strands.end_strand(strand, by=by, because="Done.").status == S.ENDED


# act: the state that refuses it, and what it is told.
REFUSED = {
    "offer": ("offered", {}),
    "answer": ("blocked", {"response": "declined"}),
    "find_not_safe": ("ended", {"because": "x"}),
    "hold_back": ("blocked", {"because": "x"}),
    "give_back": ("offered", {}),
    "allocate": ("declined", {"to": UserFactory.build(pk=1)}),
    "go_on_to_ongoing_support": ("accepted", {}),
    "go_back_to_direct_sessions": ("active", {}),
    "end_strand": ("ended", {"because": "x"}),
}


@pytest.mark.parametrize(("act", "state", "told"), [(act, *row) for act, row in REFUSED.items()])
def test_what_the_state_does_not_allow_leaves_no_trace(by, act, state, told):
    strand = CarerStrandFactory(**{state: True})
    with leaves_no_trace(), pytest.raises(carer_strands.MoveNotAllowed):
        getattr(carer_strands, act)(strand, by=by, **told)


@pytest.mark.parametrize("act", ["offer", "allocate"])
def test_nobody_new_begins_once_the_case_is_closed(by, act):
    strand = CarerStrandFactory(case=CaseFactory(closed=True), accepted=act == "allocate")
    with leaves_no_trace(), pytest.raises(carer_strands.MoveNotAllowed):
        getattr(carer_strands, act)(strand, by=by, **({"to": by} if act == "allocate" else {}))
    with leaves_no_trace(), pytest.raises(carer_strands.MoveNotAllowed):
        carer_strands.add_carer(strand.case, by=by, **SAID)


@pytest.mark.parametrize("act", ["find_not_safe", "hold_back", "end_strand"])
def test_without_a_reason_nothing_is_written(by, act):
    strand = CarerStrandFactory(active=True)
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        getattr(carer_strands, act)(strand, by=by, because="  ")


def test_no_act_on_a_strand_writes_a_line_of_the_young_persons_story(by):
    case = CaseFactory(active=True)
    strand = carer_strands.add_carer(case, by=by, **SAID)
    carer_strands.answer(strand, by=by, response="wants_support")
    carer_strands.allocate(strand, to=colleague(strand), by=by)
    carer_strands.end_strand(strand, by=by, because="Done.")
    assert not TimelineEntry.objects.exists()
    assert strand.story.count() == 5
    assert case.consent_state == ConsentState.NOT_ASKED


@pytest.mark.requirement("R-wal-16", part="the life of a case with a carer alone")
def test_a_case_with_a_carer_alone_begins_with_who_works_with_them_and_ends_when_they_have(by):
    case = CaseFactory(kind="carer_only")
    strand = CarerStrandFactory(accepted=True, case=case)
    assert case.status == "awaiting_allocation"
    carer_strands.allocate(strand, to=colleague(strand), by=by)
    case.refresh_from_db()
    assert case.status == "active"
    begin_ending(case, by=by, reason="planned_goals_met", ends_on=timezone.localdate())
    ending = case.endings.get()
    assert {finding.key for finding in unanswered(case, ending)} == {"referrer", "network", "carer_strands"}
    carer_strands.end_strand(strand, by=by, because="Done.")
    assert {finding.key for finding in unanswered(case, ending)} == {"referrer", "network"}


def test_a_strand_never_holds_up_the_end_of_the_young_persons_work(by):
    case = CarerStrandFactory(active=True).case
    begin_ending(case, by=by, reason="planned_goals_met", ends_on=timezone.localdate())
    assert "carer_strands" not in {finding.key for finding in unanswered(case, case.endings.get())}
