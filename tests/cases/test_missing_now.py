"""Who is missing stands above everything on the pages that staff begin their day on."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

PAGES = ["home", "reminders:my_work", "safeguarding:concerns"]


@pytest.fixture
def missing(case):
    return MissingEpisodeFactory(case=case, police_told="no", police_reference="", possible_place="Cherry Street")


def shown(client, page):
    return [row["reference"] for row in client.get(reverse(page)).context["missing"]]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_may_open_the_case_finds_it_first(client, stand_before, case, missing, page, who):
    stand_before(who, case)
    answer = client.get(reverse(page))
    main = answer.text.partition("<main")[2]
    assert main.index("Missing now") < main.index("The police do not know.")
    assert "Missing now" in main.partition("<section")[2].partition("</section>")[0]
    assert missing.get_absolute_url() in main
    assert "Cherry Street" not in main
    seen = AuditEvent.objects.filter(verb__in=["home.viewed", "my_work.viewed", "concerns.listed"]).latest("pk")
    assert seen.facts["missing"] == [missing.pk]


@pytest.mark.parametrize("page", PAGES)
def test_a_safeguarding_lead_does_while_there_is_a_concern(client, stand_before, case, missing, page):
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert shown(client, page) == []
    ConcernFactory(subject=case.subject)
    assert shown(client, page) == [case.reference]


@pytest.mark.parametrize(
    "who", ["excluded_manager", "colleague_without_need_to_know", "manager_elsewhere", Role.DATA_PROTECTION]
)
def test_nobody_else_does(client, stand_before, case, missing, who):
    stand_before(who, case)
    assert shown(client, "home") == []


def test_nor_of_a_case_that_ended_or_of_who_is_back(client, stand_before, case):
    MissingEpisodeFactory(case=case, back=True)
    stand_before(Role.TEAM_MANAGER, case)
    ended = MissingEpisodeFactory(case__closed=True, case__referral__centre=case.centre)
    assert ended.case.centre == case.centre
    assert shown(client, "home") == []
    assert "Missing now" not in client.get(reverse("home")).text


def test_concerns_that_wait_stand_before_sessions_and_tasks(client, stand_before, case):
    stand_before("lead", case)
    page = client.get(reverse("home")).text
    assert page.index("My sessions") < page.index("No concern is waiting for you.")
    ConcernFactory(subject=case.subject)
    page = client.get(reverse("home")).text
    assert page.index("Concerns waiting to be acknowledged") < page.index("My sessions")
