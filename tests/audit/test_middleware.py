"""What a request leaves behind: a refusal outlives its rollback; a change knows its user and its route."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db


def refusals():
    return [(event.actor_id, event.route, event.facts) for event in AuditEvent.objects.filter(verb="access.refused")]


@pytest.mark.parametrize("reference", ["another centre", "excluded", "PR-2222-22"])
def test_what_staff_may_not_see_is_recorded_as_refused_and_looks_alike(client, sign_in, reference):
    referral = ReferralFactory()
    if reference == "excluded":
        user = sign_in(Role.TEAM_MANAGER, at=referral.centre)
        ExclusionFactory(subject=referral.subject, user=user)
    else:
        user = sign_in(Role.TEAM_MANAGER)
    asked = reference if reference.startswith("PR-") else referral.reference

    response = client.get(reverse("triage:referral", args=[asked]))

    assert response.status_code == 404
    assert refusals() == [(user.pk, "triage:referral", {"status": 404, "reference": asked})]
    assert not AuditEvent.objects.filter(verb="referral.viewed").exists()


def test_a_view_is_one_event_with_its_route_and_request(client, sign_in):
    referral = ReferralFactory()
    user = sign_in(Role.TEAM_MANAGER, at=referral.centre)

    client.get(reverse("triage:referral", args=[referral.reference]))

    [event] = AuditEvent.objects.filter(verb="referral.viewed")
    assert (event.actor_id, event.subject_id, event.route) == (user.pk, str(referral.pk), "triage:referral")
    assert len(event.request_id) == 16
    assert refusals() == []


def test_the_history_of_a_change_knows_who_and_by_which_route(client, sign_in):
    referral = ReferralFactory()
    user = sign_in(Role.TEAM_MANAGER, at=referral.centre)

    client.post(reverse("triage:start_screening", args=[referral.reference]))

    version = type(referral).events.rel.related_model.objects.filter(pgh_obj=referral).latest("pgh_id")
    context = version.pgh_context.metadata
    assert version.pgh_label == "update"
    assert (context["user"], context["route"]) == (user.pk, "triage:start_screening")
    assert len(context["request"]) == 16


def test_a_visitor_who_finds_nothing_is_not_recorded(client):
    MembershipFactory()

    client.get("/there-is-no-such-page/")

    assert refusals() == []
