from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from ui import middleware

PATHS = ["/", "/fine/", "/missing/", "/forbidden/", "/broken/", "/away/", "/first/", "/expired/", "/wait/", "/style/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(visitor, path):
    response = visitor.get(path)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Server" not in response.headers


def test_a_redirect_to_the_safe_address_carries_them_too(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = visitor.get("/fine/")
    assert response.status_code == 301
    assert response.headers["Cache-Control"] == "no-store"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_static_file_carries_the_policy(visitor):
    response = visitor.get("/static/css/app.css")
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" not in response.headers.get("Cache-Control", "")
    response.close()


def test_a_host_that_is_not_ours_is_refused_quietly(visitor, capfd):
    response = visitor.get("/fine/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere" not in capfd.readouterr().err


def test_only_the_front_page_may_be_found_by_search_engines(visitor):
    assert "X-Robots-Tag" not in visitor.get("/").headers
    assert "noindex" in visitor.get("/fine/").headers["X-Robots-Tag"]
    assert "noindex" in visitor.get("/missing/").headers["X-Robots-Tag"]


def test_a_page_may_ask_to_be_found_but_never_to_be_kept(visitor):
    response = visitor.get("/robots/")
    assert response.headers["X-Robots-Tag"] == "all"
    assert response.headers["Cache-Control"] == "no-store"


def test_static_files_may_be_kept_and_their_absence_not(rf):
    def answer(status):
        return middleware.headers(lambda request: HttpResponse(status=status))(rf.get("/static/css/app.css"))

    assert "Cache-Control" not in answer(200).headers
    assert answer(404).headers["Cache-Control"] == "no-store"


def test_a_fragment_is_not_taken_for_its_page(visitor):
    assert "HX-Request" in visitor.get("/fine/", headers={"HX-Request": "true"}).headers["Vary"]


@pytest.mark.parametrize("bad", ["a\x00b", "\x01", "a\x1b[31m", "\x0b"])
@pytest.mark.parametrize("how", ["name", "value"])
def test_control_characters_are_refused_wherever_they_stand(visitor, bad, how):
    sent = {bad: "x"} if how == "name" else {"q": bad}

    assert visitor.get("/fine/", sent).status_code == 400
    typed = urlencode(sent)
    assert visitor.post("/fine/", typed, content_type="application/x-www-form-urlencoded").status_code == 400


def test_control_characters_in_an_address_are_refused(visitor):
    assert visitor.get("/fine/%00").status_code == 400


def test_half_a_surrogate_pair_is_refused(rf):
    request = rf.get("/fine/")
    request.GET = type("Sent", (dict,), {"lists": lambda self: [("q", ["\ud800"])]})()

    response = middleware.well_formed_input(lambda request: HttpResponse())(request)

    assert response.status_code == 400


@pytest.mark.parametrize("good", ["Siôn ap Gwŷdd", "O'Brien", "Null", "line\r\nline\ttab", "👩‍👩‍👧", "\u202ename"])
def test_what_people_write_passes(visitor, good):
    assert visitor.get("/fine/", {"q": good}).status_code == 200
    assert visitor.post("/fine/", {"q": good}).status_code == 200


def test_more_fields_than_any_form_has_is_a_page_for_people(visitor):
    response = visitor.post("/fine/", {f"field{number}": "x" for number in range(1001)})
    assert response.status_code == 400
    assert "0808 800 5000" in response.text


def test_more_fields_in_an_address_too(visitor):
    assert visitor.get("/fine/", {f"field{number}": "x" for number in range(1001)}).status_code == 400


def test_more_text_than_we_take_is_a_page_for_people(visitor):
    response = visitor.post("/fine/", {"text": "x" * 3_000_000})
    assert response.status_code == 413
    assert "Shorten the longest answer" in response.text


def test_a_million_characters_pass(visitor):
    assert visitor.post("/fine/", {"text": "x" * 1_000_000}).status_code == 200


def test_a_body_that_cannot_be_read_is_refused(visitor):
    response = visitor.post("/fine/", b"nonsense", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400


def test_refusal_speaks_the_language_of_the_request_and_leaves_none_behind(visitor):
    welsh = visitor.get("/fine/", {"q": "\x00"}, headers={"Accept-Language": "cy"})
    english = visitor.get("/fine/", {"q": "\x00"})
    assert 'lang="cy"' in welsh.text
    assert 'lang="en-gb"' in english.text


@pytest.mark.parametrize("path", ["/away/", "/read-only/", "/right-taken-away/"])
def test_database_away_says_so_and_when_to_return(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    for number in ("999", "0808 800 5000", "0800 1111"):
        assert number in response.text


def test_database_away_before_any_view_is_the_same_page(visitor, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.ui.test_middleware.loses_the_database"]
    response = visitor.get("/fine/")
    assert response.status_code == 503
    assert "Retry-After" in response.headers


def loses_the_database(get_response):
    def middleware(request):
        raise OperationalError

    return middleware


def test_the_next_request_is_tried_again(visitor):
    assert visitor.get("/away/").status_code == 503
    assert visitor.get("/fine/").status_code == 200
