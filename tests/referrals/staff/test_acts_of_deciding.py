"""Deciding through the page: alone, with a second person, too late, and with every word kept."""

import pytest
from django.contrib.messages import get_messages

from accounts.enums import Role
from audit.models import AuditEvent
from outbox.models import Message
from referrals.enums import Category, Outcome, Priority, ReferralStatus
from referrals.models import Decision, Referral
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import DecisionFactory, NotAcceptedReasonFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.visitors import masked

pytestmark = pytest.mark.django_db
LONG_WORDS = "We were told of something that another service works with every day."


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def not_accepted(outcome=Outcome.SIGNPOSTED_OTHER_SERVICE, **more):
    reason = NotAcceptedReasonFactory()
    words = {"explanation": LONG_WORDS, "suggestion": "Please ring the early help team."}
    return {"outcome": outcome, "reason": reason.pk} | words | more


def test_one_person_is_enough_for_a_plain_yes(client, screened, at):
    client.post(at("decide", screened), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    screened.refresh_from_db()
    [letter] = Message.objects.all()
    assert (screened.status, letter.reference) == (ReferralStatus.ACCEPTED, screened.reference)


@pytest.mark.parametrize("missing", ["reason", "explanation", "suggestion"])
def test_a_no_says_why_and_what_instead_and_keeps_every_word(client, screened, at, missing):
    page = client.post(at("decide", screened), not_accepted() | {missing: ""})
    assert list(page.context["form"].errors) == [missing]
    if missing != "explanation":
        assert LONG_WORDS in page.content.decode()
    assert not Decision.objects.exists()


def test_what_a_choice_asks_for_names_the_choice(client, screened, at):
    page = client.get(at("decide", screened)).content.decode()
    for title in ("Because it is not accepted", "Because it belongs to another referral"):
        assert f"<h3>{title}</h3>" in page


def test_a_no_takes_effect(client, screened, at):
    client.post(at("decide", screened), not_accepted())
    screened.refresh_from_db()
    assert screened.status == ReferralStatus.NOT_ACCEPTED


def test_words_typed_for_another_outcome_are_not_kept(client, screened, at):
    client.post(at("decide", screened), not_accepted(Outcome.ACCEPTED_ALLOCATE))
    [decision] = screened.decisions.all()
    assert (decision.reason, decision.explanation, decision.suggestion) == (None, "", "")


@pytest.mark.parametrize("never", ["information_requested", "transferred_to_centre", "withdrawn_by_referrer"])
def test_some_outcomes_are_never_decisions(client, screened, at, never):
    assert "outcome" in client.post(at("decide", screened), {"outcome": never}).context["form"].errors


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [("carer_only", Outcome.ACCEPTED_CARER_ONLY), ("consultation", Outcome.ACCEPTED_CONSULTATION_ONLY)],
)
def test_a_centre_is_offered_what_its_offer_has(client, screened, at, setting, outcome):
    def offered():
        return dict(client.get(at("decide", screened)).context["form"].fields["outcome"].choices)

    assert outcome not in offered()
    screened.offer.ends_on = screened.offer.starts_on.replace(year=2021)
    screened.offer.save()
    Referral.objects.update(
        offer=ServiceOfferFactory(centre=screened.centre, starts_on=screened.offer.ends_on, **{setting: True})
    )
    assert outcome in offered()


def test_no_capacity_is_a_managers_word_and_carries_a_safety_note(client, stand_before, screened, at):
    answers = not_accepted(Outcome.NO_CAPACITY, safety_note="Her social worker visits on Monday.")
    assert "outcome" in client.post(at("decide", screened), answers).context["form"].errors

    stand_before(Role.TEAM_MANAGER, screened)
    assert "safety_note" in client.post(at("decide", screened), answers | {"safety_note": ""}).context["form"].errors
    client.post(at("decide", screened), answers)
    [decision], [note] = screened.decisions.all(), screened.notes.all()
    assert (decision.waits_for_second_person, note.text) == (True, answers["safety_note"])


@pytest.mark.parametrize("reference", ["PR-2222-22", "own", "elsewhere", "x"])
def test_a_referral_is_joined_only_to_another_that_one_may_open(client, screened, at, reference):
    reference = {"own": screened.reference, "elsewhere": ReferralFactory().reference}.get(reference, reference)
    page = client.post(at("decide", screened), {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": reference})
    assert page.context["form"].errors == {
        "joined_to": ["You can open no other referral with this reference. Check it."]
    }


def test_one_that_is_not_there_and_one_that_is_closed_to_me_are_answered_alike(client, screened, duty_worker, at):
    kept_out = ReferralFactory(centre=screened.centre, in_danger=True)
    ExclusionFactory(subject=kept_out.subject, user=duty_worker)

    def answer(reference):
        page = client.post(at("decide", screened), {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": reference})
        return masked(page.content.replace(reference.encode(), b"PR-____-__"))

    assert len({answer(reference) for reference in ("PR-2222-22", kept_out.reference)}) == 1


def test_what_is_joined_is_first_looked_at_side_by_side(client, screened, duty_worker, at):
    other = ReferralFactory(centre=screened.centre)
    answers = {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": other.reference.lower()}

    page = client.post(at("decide", screened), answers)

    assert not Decision.objects.exists()
    assert [page.context[side]["reference"] for side in ("here", "there")] == [screened.reference, other.reference]
    assert [page.context[side]["who"] for side in ("here", "there")] == ["S.E., 14 years"] * 2
    looked_at = AuditEvent.objects.filter(verb="queue.listed").last()
    assert set(looked_at.facts["shown"]) == {screened.pk, other.pk}


@pytest.mark.parametrize("confirmed", ["own", "another", "x"])
def test_what_was_said_of_one_pair_is_not_said_of_another(client, screened, at, confirmed):
    other = ReferralFactory(centre=screened.centre)
    said_of = {"own": screened.reference, "another": ReferralFactory(centre=screened.centre).reference}
    answers = {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": other.reference}

    page = client.post(at("decide", screened), answers | {"confirmed": said_of.get(confirmed, confirmed)})

    assert page.context["there"]["reference"] == other.reference
    assert not Decision.objects.exists()


def test_a_referral_is_joined_to_another_and_the_note_says_which(client, screened, at):
    other = ReferralFactory(centre=screened.centre)
    answers = {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": other.reference, "confirmed": other.reference}
    client.post(at("decide", screened), answers)
    screened.refresh_from_db()
    assert screened.status == ReferralStatus.DUPLICATE
    assert other.reference in screened.notes.get().text


@pytest.mark.requirement("R-wal-33", part="accepting")
def test_route_b_is_not_accepted_before_readiness_is_known(client, stand_before, at):
    referral = ReferralFactory(route_b=True, screening=True)
    stand_before(Role.DUTY_WORKER, referral)
    page = client.post(at("decide", referral), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    assert "ready_for_support" in page.context["form"].errors
    assert not Decision.objects.exists()


@pytest.mark.requirement("R-wal-33", part="accepting")
def test_route_b_is_accepted_with_what_the_duty_worker_was_told_since(client, stand_before, at):
    referral = ReferralFactory(route_b=True, screening=True)
    stand_before(Role.DUTY_WORKER, referral)
    told = "Their teacher, by telephone today: they asked when it can begin."
    client.post(at("decide", referral), {"outcome": Outcome.ACCEPTED_ALLOCATE, "ready_for_support": told})
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.ACCEPTED
    assert referral.ready_for_support == ""  # what the referrer said stays as it was said
    assert referral.decisions.get().ready_for_support == told


@pytest.mark.requirement("R-wal-32")
@pytest.mark.parametrize("also", [[], [Category.WAL_C_HIGH_OR_CURRENT]])
def test_route_a_with_answers_of_risk_now_prompts_to_look_again(client, stand_before, also):
    referral = ReferralFactory(wal3=True, categories_also=also)
    stand_before(Role.DUTY_WORKER, referral)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert ("Look at the route again" in page) == bool(also)


def test_the_page_says_beforehand_what_will_need_two(client, stand_before, at):
    referral = ReferralFactory(screening=True, current=True, too_young=True)
    ConcernFactory(subject=referral.subject)
    stand_before(Role.TEAM_MANAGER, referral)
    assert client.get(at("decide", referral)).context["by_two"] == [
        "To accept: exploitation is happening now.",
        "To accept: something does not fit what the service offers.",
        "Not to accept, or to join: a safeguarding concern is open.",
        "“Not within what the service can offer”: always.",
        "“No capacity”: always.",
    ]


def test_who_decides_second_reads_the_first_and_keeps_their_words(client, screened, at):
    colleague = MembershipFactory(centre=screened.centre).user
    Referral.objects.filter(pk=screened.pk).update(owner=colleague)
    DecisionFactory(referral=screened, decided_by=colleague, waiting=True)

    response = client.post(at("decide", screened), not_accepted())

    page = response.content.decode()
    assert response.status_code == 409
    assert f"{colleague.full_name} has decided" in page
    assert "Accepted, to be allocated" in page
    assert LONG_WORDS in page
    assert Decision.objects.count() == 1


def test_sending_a_decision_twice_is_one_decision(client, screened, at):
    answers = {"outcome": Outcome.ACCEPTED_ALLOCATE}
    client.post(at("decide", screened), answers)
    assert client.post(at("decide", screened), answers).url == screened.get_absolute_url()
    assert Decision.objects.count() == 1


def test_who_comes_back_to_decide_hears_that_they_have_decided(client, screened, at):
    client.post(at("decide", screened), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    page = client.get(at("decide", screened), follow=True)
    assert page.redirect_chain == [(screened.get_absolute_url(), 302)]
    assert "You have already decided this referral." in page.content.decode()


@pytest.mark.parametrize(("name", "who"), [("decide", Role.DUTY_WORKER), ("second_person", Role.TEAM_MANAGER)])
def test_whoever_decides_is_told_that_the_priority_is_not_set(client, stand_before, at, name, who):
    referral = ReferralFactory(**{"waiting" if name == "second_person" else "screening": True})
    stand_before(who, referral)
    assert "The priority is not set." in client.get(at(name, referral)).content.decode()
    Referral.objects.update(priority=Priority.SOON)
    assert "The priority is not set." not in client.get(at(name, referral)).content.decode()


def test_a_second_person_has_the_facts_before_their_eyes(client, stand_before, at):
    referral = ReferralFactory(waiting=True, in_danger=True, safety__missing_now="yes")
    stand_before(Role.SAFEGUARDING_LEAD, referral)
    response = client.get(at("second_person", referral))
    who, category, safety = response.context["key_facts"]
    assert who["value"] == "S.E., 14 years"
    assert category["value"] == referral.get_category_display()
    assert safety["lines"] == ["Danger now", "Missing now"]
    assert response.context["findings"]


def test_a_second_person_reads_the_concern_that_is_open_and_none_that_has_ended(client, stand_before, at):
    referral = ReferralFactory(waiting=True)
    concern = ConcernFactory(subject=referral.subject, what="Not seen since Friday.")
    ConcernFactory(subject=referral.subject, what="Seen at the weekend.", closed=True)
    ConcernFactory(what="Another young person.")
    stand_before(Role.SAFEGUARDING_LEAD, referral)

    page = client.get(at("second_person", referral))

    assert [card["what"] for card in page.context["concerns"]] == [concern.what]
    assert concern.what in page.text
    assert AuditEvent.objects.filter(verb="referral.viewed", facts__concerns=[concern.pk]).exists()


def test_a_second_person_sends_it_back_with_a_reason(client, stand_before, at):
    referral = ReferralFactory(waiting=True)
    stand_before(Role.SAFEGUARDING_LEAD, referral)
    answer = {"decision": referral.decisions.get().pk, "answer": "send_back"}

    assert "reason" in client.post(at("second_person", referral), answer | {"reason": ""}).context["form"].errors
    client.post(at("second_person", referral), answer | {"reason": "Ring the social worker first."})

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SCREENING
    assert referral.decisions.get().sent_back_reason == "Ring the social worker first."
    assert not Message.objects.exists()


def test_the_page_says_why_it_came_back_until_somebody_decides_again(client, stand_before, at):
    referral = DecisionFactory(sent_back=True).referral
    stand_before(Role.DUTY_WORKER, referral)
    assert "Sent back: decide again" in client.get(referral.get_absolute_url()).content.decode()
    DecisionFactory(referral=referral, waiting=True)
    assert "Sent back: decide again" not in client.get(referral.get_absolute_url()).content.decode()


def test_a_second_person_agrees_only_to_what_they_read(client, stand_before, at):
    referral = ReferralFactory(waiting=True)
    stand_before(Role.TEAM_MANAGER, referral)
    client.post(at("second_person", referral), {"decision": referral.decisions.get().pk + 1, "answer": "agree"})
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SCREENING
