"""Pages that go wrong in each way, for the tests of the pages that say so."""

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import InternalError, OperationalError, ProgrammingError
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpResponse
from django.urls import include, path

from ui import views

SECRET = "Gwenllian Secret"  # what must reach neither a page nor a log


def fine(request):
    return HttpResponse("fine")


def missing(request):
    raise Http404(SECRET)


def forbidden(request):
    raise PermissionDenied(SECRET)


@non_atomic_requests
def broken(request):
    name = SECRET
    raise ValueError(f"no such person: {name}")


@non_atomic_requests
def database_away(request):
    raise OperationalError(SECRET)


def read_only(request):
    raise InternalError(SECRET) from psycopg.errors.ReadOnlySqlTransaction(SECRET)


def right_taken_away(request):
    raise ProgrammingError(SECRET) from psycopg.errors.InsufficientPrivilege(SECRET)


def somebody_was_first(request):
    return views.conflict(request, message="A colleague has decided.", address="/now/")


def expired(request):
    return views.gone(request, message="The copy is kept for one hour.")


def own_answer_for_robots(request):
    return HttpResponse("fine", headers={"X-Robots-Tag": "all", "Cache-Control": "max-age=600"})


urlpatterns = [
    path("", fine),
    path("fine/", fine),
    path("missing/", missing),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("away/", database_away),
    path("read-only/", read_only),
    path("right-taken-away/", right_taken_away),
    path("first/", somebody_was_first),
    path("expired/", expired),
    path("wait/", views.too_many_requests),
    path("csrf/", views.csrf_failure),
    path("robots/", own_answer_for_robots),
    path("", include("ui.urls")),
]
handler400 = "ui.views.bad_request"
handler403 = "ui.views.permission_denied"
handler404 = "ui.views.page_not_found"
handler500 = "ui.views.server_error"
