"""Working with others: what we brought, whether it was said, and who has heard nothing from us for too long."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import operations
from cases.enums import EntryKind
from cases.models import Case, Contribution, NoContributionReason, Task, TimelineEntry
from safeguarding.models import Concern
from tests.factories.accounts import UserFactory, practitioner_of
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.network import (
    ContributionFactory,
    NoContributionReasonFactory,
    SafetyChangeFactory,
    SupervisionFactory,
)
from tests.factories.people import ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"]


def a_case(state, **more):
    return CaseFactory(**({} if state == "engaging" else {state: True}), **more)


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def contribute(case, by, **more):
    told = {"meeting": "school_meeting", "how": "attended", "held_on": in_days(0), "purpose": "Back to school."}
    return operations.contribute(case, by=by, **told | more)


def supervise(case, by, **more):
    said = {"kind": "oversight", "held_on": in_days(0), "oversight": "The work is on its way."}
    return operations.supervise(case, by=by, **said | more)


TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1, "AuditEvent": 1}
ACTS = {
    "contribute": (contribute, {"Contribution": 1, "ContributionEvent": 1}),
    "explain": (
        lambda case, by: operations.explain_no_contribution(case, by=by, reason="Nobody else is there."),
        {"NoContributionReason": 1, "NoContributionReasonEvent": 1},
    ),
    "supervise": (supervise, {"Supervision": 1, "SupervisionEvent": 1}),
    "safety": (
        lambda case, by: operations.note_safety_change(case, by=by, change="improved", what="At school again."),
        {"SafetyChange": 1, "SafetyChangeEvent": 1},
    ),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", OPEN)
def test_it_is_possible_in_every_open_state_and_writes_no_more_than_it_says(name, state):
    case, by = a_case(state), UserFactory()
    act, written = ACTS[name]
    with writes(**written, **TOLD):
        act(case, by)


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_written_on_a_closed_case(name):
    case, by = CaseFactory(closed=True), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ACTS[name][0](case, by)


@pytest.mark.parametrize(
    ("factory", "rule", "change"),
    [
        (ContributionFactory, "contribution_is_written_once", {"purpose": "x"}),
        (NoContributionReasonFactory, "no_contribution_is_written_once", {"reason": "x"}),
        (SupervisionFactory, "supervision_is_written_once", {"oversight": "x"}),
        (SafetyChangeFactory, "safety_change_is_written_once", {"what": "x"}),
    ],
)
def test_what_was_written_is_neither_changed_nor_deleted(factory, rule, change):
    row = factory()
    rows = type(row).objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        rows.update(**change)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        rows.delete()


# What was promised becomes a task of somebody


@pytest.mark.parametrize(("act", "where"), [(contribute, "contribution"), (supervise, "supervision")])
def test_what_was_agreed_is_owed_by_somebody_until_a_day(act, where):
    case, by, owner = CaseFactory(), UserFactory(), UserFactory()
    row = act(case, by, actions=[{"what": "Ring the school nurse.", "owner": owner, "due_on": in_days(3)}])
    [task] = Task.objects.all()
    assert (task.owner, task.due_on, getattr(task, where)) == (owner, in_days(3), row)
    assert list(row.actions.all()) == [task]


@pytest.mark.parametrize("act", [contribute, supervise])
def test_nobody_who_must_not_see_the_young_person_is_given_a_task(act):
    case, by, knows_them = CaseFactory(), UserFactory(), UserFactory()
    ExclusionFactory(subject=case.subject, user=knows_them)
    actions = [{"what": "Ring.", "owner": knows_them, "due_on": in_days(3)}]
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        act(case, by, actions=actions)


# Told back to the young person


def test_it_is_told_back_once_and_the_rest_stays_as_it_was():
    contribution, by = ContributionFactory(), UserFactory()
    with writes(ContributionEvent=1, **TOLD):
        told = operations.feed_back(contribution, by=by, on=in_days(0))
    assert (told.fed_back_on, told.fed_back_by) == (in_days(0), by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.feed_back(contribution, by=by, on=in_days(0))
    with pytest.raises(IntegrityError, match="contribution_is_written_once"), transaction.atomic():
        Contribution.objects.update(fed_back_on=in_days(1))


# Who has heard nothing from us for too long (R-wal-28, invariant 15)


def listed(on=None):
    return set(Case.objects.without_contribution(on=on).values_list("pk", flat=True))


TODAY = date(2026, 11, 20)
PERIOD = 90


def opened(days, **more):
    case = CaseFactory(**more)
    type(case.offer).objects.filter(pk=case.offer_id).update(multi_agency_days=PERIOD)
    at = timezone.make_aware(timezone.datetime(2026, 11, 20, 12)) - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    return case


@pytest.mark.requirement("R-wal-28")
@pytest.mark.parametrize(("days", "is_listed"), [(PERIOD - 1, False), (PERIOD, False), (PERIOD + 1, True)])
def test_a_case_open_for_longer_than_the_period_with_nothing_contributed_is_listed(days, is_listed):
    assert (opened(days).pk in listed(TODAY)) == is_listed


def write_past(factory, **values):
    """A row of a day that is over: what was written down on the day itself."""
    at = timezone.make_aware(timezone.datetime(2026, 11, 20, 12))
    return factory(**values, **({"at": at} if factory is ContributionFactory else {}))


@pytest.mark.requirement("R-wal-28")
@pytest.mark.parametrize(("days", "is_listed"), [(0, False), (PERIOD, False), (PERIOD + 1, True)])
@pytest.mark.parametrize(
    ("factory", "on"), [(ContributionFactory, "held_on"), (NoContributionReasonFactory, "given_on")]
)
def test_one_contribution_or_one_reason_in_the_period_takes_it_off_the_list(factory, on, days, is_listed):
    case = opened(400)
    write_past(factory, case=case, **{on: TODAY - timedelta(days=days)})
    assert (case.pk in listed(TODAY)) == is_listed


def test_where_the_offer_does_not_ask_for_it_nobody_is_listed():
    case = opened(400)
    type(case.offer).objects.filter(pk=case.offer_id).update(multi_agency_days=None)
    assert listed(TODAY) == set()


def test_a_closed_case_is_not_listed():
    opened(400, closed=True)
    assert listed(TODAY) == set()


DAYS = st.integers(0, 400)


@given(age=DAYS, contributed=st.lists(DAYS, max_size=3), explained=st.lists(DAYS, max_size=3))
def test_the_list_holds_in_any_world(age, contributed, explained):
    """Invariant 15: a case is listed exactly where its period passed with nothing brought and nothing explained."""
    with transaction.atomic():
        case = opened(age)
        for days in contributed:
            write_past(ContributionFactory, case=case, held_on=TODAY - timedelta(days=days))
        for days in explained:
            write_past(NoContributionReasonFactory, case=case, given_on=TODAY - timedelta(days=days))
        is_late = age > PERIOD and all(days > PERIOD for days in contributed + explained)
        assert (case.pk in listed(TODAY)) == is_late
        transaction.set_rollback(True)


def test_the_last_contribution_stands_with_each_case():
    case = CaseFactory()
    ContributionFactory(case=case, held_on=in_days(-9))
    ContributionFactory(case=case, held_on=in_days(-3))
    assert Case.objects.with_last_contribution().get(pk=case.pk).last_contribution_on == in_days(-3)
    assert NoContributionReason.objects.count() == 0


# Supervision


def test_the_story_tells_that_supervision_was_and_not_what_was_said():
    supervise(CaseFactory(), UserFactory())
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.words) == (EntryKind.SUPERVISION, "")


def test_how_the_practitioner_is_has_no_place_on_a_young_persons_record():
    """domain.md 5.14: practitioner wellbeing is kept off the child's record."""
    names = {field.name for field in SupervisionFactory._meta.model._meta.get_fields()}
    assert not {name for name in names if "wellbeing" in name or "practitioner" in name}


# A change in safety (domain.md 5.15)


def worse(case, by, **more):
    return operations.note_safety_change(
        case, by=by, change="worse", **{"what": "He waits for her at the gate.", "severity": "high"} | more
    )


def test_less_safe_is_a_concern_in_the_same_act_and_two_things_are_owed_by_tomorrow(case):
    lead, by = AssignmentFactory(case=case).user, UserFactory()
    with writes(
        SafetyChange=1, SafetyChangeEvent=1, Concern=1, ConcernEvent=1, ConcernAlert=1, Message=1, Task=2, TaskEvent=2,
        TimelineEntry=2, TimelineEntryEvent=2, AuditEvent=4,
    ):  # fmt: skip
        noticed = worse(case, by)
    concern = Concern.objects.get()
    assert (noticed.concern, concern.subject, concern.severity, concern.raised_by) == (
        concern,
        case.subject,
        "high",
        by,
    )
    assert {(task.owner, task.due_on) for task in Task.objects.all()} == {(lead, in_days(1))}


def test_who_follows_the_concern_reads_to_whom_it_was_taken_and_whether_the_young_person_knows(case):
    by = practitioner_of(case, full_name="Carys Jones")
    AssignmentFactory(case=case, user=by)
    noticed = worse(case, by, done=["police_101", "nrm"], done_now="Rang at 3.", was_told="yes")
    assert noticed.concern.done_now == (
        "Police: 101. National Referral Mechanism, through a first responder\nRang at 3."
    )
    told = noticed.concern.tellings.get()
    assert (told.was_told, told.told_on, told.by_whom) == (True, in_days(0), "Carys Jones")
    not_yet = {"was_told": "no", "not_told_because": "He reads her phone."}
    second = worse(case, by, what="He has her address.", **not_yet).concern.tellings.get()
    assert (second.was_told, second.not_told_because) == (False, "He reads her phone.")


def test_where_nobody_leads_whoever_noticed_it_looks_again(case):
    by = UserFactory()
    worse(case, by)
    assert {task.owner for task in Task.objects.all()} == {by}


def test_less_safe_without_how_soon_is_refused(case):
    by = UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="how soon"):
        worse(case, by, severity="")


@pytest.mark.parametrize("change", ["improved", "same", "new_information"])
def test_any_other_change_raises_no_concern(case, change):
    operations.note_safety_change(case, by=UserFactory(), change=change, what="The police have charged him.")
    assert not Concern.objects.exists()
