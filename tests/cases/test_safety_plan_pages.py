"""The safety plan through its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import SafetyPlan
from tests.cases.typed import day_typed
from tests.factories.plans import SafetyPlanFactory

pytestmark = pytest.mark.django_db


def written(seen=0, **changes):
    answers = {"seen": seen, "adults_do": "The school walks with them.", "copy_kept": "none"}
    return answers | day_typed("look_again_on", 14) | changes


def test_without_one_the_page_says_how_it_begins(client, practitioner, case, at):
    assert at("write_safety_plan", case) in client.get(at("safety", case)).text


def test_it_is_written(client, practitioner, case, at):
    answers = written(triggers_for_review=["move", "court_date"], i_can_do="Ring Nan.")
    assert client.post(at("write_safety_plan", case), answers).url == at("safety", case)
    plan = SafetyPlan.objects.get()
    assert (plan.version, plan.by, plan.copy_kept) == (1, practitioner, "none")
    rows = client.get(at("safety", case)).context["rows"]
    assert (rows[0]["value"], rows[0]["is_strong"]) == ("The school walks with them.", True)
    assert rows[-1]["lines"] == ["They move home", "A court date"]


@pytest.mark.parametrize("words", ["", "  "])
def test_what_adults_will_do_is_never_left_out(client, practitioner, case, at, words):
    page = client.post(at("write_safety_plan", case), written(adults_do=words, i_can_do="Ring Nan."))
    assert list(page.context["form"].errors) == ["adults_do"]
    assert "Ring Nan." in page.text


@pytest.mark.parametrize("day", [0, 43])
def test_it_is_looked_at_again_within_six_weeks(client, practitioner, case, at, day):
    page = client.post(at("write_safety_plan", case), written(**day_typed("look_again_on", day)))
    assert list(page.context["form"].errors) == ["look_again_on"]


def test_the_next_version_begins_with_the_last_and_the_last_stays(client, practitioner, case, at):
    first = SafetyPlanFactory(case=case, safe_places="The library.")
    page = client.get(at("write_safety_plan", case))
    assert page.context["form"]["safe_places"].value() == "The library."
    client.post(at("write_safety_plan", case), written(seen=1, why_changed="They moved."))
    page = client.get(at("safety", case))
    assert (page.context["plan"].version, [row for row, _url in page.context["before"]]) == (2, [first])
    old = client.get(at("safety_plan", case, first.pk))
    assert "A newer version holds." in old.text


def test_who_writes_second_is_told_and_loses_nothing(client, practitioner, case, at):
    first = SafetyPlanFactory(case=case)
    page = client.post(at("write_safety_plan", case), written(seen=0, i_can_do="Ring Nan."))
    assert page.status_code == 409
    assert first.by.full_name in page.text
    assert "Ring Nan." in page.text
    assert SafetyPlan.objects.count() == 1


def test_one_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    assert client.get(at("safety_plan", case, SafetyPlanFactory().pk)).status_code == 404


def test_one_that_is_due_says_so(client, practitioner, case, at):
    day = timezone.localdate()
    SafetyPlanFactory(case=case, written_on=day - timedelta(days=30), look_again_on=day)
    assert client.get(at("safety", case)).context["is_due"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_as_often_for_three_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    for version in range(1, count + 1):
        SafetyPlanFactory(case=case, version=version)
    with django_assert_num_queries(SAFETY_PAGE):
        client.get(at("safety", case))


SAFETY_PAGE = 13
