"""What people were told of and what they think of us, through their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from sessions.models import Feedback, Signpost
from tests.cases import ladder
from tests.factories.cases import AssignmentFactory
from tests.factories.ending import EndingFactory
from tests.factories.people import AccessGrantFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.signposts import FeedbackFactory, ResourceFactory, SignpostFactory

pytestmark = pytest.mark.django_db

READS = ["signposts", "feedback"]
WRITES = ["signpost", "ask_feedback", "take_back_quote"]
WAYS = [*(("get", name) for name in [*READS, *WRITES]), *(("post", name) for name in WRITES)]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]


def typed(name="given_on", count=0):
    day = timezone.localdate() + timedelta(days=count)
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.fixture
def at(case):
    quoted = FeedbackFactory(case=case, quotable=True)
    return lambda name: _at(name, case.reference, quoted.pk)


def _at(name, reference, pk=1):
    return reverse(f"sessions:{name}", args=[reference, *([pk] if name == "take_back_quote" else [])])


def elsewhere(name):
    return _at(name, "PR-2222-22")


# The ladder


def test_a_visitor_is_sent_to_sign_in(client, at):
    ladder.is_sent_to_sign_in(client, [(name, method, at(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, at, who):
    ways = [(name, method, at(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_sees_the_case_for_a_concern_alone_is_refused(client, stand_before, case, at):
    ConcernFactory(subject=case.subject)
    ways = [(name, method, at(name)) for method, name in WAYS]
    stand_before(Role.SAFEGUARDING_LEAD, case)
    ladder.is_refused(client, ways)


def test_who_only_reads_the_case_on_does_not_write(client, stand_before, case, at):
    before = stand_before("practitioner_before", case)
    AccessGrantFactory(subject=case.subject, user=before)
    assert {client.get(at(name)).status_code for name in READS} == {200}
    ladder.is_refused(client, [(name, method, at(name)) for method in ("get", "post") for name in WRITES])


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, at, who):
    ways = [(name, "get", at(name)) for name in [*READS, *WRITES]]
    stand_before(who, case)
    ladder.opens(client, ways)


def test_words_of_another_case_are_not_reached_through_this_one(client, practitioner, case):
    other = FeedbackFactory(quotable=True).pk
    for method in (client.get, client.post):
        assert method(_at("take_back_quote", case.reference, other)).status_code == 404


# Telling somebody of something

ANSWERS = {"for_whom": "young_person", "how": "said", "was_safe": "yes"}


def test_something_of_the_library_is_given(client, practitioner, case, at):
    resource = ResourceFactory(centre=case.centre)
    response = client.post(at("signpost"), ANSWERS | typed() | {"what": resource.pk, "other": "not asked"})
    assert response.status_code == 302, response.context["form"].errors
    given = Signpost.objects.get()
    assert (given.resource, given.other, given.was_safe, given.by) == (resource, "", "yes", practitioner)
    page = client.get(at("signposts")).text
    assert str(resource) in page
    assert "Safe to have" in page


def test_what_is_on_no_list_and_not_safe_is_said_in_words(client, practitioner, case, at):
    answers = ANSWERS | typed() | {"what": "other", "was_safe": "no"}
    page = client.post(at("signpost"), answers)
    assert set(page.context["form"].errors) == {"other", "safety"}
    client.post(at("signpost"), answers | {"other": "The boxing club", "safety": "Told her the way."})
    assert Signpost.objects.get().what == "The boxing club"
    assert "Told her the way." in client.get(at("signposts")).text


def test_what_another_centre_has_or_nobody_has_any_more_is_no_choice(client, practitioner, case, at):
    for resource in (ResourceFactory(centre=AssignmentFactory().case.centre), ResourceFactory(retired_on="2026-01-01")):
        page = client.post(at("signpost"), ANSWERS | typed() | {"what": resource.pk})
        assert "what" in page.context["form"].errors
    page = client.post(at("signpost"), ANSWERS | typed(count=1) | {"what": "other", "other": "Chess"})
    assert "given_on" in page.context["form"].errors
    assert not Signpost.objects.exists()


@pytest.mark.parametrize("name", READS)
def test_a_list_asks_the_same_of_three_as_of_one(client, practitioner, case, at, name, django_assert_num_queries):
    factory = {"signposts": SignpostFactory, "feedback": FeedbackFactory}[name]
    for _ in range(2):
        factory(case=case)
        with django_assert_num_queries(QUERIES[name]):
            client.get(at(name))
        factory.create_batch(2, case=case)


QUERIES = {"signposts": 12, "feedback": 11}


# What they think of us

SAID = {"occasion": "settling_in", "answered": "given", "how": "told_us", "it_helps": "7"}


def test_what_they_think_is_kept_with_their_answer_about_quoting(client, practitioner, case, at):
    answers = SAID | typed("asked_on") | {"said_to_change": "Ring less.", "may_quote": "no"}
    response = client.post(at("ask_feedback"), answers)
    assert response.status_code == 302, response.context["form"].errors
    told = Feedback.objects.exclude(may_quote="yes").get()
    assert (told.it_helps, told.feels_heard, told.said_to_change, told.may_quote) == (7, None, "Ring less.", "no")
    page = client.get(at("feedback")).text
    assert "7 of 10" in page
    assert "These words are not used anywhere else." in page


def test_whether_we_may_quote_is_asked_apart_and_answered_by_nobody_before(client, practitioner, at):
    assert (
        "checked"
        not in client.get(at("ask_feedback")).text.partition('name="may_quote"')[2].partition("</fieldset>")[0]
    )
    page = client.post(at("ask_feedback"), SAID | typed("asked_on") | {"said_of_us": "She waits."})
    assert set(page.context["form"].errors) == {"may_quote"}


def test_numbers_alone_are_quoted_by_nobody(client, practitioner, at):
    client.post(at("ask_feedback"), SAID | typed("asked_on") | {"may_quote": "yes"})
    assert Feedback.objects.get(it_helps=7, said_of_us="").may_quote == ""


def test_nothing_at_all_is_no_answer_and_to_answer_nothing_is_one(client, practitioner, at):
    nothing = SAID | typed("asked_on") | {"it_helps": ""}
    assert set(client.post(at("ask_feedback"), nothing).context["form"].errors) == {"said_of_us"}
    client.post(at("ask_feedback"), nothing | {"answered": "rather_not"})
    assert Feedback.objects.filter(answered="rather_not").exists()
    assert "They would rather not answer." in client.get(at("feedback")).text


@pytest.mark.requirement("R-nat-28", part="taken back from the page")
def test_they_take_their_words_back(client, practitioner, at):
    assert at("take_back_quote") in client.get(at("feedback")).text
    client.post(at("take_back_quote"))
    assert not Feedback.objects.quotable().exists()
    page = client.get(at("feedback")).text
    assert "They took it back" in page
    assert at("take_back_quote") not in page


def test_their_words_stand_on_no_page_of_the_case_but_this(client, manager, case, at):
    FeedbackFactory(case=case, said_of_us="Canary words.", said_to_change="Canary change.")
    assert "Canary words." in client.get(at("feedback")).text
    for name in ("case", "consent", "reviews", "tasks", "network"):
        assert "Canary" not in client.get(reverse(f"cases:{name}", args=[case.reference])).text


def test_an_ending_leads_to_where_they_are_asked_what_they_think(client, practitioner, case, at):
    EndingFactory(case=case)
    assert f'href="{at("feedback")}"' in client.get(reverse("cases:ending", args=[case.reference])).text
