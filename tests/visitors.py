"""Who stands before the product, as the cookies that a browser of theirs brings."""

import re
import time

from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from referrals import check
from referrals.proof import proven_now
from tests.accounts.steps import give_password
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.routes import REFERRER, STAFF

STRANGER, CHECKING, REFERRING = "stranger", "checking", "referring"
PASSWORD_GIVEN, NEWCOMER = "password given", "newcomer"
VISITORS = [STRANGER, CHECKING, REFERRING, PASSWORD_GIVEN, NEWCOMER, *STAFF]


def a_client(**options):
    """A browser of its own, which meets the page of a mistake as people do."""
    return Client(raise_request_exception=False, **options)


def staff_client(user):
    client = a_client()
    client.force_login(user)
    return client


def referrer_client(email):
    """Somebody whose address a code has proven."""
    client = a_client()
    put(client, referrer=proven_now(email))
    return client


def client_of(visitor, world, **options):
    """A client of its own. Staff have just given their password, so that no page asks for it again."""
    client = a_client(**options)
    if visitor == CHECKING:
        answer_the_check(client, world)
    elif visitor == REFERRING:
        prove(client, world)
    elif visitor == PASSWORD_GIVEN:
        give_password(client, world.staff[Role.DUTY_WORKER].email)
    elif visitor == NEWCOMER:
        newcomer = MembershipFactory(user=UserFactory(), centre=world.centre).user
        sign_in(client, newcomer)
    elif visitor != STRANGER:
        sign_in(client, world.staff[visitor])
    return client


def answer_the_check(client, world):
    answers = {
        "who": "professional",
        "danger": "no",
        "social_care_told": "told",
        "local_authority": world.centre.areas.first().code if world.centre.areas.exists() else "",
        "age_known": "sure",
        "age": 14,
        "young_person_knows": "yes",
        "category": "suspected",
    }
    client.cookies.update(check.keep(HttpResponse(), answers).cookies)
    put(client, asked={"email": "another@school.example", "has_left": True, "next": "", "browser": "x"})


def prove(client, world):
    sent = {str(referral.form_token): time.time() for referral in world.referrals.values()}
    put(client, referrer=proven_now(REFERRER), sent=sent)


def sign_in(client, user):
    client.force_login(user)
    put(client, account_authentication_methods=[{"method": "password", "at": time.time(), "email": user.email}])


def put(client, **values):
    session = client.session
    session.update(values)
    session.save()


def cookies_of(client, origin):
    """What ``client`` holds, as a browser takes it from us: out of reach of scripts (test_headers proves that)."""
    return [
        {"name": name, "value": kept.value, "url": origin, "httpOnly": True} for name, kept in client.cookies.items()
    ]


def masked(content):
    """A page without what is other in each answer: the token of its forms, and the seconds that one stays signed in."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-seconds="\d+"', b"", content)
