"""How a case ends: prepared, proposed by one, signed off by another; and how it opens again within 28 days."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import closing, operations, signals
from cases.enums import (
    ALLOWED_MOVES,
    CaseStatus,
    CheckIn,
    ClosureReason,
    Need,
    NeedAnswer,
    PathwayStage,
    SafeToSend,
    TaskKind,
)
from cases.findings import Finding
from cases.models import Case, Ending, EndingItem, Task
from people.models import AccessGrant
from safeguarding.operations import reopen
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, PauseFactory, TaskFactory
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.plans import ScaleRatingFactory
from tests.factories.safeguarding import ConcernFactory, follower
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active"]
TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1}


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def a_case(state, **more):
    return CaseFactory(**({} if state == "engaging" else {state: True}), **more)


def begin(case, by, **more):
    told = {"reason": ClosureReason.PLANNED_GOALS_MET, "ends_on": in_days(14)}
    return operations.begin_ending(case, by=by, **told | more)


def finished(**more):
    """An ending that only waits to be proposed."""
    ending = EndingFactory(written=True, letter_is_safe=SafeToSend.NO, letter_safety="Her post is read.",
                           check_in=CheckIn.NO, **more)  # fmt: skip
    for finding in closing.unanswered(ending.case, ending):
        EndingItemFactory(ending=ending, key=finding.key, answer="not_applicable", why="She says so.")
    return ending


def proposed(**more):
    ending = finished(**more)
    return operations.propose_ending(ending, seen=ending.version, by=UserFactory())


# Beginning


@pytest.mark.parametrize("state", OPEN)
def test_every_open_state_may_end(state):
    case, by = a_case(state), UserFactory()
    with writes(Ending=1, EndingEvent=1, CaseEvent=1, AuditEvent=2, **TOLD):
        ending = begin(case, by)
    case.refresh_from_db()
    assert (case.status, ending.begun_by, ending.may_be_written) == (CaseStatus.ENDING, by, True)


@pytest.mark.parametrize("state", ["ending", "closed"])
def test_what_ends_does_not_begin_to_end_again(state):
    case, by = a_case(state), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        begin(case, by)


def test_nobody_is_blamed_for_an_ending():
    """domain.md 5.16: "non-engagement" is not offered; where we could not reach somebody, it is we who could not."""
    offered = " ".join([*ClosureReason.values, *map(str, ClosureReason.labels)]).lower()
    assert ("engage" in offered, len(ClosureReason)) == (False, 15)


# Writing


def test_what_is_written_is_kept_and_a_stale_tab_overwrites_nothing():
    ending, by = EndingFactory(), UserFactory()
    with writes(EndingEvent=1, EndingWriting=1, EndingWritingEvent=1, AuditEvent=1):
        operations.write_ending(ending, by=by, seen=0, strengths="She asks for help.")
    with leaves_no_trace(), pytest.raises(operations.ChangedMeanwhile):
        operations.write_ending(ending, by=by, seen=0, strengths="Something else.")


def test_what_is_proposed_is_signed_off_as_it_stands():
    ending, by = EndingFactory(proposed=True), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.write_ending(ending, by=by, seen=0, strengths="Something else.")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.answer_requirement(ending, by=by, key="feedback", answer="done")
    with pytest.raises(IntegrityError, match="ending_is_signed_off_as_it_was_proposed"), transaction.atomic():
        Ending.objects.update(strengths="Something else.")
    with pytest.raises(IntegrityError, match="ending_item_is_answered_before_the_proposal"), transaction.atomic():
        EndingItemFactory(ending=ending)


def test_what_was_signed_off_stays_and_no_ending_is_deleted():
    EndingFactory(signed_off=True)
    for change in ({"strengths": "x"}, {"proposed_at": None}, {"signed_off_by": UserFactory()}):
        with pytest.raises(IntegrityError, match="ending_is_signed_off_as_it_was_proposed"), transaction.atomic():
            Ending.objects.update(**change)
    with pytest.raises(IntegrityError, match="ending_is_signed_off_as_it_was_proposed"), transaction.atomic():
        Ending.objects.all().delete()


# What is still required


def keys(case, ending):
    return {finding.key for finding in closing.unanswered(case, ending)}


def test_what_is_required_is_computed_and_each_is_done_or_explained():
    ending, by = EndingFactory(), UserFactory()
    assert keys(ending.case, ending) >= {"feedback", "network", "letter", "check_in"}
    with writes(EndingItem=1, EndingItemEvent=1, EndingEvent=1, AuditEvent=1):
        operations.answer_requirement(
            ending, by=by, key="feedback", answer="not_applicable", why="She did not want to."
        )
    operations.answer_requirement(ending, by=by, key="network", answer="done", why="dropped")
    assert not keys(ending.case, ending) & {"feedback", "network"}
    assert dict(EndingItem.objects.values_list("key", "why")) == {"feedback": "She did not want to.", "network": ""}


def test_an_open_task_is_still_required():
    ending = EndingFactory()
    assert Need.TASKS not in keys(ending.case, ending)
    TaskFactory(case=ending.case)
    assert Need.TASKS in keys(ending.case, ending)


def test_an_ending_while_they_are_missing_says_who_looks_for_them():
    ending = EndingFactory()
    assert closing.finding_of(ending.case, ending, Need.MISSING) is None
    episode = MissingEpisodeFactory(case=ending.case)
    assert closing.finding_of(ending.case, ending, Need.MISSING).found == "They are missing still."
    operations.come_back(episode, by=UserFactory(), until_at=timezone.now())
    assert closing.finding_of(ending.case, ending, Need.MISSING) is None


@pytest.mark.requirement("R-nat-23")
def test_wellbeing_and_resilience_are_rated_at_the_start_and_now():
    ending = EndingFactory()
    for question in ("wellbeing", "resilience"):
        assert Need.RATINGS in keys(ending.case, ending)
        for occasion in ("start", "ending"):
            ScaleRatingFactory(case=ending.case, question=question, occasion=occasion)
    assert Need.RATINGS not in keys(ending.case, ending)


@pytest.mark.parametrize(
    ("letter", "is_safe", "how", "is_done"),
    [
        ("", "yes", "", False),
        ("Dear Sam", "not_known", "", False),
        ("Dear Sam", "yes", "", True),
        ("Dear Sam", "no", "", False),
        ("", "no", "Her post is read.", True),
    ],
)
def test_a_letter_is_written_and_safe_or_it_is_said_why_not(letter, is_safe, how, is_done):
    ending = EndingFactory(letter=letter, letter_is_safe=is_safe, letter_safety=how)
    assert (Need.LETTER not in keys(ending.case, ending)) == is_done
    assert ending.letter_is_printable == bool(letter and is_safe == "yes")


@pytest.mark.parametrize("reason", ["young_person_died", "opened_in_error"])
def test_nobody_is_asked_for_a_goodbye_that_cannot_be(reason):
    ending = EndingFactory(reason=reason)
    assert keys(ending.case, ending) == {"referrer", "network"}


def test_what_we_see_to_be_undone_nobody_says_is_done():
    ending, by = EndingFactory(), UserFactory()
    TaskFactory.create_batch(3, case=ending.case)
    MissingEpisodeFactory(case=ending.case)
    for need in (Need.MISSING, Need.TASKS, Need.RATINGS, Need.LETTER, Need.CHECK_IN):
        with leaves_no_trace(), pytest.raises(operations.SeenToBeUndone):
            operations.answer_requirement(ending, by=by, key=need, answer="done")
        EndingItemFactory(ending=ending, key=need)
        assert need in keys(ending.case, ending)
        EndingItem.objects.filter(key=need).update(answer="not_applicable", why="A colleague sees to it.")
        assert need not in keys(ending.case, ending)
    assert closing.finding_of(ending.case, ending, Need.TASKS).found == "3 tasks are open."


@contextmanager
def listening(receiver):
    signals.ending_requirements.connect(receiver)
    try:
        yield
    finally:
        signals.ending_requirements.disconnect(receiver)


def test_floors_above_say_what_they_delivered_and_what_is_lacking():
    ending, by = finished(), UserFactory()

    def sessions(sender, case, **kwargs):
        return [
            Finding("awareness", "Three awareness sessions"),
            Finding("notes", "Every note is signed", is_done=True),
        ]

    with listening(sessions):
        assert keys(ending.case, ending) == {"awareness"}
        with leaves_no_trace(), pytest.raises(operations.NotFinished, match="awareness"):
            operations.propose_ending(ending, seen=ending.version, by=by)
        EndingItemFactory(ending=ending, key="awareness", answer=NeedAnswer.NOT_APPLICABLE, why="She knew it all.")
        operations.propose_ending(ending, seen=ending.version, by=by)


# Proposing, and going back


def test_it_is_proposed_once_nothing_is_lacking():
    ending, by = finished(), UserFactory()
    with writes(EndingEvent=1, AuditEvent=1, **TOLD):
        operations.propose_ending(ending, seen=ending.version, by=by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.propose_ending(ending, seen=ending.version, by=by)


def test_it_goes_back_with_a_reason_and_is_proposed_again():
    ending, manager = proposed(), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.send_back_ending(ending, seen=ending.version, by=manager, reason=" ")
    with writes(EndingEvent=1, AuditEvent=1, **TOLD):
        operations.send_back_ending(ending, seen=ending.version, by=manager, reason="Who leads?")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.send_back_ending(ending, seen=ending.version, by=manager, reason="Again.")
    ending.refresh_from_db()
    again = operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    assert (again.is_proposed, again.sent_back_reason) == (True, "")


# Signing off


def test_signing_off_closes_the_case_and_who_worked_on_it_reads_it_for_thirty_days():
    ending = proposed()
    case, manager = ending.case, UserFactory()
    assignment = AssignmentFactory(case=case)
    PauseFactory(case=case)
    with writes(
        EndingEvent=1, CaseEvent=2, AssignmentEvent=1, AccessGrantEvent=1, PauseEvent=1, AuditEvent=3, TimelineEntry=2,
        TimelineEntryEvent=2,
    ):  # fmt: skip
        operations.sign_off_ending(ending, seen=ending.version, by=manager)
    case.refresh_from_db()
    assert (case.status, case.pathway_stage) == (CaseStatus.CLOSED, PathwayStage.ENDING)
    now = timezone.now()
    for days, sees in [(0, True), (29, True), (31, False)]:
        at = now + timedelta(days=days)
        assert Case.objects.visible_to(assignment.user, at=at).filter(pk=case.pk).exists() == sees, days
    assert AccessGrant.objects.get().until_at.date() == (now + timedelta(days=30)).date()


@pytest.mark.parametrize("has_lead", [True, False])
def test_the_check_in_that_was_agreed_is_owed_by_the_lead_or_by_who_signed_it_off(has_lead):
    ending, manager = finished(), UserFactory()
    Ending.objects.update(check_in=CheckIn.YES)
    ending = operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    owner = AssignmentFactory(case=ending.case).user if has_lead else manager
    operations.sign_off_ending(ending, seen=ending.version, by=manager)
    assert Task.objects.get(kind=TaskKind.CHECK_IN_AFTER).owner == owner


def test_whoever_proposed_it_does_not_sign_it_off():
    """A9: the second person cannot be the first."""
    ending = proposed()
    with leaves_no_trace(), pytest.raises(operations.OwnProposal):
        operations.sign_off_ending(ending, seen=ending.version, by=ending.proposed_by)


@pytest.mark.parametrize("status", [{}, {"acknowledged": True}])
def test_a_case_does_not_close_with_an_open_concern(status):
    ending, manager = proposed(), UserFactory()
    ConcernFactory(subject=ending.case.subject, **status)
    with leaves_no_trace(), pytest.raises(operations.ConcernIsOpen):
        operations.sign_off_ending(ending, seen=ending.version, by=manager)


def test_nor_with_one_that_was_opened_again():
    ending, manager = proposed(), UserFactory()
    concern = ConcernFactory(subject=ending.case.subject, closed=True)
    reopen(concern, by=follower(concern.subject), because="It is not over.")
    with leaves_no_trace(), pytest.raises(operations.ConcernIsOpen):
        operations.sign_off_ending(ending, seen=ending.version, by=manager)


def test_what_came_up_since_it_was_proposed_is_looked_at_again():
    ending, manager = proposed(), UserFactory()
    TaskFactory(case=ending.case)
    with leaves_no_trace(), pytest.raises(operations.NotFinished, match="tasks"):
        operations.sign_off_ending(ending, seen=ending.version, by=manager)


def test_only_what_is_proposed_is_signed_off():
    ending, manager = finished(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.sign_off_ending(ending, seen=ending.version, by=manager)


# Round our code


def test_the_database_closes_no_case_without_an_ending_that_was_signed_off():
    ending = EndingFactory(proposed=True)
    with pytest.raises(IntegrityError, match="case_closes_by_an_ending_that_is_signed_off"), transaction.atomic():
        Case.objects.filter(pk=ending.case_id).update(status=CaseStatus.CLOSED, closed_at=timezone.now())


def test_the_database_closes_no_case_with_an_open_concern():
    ending = EndingFactory(signed_off=True, case=CaseFactory(ending=True))
    ConcernFactory(subject=ending.case.subject)
    with pytest.raises(IntegrityError, match="case_does_not_close_with_an_open_concern"), transaction.atomic():
        Case.objects.filter(pk=ending.case_id).update(status=CaseStatus.CLOSED, closed_at=timezone.now())


@pytest.mark.parametrize("has_ending", [True, False])
def test_the_database_opens_no_case_again_unless_its_ending_does(has_ending):
    case = CaseFactory(closed=True)
    if has_ending:
        EndingFactory(signed_off=True, case=case)
    with pytest.raises(IntegrityError, match="case_opens_again_only_where_its_ending_does"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.ENGAGING, closed_at=None)


def test_a_case_stays_open_past_twelve_months_until_somebody_closes_it():
    case = CaseFactory(active=True)
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        assert Case.objects.open().get(pk=case.pk).is_past_most
    assert [status for status, after in ALLOWED_MOVES.items() if CaseStatus.CLOSED in after] == [CaseStatus.ENDING]
