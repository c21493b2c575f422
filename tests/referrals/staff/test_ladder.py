"""The ladder of access, for every address below /triage/."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from people.models import Exclusion
from referrals.models import CriterionCheck, Decision, Note, Question, Referral, StatusChange
from safeguarding.models import Concern
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

POSTS_ONLY = ["take", "start_screening", "resume"]
PAGES = ["assign", "priority", "note", "raise_concern", "withdraw", "decide", "second_person"]
PAGES += ["step_back", "keep_out", "kept_out"]
WHILE_SCREENING = {"criteria": "screening", "hold": "screening", "ask": "screening"}  # each opens in this state
WHILE_SCREENING |= {"stop_waiting": "awaiting_information", "reopen": "not_accepted"}
PAGES += WHILE_SCREENING
ACTS = [*POSTS_ONLY, *PAGES]
SCREENING = ["take", "assign", "start_screening", "priority", "note", "withdraw", "decide"]
SCREENING += ["criteria", "hold", "ask", "resume", "stop_waiting", "reopen"]
WAYS = [("get", "referral"), *(("get", name) for name in PAGES), *(("post", name) for name in ACTS)]


def everything_written():
    """What acts leave behind; the trail of a refusal is not of the act."""
    referrals = list(Referral.objects.order_by("pk").values("status", "priority", "owner", "decided_at"))
    written = (Note, StatusChange, Decision, Exclusion, Concern, Question, CriterionCheck)
    rows = [model.objects.count() for model in written]
    return referrals, rows, AuditEvent.objects.exclude(verb="access.refused").count()


@pytest.mark.parametrize(("method", "name"), WAYS)
def test_a_visitor_is_sent_to_sign_in(client, referral, at, method, name):
    response = getattr(client, method)(at(name, referral))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", ["triage:queue", "home"])
def test_a_visitor_is_sent_to_sign_in_from_lists(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["duty_worker_elsewhere", "colleague_without_need_to_know", "excluded_manager"])
@pytest.mark.parametrize(("method", "name"), WAYS)
def test_no_need_to_know_looks_like_no_referral(client, stand_before, referral, at, who, method, name):
    stand_before(who, referral)
    before = everything_written()

    answer = getattr(client, method)(at(name, referral))
    nothing = getattr(client, method)(reverse(f"triage:{name}", args=["PR-2222-22"]))

    assert (answer.status_code, answer.content) == (404, nothing.content)
    assert everything_written() == before


@pytest.mark.parametrize("name", [*SCREENING, "second_person"])
def test_who_may_read_and_not_act_is_refused_and_nothing_is_left(client, stand_before, referral, at, name):
    stand_before("practitioner_with_a_grant", referral)
    assert client.get(referral.get_absolute_url()).status_code == 200
    before = everything_written()

    assert client.post(at(name, referral)).status_code == 403
    assert everything_written() == before


def test_a_page_offers_only_what_the_rules_allow(client, stand_before, referral):
    stand_before("practitioner_with_a_grant", referral)
    may = client.get(referral.get_absolute_url()).context["may"]
    assert sorted(may) == ["keep_out", "raise_concern", "step_back"]


def test_a_safeguarding_lead_reads_what_carries_a_concern_and_screens_nothing(client, stand_before, referral, at):
    stand_before(Role.SAFEGUARDING_LEAD, referral)
    assert client.get(referral.get_absolute_url()).status_code == 404

    ConcernFactory(subject=referral.subject)
    assert client.get(referral.get_absolute_url()).status_code == 200
    assert {name: client.post(at(name, referral)).status_code for name in SCREENING} == dict.fromkeys(SCREENING, 403)


@pytest.mark.parametrize("who", [Role.DUTY_WORKER, "practitioner_with_a_grant"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_manager_sees_who_is_kept_out_and_lets_them_back_in(client, stand_before, referral, at, who, method):
    exclusion = ExclusionFactory(subject=referral.subject)
    stand_before(who, referral)
    before = everything_written()

    answer = getattr(client, method)(at("kept_out", referral), {"exclusion": exclusion.pk, "reason": "A mistake."})

    assert answer.status_code == 403
    assert everything_written() == before
    assert "kept_out" not in client.get(referral.get_absolute_url()).context["may"]


@pytest.mark.parametrize("name", POSTS_ONLY)
def test_acts_that_only_post_refuse_to_be_read(client, stand_before, referral, at, name):
    stand_before(Role.DUTY_WORKER, referral)
    assert client.get(at(name, referral)).status_code == 405


@pytest.mark.parametrize("name", ["referral", *PAGES])
def test_a_manager_may_open_every_page_of_a_referral(client, stand_before, at, name):
    referral = ReferralFactory(**{WHILE_SCREENING.get(name, "waiting"): True})
    stand_before(Role.TEAM_MANAGER, referral)
    assert client.get(at(name, referral)).status_code == 200


def test_a_duty_worker_screens_and_does_not_open_again(client, stand_before, at):
    for name, state in WHILE_SCREENING.items():
        referral = ReferralFactory(**{state: True})
        stand_before(Role.DUTY_WORKER, referral)
        assert client.get(at(name, referral)).status_code == (403 if name == "reopen" else 200)


def test_nobody_agrees_to_their_own_decision(client, stand_before, at):
    referral = ReferralFactory(screening=True)
    manager = stand_before(Role.TEAM_MANAGER, referral)
    decision = DecisionFactory(referral=referral, waiting=True, decided_by=manager)
    before = everything_written()

    answers = {"decision": decision.pk, "answer": "agree"}
    assert client.get(at("second_person", referral)).status_code == 403
    assert client.post(at("second_person", referral), answers).status_code == 403
    assert everything_written() == before


def test_a_page_that_shows_a_referral_records_that_it_was_read(client, stand_before, referral):
    reader = stand_before(Role.DUTY_WORKER, referral)
    client.get(referral.get_absolute_url())
    [event] = AuditEvent.objects.filter(verb="referral.viewed")
    assert (event.actor_id, event.subject_id) == (reader.pk, str(referral.pk))


def test_a_list_records_which_rows_it_showed(client, stand_before, referral):
    stand_before(Role.DUTY_WORKER, referral)
    client.get(reverse("triage:queue"))
    client.get(reverse("home"))
    shown = {event.verb: event.facts["shown"] for event in AuditEvent.objects.all()}
    assert shown == {"queue.listed": [referral.pk], "home.viewed": []}
