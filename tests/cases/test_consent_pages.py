"""What was agreed, through its pages: said in a conversation, stopped in two clicks, read by who works with them."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.enums import Role
from cases import urls
from cases.enums import ALWAYS_EXPLAINED, CaseStatus, ConsentState
from cases.models import Case, ConsentEvent, ParentalView, PrivacyInformation, SharingPreference, Task
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import (
    ConsentEventFactory,
    ParentalViewFactory,
    PrivacyInformationFactory,
    SharingPreferenceFactory,
)
from tests.factories.people import ExclusionFactory, born
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import SafeContactFactory
from tests.routes import example, full_world
from tests.traces import leaves_no_trace
from tests.visitors import staff_client

pytestmark = pytest.mark.django_db

OPEN = [status for status in CaseStatus if status != CaseStatus.CLOSED]
CONSENT_PAGE = 14


def day(name, count=0):
    found = timezone.localdate() + timedelta(days=count)
    return {f"{name}_{part}": str(getattr(found, part)) for part in ("day", "month", "year")}


def yes(**other):
    """What a form sends after a conversation with somebody of fourteen, who wants to meet in person."""
    said = {
        "event": "given",
        "explained": list(ALWAYS_EXPLAINED),
        "format_used": ["talking"],
        "language": "en-gb",
        "modes": ["in_person"],
        "method": "verbal_in_person",
        "understanding": "He said it back.",
        "decision_basis": "gillick_competent",
        "competence_note": "He weighed it.",
        "pressure": "none",
        "own_words": "Yeah.",
    }
    return said | day("happened_on") | day("review_on", 30) | other


def state_of(case):
    return Case.objects.for_page().get(pk=case.pk).consent_state


@pytest.fixture
def works_on(sign_in):
    """Sign in as the lead of a case."""

    def lead(case):
        user = sign_in(Role.PRACTITIONER, at=case.centre)
        AssignmentFactory(case=case, user=user)
        return user

    return lead


# Two clicks


@pytest.mark.requirement("R-nat-13")
@pytest.mark.parametrize("state", OPEN)
def test_from_each_open_state_two_clicks_stop_the_work_without_a_reason(client, works_on, at, state):
    case = CaseFactory(**({} if state == CaseStatus.ENGAGING else {state.value: True}))
    works_on(case)
    ConsentEventFactory(case=case)
    url = client.get(case.get_absolute_url()).context["head"]["withdraw_url"]

    page = client.get(url)
    assert page.status_code == 200
    response = client.post(url, {"own_words": ""})

    assert (response.status_code, response.url) == (302, at("consent", case))
    assert state_of(case) == ConsentState.WITHDRAWN
    assert Task.objects.count() == 3


def test_every_page_of_a_case_has_the_way_to_say_no_and_the_way_to_raise_a_concern():
    world = full_world()
    client = staff_client(world.staff[Role.TEAM_MANAGER])
    withdraw = reverse("cases:withdraw_consent", args=[world.case.reference])
    concern = reverse("cases:raise_concern", args=[world.case.reference])
    looked = 0
    for name in {pattern.name for pattern in urls.urlpatterns} - {"allocate", "check_on_waiting", "withdraw_consent"}:
        try:
            address = reverse(f"cases:{name}", kwargs=example(world, f"cases:{name}"))
        except NoReverseMatch:
            continue
        page = client.get(address)
        if page.status_code == 200 and world.case.reference in address and "html" in page["Content-Type"]:
            assert f'href="{withdraw}"' in page.text, name
            assert f'href="{concern}"' in page.text or name.startswith("raise_"), name
            looked += 1
    assert looked >= 15


def test_where_they_have_said_no_there_is_nothing_to_stop_and_the_page_says_so(client, practitioner, case):
    ConsentEventFactory(case=case, no=True)
    page = client.get(case.get_absolute_url())
    assert page.context["head"]["withdraw_url"] == ""
    assert page.context["head"]["consent"]["words"] == ConsentState.WITHDRAWN.label


def test_who_only_reads_is_not_offered_it(client, stand_before, case):
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(case.get_absolute_url()).context["head"]["withdraw_url"] == ""


def test_a_closed_case_explains_why_nothing_stops(client, sign_in, at):
    case = CaseFactory(closed=True)
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    page = client.get(at("withdraw_consent", case))
    assert "This case is closed" in page.text
    before = ConsentEvent.objects.count()
    assert client.post(at("withdraw_consent", case)).status_code == 409
    assert ConsentEvent.objects.count() == before


def test_a_case_with_a_carer_alone_asks_no_young_person(client, sign_in, at):
    case = CaseFactory(kind="carer_only")
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    assert "parent or carer alone" in client.get(at("withdraw_consent", case)).text
    head = client.get(case.get_absolute_url()).context["head"]
    assert (head["consent"], head["withdraw_url"]) == ({}, "")


def test_a_manager_who_is_kept_out_hears_nothing(client, practitioner, case, at):
    manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
    ExclusionFactory(subject=case.subject, user=manager)
    client.post(at("withdraw_consent", case))
    assert {task.owner for task in Task.objects.all()} == {practitioner}


# Saying yes


def test_a_conversation_is_kept(client, practitioner, case, at):
    assert client.post(at("record_consent", case), yes()).url == at("consent", case)
    event = ConsentEvent.objects.get()
    assert (event.event, event.recorded_by, event.own_words) == ("given", practitioner, "Yeah.")
    assert state_of(case) == ConsentState.GIVEN


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"explained": list(ALWAYS_EXPLAINED)[:3]}, ["explained"]),
        ({"modes": ["in_person", "phone"]}, ["explained"]),
        ({"modes": []}, ["modes"]),
        ({"modes": ["video"]}, ["modes"]),
        ({"understanding": ""}, ["understanding"]),
        ({"competence_note": ""}, ["competence_note"]),
        ({"pressure": "possible"}, ["pressure_action"]),
        ({"decision_basis": "capacity_presumed_16_plus"}, ["decision_basis"]),
        ({"event": "given_partial"}, ["kinds", "limits"]),
        ({"event": "renewed"}, ["event"]),
    ],
)
def test_what_a_yes_lacks_is_said_and_no_word_is_lost(client, practitioner, case, at, sent, wrong):
    page = client.post(at("record_consent", case), yes(**sent))
    assert sorted(page.context["form"].errors) == sorted(wrong)
    assert "Yeah." in page.text
    assert not ConsentEvent.objects.exists()


def test_yes_to_a_part_keeps_the_limits(client, practitioner, case, at):
    sent = yes(event="given_partial", kinds=["assessment"], limits="No letters home.")
    assert client.post(at("record_consent", case), sent).status_code == 302
    assert state_of(case) == ConsentState.GIVEN_IN_PART


@pytest.mark.parametrize("event", ["sought", "declined", "not_able_to_decide_now"])
def test_what_is_no_yes_asks_for_nothing_more(client, practitioner, case, at, event):
    assert client.post(at("record_consent", case), {"event": event} | day("happened_on")).status_code == 302
    assert ConsentEvent.objects.get().event == event


def test_that_they_cannot_decide_now_is_said_on_every_page_and_is_no_step_undone(client, practitioner, case, at):
    ConsentEventFactory(case=case)
    client.post(at("record_consent", case), {"event": "not_able_to_decide_now"} | day("happened_on"))
    page = client.get(case.get_absolute_url())
    assert page.context["head"]["consent"] == {"words": "They cannot decide now", "kind": "waiting"}
    assert [step["is_done"] for step in page.context["first_steps"]] == [False, True, False]
    assert "Direct work waits until they can" in client.get(at("consent", case)).text


def test_at_twelve_a_parents_view_or_the_reason_is_asked_for(client, works_on, at):
    case = CaseFactory(young_person__date_of_birth=born(years=12, days=10))
    works_on(case)
    assert list(client.post(at("record_consent", case), yes()).context["form"].errors) == ["parental_view"]
    sent = yes(parental_view="not_aware_not_safe")
    assert list(client.post(at("record_consent", case), sent).context["form"].errors) == ["parental_why"]
    assert client.post(at("record_consent", case), sent | {"parental_why": "He hits her."}).status_code == 302
    assert ParentalView.objects.get().why == "He hits her."


@pytest.mark.parametrize("years", [16, 19])
def test_from_sixteen_they_are_presumed_to_decide(client, works_on, at, years):
    case = CaseFactory(young_person__date_of_birth=born(years=years, days=10))
    works_on(case)
    sent = yes(decision_basis="capacity_presumed_16_plus", competence_note="")
    assert client.post(at("record_consent", case), sent).status_code == 302
    assert state_of(case) == ConsentState.GIVEN


def test_to_undo_is_a_new_line(client, practitioner, case, at):
    ConsentEventFactory(case=case)
    client.post(at("withdraw_consent", case))
    form = client.get(at("record_consent", case), {"event": "renewed"})
    assert form.context["form"]["event"].value() == "renewed"
    assert client.post(at("record_consent", case), yes(event="renewed")).status_code == 302
    assert [event.event for event in case.consent_events.all()] == ["given", "withdrawn", "renewed"]
    assert state_of(case) == ConsentState.GIVEN


def test_a_stale_page_loses_no_word(client, stand_before, at):
    case = CaseFactory(closed=True)
    stand_before(Role.TEAM_MANAGER, case)
    page = client.post(at("record_consent", case), yes())
    assert (page.status_code, ConsentEvent.objects.count()) == (409, 0)
    assert "He said it back." in page.text


# Beside it


def test_an_extra_is_asked_apart(client, practitioner, case, at):
    sent = {"purpose": "remote_video", "event": "given"} | day("happened_on")
    assert list(client.post(at("record_extra", case), sent).context["form"].errors) == ["remote_safety"]
    assert client.post(at("record_extra", case), sent | {"remote_safety": "on"}).status_code == 302
    extras = {row["purpose"]: row["words"] for row in client.get(at("consent", case)).context["extras"]}
    assert extras["remote_video"] == "Yes"
    assert set(extras.values()) == {"Yes", "Not asked: no"}


def test_what_a_parent_says_is_kept_and_a_conflict_shown_and_the_consent_stands(client, practitioner, case, at):
    ConsentEventFactory(case=case)
    sent = {"view": "aware_disagrees", "whose": "Father"} | day("happened_on")
    assert client.post(at("record_parental_view", case), sent).status_code == 302
    assert client.get(at("consent", case)).context["in_conflict"]
    assert state_of(case) == ConsentState.GIVEN
    sent = {"view": "not_known"} | day("happened_on")
    assert list(client.post(at("record_parental_view", case), sent).context["form"].errors) == ["why"]


def test_whom_we_may_talk_to_is_kept_and_shown(client, practitioner, case, at):
    sent = {"scope": "parent_carer", "topic": "content", "recipient": "Mother", "decision": "not_agreed"}
    assert client.post(at("record_sharing", case), sent | day("happened_on")).status_code == 302
    said = client.get(at("consent", case)).context["sharing"]["said"]
    assert said[0]["words"] == "They do not agree"
    assert {row["words"] for row in said[1:]} >= {"Ask first", "The outcome only"}


def test_what_was_shared_without_agreement_says_why(client, practitioner, case, at):
    sent = {"scope": "police", "recipient": "Police", "decision": "shared_without_agreement"} | day("happened_on")
    wrong = client.post(at("record_sharing", case), sent).context["form"].errors
    assert set(wrong) == {"what", "ground", "why", "told_before", "authorised_by"}
    sent |= {"what": "Where she was.", "ground": "safety", "why": "Not safe.", "told_before": "no"}
    response = client.post(at("record_sharing", case), sent | {"authorised_by": practitioner.pk})
    assert response.status_code == 302
    assert SharingPreference.objects.get().authorised_by == practitioner
    assert "Where she was." in client.get(at("consent", case)).text


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"was_given": "yes", "how": "Read together."}, []),
        ({"was_given": "no", "why_not_yet": "Not safe."}, []),
        ({"was_given": "yes"}, ["how"]),
        ({"was_given": "no"}, ["why_not_yet"]),
        ({"to": "parent_or_carer", "was_given": "no", "why_not_yet": "Not safe."}, ["name"]),
    ],
)
def test_privacy_information_is_given_or_says_why_not_yet(client, practitioner, case, at, sent, wrong):
    sent = {"to": "young_person", "language": "en-gb"} | day("given_on") | sent
    response = client.post(at("record_privacy", case), sent)
    assert response.status_code == (200 if wrong else 302)
    assert PrivacyInformation.objects.count() == (0 if wrong else 1)
    assert list(response.context["form"].errors if wrong else []) == wrong


def test_a_way_to_reach_them_is_asked_about_and_confirmed(client, practitioner, case, at):
    contact = SafeContactFactory(subject=case.subject)
    url = at("confirm_contact", case, contact.pk)
    assert url in client.get(at("people", case)).text
    assert set(client.post(url, {"safe_times": ""}).context["form"].errors) == {
        "safe_to_call",
        "safe_to_voicemail",
        "safe_to_text",
    }
    sent = {"safe_to_call": "no", "safe_to_voicemail": "no", "safe_to_text": "yes", "safe_times": "After 4pm"}
    assert client.post(url, sent).url == at("people", case)
    contact.refresh_from_db()
    assert (contact.confirmed_by, contact.safe_to_text, contact.safe_times) == (practitioner, "yes", "After 4pm")


def test_a_way_to_reach_them_that_nobody_knew_is_added_and_confirmed(client, practitioner, case, at):
    page = client.post(at("add_contact", case), {"kind": "mobile", "value": "not a number", "safe_to_text": "yes"})
    assert list(page.context["form"].errors) == ["value"]
    sent = {"kind": "mobile", "value": "020 7946 0101", "safe_to_text": "yes", "must_not_be_told": "Her uncle."}
    assert client.post(at("add_contact", case), sent).url == at("people", case)
    contact = case.subject.safe_contacts.get()
    assert (contact.confirmed_by, contact.safe_to_text, contact.safe_to_call) == (practitioner, "yes", "not_confirmed")
    assert list(client.post(at("add_contact", case), {"kind": ""}).context["form"].errors) == ["kind", "value"]


def test_the_first_steps_stand_on_the_page_until_they_are_done(client, practitioner, case, at):
    def left():
        return [step["is_done"] for step in client.get(case.get_absolute_url()).context["first_steps"]]

    assert left() == [False, False, False]
    SafeContactFactory(subject=case.subject, confirmed=True)
    assert left() == [True, False, False]
    ConsentEventFactory(case=case)
    PrivacyInformationFactory(case=case, not_yet=True)
    assert left() == [True, True, False]
    PrivacyInformationFactory(case=case)
    assert left() == []


# The page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, practitioner, case, at, count, django_assert_num_queries):
    for _more in range(count):
        ConsentEventFactory(case=case)
        ParentalViewFactory(case=case)
        SharingPreferenceFactory(case=case)
        SharingPreferenceFactory(case=case, without=True)
        PrivacyInformationFactory(case=case)
    with django_assert_num_queries(CONSENT_PAGE):
        page = client.get(at("consent", case))
    assert len(page.context["history"]) == len(page.context["views"]) == len(page.context["told"]) == count


def test_to_read_it_changes_nothing_but_the_trail(client, practitioner, case, at):
    ConsentEventFactory(case=case)
    client.get(at("consent", case))
    events = ConsentEvent.objects.count()
    with leaves_no_trace():
        assert list(Case.objects.for_page())
    assert ConsentEvent.objects.count() == events


@pytest.mark.parametrize("offers_welsh", [True, False])
def test_the_words_to_read_out_stand_in_welsh_too_where_the_centre_offers_it(
    client, practitioner, case, at, offers_welsh
):
    case.centre.offers_welsh = offers_welsh
    case.centre.save()
    page = client.get(at("record_consent", case))
    assert ('<div lang="cy">' in page.text) == offers_welsh
    assert ("language" in page.context["form"].fields) == offers_welsh
