"""No address of ours leads away from us (security.md D6), whatever stands behind ``next=``."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from accounts.enums import Role
from tests.accounts.steps import give_password
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ReferralFactory
from tests.routes import address, all_routes, full_world
from tests.visitors import CHECKING, NEWCOMER, PASSWORD_GIVEN, REFERRING, STRANGER, client_of

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
HOST = "elsewhere.example"
ELSEWHERE = [
    f"{start}{HOST}{end}"
    for start in [
        "http://", "https://", "//", "///", "////", "\\\\", "/\\", "\\/", "\\/\\/", "/\\/", "http:\\\\", "http:/",
        "https:/\\", "http:", "https:", "HTTP://", "hTTps://", "ftp://", " //", "\t//", "/\t/", "//%09/", "/%09/",
        "//%5c", "/%5c", "/%2f", "%2f%2f", "http://testserver@", "http://testserver:80@", "//testserver@",
        "http://testserver.", "http://testserver%00.", "//\u2044", "\u2044\u2044", "\uff0f\uff0f", "/.//", "/..//",
        "./\\/", "javascript://", "javascript:alert(1)//", "data:text/html,", "blob:http://",
    ]
    for end in ["", "/refer/"]
]  # fmt: skip
NAMES = ["next", "back", "url", "return_to", "redirect", "continue"]


def leaves_us(response):
    """Where a browser would go: it takes a backslash for a slash, and drops tabs and line ends."""
    target = response.headers.get("Location", "").replace("\\", "/")
    for dropped in "\t\r\n":
        target = target.replace(dropped, "")
    aim = urlsplit(urljoin(f"{HERE}/staff/", target.strip()))
    return aim.scheme not in ("http", "https") or aim.netloc != "testserver"


def test_there_are_enough_of_them():
    assert len(ELSEWHERE) >= 50


@pytest.mark.parametrize("visitor", [STRANGER, CHECKING, REFERRING, PASSWORD_GIVEN, NEWCOMER, Role.TEAM_MANAGER.value])
def test_no_page_leads_away_and_none_links_there(visitor):
    """Every page, with every name that a way back could have: it neither goes there nor offers to."""
    world = full_world()
    client = client_of(visitor, world)
    wrong = []
    for route in sorted(all_routes()):
        query = "&".join(f"{name}={quote('//' + HOST + '/')}" for name in NAMES)
        response = client.get(f"{address(world, route)}?{query}")
        links = [f'{name}="//{HOST}'.encode() for name in ("href", "action")]  # bytes: one of the pages is a PDF
        if leaves_us(response) or any(link in response.content for link in links):
            wrong.append(route)
    assert wrong == []


@pytest.mark.parametrize("bad", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, bad):
    user = UserFactory(with_factor=True)
    client.get(f"{reverse('account_login')}?next={quote(bad)}")
    answer = client.post(f"{reverse('account_login')}?next={quote(bad)}", {"login": user.email, "password": "wrong"})
    assert not leaves_us(answer)
    assert not leaves_us(give_password(client, user.email))
    client.force_login(user)
    assert not leaves_us(client.get(f"{reverse('account_login')}?next={quote(bad)}"))
    assert not leaves_us(client.post(reverse("account_logout"), {"next": bad}))


@pytest.mark.parametrize("bad", ELSEWHERE)
def test_a_proven_address_leads_nowhere_else(client, bad):
    client.post(f"{reverse('refer:email')}?next={quote(bad)}", {"email": "robin@school.example"})
    code = next(word for word in mail.outbox[-1].body.split() if word.isdigit() and len(word) == 6)
    answer = client.post(reverse("refer:code"), {"code": code})
    assert answer.status_code == 302
    assert not leaves_us(answer)


def test_taking_a_referral_leads_nowhere_else(client, sign_in):
    referral = ReferralFactory()
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    take = reverse("triage:take", args=[referral.reference])
    answers = {bad: client.post(take, {"owner": "", "back": bad}) for bad in ELSEWHERE}
    assert {answer.status_code for answer in answers.values()} == {302}
    assert [bad for bad, answer in answers.items() if leaves_us(answer)] == []
