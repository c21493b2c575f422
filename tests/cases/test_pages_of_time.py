"""Reviews, more time, what waits for a manager and the forecast, through their pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases.models import ExtensionRequest, Review
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.ending import EndingFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from ui.times import long_date, time_of_day

pytestmark = pytest.mark.django_db

TYPED = {
    "what_changed": "School goes well.",
    "own_words": "I am glad we talk.",
    "safety": "Nothing has changed.",
    "consent_check": "still_wanted",
    "outcome": "continue",
    "because": "The plan fits.",
}
ASKED = {
    "needs": "A safe way home.",
    "what_will_differ": "We go there together.",
    "view": "unsure",
    "own_words": "Maybe.",
    "safety": "As before.",
    "alternatives": "The youth service.",
}


@pytest.fixture
def case():
    return CaseFactory(later=True)


def typed(name, day):
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def today():
    return timezone.localdate()


# Reviews


def test_a_review_is_held_through_its_page(client, practitioner, case, at):
    review = ReviewFactory(case=case)
    response = client.post(at("hold_review", case, review.pk), TYPED | typed("held_on", today()))
    assert response.url == at("reviews", case)
    page = client.get(response.url)
    assert page.context["to_hold"] == []
    assert page.context["held"][0]["outcome"] == "Go on as planned"
    assert "I am glad we talk." in page.text


def test_a_review_in_between_is_written_down(client, practitioner, case, at):
    client.post(at("new_review", case), TYPED | typed("held_on", today()))
    assert Review.objects.get().held_by == practitioner


def test_the_six_month_decision_offers_its_four_answers_and_no_other(client, practitioner, case, at):
    url = at("hold_review", case, ReviewFactory(case=case, decision=True).pk)
    offered = [value for value, _label in client.get(url).context["form"].fields["outcome"].choices]
    assert offered == ["end_as_planned", "extend", "step_down", "transfer"]
    page = client.post(url, TYPED | typed("held_on", today()))
    assert list(page.context["form"].errors) == ["outcome"]


def test_a_stale_page_is_told_and_loses_no_word(client, practitioner, case, at):
    review = ReviewFactory(case=case, held=True)
    page = client.post(at("hold_review", case, review.pk), TYPED | typed("held_on", today()))
    assert page.status_code == 409
    assert "School goes well." in page.text


def test_a_review_is_said_not_to_be_needed(client, practitioner, case, at):
    review = ReviewFactory(case=case)
    client.post(at("cancel_review", case, review.pk), {"because": "We met last week."})
    assert [row.pk for row in client.get(at("reviews", case)).context["cancelled"]] == [review.pk]


def test_what_is_asked_for_and_what_is_late_is_said_in_words(client, practitioner, case, at):
    ReviewFactory(case=case, due_on=today() - timedelta(days=1))
    ReviewFactory(case=case, due_on=today() + timedelta(days=30))
    late, later = client.get(at("reviews", case)).context["to_hold"]
    assert (late["is_late"], late["is_asked_for"], later["is_late"], later["is_asked_for"]) == (
        True,
        True,
        False,
        False,
    )
    assert late["due"].startswith("Was due")


@pytest.mark.parametrize("count", [1, 3])
def test_reviews_ask_as_often_for_three_as_for_one(client, practitioner, case, at, count, django_assert_num_queries):
    for number in range(count):
        day = today() + timedelta(days=number)
        ReviewFactory(case=case, due_on=day)
        ReviewFactory(case=case, due_on=day, kind="three_month", held=True)
        ReviewFactory(case=case, due_on=day, kind="extension", cancelled=True)
        ExtensionRequestFactory(case=case, decided=True)
    with django_assert_num_queries(REVIEWS_PAGE):
        client.get(at("reviews", case))


REVIEWS_PAGE = 12


# More time


@pytest.mark.requirement("R-nat-26")
def test_more_time_is_asked_for_by_one_and_approved_by_another(client, practitioner, stand_before, case, at):
    until = case.planned_end_on + timedelta(days=60)
    response = client.post(at("request_extension", case), ASKED | typed("until_on", until))
    assert response.url == at("reviews", case)
    request = ExtensionRequest.objects.get()
    assert (request.requested_by, request.view, request.own_words) == (practitioner, "unsure", "Maybe.")

    stand_before(Role.TEAM_MANAGER, case)
    [row] = client.get(reverse("cases:approvals")).context["rows"]
    assert row["clock"].startswith("Day ")
    assert row["consent"]["words"] == "Consent: not asked yet"
    assert "Maybe." in client.get(row["url"]).text
    client.post(row["url"], {"decision": "approved", "reasons": "It is needed."})
    case.refresh_from_db()
    assert case.planned_end_on == until
    assert client.get(reverse("cases:approvals")).context["rows"] == []


@pytest.mark.requirement("R-nat-26")
def test_a_day_past_twelve_months_is_refused_in_a_sentence(client, practitioner, case, at):
    page = client.post(at("request_extension", case), ASKED | typed("until_on", case.most_end_on + timedelta(days=1)))
    assert list(page.context["form"].errors) == ["until_on"]
    assert "Maybe." in page.text
    assert not ExtensionRequest.objects.exists()


def test_a_second_request_is_told_that_one_waits(client, practitioner, case, at):
    ExtensionRequestFactory(case=case)
    page = client.post(at("request_extension", case), ASKED | typed("until_on", case.most_end_on))
    assert page.status_code == 409
    assert "A request for more time waits for a decision already." in page.text
    assert page.context["form"]["own_words"].value() == "Maybe."
    assert ExtensionRequest.objects.count() == 1


@time_machine.travel("2026-11-20 12:00", tick=False)
def test_before_the_six_month_decision_opens_the_page_says_from_when_more_time_is_asked_for(client, stand_before, at):
    case = CaseFactory(active=True)
    stand_before("lead", case)
    page = client.get(at("reviews", case))
    says = "More time can be asked for from 4 April 2027, when the six-month decision opens."
    assert not page.context["may_ask"]
    assert says in page.text
    assert says in client.get(at("request_extension", case)).text
    page = client.post(at("request_extension", case), ASKED | typed("until_on", case.most_end_on))
    assert (page.status_code, says in page.text) == (409, True)
    assert page.context["form"]["own_words"].value() == "Maybe."


def test_once_they_said_no_more_time_is_neither_asked_for_nor_approved(client, manager, case, at):
    request = ExtensionRequestFactory(case=case)
    ConsentEventFactory(case=case, no=True)
    says = "While that stands, more time is neither asked for nor approved."
    assert says in client.get(at("reviews", case)).text
    page = client.post(at("extension", case, request.pk), {"decision": "approved", "reasons": "It is needed."})
    assert (page.status_code, says in page.text) == (409, True)
    assert page.context["form"]["reasons"].value() == "It is needed."
    client.post(at("extension", case, request.pk), {"decision": "not_approved", "reasons": "They said no."})
    request.refresh_from_db()
    assert request.decision == "not_approved"


def test_what_was_asked_for_once_is_the_draft_of_what_more_is_said(client, practitioner, case, at):
    assert client.get(at("request_extension", case)).context["form"].initial == {}
    before = ExtensionRequestFactory(case=case, decided=True, decision="more_information")
    assert client.get(at("reviews", case)).context["may_ask"]
    page = client.get(at("request_extension", case))
    assert page.context["form"].initial["needs"] == before.needs
    assert before.alternatives in page.text
    ExtensionRequestFactory(case=case)
    assert not client.get(at("reviews", case)).context["may_ask"]


def test_an_ending_case_is_offered_no_more_time(client, stand_before, at):
    case = CaseFactory(ending=True)
    stand_before("lead", case)
    assert not client.get(at("reviews", case)).context["may_ask"]
    page = client.post(at("request_extension", case), ASKED | typed("until_on", case.most_end_on))
    assert page.status_code == 409


def test_a_shorter_time_needs_its_day(client, manager, case, at):
    request = ExtensionRequestFactory(case=case)
    url, answers = at("extension", case, request.pk), {"decision": "approved_shorter", "reasons": "Enough."}
    assert list(client.post(url, answers).context["form"].errors) == ["approved_until_on"]
    day = case.planned_end_on + timedelta(days=30)
    client.post(url, answers | typed("approved_until_on", day))
    case.refresh_from_db()
    assert case.planned_end_on == day


def test_a_manager_who_was_second_reads_who_decided_what_and_has_no_form_any_more(client, manager, case, at):
    decided_at = timezone.now().replace(hour=9, minute=0)
    request = ExtensionRequestFactory(
        case=case, decided=True, decided_by__full_name="Carys Jones", decided_at=decided_at
    )
    page = client.post(at("extension", case, request.pk), {"decision": "approved", "reasons": "My reasons."})
    assert page.status_code == 409
    day = long_date(request.decided_at)
    told = f"Carys Jones decided on this request on {day} at {time_of_day(decided_at)}: “Not approved”."
    assert told in page.text
    assert request.reasons in page.text
    assert 'name="decision"' not in page.text
    assert page.context["typed"] == ["My reasons."]


# What waits for a manager


def test_a_request_of_ones_own_is_shown_and_waits_for_another(client, manager, case, at):
    own = ExtensionRequestFactory(case=case, requested_by=manager)
    [row] = client.get(reverse("cases:approvals")).context["rows"]
    assert row["is_own"]
    page = client.get(at("extension", case, own.pk))
    assert not page.context["may_decide"]
    assert "another manager decides" in page.text


def test_what_is_elsewhere_or_closed_to_them_does_not_wait_for_a_manager(client, manager, case):
    ExtensionRequestFactory()
    shut = CaseFactory(active=True, referral__centre=case.centre)
    ExclusionFactory(subject=shut.subject, user=manager)
    ExtensionRequestFactory(case=shut)
    ExtensionRequestFactory(case=case, decided=True)
    assert client.get(reverse("cases:approvals")).context["rows"] == []


def test_an_ending_waits_there_too_until_it_is_signed_off_or_goes_back(client, manager, case):
    ending = CaseFactory(ending=True, referral__centre=case.centre)
    proposed = EndingFactory(case=ending, proposed=True)
    EndingFactory(case__referral__centre=case.centre, sent_back=True)
    EndingFactory(proposed=True)
    own = EndingFactory(case__referral__centre=case.centre, proposed=True, proposed_by=manager)
    rows = client.get(reverse("cases:approvals")).context["endings"]
    assert [(row["pk"], row["is_own"]) for row in rows] == [(proposed.pk, False), (own.pk, True)]
    assert rows[0]["url"] == f"{ending.get_absolute_url()}ending/"


@pytest.mark.parametrize("count", [1, 3])
def test_approvals_ask_as_often_for_three_as_for_one(client, manager, case, count, django_assert_num_queries):
    for _more in range(count):
        ExtensionRequestFactory(case=CaseFactory(active=True, referral__centre=case.centre))
        EndingFactory(case__referral__centre=case.centre, proposed=True)
    with django_assert_num_queries(APPROVALS_PAGE):
        assert len(client.get(reverse("cases:approvals")).context["rows"]) == count


APPROVALS_PAGE = 12  # the cases with what consent says, in a statement of their own


# The forecast


@pytest.mark.requirement("R-nat-27")
@time_machine.travel("2026-11-20 12:00", tick=False)
def test_the_forecast_counts_who_gets_there_month_by_month(client, sign_in, case):
    centre = case.centre
    sign_in(Role.SERVICE_MANAGER, at=centre)
    for day in (date(2026, 8, 31), date(2026, 8, 30), date(2026, 2, 1), date(2025, 12, 31)):
        CaseFactory(active=True, support_started_on=day, referral__centre=centre)
    CaseFactory(active=True, support_started_on=date(2026, 8, 31))  # another centre's
    CaseFactory(closed=True, support_started_on=date(2026, 8, 31), referral__centre=centre)
    CaseFactory(referral__centre=centre)
    ReferralFactory.create_batch(2, centre=centre, accepted=True)

    page = client.get(reverse("cases:forecast"))

    months = {month.first: month for month in page.context["months"]}
    assert list(months)[0] == date(2026, 11, 1)
    assert len(months) == 13
    assert (months[date(2027, 2, 1)].reach_initial, months[date(2027, 2, 1)].planned_to_end) == (2, 2)
    assert months[date(2027, 8, 1)].reach_most == 2
    assert months[date(2026, 12, 1)].reach_most == 1
    assert months[date(2027, 2, 1)].reach_most == 1
    assert page.context["waiting"] == 2


@time_machine.travel("2027-09-01 12:00", tick=False)
def test_who_is_past_their_end_and_who_is_past_twelve_months_stands_there_and_stays_open(client, sign_in):
    over = CaseFactory(active=True, support_started_on=date(2026, 8, 31))
    late = CaseFactory(active=True, support_started_on=date(2027, 2, 1), referral__centre=over.centre)
    CaseFactory(active=True, support_started_on=date(2027, 6, 1), referral__centre=over.centre)
    user = sign_in(Role.TEAM_MANAGER, at=over.centre)
    page = client.get(reverse("cases:forecast"))
    assert [row["reference"] for row in page.context["past_most"]] == [over.reference]
    assert [row["reference"] for row in page.context["past_end"]] == [late.reference]
    [event] = AuditEvent.objects.filter(verb="forecast.viewed")
    assert (event.actor_id, event.facts["shown"]) == (user.pk, [over.pk, late.pk])
    over.refresh_from_db()
    assert over.is_open


@pytest.mark.parametrize("count", [1, 3])
def test_the_forecast_asks_as_often_for_three_as_for_one(client, manager, case, count, django_assert_num_queries):
    for number in range(count):
        late = CaseFactory(active=True, support_started_on=date(2026, 1, 1 + number), referral__centre=case.centre)
        AssignmentFactory(case=late)
        ReferralFactory(centre=case.centre, accepted=True)
    with django_assert_num_queries(FORECAST_PAGE):
        client.get(reverse("cases:forecast"))


FORECAST_PAGE = 12


def test_a_manager_of_two_centres_sees_both(client, manager, case):
    other = CaseFactory(later=True)
    MembershipFactory(user=manager, centre=other.centre, role=Role.TEAM_MANAGER)
    month = case.support_started_on.replace(day=1)
    counted = {row.first: row.reach_most for row in client.get(reverse("cases:forecast")).context["months"]}
    assert counted[month.replace(year=month.year + 1)] == 2


# The next review, on the head and in the caseload


@time_machine.travel("2026-11-20 12:00", tick=False)
@pytest.mark.parametrize(
    ("due_on", "words", "is_late"),
    [
        (date(2026, 11, 20), "Next: Plan review by Friday 20 November", False),
        (date(2026, 11, 19), "Plan review was due on Thursday 19 November", True),
    ],
)
def test_the_next_review_stands_on_the_head_and_in_the_caseload(client, sign_in, due_on, words, is_late):
    case = CaseFactory(active=True)
    user = sign_in(Role.PRACTITIONER, at=case.centre)
    AssignmentFactory(case=case, user=user)
    ReviewFactory(case=case, due_on=due_on)
    ReviewFactory(case=case, due_on=due_on - timedelta(days=1), kind="settling_in", cancelled=True)
    ReviewFactory(case=case, due_on=due_on + timedelta(days=1), kind="ending")
    head, [row] = (
        client.get(case.get_absolute_url()).context["head"], client.get(reverse("cases:caseload")).context["rows"],
    )  # fmt: skip
    assert (head["review"], head["is_review_late"]) == (row["review"], row["is_review_late"]) == (words, is_late)


def test_a_case_without_a_review_to_come_says_nothing_of_it(client, practitioner, case):
    assert client.get(case.get_absolute_url()).context["head"]["review"] == ""
