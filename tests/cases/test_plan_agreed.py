"""To agree a plan through its page: with their yes, once they have seen it, and never on words nobody has read."""

import pytest
from django.utils import timezone

from cases import operations
from cases.models import Case, SupportPlan
from tests.cases.typed import day_typed
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import GoalFactory, SupportPlanFactory
from ui.times import long_date

pytestmark = pytest.mark.django_db

AGREED = {"participation": "co_wrote", "agreement": "agreed", "copy_is_safe": "yes"}


@pytest.fixture
def case():
    return CaseFactory(planning=True)


@pytest.fixture
def plan(case):
    return SupportPlanFactory(case=case, with_goal=True)


def agreed(plan, day=0, **changes):
    return AGREED | day_typed("agreed_on", day) | {"seen": plan.edits} | changes


def test_to_agree_it_starts_support_and_asks_how_near_the_goals_are(client, practitioner, case, plan, at):
    response = client.post(at("agree_plan", case, plan.pk), agreed(plan))
    assert response.url == at("rate_goals", case, plan.pk) + "?occasion=start"
    plan.refresh_from_db()
    found = Case.objects.get(pk=case.pk)
    assert (plan.status, plan.agreed_by, plan.copy_is_safe) == ("active", practitioner, "yes")
    assert (found.status, found.support_started_on) == ("active", timezone.localdate())


@pytest.mark.requirement("R-nat-02")
def test_a_plan_without_a_goal_is_not_agreed_and_the_page_says_why(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case)
    ConsentEventFactory(case=case)
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan))
    assert page.status_code == 409
    assert "The plan has no goal yet." in page.text
    plan.refresh_from_db()
    assert plan.status == "drafting"


@pytest.mark.requirement("R-nat-21")
@pytest.mark.parametrize("name", ["participation", "agreement"])
def test_how_they_took_part_and_what_they_say_is_asked(client, practitioner, case, plan, at, name):
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, **{name: ""}))
    assert list(page.context["form"].errors) == [name]


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"participation": "not_yet_able"}, "participation_reason"),
        ({"agreement": "agreed_in_part"}, "agreement_reason"),
        ({"agreement": "not_shown_yet", "participation": "contributed_in_session"}, "agreement_reason"),
        ({"agreement": "not_agreed"}, "agreement_reason"),
    ],
)
def test_less_than_a_yes_asks_why(client, practitioner, case, plan, at, changes, lacking):
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, **changes))
    assert list(page.context["form"].errors) == [lacking]
    answer = client.post(at("agree_plan", case, plan.pk), agreed(plan, **changes, **{lacking: "In hospital."}))
    assert answer.status_code == 302


@pytest.mark.parametrize("day", [1, -400])
def test_it_is_agreed_today_or_before_and_not_before_the_case_was_opened(client, practitioner, case, plan, at, day):
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, day))
    assert list(page.context["form"].errors) == ["agreed_on"]


def test_a_stale_tab_that_agrees_an_old_text_is_told_and_loses_nothing(client, practitioner, case, plan, at):
    client.post(at("write_plan", case, plan.pk), {"seen": 0, "what_matters": "Said since."})
    page = client.post(
        at("agree_plan", case, plan.pk), agreed(plan, agreement="agreed_in_part", agreement_reason="Not all of it.")
    )
    assert page.status_code == 409
    assert "Said since." in page.text
    assert "Not all of it." in page.text
    plan.refresh_from_db()
    assert plan.status == "drafting"


@pytest.mark.requirement("R-nat-14")
def test_an_open_page_sent_after_they_withdrew_starts_nothing_and_says_so(client, practitioner, case, plan, at):
    url, open_page = at("agree_plan", case, plan.pk), agreed(plan, agreement="agreed_in_part", agreement_reason="Most.")
    operations.withdraw_consent(case, by=practitioner)
    page = client.post(url, open_page)
    assert page.status_code == 409
    assert "The young person said no to taking part. While that stands, no plan is put to use." in page.text
    assert at("consent", case) in page.text
    assert page.context["form"]["agreement_reason"].value() == "Most."
    case.refresh_from_db()
    assert (case.status, case.support_started_on) == ("planning", None)


def test_before_they_have_said_yes_the_page_says_that_no_plan_is_put_to_use(client, practitioner, case, at):
    plan = GoalFactory(plan__case=case).plan
    assert "Until then no plan is put to use." in client.get(at("agree_plan", case, plan.pk)).text
    ConsentEventFactory(case=case)
    assert "Until then no plan is put to use." not in client.get(at("agree_plan", case, plan.pk)).text


def test_what_they_wrote_with_us_or_were_shown_they_have_seen(client, practitioner, case, plan, at):
    unseen = {"agreement": "not_shown_yet", "agreement_reason": "In hospital."}
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, **unseen))
    assert list(page.context["form"].errors) == ["agreement"]
    SupportPlan.objects.filter(pk=plan.pk).update(status="shared", shared_on=timezone.localdate())
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, participation="via_advocate", **unseen))
    assert "It is kept that they saw it on" in page.text


def test_why_they_have_not_seen_it_is_kept_and_support_does_not_begin(client, practitioner, case, plan, at):
    unseen = {"agreement": "not_shown_yet", "agreement_reason": "In hospital.", "participation": "via_advocate"}
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, **unseen), follow=True)
    assert "A plan they have not seen is not put to use" in page.text
    assert "They have not seen it yet: In hospital." in page.text
    case.refresh_from_db()
    assert (case.status, case.support_started_on) == ("planning", None)


def test_who_agrees_second_hears_who_was_first(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True, agreed_by=UserFactory(full_name="Carys Jones"))
    typed = {"agreement": "agreed_in_part", "agreement_reason": "Not the evenings."}
    page = client.post(at("agree_plan", case, plan.pk), agreed(plan, **typed))
    assert page.status_code == 409
    first = f"Carys Jones agreed this plan on {long_date(plan.agreed_on)}. It is “In use” now."
    assert first in page.text
    assert 'name="agreement"' not in page.text
    assert (page.context["plan"], page.context["typed"]) == (plan, ["Not the evenings."])


def test_who_ends_it_second_hears_who_was_first(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, completed=True, ended_by=UserFactory(full_name="Carys Jones"))
    sent = {"status": "ended_early", "because": "She moved away."} | day_typed("on", 0)
    page = client.post(at("end_plan", case, plan.pk), sent)
    assert page.status_code == 409
    assert f"Carys Jones ended this plan on {long_date(plan.ended_on)}. It is “Completed” now." in page.text
    assert page.context["typed"] == ["She moved away."]


def test_shown_today_is_one_press(client, practitioner, case, plan, at):
    assert '<input type="hidden" name="seen" value="0">' in client.get(at("plan", case)).text
    client.post(at("share_plan", case, plan.pk), {"seen": 0})
    client.post(at("share_plan", case, plan.pk), {"seen": 0})
    plan.refresh_from_db()
    assert (plan.status, plan.shared_on) == ("shared", timezone.localdate())


@pytest.mark.parametrize("sent", [{"seen": 0}, {}])
def test_what_was_written_since_they_have_not_seen(client, practitioner, case, plan, at, sent):
    url = at("share_plan", case, plan.pk)
    client.post(at("write_plan", case, plan.pk), {"seen": 0, "what_matters": "Said since."})
    page = client.post(url, sent)
    assert page.status_code == 409
    assert "Said since." in page.text
    plan.refresh_from_db()
    assert plan.status == "drafting"
    client.post(url, {"seen": page.context["form"]["seen"].value()})
    plan.refresh_from_db()
    assert plan.status == "shared"
