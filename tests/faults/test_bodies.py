"""C7 against the real server: bodies that no browser sends are answered, and answer no question."""

import socket
from contextlib import suppress
from urllib.parse import urlencode

import pytest

from tests.faults.browser import CSRF, DECLARATION

pytestmark = pytest.mark.deep

FORM = "application/x-www-form-urlencoded"
SENT = urlencode(DECLARATION | {"csrfmiddlewaretoken": CSRF}).encode()


def ask(browser, path, *headers, body=b""):
    """Send exactly these bytes. The status of the answer, or nothing when the connection was closed without one."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = [f"POST {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Connection: close", *headers, "", ""]
    answer = b""
    with socket.create_connection(("127.0.0.1", browser.port), timeout=15) as connection:
        with suppress(OSError):  # the server may refuse and hang up before it has heard all of it
            connection.sendall("\r\n".join(head).encode() + body)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                answer += part
    return int(answer.split()[1]) if answer else None


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def is_sent(site, draft):
    return site.rows("SELECT count(*) FROM referrals_referral WHERE form_token = %s", draft) == [(1,)]


REFUSED = {
    "no length": ([f"Content-Type: {FORM}"], SENT),
    "a length that is no number": ([f"Content-Type: {FORM}", "Content-Length: ten"], SENT),
    "a negative length": ([f"Content-Type: {FORM}", "Content-Length: -1"], SENT),
    "two lengths": ([f"Content-Type: {FORM}", "Content-Length: 3", f"Content-Length: {len(SENT)}"], SENT),
    "a length and chunks": (
        [f"Content-Type: {FORM}", "Content-Length: 3", "Transfer-Encoding: chunked"],
        chunked(SENT),
    ),
    "chunks cut short": ([f"Content-Type: {FORM}", "Transfer-Encoding: chunked"], chunked(SENT)[:-20]),
    "a chunk of no size": ([f"Content-Type: {FORM}", "Transfer-Encoding: chunked"], b"zz\r\n" + SENT),
    "less than was promised": ([f"Content-Type: {FORM}", f"Content-Length: {len(SENT) + 50}"], SENT),
    "more than we read": ([f"Content-Type: {FORM}", "Content-Length: 3000000"], b"a" * 3_000_000),
    "JSON": (["Content-Type: application/json", "Content-Length: 18"], b'{"accurate": "on"}'),
    "another kind": (["Content-Type: text/plain", f"Content-Length: {len(SENT)}"], SENT),
    "no kind": ([f"Content-Length: {len(SENT)}"], SENT),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_body_that_no_browser_sends_sends_nothing(site, next_draft, kind):
    draft, browser = next_draft()
    headers, body = REFUSED[kind]

    status = ask(browser, f"/refer/{draft}/check/", *headers, body=body)

    assert status is None or 400 <= status < 500
    assert not is_sent(site, draft)
    assert site.health()[0] == 200


def test_a_form_in_chunks_is_a_form_like_any_other_or_is_refused(site, next_draft):
    draft, browser = next_draft()

    status = ask(
        browser, f"/refer/{draft}/check/", f"Content-Type: {FORM}", "Transfer-Encoding: chunked", body=chunked(SENT)
    )

    assert (status == 302) is is_sent(site, draft)
    assert status == 302 or 400 <= status < 500
