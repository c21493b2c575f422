"""The pages of concerns: who reads them, who acknowledges, who closes."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from outbox.models import Message
from safeguarding import operations
from safeguarding.enums import ConcernStatus
from tests.factories.accounts import DutyShiftFactory, MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.safeguarding import ConcernFactory, EscalationFactory, YoungPersonToldFactory

pytestmark = pytest.mark.django_db
LIST = "/concerns/"
NOT_TOLD = {"was_told": "no", "not_told_because": "Their phone is read by somebody else."}
WHOLE_DAY = {"starts_at": "00:00", "ends_at": "23:59"}
WAYS = [
    ("get", "concern"),
    ("post", "acknowledge"),
    ("get", "close"),
    ("post", "close"),
    ("get", "reopen"),
    ("post", "reopen"),
]


@pytest.fixture
def concern():
    return ConcernFactory()


def at(name, concern):
    return reverse(f"safeguarding:{name}", args=[concern.key])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(("method", "name"), WAYS)
def test_a_visitor_is_sent_to_sign_in(client, concern, method, name):
    response = getattr(client, method)(at(name, concern))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(("method", "name"), WAYS)
@pytest.mark.parametrize("who", ["elsewhere", "excluded", "without_need_to_know"])
def test_no_need_to_know_looks_like_no_concern(client, sign_in, concern, method, name, who):
    centre = concern.subject.centre
    if who == "elsewhere":
        sign_in(Role.SAFEGUARDING_LEAD)
    elif who == "without_need_to_know":
        sign_in(Role.PRACTITIONER, at=centre)
    else:
        ExclusionFactory(subject=concern.subject, user=sign_in(Role.SAFEGUARDING_LEAD, at=centre))

    answer = getattr(client, method)(at(name, concern))
    nothing = getattr(client, method)(reverse(f"safeguarding:{name}", args=[uuid.uuid4()]))

    assert (answer.status_code, answer.content) == (404, nothing.content)
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.RAISED


OF_THE_LEADS = [way for way in WAYS if way[1] in ("acknowledge", "close")]


@pytest.mark.parametrize(("method", "name"), OF_THE_LEADS)
@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.PRACTITIONER])
def test_who_may_read_and_not_follow_is_refused(client, sign_in, concern, method, name, role):
    user = sign_in(role, at=concern.subject.centre)
    AccessGrantFactory(subject=concern.subject, user=user)
    DutyShiftFactory(membership__centre=concern.subject.centre, weekday=None, on=timezone.localdate(), **WHOLE_DAY)
    assert client.get(at("concern", concern)).status_code == 200
    before = AuditEvent.objects.count()

    response = getattr(client, method)(at(name, concern), {"outcome": "Closed by me."} if method == "post" else {})

    assert response.status_code == 403
    concern.refresh_from_db()
    assert (concern.status, AuditEvent.objects.exclude(verb="access.refused").count()) == (ConcernStatus.RAISED, before)


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD])
def test_a_concern_is_acknowledged_and_closed_with_an_outcome(client, sign_in, concern, role):
    user = sign_in(role, at=concern.subject.centre)

    client.post(at("acknowledge", concern))
    assert "outcome" in client.post(at("close", concern), {"outcome": " "}).context["form"].errors
    client.post(at("close", concern), {"outcome": "Social care visited the same day.", **NOT_TOLD})

    concern.refresh_from_db()
    assert (concern.status, concern.acknowledged_by, concern.closed_by) == (ConcernStatus.CLOSED, user, user)
    assert "Social care visited the same day." in client.get(at("concern", concern)).content.decode()


def test_a_duty_worker_on_duty_says_that_they_have_it(client, sign_in, concern):
    user = sign_in(Role.DUTY_WORKER, at=concern.subject.centre)
    client.post(at("acknowledge", concern))
    concern.refresh_from_db()
    assert (concern.status, concern.acknowledged_by) == (ConcernStatus.ACKNOWLEDGED, user)


def test_a_duty_worker_has_not_heard_what_they_raised_themselves(client, sign_in):
    user = sign_in(Role.DUTY_WORKER)
    concern = ConcernFactory(raised_by=user, subject__centre=user.memberships.get().centre)
    assert client.post(at("acknowledge", concern)).status_code == 403


@pytest.mark.parametrize(
    ("about", "whom", "written_to"),
    [
        ({}, "who is on shift and who follows concerns", Role.DUTY_WORKER),
        (
            {"about_colleague_named": True},
            "safeguarding leads and service managers, and to nobody",
            Role.SERVICE_MANAGER,
        ),
    ],
)
def test_who_opens_a_concern_again_is_told_whom_a_letter_goes_to(client, sign_in, about, whom, written_to):
    concern = ConcernFactory(closed=True, **about)
    centre = concern.subject.centre
    people = {
        role: MembershipFactory(role=role, centre=centre).user for role in (Role.DUTY_WORKER, Role.SERVICE_MANAGER)
    }
    sign_in(Role.SAFEGUARDING_LEAD, at=centre)
    [said_of_it] = said(client.post(at("reopen", concern), {"because": "They were seen together again."}))
    assert f"A letter goes now to {whom}" in said_of_it
    letters = set(Message.objects.filter(template="concern").values_list("to", flat=True))
    assert {role for role, user in people.items() if user.email in letters} == {written_to}


def test_who_sees_a_closed_concern_opens_it_again_with_a_reason(client, sign_in):
    concern = ConcernFactory(closed=True)
    sign_in(Role.DUTY_WORKER, at=concern.subject.centre)
    assert at("reopen", concern) in client.get(at("concern", concern)).text

    assert "because" in client.post(at("reopen", concern), {"because": " "}).context["form"].errors
    client.post(at("reopen", concern), {"because": "They were seen together again."})
    again = client.post(at("reopen", concern), {"because": "They were seen together again."})

    page = client.get(at("concern", concern)).text
    assert said(again)[-1] == "Nothing was changed: the concern is open."
    assert (again.status_code, "They were seen together again." in again.text) == (409, True)
    assert at("reopen", concern) not in page
    assert "Opened again because:" in page
    assert "Opened again: They were seen together again." in client.get(LIST).text
    for words in (concern.what, "They were seen together again.", "Social care visited the same day.", "Opened again"):
        assert words in page


def test_the_page_says_who_was_told_when_and_the_list_how_far_it_has_gone(client, sign_in):
    concern = ConcernFactory(severity="immediate", raised_at=timezone.now() - timedelta(minutes=61))
    user = sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    assert client.get(LIST).context["waiting"][0]["gone"] == ""
    operations.escalate(concern, by="test")

    page = client.get(at("concern", concern))

    [entry] = [entry for entry in page.context["chronology"] if entry["title"] == "Told that it is overdue"]
    assert entry["by"] == user.full_name
    assert "Told that it is overdue" in client.get(LIST).text


@pytest.mark.parametrize(
    ("role", "next_step"),
    [
        (Role.SAFEGUARDING_LEAD, "Follow it, and close it"),
        (Role.DUTY_WORKER, "Write down to whom you took it"),
        (Role.PRACTITIONER, "Dilys has it"),
    ],
)
def test_what_comes_next_is_for_its_reader(client, sign_in, concern, role, next_step):
    user = sign_in(role, at=concern.subject.centre)
    AccessGrantFactory(subject=concern.subject, user=user)
    on_duty = MembershipFactory(role=Role.DUTY_WORKER, centre=concern.subject.centre, user__full_name="Dilys").user
    operations.acknowledge(concern, by=user if role == Role.DUTY_WORKER else on_duty)
    for page in (LIST, at("concern", concern)):
        assert next_step in client.get(page).text


def test_of_one_minute_what_was_written_first_stands_first(client, sign_in):
    written = timezone.now().replace(second=20, microsecond=0)
    earlier = written - timedelta(hours=1)
    concern = ConcernFactory(acting=True, raised_at=earlier, acknowledged_at=written)
    EscalationFactory(concern=concern, sent_at=written.replace(second=0), at=written + timedelta(seconds=20))
    sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    page = client.get(at("concern", concern))
    titles = [entry["title"].partition(":")[0] for entry in page.context["chronology"]]
    assert titles == ["Raised", "Acknowledged", "Taken further"]
    assert "Young person told that we do this" in page.text


def test_who_comes_second_is_told_who_was_first(client, sign_in):
    concern = ConcernFactory(acknowledged=True)
    sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    response = client.post(at("acknowledge", concern))
    assert response.url == concern.get_absolute_url()
    assert concern.acknowledged_by.full_name in said(response)[0]


def test_what_nobody_has_acknowledged_cannot_be_closed(client, sign_in, concern):
    sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    response = client.post(at("close", concern), {"outcome": "All is well.", **NOT_TOLD})
    assert said(response) == ["Nothing was changed: somebody must acknowledge the concern first."]
    assert (response.status_code, "All is well." in response.text) == (409, True)


def test_what_was_typed_stays_where_somebody_said_no_meanwhile(client, sign_in):
    concern = YoungPersonToldFactory(not_told=True).concern
    sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    assert "was_told" in client.get(at("close", concern)).context["form"].fields


def test_all_that_wait_are_listed_the_first_due_first_and_of_the_followed_so_many(client, sign_in):
    high = ConcernFactory(raised_at=timezone.now() - timedelta(minutes=3))
    subject = high.subject
    standard = ConcernFactory(subject=subject, severity="standard", raised_at=timezone.now() - timedelta(minutes=30))
    now = ConcernFactory(subject=subject, severity="immediate")
    followed = ConcernFactory(subject=subject, acknowledged=True)
    sign_in(Role.SAFEGUARDING_LEAD, at=subject.centre)
    page = client.get(LIST)
    listed = [[card["pk"] for card in page.context[name]] for name in ("waiting", "followed")]
    assert (listed[0][-1], {*listed[0][:2]}, listed[1]) == (standard.pk, {now.pk, high.pk}, [followed.pk])


def test_the_list_shows_what_waits_and_what_is_followed(client, sign_in):
    referral = ReferralFactory()
    late = ConcernFactory(
        subject=referral.subject, severity="immediate", raised_at=timezone.now() - timedelta(minutes=61)
    )
    followed = ConcernFactory(subject=referral.subject, acknowledged=True)
    ConcernFactory(subject=referral.subject, closed=True)
    ConcernFactory()
    sign_in(Role.SAFEGUARDING_LEAD, at=referral.centre)

    page = client.get(LIST)

    assert [card["pk"] for card in page.context["waiting"]] == [late.pk]
    assert [card["pk"] for card in page.context["followed"]] == [followed.pk]
    assert page.context["waiting"][0]["is_overdue"]
    told = [card["request"] for card in page.context["waiting"] + page.context["followed"]]
    assert [(request["reference"], request["who"]) for request in told] == [(referral.reference, "S.E., 14 years")] * 2
    assert referral.reference in page.content.decode()
    assert late.what not in page.content.decode()


def test_a_concern_leads_to_the_latest_request_that_its_reader_may_open(client, sign_in):
    earlier = ReferralFactory(accepted=True)
    later = ReferralFactory(subject=earlier.subject, centre=earlier.centre)
    ReferralFactory(subject=earlier.subject)  # at another centre
    ConcernFactory(subject=earlier.subject, acknowledged=True)
    sign_in(Role.DUTY_WORKER, at=earlier.centre)

    [card] = client.get(LIST).context["followed"]

    assert card["request"]["reference"] == later.reference


def test_a_concern_whose_request_is_not_for_its_reader_leads_nowhere(client, sign_in):
    """A lead of safeguarding reads the referral while it carries an open concern, and the concern for ever."""
    referral = ReferralFactory()
    closed = ConcernFactory(subject=referral.subject, closed=True)
    sign_in(Role.SAFEGUARDING_LEAD, at=referral.centre)

    page = client.get(at("concern", closed))

    assert (page.status_code, page.context["concern"]["request"]) == (200, None)
    assert referral.reference not in page.text
    assert page.context["whose"] == "S.E., 14 years"


@pytest.mark.parametrize(("role", "opens"), [(Role.TEAM_MANAGER, True), (Role.DUTY_WORKER, False)])
def test_it_leads_to_the_case_for_who_may_open_it(client, sign_in, role, opens):
    case = CaseFactory()
    concern = ConcernFactory(subject=case.subject)
    sign_in(role, at=case.centre)
    assert (case.get_absolute_url() in client.get(at("concern", concern)).text) == opens


def test_an_empty_list_says_what_that_means(client, sign_in):
    sign_in(Role.SAFEGUARDING_LEAD)
    assert "No concern is waiting" in client.get(LIST).content.decode()


def test_reading_is_recorded(client, sign_in, concern):
    user = sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    client.get(LIST)
    client.get(at("concern", concern))
    seen = [(event.verb, event.actor_id, event.subject_id) for event in AuditEvent.objects.order_by("pk")]
    assert seen == [("concerns.listed", user.pk, ""), ("concern.viewed", user.pk, str(concern.pk))]


def test_the_page_of_a_referral_offers_what_the_rules_allow(client, sign_in):
    concern = ConcernFactory(acknowledged=True)
    referral = ReferralFactory(subject=concern.subject, centre=concern.subject.centre)
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    assert at("close", concern) not in client.get(referral.get_absolute_url()).content.decode()
    sign_in(Role.SAFEGUARDING_LEAD, at=referral.centre)
    assert at("close", concern) in client.get(referral.get_absolute_url()).content.decode()
