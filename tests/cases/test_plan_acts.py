"""A plan is written, agreed and followed: what each act writes, and what it refuses."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cases import operations
from cases.enums import PLAN_MOVES, CaseStatus, PlanStatus, StepStatus
from cases.models import Goal, GoalRating, Step, SupportPlan, TimelineEntry
from cases.operations.plans import NARRATIVE
from tests.factories.accounts import UserFactory
from tests.factories.assessments import signed_assessment
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import GoalFactory, StepFactory, SupportPlanFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

HOW = {"participation": "co_wrote", "participation_reason": "", "agreement": "agreed", "agreement_reason": ""}
TELLS = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
REVIEWS = 8  # of six months from the last of August: two weeks, each six weeks, three months, decision, ending
WORDS = {"own_words": "I want to go out on my own.", "practitioner_wording": "", "why_it_matters": "", "target": 8}


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def plan():
    """Being written, with a goal and a step, on a case that is being planned."""
    return SupportPlanFactory(with_goal=True)


def agree(plan, by, **how):
    on = how.pop("on", timezone.localdate())
    return operations.agree_plan(plan, by=by, on=on, seen=how.pop("seen", plan.edits), **HOW | how)


# Writing


def test_the_first_plan_begins_with_nothing_in_it(by):
    case = CaseFactory(planning=True)
    with writes(SupportPlan=1, SupportPlanEvent=1, AuditEvent=1):
        plan = operations.start_plan(case, by=by)
    assert (plan.version, plan.status, plan.what_matters, plan.goals.count()) == (1, PlanStatus.DRAFTING, "", 0)


def test_a_plan_that_is_being_written_is_not_begun_twice(plan, by):
    with leaves_no_trace():
        assert operations.start_plan(plan.case, by=by) == plan


def test_a_new_version_takes_words_goals_and_steps_along(by):
    before = SupportPlanFactory(active=True, good_ending="I do not need you.")
    Step.objects.update(status="done", note="She did it.")
    with writes(
        SupportPlan=1, SupportPlanEvent=1, Goal=1, GoalEvent=1, Step=1, StepEvent=1, AuditEvent=1
    ):  # fmt: skip
        plan = operations.start_plan(before.case, by=by)

    [first], [goal] = before.goals.all(), plan.goals.all()
    [step] = goal.steps.all()
    assert [getattr(plan, name) for name in NARRATIVE] == [getattr(before, name) for name in NARRATIVE]
    assert (goal.continues, goal.own_words) == (first, first.own_words)
    assert (step.status, step.note, step.what) == ("done", "She did it.", first.steps.get().what)
    assert (plan.version, plan.participation, plan.agreement) == (2, "", "")


def test_a_goal_goes_on_from_its_first_version_through_all_of_them(by):
    before = SupportPlanFactory(active=True)
    first = before.goals.get()
    for version in (2, 3):
        plan = agree(operations.start_plan(before.case, by=by), by)
        assert (plan.version, plan.goals.get().continues) == (version, first)


@pytest.mark.parametrize("traits", [{"ending": True}, {"closed": True}, {"kind": "carer_only"}])
def test_no_plan_begins_where_the_work_ends_or_is_with_a_carer_alone(by, traits):
    case = CaseFactory(**traits)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_plan(case, by=by)


def test_words_are_kept_and_what_did_not_change_writes_nothing(plan, by):
    with writes(SupportPlanEvent=1, AuditEvent=1):
        written = operations.write_plan(plan, by=by, seen=0, what_matters="My dog.")
    assert (written.what_matters, written.edits) == ("My dog.", 1)
    with leaves_no_trace():
        operations.write_plan(plan, by=by, seen=1, what_matters="My dog.")


@pytest.mark.requirement("R-nat-24")
def test_a_goal_has_their_own_words_and_steps(plan, by):
    steps = [{"what": "Walk to the shop.", "who": "young_person"}, {"what": "Ring on Monday.", "who": "practitioner"}]
    with writes(Goal=1, GoalEvent=1, Step=2, StepEvent=2, SupportPlanEvent=1, AuditEvent=1):
        goal = operations.write_goal(plan, by=by, seen=0, steps=steps, **WORDS)
    assert (goal.own_words, goal.practitioner_wording, goal.target) == ("I want to go out on my own.", "", 8)
    assert [step.what for step in goal.steps.all()] == ["Walk to the shop.", "Ring on Monday."]


def test_a_step_that_is_written_again_keeps_how_it_goes_and_one_left_out_goes(plan, by):
    goal = plan.goals.get()
    kept, left = goal.steps.get(), StepFactory(goal=goal)
    Step.objects.filter(pk=kept.pk).update(status="in_progress", note="Half way.")
    steps = [{"what": "New."}, {"pk": kept.pk, "what": "Said better."}]
    operations.write_goal(plan, by=by, seen=0, goal=goal, steps=steps, **WORDS)
    assert [(step.what, step.status, step.note) for step in goal.steps.all()] == [
        ("Said better.", "in_progress", "Half way."),
        ("New.", "not_started", ""),
    ]
    assert not Step.objects.filter(pk=left.pk).exists()


def test_a_step_of_another_goal_is_not_taken_over(plan, by):
    other = StepFactory()
    operations.write_goal(plan, by=by, seen=0, steps=[{"pk": other.pk, "what": "Mine."}], **WORDS)
    other.refresh_from_db()
    assert other.what != "Mine."


def test_a_goal_that_is_left_out_stays_in_the_version_before(by):
    before = SupportPlanFactory(active=True)
    plan = operations.start_plan(before.case, by=by)
    operations.remove_goal(plan.goals.get(), by=by, seen=0)
    assert (plan.goals.count(), before.goals.count()) == (0, 1)


WRITES = {
    "words": lambda plan, by, seen: operations.write_plan(plan, by=by, seen=seen, what_matters="x"),
    "goal": lambda plan, by, seen: operations.write_goal(plan, by=by, seen=seen, steps=[], **WORDS),
    "without": lambda plan, by, seen: operations.remove_goal(plan.goals.get(), by=by, seen=seen),
    "share": lambda plan, by, seen: operations.share_plan(plan, by=by, on=timezone.localdate(), seen=seen),
    "agree": lambda plan, by, seen: agree(plan, by, seen=seen),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_page_that_has_gone_stale_overwrites_nothing(plan, by, name):
    SupportPlan.objects.filter(pk=plan.pk).update(edits=4)
    with leaves_no_trace(), pytest.raises(operations.PlanChanged):
        WRITES[name](plan, by, 3)


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("state", ["active", "superseded", "completed", "ended_early"])
def test_what_is_agreed_is_written_no_more(by, name, state):
    plan = SupportPlanFactory(**{state: True})
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        WRITES[name](plan, by, 0)


def test_to_show_it_is_told_once(plan, by):
    with writes(SupportPlanEvent=1, AuditEvent=1, **TELLS):
        shared = operations.share_plan(plan, by=by, on=timezone.localdate(), seen=0)
    assert (shared.status, shared.shared_on) == (PlanStatus.SHARED, timezone.localdate())
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.share_plan(plan, by=by, on=timezone.localdate(), seen=0)


# Agreeing


@time_machine.travel("2026-11-20 12:00", tick=False)
@pytest.mark.requirement("R-nat-25")
def test_to_agree_puts_the_plan_to_use_and_support_starts_that_day(by):
    plan = SupportPlanFactory(with_goal=True)
    reviews = {"Review": REVIEWS, "ReviewEvent": REVIEWS}
    with writes(
        SupportPlanEvent=2, CaseEvent=2, TimelineEntry=2, TimelineEntryEvent=2, AuditEvent=5, **reviews
    ):  # fmt: skip
        agreed = agree(plan, by, on=date(2026, 8, 31))
    plan.case.refresh_from_db()
    assert (agreed.status, agreed.agreed_on, agreed.agreed_by) == (PlanStatus.ACTIVE, date(2026, 8, 31), by)
    assert (plan.case.status, plan.case.support_started_on) == (CaseStatus.ACTIVE, date(2026, 8, 31))
    assert plan.case.planned_end_on == date(2027, 2, 28)


def test_a_newer_plan_supersedes_the_older_and_moves_no_clock(by):
    case = CaseFactory(active=True, support_started_on=timezone.localdate() - timedelta(days=42))
    older = SupportPlanFactory(active=True, case=case)
    started, end = case.support_started_on, case.planned_end_on
    newer = operations.start_plan(case, by=by)
    with writes(SupportPlanEvent=3, AuditEvent=3, **TELLS):
        agree(newer, by)
    older.refresh_from_db()
    case.refresh_from_db()
    assert (older.status, SupportPlan.objects.in_use().get()) == (PlanStatus.SUPERSEDED, newer)
    assert (case.support_started_on, case.planned_end_on) == (started, end)


@pytest.mark.requirement("R-nat-02")
def test_a_plan_without_their_own_goals_is_refused(by):
    plan = SupportPlanFactory()
    ConsentEventFactory(case=plan.case)
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(plan, by)
    assert refusal.value.what == "goals"


def case_where(*events):
    """A case that is being planned, of which the ledger of consent says this, in this order."""
    case = CaseFactory(planning=True)
    for number, event in enumerate(events):
        said = {"no": True} if event in ("withdrawn", "declined", "not_able_to_decide_now") else {}
        said |= {"part": True} if event == "given_partial" else {}
        ConsentEventFactory(case=case, event=event, at=timezone.now() - timedelta(minutes=9 - number), **said)
    return case


@pytest.mark.requirement("R-nat-12")
@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        (["sought"], "yes"),
        (["given", "not_able_to_decide_now"], "yes"),
        (["declined"], "no"),
        (["given", "withdrawn"], "no"),
    ],
)
def test_no_plan_is_put_to_use_while_the_young_person_does_not_take_part(by, said, lacks):
    plan = SupportPlanFactory(case=case_where(*said), with_goal=True)
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(plan, by)
    assert refusal.value.what == lacks


def test_nor_where_nobody_asked_them(by):
    plan = GoalFactory().plan
    signed_assessment(case=plan.case)
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(plan, by)
    assert refusal.value.what == "yes"


def test_nor_a_newer_plan_once_they_have_withdrawn(by):
    older = SupportPlanFactory(active=True, case__active=True)
    newer = operations.start_plan(older.case, by=by)
    operations.withdraw_consent(older.case, by=by)
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(newer, by)
    assert refusal.value.what == "no"


@pytest.mark.parametrize("said", [["given_partial"], ["given", "withdrawn", "renewed"]])
def test_a_yes_in_part_or_once_more_is_a_yes(by, said):
    plan = SupportPlanFactory(case=case_where(*said), with_goal=True)
    assert agree(plan, by).status == PlanStatus.ACTIVE


@pytest.mark.requirement("R-nat-21")
def test_a_plan_without_a_signed_assessment_is_refused(by):
    plan = GoalFactory().plan
    ConsentEventFactory(case=plan.case)
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(plan, by)
    assert refusal.value.what == "assessment"
    signed = signed_assessment(case=plan.case)
    assert agree(plan, by).assessment == signed


@pytest.mark.requirement("R-nat-21")
@pytest.mark.parametrize("lacks", ["participation", "agreement"])
def test_a_plan_without_how_they_took_part_is_refused(plan, by, lacks):
    with leaves_no_trace(), pytest.raises(operations.PlanLacks) as refusal:
        agree(plan, by, **{lacks: ""})
    assert refusal.value.what == "agreement"


def test_a_yes_in_part_has_its_reason(plan, by):
    agreed = agree(plan, by, agreement="agreed_in_part", agreement_reason="Not the evenings.")
    assert (agreed.status, agreed.agreement_reason) == (PlanStatus.ACTIVE, "Not the evenings.")


@pytest.mark.requirement("R-nat-21")
@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("not_agreed", "The young person does not agree with the plan as it is"),
        ("not_shown_yet", "The young person has not seen the plan yet"),
    ],
)
def test_their_no_or_why_they_have_not_seen_it_is_kept_and_puts_nothing_to_use(plan, by, answer, title):
    with writes(SupportPlanEvent=1, AuditEvent=1, **TELLS):
        kept = agree(plan, by, agreement=answer, agreement_reason="Too much at once.")
    plan.case.refresh_from_db()
    assert (kept.status, kept.agreement_reason) == (PlanStatus.DRAFTING, "Too much at once.")
    assert (plan.case.status, plan.case.support_started_on) == (CaseStatus.PLANNING, None)
    assert TimelineEntry.objects.get().title == title


def test_once_they_have_seen_it_why_not_yet_is_of_the_past(plan, by):
    kept = agree(plan, by, agreement="not_shown_yet", agreement_reason="She is in hospital.")
    shown = operations.share_plan(kept, by=by, on=timezone.localdate(), seen=kept.edits)
    assert (shown.status, shown.agreement, shown.agreement_reason) == (PlanStatus.SHARED, "", "")
    assert TimelineEntry.objects.order_by("pk").first().words == "She is in hospital."


@pytest.mark.parametrize("state", ["awaiting_allocation", "engaging", "assessing", "ending", "closed"])
def test_support_starts_only_on_a_case_that_is_being_planned(by, state):
    case = CaseFactory(
        **({} if state == "engaging" else {state: True, "support_started_on": None, "planned_end_on": None})
    )
    plan = SupportPlanFactory(case=case, with_goal=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        agree(plan, by)


def test_nobody_else_has_to_approve_a_plan(plan, by):
    """Who agrees it is who wrote it with the young person: the act asks for no second name."""
    assert agree(plan, by).agreed_by == by


# In use


@pytest.mark.parametrize("status", ["completed", "ended_early"])
def test_a_plan_ends_with_a_reason(by, status):
    plan = SupportPlanFactory(active=True)
    with writes(SupportPlanEvent=1, AuditEvent=1, **TELLS):
        ended = operations.end_plan(plan, by=by, on=timezone.localdate(), status=status, because="It is done.")
    assert (ended.status, ended.ended_by, ended.ended_because) == (status, by, "It is done.")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.end_plan(plan, by=by, on=timezone.localdate(), status=status, because="Again.")


@pytest.mark.parametrize("wrong", [{"because": " "}, {"status": "superseded"}])
def test_a_plan_does_not_end_without_saying_how(by, wrong):
    plan = SupportPlanFactory(active=True)
    with leaves_no_trace(), pytest.raises(ValueError, match="say how"):
        operations.end_plan(plan, by=by, on=timezone.localdate(), **{"status": "completed", "because": "Why."} | wrong)


def test_a_step_is_told_while_the_plan_is_in_use(by):
    step = SupportPlanFactory(active=True).goals.get().steps.get()
    with writes(StepEvent=1, AuditEvent=1, **TELLS):
        moved = operations.move_step(step, by=by, status=StepStatus.DONE, note="She did it herself.")
    assert (moved.status, moved.note) == (StepStatus.DONE, "She did it herself.")
    assert "Done" in TimelineEntry.objects.get().title


def test_a_step_of_an_old_version_is_told_no_more(by):
    step = SupportPlanFactory(superseded=True).goals.get().steps.get()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.move_step(step, by=by, status=StepStatus.DONE)


def test_goals_are_rated_in_one_voice(by):
    plan = SupportPlanFactory(active=True)
    goal, elsewhere = plan.goals.get(), SupportPlanFactory(active=True).goals.get()
    said = {"on": timezone.localdate(), "voice": "young_person", "occasion": "start"}
    with writes(GoalRating=1, GoalRatingEvent=1, AuditEvent=1, **TELLS):
        operations.rate_goals(plan, by=by, values={goal: 3, elsewhere: 9}, **said)
    assert [(row.goal, row.value, row.by) for row in GoalRating.objects.all()] == [(goal, 3, by)]


@pytest.mark.parametrize("state", ["shared", "superseded", "completed"])
def test_goals_are_rated_in_the_plan_in_use(by, state):
    plan = SupportPlanFactory(**{state: True, "with_goal": True})
    said = {"on": timezone.localdate(), "voice": "young_person", "occasion": "review"}
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.rate_goals(plan, by=by, values={plan.goals.get(): 3}, **said)


def test_scales_are_asked_in_every_open_state(by):
    case = CaseFactory()
    said = {"on": timezone.localdate(), "voice": "young_person", "occasion": "start"}
    with writes(ScaleRating=2, ScaleRatingEvent=2, AuditEvent=1, **TELLS):
        operations.rate_scales(case, by=by, values={"wellbeing": 4, "resilience": 0}, **said)
    closed = CaseFactory(closed=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.rate_scales(closed, by=by, values={"wellbeing": 4}, **said)


def test_whether_a_copy_is_safe_is_asked_again_when_things_change(by):
    plan = SupportPlanFactory(active=True)
    with writes(SupportPlanEvent=1, AuditEvent=1):
        operations.keep_copy(plan, by=by, copy_is_safe="yes", copy_given_on=timezone.localdate())
    plan = operations.keep_copy(plan, by=by, copy_is_safe="no")
    assert (plan.copy_is_safe, plan.copy_given_on, plan.may_be_held) == ("no", None, False)


def test_every_status_has_its_moves():
    assert set(PLAN_MOVES) == set(PlanStatus)
    assert {to for moves in PLAN_MOVES.values() for to in moves} <= set(PlanStatus)


def test_goals_of_a_plan_stand_in_the_order_they_were_written(plan):
    later = GoalFactory(plan=plan)
    assert list(Goal.objects.filter(plan=plan))[-1] == later
