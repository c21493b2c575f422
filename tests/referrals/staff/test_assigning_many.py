"""Several referrals to one colleague: each for itself, each refusal said, and what one may not see is not there."""

import pytest
from django.db import IntegrityError, connection

from accounts.enums import Role
from audit.models import AuditEvent
from referrals import operations
from referrals.enums import NoteKind
from referrals.models import Note, Referral
from referrals.references import new_reference
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.referrals.staff.test_queue import NASTY, QUEUE
from tests.visitors import masked

pytestmark = pytest.mark.django_db
ASSIGN = "/triage/assign/"


@pytest.fixture
def duty_worker(sign_in, centre):
    return sign_in(Role.DUTY_WORKER, at=centre)


@pytest.fixture
def colleague(centre):
    return MembershipFactory(centre=centre, role=Role.DUTY_WORKER, user__full_name="Gwen Colleague").user


def ticked(*referrals):
    """As the boxes of the list send them: each with the owner that the page showed."""
    return [f"{referral.reference}/{referral.owner_id or ''}" for referral in referrals]


def assign(client, *referrals, to=None, **more):
    given = {"to": "colleague", "colleague": to.pk} if to else {"to": "me"}
    return client.post(ASSIGN, {"ticked": ticked(*referrals), **given, **more})


def told(response, part):
    return {row["reference"]: row["words"] for row in response.context[part]}


def owners(*referrals):
    return [Referral.objects.get(pk=referral.pk).owner for referral in referrals]


def test_the_boxes_of_the_list_are_what_the_act_reads(client, duty_worker, centre):
    first, second = ReferralFactory.create_batch(2, centre=centre)
    page = client.get(QUEUE).text
    for value in ticked(first, second):
        assert f'form="assign-many" name="ticked" value="{value}"' in page
    assert f'action="{ASSIGN}"' in page


def test_all_ticked_are_with_me(client, duty_worker, centre):
    referrals = ReferralFactory.create_batch(3, centre=centre)
    page = assign(client, *referrals)
    assert owners(*referrals) == [duty_worker] * 3
    assert told(page, "done") == {referral.reference: "" for referral in referrals}
    assert "3 referrals are with you" in page.text
    assert Note.objects.filter(kind=NoteKind.ASSIGNMENT, by=duty_worker).count() == 3


def test_all_ticked_are_with_a_colleague_who_is_asked_for_on_a_page_of_its_own(client, duty_worker, colleague, centre):
    first, second = ReferralFactory.create_batch(2, centre=centre)
    left = ReferralFactory(centre=centre)
    asked = client.post(ASSIGN, {"ticked": ticked(first, second), "to": "colleague"})
    assert [row["reference"] for row in asked.context["rows"]] == [first.reference, second.reference]
    assert asked.context["ticked"] == ticked(first, second)
    assert list(asked.context["form"].fields["colleague"].queryset) == [colleague, duty_worker]
    assert not asked.context["form"].errors

    page = assign(client, first, second, to=colleague)
    assert owners(first, second, left) == [colleague, colleague, None]
    assert "2 referrals are with Gwen Colleague" in page.text


def test_a_colleague_has_to_be_chosen(client, duty_worker, centre):
    referral = ReferralFactory(centre=centre)
    page = client.post(ASSIGN, {"ticked": ticked(referral), "to": "colleague", "colleague": ""})
    assert page.context["form"].errors["colleague"] == ["Answer this question: Who takes them?"]
    assert owners(referral) == [None]


def test_what_a_colleague_took_meanwhile_stays_with_them_and_the_rest_is_assigned(
    client, duty_worker, colleague, centre
):
    first, taken, last = ReferralFactory.create_batch(3, centre=centre)
    boxes = ticked(first, taken, last)
    operations.assign(taken, by=colleague, to=colleague)

    page = client.post(ASSIGN, {"ticked": boxes, "to": "me"})

    assert owners(first, taken, last) == [duty_worker, colleague, duty_worker]
    assert told(page, "refused") == {taken.reference: "Gwen Colleague took this before you."}
    assert set(told(page, "done")) == {first.reference, last.reference}
    assert "1 referral was not assigned" in page.text


def test_one_that_a_colleague_had_when_the_page_was_read_can_be_given_on(client, duty_worker, colleague, centre):
    referral = ReferralFactory(centre=centre, owner=colleague)
    assign(client, referral)
    assert owners(referral) == [duty_worker]


def test_what_was_decided_meanwhile_says_so(client, duty_worker, centre):
    ended = ReferralFactory(centre=centre, accepted=True)
    page = assign(client, ended)
    assert told(page, "refused") == {ended.reference: "Nothing of yours was saved: the referral is now “Accepted”."}
    assert owners(ended) == [ended.owner]


def test_one_of_a_person_closed_to_the_colleague_is_not_given_to_them(client, duty_worker, colleague, centre):
    open_to_them, closed = ReferralFactory.create_batch(2, centre=centre)
    ExclusionFactory(subject=closed.subject, user=colleague)
    page = assign(client, open_to_them, closed, to=colleague)
    assert owners(open_to_them, closed) == [colleague, None]
    assert told(page, "refused") == {
        closed.reference: "Gwen Colleague cannot take this referral. Please choose another colleague for it."
    }


def test_a_colleague_of_one_centre_is_not_given_what_belongs_to_another(client, duty_worker, colleague, centre):
    other = MembershipFactory(user=duty_worker).centre
    here, there = ReferralFactory(centre=centre), ReferralFactory(centre=other)
    page = assign(client, here, there, to=colleague)
    assert owners(here, there) == [colleague, None]
    closed = "Gwen Colleague cannot take this referral. Please choose another colleague for it."
    assert told(page, "refused") == {there.reference: closed}  # the sentence of one that is closed to them


def test_where_one_only_follows_concerns_one_assigns_nothing(client, sign_in, duty_worker, centre):
    MembershipFactory(user=duty_worker, role=Role.SAFEGUARDING_LEAD, centre=(other := ServiceCentreFactory()))
    there = ReferralFactory(centre=other, waiting=True)
    page = assign(client, there)
    assert told(page, "refused") == {there.reference: "It belongs to a centre where you do not assign referrals."}


def test_to_send_it_twice_changes_nothing(client, duty_worker, centre):
    referral = ReferralFactory(centre=centre)
    boxes = {"ticked": ticked(referral), "to": "me"}
    client.post(ASSIGN, boxes)
    again = client.post(ASSIGN, boxes)
    assert told(again, "done") == {referral.reference: "It was with you already."}
    assert referral.notes.count() == 1


# Not there


def restricted(user, centre):
    referral = ReferralFactory(centre=centre, subject__is_restricted=True)
    AccessGrantFactory(subject=referral.subject)
    return referral


def excluded(user, centre):
    referral = ReferralFactory(centre=centre)
    ExclusionFactory(subject=referral.subject, user=user)
    return referral


def of_another_centre(user, centre):
    return ReferralFactory()


@pytest.mark.parametrize("to", ["me", "colleague", "asking"])
@pytest.mark.parametrize("closed", [restricted, excluded, of_another_centre], ids=lambda kind: kind.__name__)
def test_one_that_is_closed_to_me_reads_as_one_that_is_not_there(client, duty_worker, colleague, centre, closed, to):
    referral, nowhere = closed(duty_worker, centre), new_reference()
    given = {"me": {"to": "me"}, "asking": {"to": "colleague"}}.get(to, {"to": "colleague", "colleague": colleague.pk})
    answers = [client.post(ASSIGN, {"ticked": [f"{ref}/"], **given}) for ref in (referral.reference, nowhere)]
    texts = [
        masked(answer.content).replace(ref.encode(), b"")
        for answer, ref in zip(answers, (referral.reference, nowhere), strict=True)
    ]
    assert texts[0] == texts[1]
    assert owners(referral) == [None]
    for event in AuditEvent.objects.filter(verb="queue.listed"):
        assert event.facts["shown"] == []


@pytest.mark.parametrize(
    "role", [Role.PRACTITIONER, Role.SAFEGUARDING_LEAD, Role.CENTRE_ADMIN, Role.DATA_PROTECTION, Role.SYSTEM_ADMIN]
)
def test_who_does_not_screen_assigns_nothing(client, sign_in, centre, role):
    sign_in(role, at=centre)
    referral = ReferralFactory(centre=centre, waiting=True)
    assert assign(client, referral).status_code == 403
    assert 'name="ticked"' not in client.get(QUEUE).text
    assert owners(referral) == [referral.owner]


# What people and machines send


def test_nothing_ticked_is_said(client, duty_worker):
    page = client.post(ASSIGN, {"to": "me"}, follow=True)
    assert page.redirect_chain == [(QUEUE, 302)]
    assert "Tick at least one referral first." in page.text


def test_no_more_than_a_page_at_once(client, duty_worker):
    boxes = {"ticked": [f"{new_reference()}/" for _box in range(51)], "to": "me"}
    assert "Tick at most 50 referrals at once." in client.post(ASSIGN, boxes, follow=True).text


@pytest.mark.parametrize(
    "nasty", [*NASTY, "PR-7K4M-2Q/x", "PR-7K4M-2Q", "PR-7K4M-2Q/" + "9" * 30, "/"], ids=lambda text: ascii(text[:20])
)
@pytest.mark.parametrize("field", ["ticked", "to", "colleague", "back"])
def test_no_text_breaks_it(client, duty_worker, centre, field, nasty):
    referral = ReferralFactory(centre=centre)
    sent = {"ticked": ticked(referral), "to": "colleague", "colleague": duty_worker.pk} | {field: nasty}
    assert client.post(ASSIGN, sent).status_code in (200, 302)


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/triage/", "/config/", "javascript:x"]
)
def test_it_leads_back_to_our_list_and_nowhere_else(client, duty_worker, centre, back):
    assert assign(client, ReferralFactory(centre=centre), back=back).context["back"] == QUEUE
    kept = f"{QUEUE}?owner=nobody"
    assert assign(client, ReferralFactory(centre=centre), back=kept).context["back"] == kept


FIELDS = {
    "status": "accepted",
    "priority": "soon",
    "owner": "1",
    "centre": "1",
    "subject": "1",
    "is_restricted": "on",
    "id": "1",
}


def test_nothing_but_the_owner_changes(client, duty_worker, centre):
    """Never a decision for several: whatever else a form brings is not read."""
    referral = ReferralFactory(centre=centre)
    before = {name: getattr(referral, name) for name in ("status", "priority", "centre_id", "subject_id", "decided_at")}
    assign(client, referral, **FIELDS, outcome="not_eligible", decide="1")
    after = Referral.objects.get(pk=referral.pk)
    assert {name: getattr(after, name) for name in before} == before
    assert after.owner == duty_worker


@pytest.mark.django_db(transaction=True)
def test_one_that_the_database_refuses_takes_no_other_along(client, sign_in, centre):
    """Each is a transaction of its own: what was assigned before a fault stays so."""
    user = sign_in(Role.DUTY_WORKER, at=centre)
    first, broken = ReferralFactory.create_batch(2, centre=centre)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE referrals_note ADD CONSTRAINT for_this_test CHECK (referral_id <> %s) NOT VALID", [broken.pk]
        )
    try:
        with pytest.raises(IntegrityError):
            assign(client, first, broken)
        assert owners(first, broken) == [user, None]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE referrals_note DROP CONSTRAINT for_this_test")


def test_somebody_who_may_not_sign_in_is_no_choice(client, duty_worker, centre):
    gone = MembershipFactory(centre=centre, user=UserFactory(is_active=False)).user
    page = assign(client, ReferralFactory(centre=centre), to=gone)
    assert page.context["form"].errors["colleague"] == ["Choose one of the answers that are offered."]
