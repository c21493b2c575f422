import json
import logging
import re

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.ui.urls import SECRET
from ui import views

STATUSES = [
    ("/missing/", 404),
    ("/forbidden/", 403),
    ("/csrf/", 403),
    ("/first/", 409),
    ("/expired/", 410),
    ("/wait/", 429),
    ("/broken/", 500),
    ("/away/", 503),
]


@pytest.mark.parametrize(("path", "status"), STATUSES)
def test_every_refusal_is_a_page_for_people(visitor, path, status):
    response = visitor.get(path)

    assert response.status_code == status
    assert response.text.count("<h1") == 1
    assert "0808 800 5000" in response.text
    assert "999" in response.text
    assert SECRET not in response.text


def test_not_there_is_byte_for_byte_the_same_for_everybody(visitor):
    nothing = visitor.get("/no/such/page/?name=" + SECRET)
    not_for_you = visitor.get("/missing/")

    assert nothing.status_code == not_for_you.status_code == 404
    assert nothing.content == not_for_you.content


def test_a_page_open_too_long_says_that_the_draft_is_saved(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/fine/", {"answer": "x"})
    assert response.status_code == 403
    assert "Your draft is saved" in response.text


def test_somebody_was_first_says_what_happened_and_leads_on(visitor):
    response = visitor.get("/first/")
    assert "A colleague has decided." in response.text
    assert 'href="/now/"' in response.text


def test_too_many_tries_says_how_long_to_wait(visitor):
    assert visitor.get("/wait/").headers["Retry-After"] == "60"


def test_a_fault_of_ours_shows_the_id_that_the_log_has(visitor, caplog):
    with caplog.at_level(logging.ERROR, logger="ui.incidents"):
        response = visitor.get(f"/broken/?name={SECRET}")

    shown = re.search(r'class="incident">(\w+)<', response.text).group(1)
    (record,) = [record for record in caplog.records if record.name == "ui.incidents"]
    assert record.incident == shown
    assert SECRET not in json.dumps(record.__dict__, default=str).replace(str(record.exc_info[1]), "")


def test_a_fault_is_told_without_the_database(visitor, django_db_blocker):
    with django_db_blocker.block():
        assert visitor.get("/broken/").status_code == 500
        assert visitor.get("/away/").status_code == 503


def test_a_fault_within_the_fault_still_answers(rf, monkeypatch):
    def no_template(name):
        raise LookupError(name)

    monkeypatch.setattr(views, "get_template", no_template)
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"0808 800 5000" in response.content


def test_a_refusal_does_not_say_who_is_signed_in(rf):
    class Colleague:
        is_authenticated = True
        name = SECRET

    signed_out, signed_in = rf.get("/nowhere/"), rf.get("/nowhere/")
    signed_out.user, signed_in.user = AnonymousUser(), Colleague()

    assert views.page_not_found(signed_in).content == views.page_not_found(signed_out).content


def test_the_page_for_bad_days_stands_alone(settings):
    page = (settings.BASE_DIR / "static" / "503.html").read_text()
    assert "{%" not in page
    assert "{{" not in page
    assert "<script" not in page
    assert "style=" not in page


def test_the_page_for_bad_days_says_it_in_both_languages(settings):
    """It cannot know which is wanted: what answers may be a proxy that has nothing but this file."""
    page = (settings.BASE_DIR / "static" / "503.html").read_text()
    welsh = "".join(part for _tag, part in re.findall(r'<(section|div)[^>]* lang="cy"(.*?)</\1>', page, re.S))
    assert "Byddwn yn ôl" in welsh
    for number in ["999", "101", "0808 800 5000", "0800 1111"]:
        assert page.count(f">{number}</a>") == 2
        assert f">{number}</a>" in welsh
