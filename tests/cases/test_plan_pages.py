"""The plan through its pages: begun, written, agreed, rated; a page that has gone stale is told and loses nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import Case, Goal, GoalRating, ScaleRating, Step, SupportPlan
from tests.cases.typed import day_typed
from tests.factories.cases import CaseFactory
from tests.factories.plans import GoalFactory, GoalRatingFactory, ScaleRatingFactory, StepFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory(planning=True)


@pytest.fixture
def plan(case):
    return SupportPlanFactory(case=case, with_goal=True)


# Reading


def test_without_a_plan_the_page_says_how_it_begins(client, practitioner, case, at):
    page = client.get(at("plan", case))
    assert "Make the plan with Sam" in page.text
    response = client.post(at("start_plan", case))
    assert response.url == SupportPlan.objects.get().get_absolute_url()


@pytest.mark.requirement("R-nat-24")
def test_what_matters_to_them_stands_before_everything_else(client, practitioner, case, plan, at):
    text = client.get(at("plan", case)).text
    places = [text.index(words) for words in ("What matters to me", "My dog", "I want to sleep", "Text before you")]
    assert places == sorted(places)


def test_a_goal_shows_its_steps_and_first_and_latest(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True)
    goal = plan.goals.get()
    GoalRatingFactory(goal=goal, value=2, rated_on=timezone.localdate() - timedelta(days=30))
    GoalRatingFactory(goal=goal, value=6)
    [shown] = client.get(at("plan", case)).context["goals"]
    assert (shown["own_words"], [step["what"] for step in shown["steps"]]) == (
        goal.own_words,
        ["Try the app that turns messages off."],
    )
    assert shown["near"].startswith("2 of 10 on ")
    assert ", 6 of 10 on " in shown["near"]


def test_the_plan_in_use_is_shown_and_the_one_being_written_is_named(client, practitioner, case, at):
    used, written = SupportPlanFactory(case=case, active=True), SupportPlanFactory(case=case)
    page = client.get(at("plan", case))
    assert (page.context["plan"], page.context["written"]) == (used, written)
    assert [row["title"] for row in page.context["versions"]] == ["Version 2"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_asks_as_often_for_three_goals_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    plan = SupportPlanFactory(case=case)
    for goal in GoalFactory.create_batch(count, plan=plan):
        StepFactory.create_batch(count, goal=goal)
    with django_assert_num_queries(PLAN_PAGE):
        assert len(client.get(at("plan", case)).context["goals"]) == count


PLAN_PAGE = 13


def test_a_plan_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    other = SupportPlanFactory(active=True, copy_is_safe="yes")
    goal = other.goals.get()
    for name in ("plan_version", "write_plan", "agree_plan", "rate_goals", "plan_copy", "my_plan", "end_plan"):
        assert client.get(at(name, case, other.pk)).status_code == 404, name
    assert client.get(at("goal", case, goal.pk)).status_code == 404
    assert client.get(at("step", case, goal.steps.get().pk)).status_code == 404
    assert client.post(at("remove_goal", case, goal.pk)).status_code == 404


# Writing


def test_the_words_are_saved(client, practitioner, case, plan, at):
    answers = {"seen": 0, "what_matters": "My nan.", "good_ending": "I do not need you."}
    assert client.post(at("write_plan", case, plan.pk), answers).url == plan.get_absolute_url()
    plan.refresh_from_db()
    assert (plan.what_matters, plan.good_ending, plan.edits) == ("My nan.", "I do not need you.", 1)


def test_the_page_saves_itself_and_knows_what_it_has_seen(client, practitioner, case, plan, at):
    url, headers = at("write_plan", case, plan.pk), {"X-Autosave": "1"}
    first = client.post(url, {"seen": 0, "what_matters": "My"}, headers=headers)
    second = client.post(url, {"seen": first.json()["seen"], "what_matters": "My nan."}, headers=headers)
    stale = client.post(url, {"seen": 0, "what_matters": "Another window."}, headers=headers)
    assert (first.status_code, second.status_code, stale.status_code) == (200, 200, 409)
    plan.refresh_from_db()
    assert plan.what_matters == "My nan."


@pytest.mark.parametrize(("sent", "status"), [({"seen": 0, "what_matters": "x" * 5000}, 400), ({}, 409)])
def test_what_the_page_cannot_save_by_itself_it_says(client, practitioner, case, plan, at, sent, status):
    answer = client.post(at("write_plan", case, plan.pk), {"good_ending": "x"} | sent, headers={"X-Autosave": "1"})
    assert answer.status_code == status
    assert answer.json()["words"]
    plan.refresh_from_db()
    assert plan.edits == 0


def test_a_plan_that_was_agreed_meanwhile_is_not_saved_by_itself(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True)
    answer = client.post(at("write_plan", case, plan.pk), {"seen": 0, "what_matters": "x"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 410


def test_who_opened_it_before_sees_both_texts_and_chooses(client, practitioner, case, plan, at):
    url = at("write_plan", case, plan.pk)
    client.post(url, {"seen": 0, "what_matters": "Said in one window."})
    page = client.post(url, {"seen": 0, "what_matters": "Typed in another."})
    assert page.status_code == 409
    assert "Said in one window." in page.text
    assert "Typed in another." in page.text
    again = {"seen": page.context["form"]["seen"].value(), "what_matters": "Typed in another."}
    assert client.post(url, again).status_code == 302
    plan.refresh_from_db()
    assert plan.what_matters == "Typed in another."


def a_goal(plan, **changes):
    step = {"steps-0-what": "Ring on Monday.", "steps-0-who": "practitioner"} | day_typed("steps-0-due_on", 7)
    return {"seen": plan.edits, "own_words": "I want to go out alone.", "target": "8"} | step | changes


def test_a_goal_is_added_with_its_steps(client, practitioner, case, plan, at):
    assert client.post(at("add_goal", case, plan.pk), a_goal(plan)).status_code == 302
    goal = plan.goals.last()
    [step] = goal.steps.all()
    assert (goal.own_words, goal.target) == ("I want to go out alone.", 8)
    assert (step.what, step.who, step.status) == ("Ring on Monday.", "practitioner", "not_started")
    assert step.due_on == timezone.localdate() + timedelta(days=7)


@pytest.mark.requirement("R-nat-24")
@pytest.mark.parametrize("words", ["", "   "])
def test_a_goal_without_their_own_words_is_refused_with_every_word_kept(client, practitioner, case, plan, at, words):
    answers = a_goal(plan, own_words=words, practitioner_wording="Independence.")
    page = client.post(at("add_goal", case, plan.pk), answers)
    assert list(page.context["form"].errors) == ["own_words"]
    assert "Independence." in page.text
    assert "Ring on Monday." in page.text


def test_another_step_is_a_way_to_send_the_page_and_saves_nothing(client, practitioner, case, plan, at):
    page = client.post(at("add_goal", case, plan.pk), a_goal(plan, own_words="", add="steps"))
    assert (page.status_code, len(page.context["form"].rows["steps"].forms)) == (200, 2)
    assert not page.context["form"].errors
    assert "Ring on Monday." in page.text
    page = client.post(at("add_goal", case, plan.pk), a_goal(plan, remove="steps-0"))
    assert "Ring on Monday." not in page.text
    assert plan.goals.count() == 1


def test_a_goal_is_changed_and_its_step_keeps_how_it_goes(client, practitioner, case, plan, at):
    goal = plan.goals.get()
    step = goal.steps.get()
    Step.objects.filter(pk=step.pk).update(status="in_progress", note="Half way.")
    page = client.get(at("goal", case, goal.pk))
    [row] = page.context["form"].rows["steps"]
    assert (row["what"].value(), row["pk"].value()) == (step.what, str(step.pk))

    client.post(at("goal", case, goal.pk), a_goal(plan, **{"steps-0-pk": step.pk}))

    step.refresh_from_db()
    assert (step.what, step.status, step.note) == ("Ring on Monday.", "in_progress", "Half way.")


def test_a_step_without_what_is_done_is_named(client, practitioner, case, plan, at):
    page = client.post(at("add_goal", case, plan.pk), a_goal(plan, **{"steps-0-what": ""}))
    assert "steps" in page.context["form"].errors or page.context["form"].rows["steps"].forms[0].errors
    assert plan.goals.count() == 1


def test_a_goal_is_left_out_once_its_page_was_asked(client, practitioner, case, plan, at):
    goal = plan.goals.get()
    page = client.get(at("remove_goal", case, goal.pk))
    assert goal.own_words in page.text
    assert "It stands in no earlier version." in page.text
    assert Goal.objects.exists()
    sent = client.post(at("remove_goal", case, goal.pk), {"seen": page.context["form"]["seen"].value()})
    assert sent.url == plan.get_absolute_url()
    assert not Goal.objects.exists()


def test_a_goal_that_went_on_from_an_earlier_version_stays_there(client, practitioner, case, at):
    before = SupportPlanFactory(case=case, active=True)
    goal = operations.start_plan(case, by=practitioner).goals.get()
    assert "In earlier versions it stays" in client.get(at("remove_goal", case, goal.pk)).text
    client.post(at("remove_goal", case, goal.pk), {"seen": 0})
    assert Goal.objects.get() == before.goals.get()


@pytest.mark.parametrize("sent", [{"seen": 0}, {}])
def test_a_goal_is_not_left_out_of_words_that_nobody_has_read(client, practitioner, case, plan, at, sent):
    goal = plan.goals.get()
    url = at("remove_goal", case, goal.pk)
    client.post(at("goal", case, goal.pk), a_goal(plan, own_words="I want my own key."))
    page = client.post(url, sent)
    assert page.status_code == 409
    assert "I want my own key." in page.text
    assert Goal.objects.filter(pk=goal.pk).exists()
    assert client.post(url, {"seen": page.context["form"]["seen"].value()}).status_code == 302
    assert not Goal.objects.exists()


# In use


def test_goals_are_rated(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True)
    goal = plan.goals.get()
    said = {"voice": "young_person", "occasion": "start", f"goal_{goal.pk}": "0"} | day_typed("rated_on", -1)
    assert client.post(at("rate_goals", case, plan.pk), said).status_code == 302
    rating = GoalRating.objects.get()
    assert (rating.value, rating.voice, rating.by) == (0, "young_person", practitioner)
    page = client.post(at("rate_goals", case, plan.pk), said | {f"goal_{goal.pk}": ""})
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("value", ["11", "-1", "3.5", "x"])
def test_a_number_is_from_0_to_10(client, practitioner, case, at, value):
    said = {"voice": "young_person", "occasion": "start", "wellbeing": value} | day_typed("rated_on", 0)
    page = client.post(at("scales", case), said)
    assert list(page.context["form"].errors) == ["wellbeing"]


@pytest.mark.requirement("R-nat-23")
def test_scales_show_first_and_latest_and_what_is_still_to_ask(client, practitioner, case, at):
    ScaleRatingFactory(case=case, question="wellbeing", value=2)
    said = {"voice": "young_person", "occasion": "review", "wellbeing": "7"} | day_typed("rated_on", 0)
    client.post(at("scales", case), said)
    page = client.get(at("scales", case))
    [row] = page.context["rows"]
    assert (row["question"], row["first"], row["latest"]) == ("How well do you feel?", 2, 7)
    assert page.context["lacking"] == ["How well can you get through hard days?"]
    assert ScaleRating.objects.count() == 2


def test_a_step_is_told(client, practitioner, case, at):
    step = Step.objects.get(goal__plan=SupportPlanFactory(case=case, active=True))
    client.post(at("step", case, step.pk), {"status": "done", "note": "She did it."})
    step.refresh_from_db()
    assert (step.status, step.note) == ("done", "She did it.")


def test_a_plan_ends_with_a_reason(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True)
    client.post(at("end_plan", case, plan.pk), {"status": "completed", "because": "Done."} | day_typed("on", 0))
    plan.refresh_from_db()
    assert (plan.status, plan.ended_because) == ("completed", "Done.")


NO_NEED, NO_SESSION = "No need of the assessment stands behind it.", "No session has gone towards this goal yet."


def test_the_golden_thread_says_what_is_missing(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True)
    [goal] = client.get(at("golden_thread", case)).context["goals"]
    assert goal["missing"] == [NO_NEED, NO_SESSION, "Nobody has said yet how near it is."]
    GoalRatingFactory(goal=plan.goals.get())
    [goal] = client.get(at("golden_thread", case)).context["goals"]
    assert goal["missing"] == [NO_NEED, NO_SESSION]
    assert goal["near"].startswith("3 of 10 on ")
    page = client.get(at("golden_thread", case))
    assert "<svg" in page.text
    assert "The same as a table" in page.text


def test_the_golden_thread_of_no_plan_leads_to_the_plan(client, practitioner, case, at):
    assert reverse("cases:plan", args=[case.reference]) in client.get(at("golden_thread", case)).text


def test_a_closed_case_is_read_and_offers_nothing_to_write(client, stand_before, at):
    case = CaseFactory(closed=True)
    SupportPlanFactory(case=case, active=True)
    stand_before("team_manager", case)
    assert set(client.get(at("plan", case)).context["may"]) == {"scales", "golden_thread"}
    assert not client.get(at("scales", case)).context["may_ask"]
    assert not client.get(at("safety", case)).context["may_write"]


def test_a_case_with_a_carer_alone_begins_no_plan(client, practitioner, case, at):
    Case.objects.filter(pk=case.pk).update(kind="carer_only", status="awaiting_allocation")
    assert "start_plan" not in client.get(at("plan", case)).context["may"]
    assert client.post(at("start_plan", case)).status_code == 302
    assert not SupportPlan.objects.exists()
