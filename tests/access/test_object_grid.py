"""Not allowed looks exactly like not there (security.md A3): every address with an object in it, byte for byte."""

import csv
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from referrals.references import new_reference
from tests import concern_world
from tests.access.test_access_matrix import TABLE
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory
from tests.routes import OF_THE_QUEUE
from tests.visitors import masked, referrer_client, staff_client

pytestmark = pytest.mark.django_db

SEES_REFERRALS = [Role.DUTY_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD]
SEES_NONE = [Role.PRACTITIONER, Role.CENTRE_ADMIN, Role.DATA_PROTECTION, Role.SYSTEM_ADMIN]


def accepted(prefix):
    with TABLE.open() as file:
        lines = list(csv.DictReader(file))
    return [(line["route"], line["method"]) for line in lines if line["route"].startswith(prefix)]


OF_A_REFERRAL = [pair for pair in accepted("triage:") if pair[0] not in OF_THE_QUEUE]
OF_A_CONCERN = [pair for pair in accepted("safeguarding:") if pair[0] != "safeguarding:concerns"]
OF_A_FORM = [
    pair
    for pair in accepted("refer:")
    if pair[0].split(":")[1] in {"tasks", "section", "check_answers", "discard", "sent", "outcome", "messages"}
]


def other_centre(user, centre):
    return ReferralFactory(in_danger=True)


def restricted(user, centre):
    referral = ReferralFactory(centre=centre, subject__is_restricted=True)
    AccessGrantFactory(subject=referral.subject)  # somebody else is on the list
    return referral


def excluded(user, centre):
    referral = ReferralFactory(centre=centre, waiting=True)
    AccessGrantFactory(subject=referral.subject, user=user)  # exclusion wins over a grant
    ExclusionFactory(subject=referral.subject, user=user)
    return referral


def unassigned(user, centre):
    return ReferralFactory(centre=centre)


CLOSED_TO_ALL = [other_centre, restricted, excluded]
GRID = [(role, kind) for role in SEES_REFERRALS for kind in CLOSED_TO_ALL] + [
    (role, kind) for role in SEES_NONE for kind in [*CLOSED_TO_ALL, unassigned]
]


def answer(client, route, method, **kwargs):
    with transaction.atomic():
        response = client.generic(method, reverse(route, kwargs=kwargs))
        transaction.set_rollback(True)
    return response.status_code, response.content


def row_of(pair, concern):
    return concern_world.row_for(pair[0].split(":")[1], concern)


@pytest.mark.parametrize(("role", "closed"), GRID, ids=lambda value: getattr(value, "__name__", value))
def test_a_referral_that_is_closed_to_somebody_is_not_there(role, closed):
    centre = ServiceCentreFactory()
    user = MembershipFactory(user=UserFactory(with_factor=True), role=role, centre=centre).user
    referral = closed(user, centre)
    concern = concern_world.acted_on(referral.subject, user)
    client = staff_client(user)
    nowhere = answer(client, "triage:referral", "GET", reference=new_reference())

    answers = {
        **{pair: answer(client, *pair, reference=referral.reference) for pair in OF_A_REFERRAL},
        **{pair: answer(client, *pair, key=concern.key, **row_of(pair, concern)) for pair in OF_A_CONCERN},
        "a concern that is not there": answer(client, "safeguarding:concern", "GET", key=uuid.uuid4()),
    }

    assert nowhere[0] == 404
    assert {pair for pair, given in answers.items() if given != nowhere} == set()


@pytest.mark.parametrize(("role", "closed"), GRID, ids=lambda value: getattr(value, "__name__", value))
def test_no_list_and_no_count_tells_of_it(role, closed):
    centre = ServiceCentreFactory()
    user = MembershipFactory(user=UserFactory(with_factor=True), role=role, centre=centre).user
    LocalAuthorityFactory(centre=centre)  # the filter offers the areas of the centre, whatever stands in the queue
    client = staff_client(user)
    lists = ["home", "triage:queue", "safeguarding:concerns"]
    before = [masked(client.get(reverse(name)).content) for name in lists]

    referral = closed(user, centre)
    ConcernFactory(subject=referral.subject)

    assert [masked(client.get(reverse(name)).content) for name in lists] == before


@pytest.mark.parametrize(("route", "method"), OF_A_FORM)
def test_a_form_of_somebody_else_is_not_there(route, method):
    draft = ReferralDraftFactory(email="owner@school.example")
    sent = ReferralFactory(referrer_email="owner@school.example", not_accepted=True)
    client = referrer_client("stranger@school.example")
    more = {"section": "concerns"} if route == "refer:section" else {}

    nowhere = answer(client, route, method, draft=uuid.uuid4(), **more)

    assert nowhere[0] == 404
    assert answer(client, route, method, draft=draft.pk, **more) == nowhere
    assert answer(client, route, method, draft=sent.form_token, **more) == nowhere
    assert answer(client, route, method, draft=ConcernFactory().key, **more) == nowhere
