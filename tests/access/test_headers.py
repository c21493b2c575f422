"""What every answer carries, whatever route and whatever status (security.md D1)."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.enums import Role
from accounts.models import Session
from referrals import check
from tests.factories.accounts import PASSWORD
from tests.routes import address, all_routes, full_world
from tests.visitors import CHECKING, REFERRING, STRANGER, a_client, client_of

pytestmark = pytest.mark.django_db

ON_EVERY_ANSWER = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}
POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
]
MAY_BE_FOUND = {"refer:start_page"}


@pytest.fixture
def secure(settings):
    """As behind TLS: only there does a browser listen to the promise to come back by TLS."""
    settings.SECURE_HSTS_SECONDS = 63_072_000
    return {"secure": True}


def lacking(response, route):
    found = {name: response.headers.get(name) for name in ON_EVERY_ANSWER}
    wrong = {name: value for name, value in found.items() if value != ON_EVERY_ANSWER[name]}
    policy = response.headers.get("Content-Security-Policy", "").split("; ")
    wrong |= {part: "not in the policy" for part in POLICY if part not in policy}
    if any("unsafe" in part or "*" in part for part in policy):
        wrong["Content-Security-Policy"] = policy
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        wrong["Permissions-Policy"] = response.headers.get("Permissions-Policy")
    if "Server" in response.headers or "X-Powered-By" in response.headers:
        wrong["Server"] = "names what it runs on"
    if route not in MAY_BE_FOUND and "noindex" not in response.headers.get("X-Robots-Tag", ""):
        wrong["X-Robots-Tag"] = response.headers.get("X-Robots-Tag")
    return wrong


@pytest.mark.parametrize("visitor", [STRANGER, REFERRING, Role.TEAM_MANAGER.value])
def test_every_answer_of_every_route_carries_the_headers(visitor, secure):
    world = full_world()
    wrong, statuses, somebody = {}, set(), client_of(visitor, world)
    for route in sorted(all_routes() - {"account_logout"}) + ["account_logout"]:
        client = a_client()
        client.cookies = somebody.cookies.copy()
        for method in ["put", "get", "post"]:
            response = getattr(client, method)(address(world, route), **secure)
            statuses.add(response.status_code)
            if faults := lacking(response, route):
                wrong[method, route] = faults
    assert wrong == {}
    assert {200, 302, 405} <= statuses


def test_answers_that_no_route_gives_carry_them_too(client, secure, settings):
    answers = [
        client.get("/no-such-page/", **secure),
        client.get("/check/?q=%00", **secure),
        client.get("/home", **secure),
    ]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answers.append(client.post("/check/", {"who": "x" * 50}, **secure))
    assert [answer.status_code for answer in answers] == [404, 400, 301, 413]
    assert [lacking(answer, "") for answer in answers] == [{}] * 4


def test_the_way_to_the_safe_address_carries_what_a_redirect_needs(settings):
    """All but the promise of TLS, which is made over TLS."""
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/check/")
    assert answer.status_code == 301
    assert set(lacking(answer, "")) == {"Strict-Transport-Security"}


def test_no_cookie_holds_what_a_page_says():
    """A notice names colleagues and referrals; it waits in the session, whose key alone the browser holds."""
    world = full_world()
    client = client_of(Role.TEAM_MANAGER, world)
    taken = client.post(f"/triage/{next(iter(world.referrals.values())).reference}/take/")
    assert (taken.status_code, "messages" in client.cookies) == (302, False)
    assert "banner--" in client.get(taken.url).text


def test_reading_a_public_page_starts_no_session():
    client = Client()
    pages = ["/", "/check/", "/help/contact/", "/young-people/", "/staff/login/", "/cy/"]
    assert {client.get(page).status_code for page in pages} == {200}
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert not Session.objects.exists()


def test_cookies_are_for_our_server_only():
    """Out of reach of scripts and of other sites; tests/protect_respect says how they are named behind TLS."""
    world = full_world()
    client = client_of(CHECKING, world)
    set_by_us = client.get("/staff/login/").cookies
    set_by_us.update(client.post("/refer/start/", {"email": "somebody@school.example"}).cookies)
    answers = {"who": "professional", "danger": "no", "social_care_told": "told", "age_known": "not_known"}
    answers |= {"young_person_knows": "no", "local_authority": world.centre.areas.first().code}
    set_by_us.update(client.post("/check/", answers).cookies)
    signing_in = {"login": world.staff[Role.DUTY_WORKER].email, "password": PASSWORD}
    set_by_us.update(Client().post("/staff/login/", signing_in).cookies)
    assert {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME, check.cookie_name()} <= set(set_by_us)
    for name, cookie in set_by_us.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name
