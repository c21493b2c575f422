"""The pages of what is done about a concern: who opens them, what they keep, and what they say when it is too late."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from centres.enums import Nation
from outbox.models import Message
from safeguarding.models import ConcernAction, Escalation
from tests.cases import ladder
from tests.factories.accounts import MembershipFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.safeguarding import (
    ConcernActionFactory,
    ConcernFactory,
    EscalationFactory,
    ReplyFactory,
    YoungPersonToldFactory,
)

pytestmark = pytest.mark.django_db

OF_A_CONCERN = ["take_further", "set_action", "telling"]
OF_A_ROW = ["add_reply", "finish_action"]
NOT_TOLD = {"was_told": "no", "not_told_because": "Their phone is read by somebody else."}


def day_typed(name, day):
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def day_cleared(name):
    return {f"{name}_{part}": "" for part in ("day", "month", "year")}


@pytest.fixture
def concern():
    return ConcernFactory(acting=True)


@pytest.fixture
def at(concern):
    rows = {"add_reply": EscalationFactory(concern=concern), "finish_action": ConcernActionFactory(concern=concern)}

    def address(name, key=None):
        more = [rows[name].pk] if name in rows else []
        return reverse(f"safeguarding:{name}", args=[key or concern.key, *more])

    return address


@pytest.fixture
def ways(at):
    return [(name, method, at(name)) for name in OF_A_CONCERN + OF_A_ROW for method in ("get", "post")]


@pytest.fixture
def lead(sign_in, concern):
    return sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# The ladder


def test_a_visitor_is_sent_to_sign_in(client, ways):
    ladder.is_sent_to_sign_in(client, ways)


@pytest.mark.parametrize("who", ["elsewhere", "excluded", "without_need_to_know"])
def test_no_need_to_know_looks_like_no_concern(client, sign_in, concern, at, ways, who):
    centre = concern.subject.centre
    role = Role.PRACTITIONER if who == "without_need_to_know" else Role.SAFEGUARDING_LEAD
    user = sign_in(role, **{} if who == "elsewhere" else {"at": centre})
    if who == "excluded":
        ExclusionFactory(subject=concern.subject, user=user)
    ladder.looks_like_no_case(client, ways, lambda name: at(name, "00000000-0000-4000-8000-000000000000"))


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.PRACTITIONER])
def test_who_reads_a_concern_and_has_no_part_in_it_writes_nothing(client, sign_in, concern, ways, role):
    AccessGrantFactory(subject=concern.subject, user=sign_in(role, at=concern.subject.centre))
    page = client.get(concern.get_absolute_url())
    assert "Driven" not in page.text
    assert "They were driven away from school by an adult." in page.text
    assert not any(url in page.text for _name, _method, url in ways)
    ladder.is_refused(client, ways)


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD])
def test_who_follows_concerns_opens_every_page(client, sign_in, concern, ways, role):
    sign_in(role, at=concern.subject.centre)
    page = client.get(concern.get_absolute_url())
    assert all(url in page.text for _name, _method, url in ways)
    ladder.opens(client, ways)


def test_whoever_has_something_to_do_finishes_it_and_says_what_they_heard(client, sign_in, concern, at):
    owner = sign_in(Role.PRACTITIONER, at=concern.subject.centre)
    AccessGrantFactory(subject=concern.subject, user=owner)
    own = ConcernActionFactory(concern=concern, owner=owner)
    finish = reverse("safeguarding:finish_action", args=[concern.key, own.pk])
    ladder.opens(client, [("finish", "get", finish), ("reply", "get", at("add_reply")), ("told", "get", at("telling"))])
    ladder.is_refused(client, [(name, "get", at(name)) for name in ("take_further", "set_action", "finish_action")])
    client.post(finish, {"came_to": "done", "words": "Rang the head."})
    own.refresh_from_db()
    assert (own.done_by, own.words) == (owner, "Rang the head.")


def test_a_row_of_another_concern_is_not_reached_through_this_one(client, lead, concern):
    for name, row in (("add_reply", EscalationFactory()), ("finish_action", ConcernActionFactory())):
        assert client.get(reverse(f"safeguarding:{name}", args=[concern.key, row.pk])).status_code == 404


# Taking it further


def call(**more):
    answers = {"route": "childrens_social_care", "method": "phone", "person": "Duty social worker"}
    answers |= {"known": "Driven away.", "young_person_told": "yes", "parent_told": "no"}
    answers |= {"parent_not_told_because": "Not safe at home.", "sent_time": "00:00"}
    return answers | day_typed("sent_on", timezone.localdate()) | day_cleared("follow_up_on") | more


def test_a_call_is_kept_and_followed_up_and_stands_in_the_chronology(client, lead, at, concern):
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = day_typed("follow_up_on", tomorrow) | {"follow_up_owner": lead.pk}
    response = client.post(at("take_further"), call(reference="CS-77", **later))
    assert response.url == concern.get_absolute_url()
    kept = Escalation.objects.get(reference="CS-77")
    assert (kept.by, kept.parent_told, kept.parent_not_told_because) == (lead, False, "Not safe at home.")
    assert [(action.owner, action.due_on) for action in kept.follow_ups.all()] == [(lead, tomorrow)]
    page = client.get(response.url).text
    for words in ("CS-77", "Driven away.", "No: Not safe at home.", "Ask what came of it: Children’s social care"):
        assert words in page
    assert not Message.objects.exists()


WRONG = [
    ({"person": ""}, "person"),
    ({"young_person_told": "no"}, "young_person_not_told_because"),
    ({"sent_time": "25:00"}, "sent_time"),
    ({"known": " "}, "known"),
    (day_typed("follow_up_on", timezone.localdate() + timedelta(days=3)), "follow_up_owner"),
    (day_typed("sent_on", timezone.localdate() + timedelta(days=1)), "sent_on"),
]


@pytest.mark.parametrize(("answers", "field"), WRONG, ids=[field for _answers, field in WRONG])
def test_what_is_missing_is_asked_for_and_nothing_is_kept(client, lead, at, answers, field):
    before = Escalation.objects.count()
    form = client.post(at("take_further"), call(**answers)).context["form"]
    assert list(form.errors) == [field]
    assert Escalation.objects.count() == before


def test_the_routes_are_named_as_the_nation_names_them(client, lead, at, concern):
    assert "Social services" not in client.get(at("take_further")).text
    concern.subject.centre.nation = Nation.WALES
    concern.subject.centre.save()
    page = client.get(at("take_further")).text
    assert "Practitioner-concerns process" in page
    assert "Social services, for a child" in client.get(concern.get_absolute_url()).text


def test_what_they_say_later_is_added_without_a_trace_of_rewriting(client, lead, at, concern):
    form = client.post(at("add_reply"), {"kind": "outcome", **day_typed("happened_on", timezone.localdate())})
    assert list(form.context["form"].errors) == ["words"]
    client.post(at("add_reply"), {"kind": "acknowledged", **day_typed("happened_on", timezone.localdate())})
    assert "They have acknowledged it" in client.get(concern.get_absolute_url()).text
    assert not Escalation.objects.waiting_for_acknowledgement().exists()


# Actions


def test_an_action_is_given_to_who_may_be_asked_and_to_nobody_else(client, lead, at):
    answers = {"what": "Ring the nurse.", "owner": lead.pk} | day_typed("due_on", timezone.localdate())
    stranger = MembershipFactory(role=Role.SAFEGUARDING_LEAD).user
    assert "owner" in client.post(at("set_action"), answers | {"owner": stranger.pk}).context["form"].errors
    client.post(at("set_action"), answers)
    assert ConcernAction.objects.owed().filter(what="Ring the nurse.", owner=lead).exists()


def test_what_is_not_needed_says_why_and_what_is_finished_is_told_by_name(client, lead, at):
    form = client.post(at("finish_action"), {"came_to": "not_needed"}).context["form"]
    assert list(form.errors) == ["words"]
    client.post(at("finish_action"), {"came_to": "not_needed", "words": "The school rang us."})
    again = client.get(at("finish_action"))
    assert said(again)[-1] == f"{lead.full_name} has finished it already."
    late = client.post(at("finish_action"), {"came_to": "done", "words": "Rang the head."})
    assert (late.status_code, "Rang the head." in late.text) == (409, True)
    assert f"{lead.full_name} has finished it already." in late.text


def test_a_concern_that_is_closed_or_waits_gives_no_form_that_can_only_be_refused(client, sign_in):
    for concern in (ConcernFactory(), ConcernFactory(closed=True)):
        sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
        for name in ("take_further", "set_action"):
            response = client.get(reverse(f"safeguarding:{name}", args=[concern.key]))
            assert response.url == concern.get_absolute_url()
        late = client.post(
            reverse("safeguarding:take_further", args=[concern.key]), call(known="He waits at the gate.")
        )
        assert (late.status_code, "He waits at the gate." in late.text) == (409, True)


# Told, and closed


def test_closing_says_what_is_left_and_then_asks_whether_they_were_told(client, lead, at, concern):
    closing = reverse("safeguarding:close", args=[concern.key])
    page = client.get(closing)
    assert "Ring the school." in page.text
    assert 'name="outcome"' not in page.text
    response = client.post(closing, {"outcome": "Done.", **NOT_TOLD})
    assert said(response)[0].startswith("Nothing was changed: something is still to be done.")
    assert (response.status_code, "Done." in response.text) == (409, True)
    client.post(at("finish_action"), {"came_to": "done"})
    assert set(client.post(closing, {"outcome": "Done."}).context["form"].errors) == {"was_told"}
    client.post(closing, {"outcome": "Done.", **NOT_TOLD})
    concern.refresh_from_db()
    assert concern.status == "closed"
    assert "The young person was not told" in client.get(concern.get_absolute_url()).text


def test_who_told_them_and_what_they_said_is_kept_and_closing_does_not_ask_again(client, lead, at, concern):
    told = {"was_told": "yes", "by_whom": "Their social worker", "their_words": "I know."}
    client.post(at("telling"), told | day_typed("told_on", timezone.localdate()))
    assert "I know." in client.get(concern.get_absolute_url()).text
    client.post(at("finish_action"), {"came_to": "done"})
    client.post(reverse("safeguarding:close", args=[concern.key]), {"outcome": "Done."})
    concern.refresh_from_db()
    assert concern.status == "closed"


def grow(concern):
    ReplyFactory(escalation=EscalationFactory(concern=concern, not_told=True))
    ConcernActionFactory(concern=concern)
    ConcernActionFactory(concern=concern, done=True)
    YoungPersonToldFactory(concern=concern)


def test_the_page_of_a_concern_asks_as_much_for_three_rows_as_for_one(client, lead, concern, django_assert_num_queries):
    grow(concern)
    client.get(concern.get_absolute_url())
    with django_assert_num_queries(QUERIES):
        client.get(concern.get_absolute_url())
    grow(concern)
    grow(concern)
    with django_assert_num_queries(QUERIES):
        client.get(concern.get_absolute_url())


QUERIES = 19
