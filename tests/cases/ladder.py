"""The rungs that every address of a case stands on. ``ways``: the name of each, its method and its address."""

from contextlib import contextmanager

from django.urls import reverse

from audit.models import AuditEvent
from tests.traces import everything

OF_REQUESTS = {"accounts.Session", "audit.AuditEvent", "pghistory.Context"}


@contextmanager
def writes_nothing():
    """But that somebody was refused: no row of any table is other than before."""
    before = _written()
    yield
    assert _written() == before


def _written():
    return everything(but=OF_REQUESTS), AuditEvent.objects.exclude(verb="access.refused").count()


def is_sent_to_sign_in(client, ways):
    for name, method, url in ways:
        response = getattr(client, method)(url)
        assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login")), (name, method)


def looks_like_no_case(client, ways, elsewhere):
    """Byte by byte as the pages of a case that is not there, ``elsewhere(name)``, which all look the same."""
    with writes_nothing():
        nothing = {getattr(client, method)(elsewhere(name)).content for name, method, _url in (ways[0], ways[-1])}
        for name, method, url in ways:
            answer = getattr(client, method)(url)
            assert (answer.status_code, {answer.content}) == (404, nothing), (name, method)


def is_refused(client, ways):
    with writes_nothing():
        assert {(name, getattr(client, method)(url).status_code) for name, method, url in ways} == {
            (name, 403) for name, _method, _url in ways
        }


def opens(client, ways):
    answers = {name: getattr(client, method)(url).status_code for name, method, url in ways}
    assert answers == dict.fromkeys(answers, 200)
