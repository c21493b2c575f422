"""Pages that go wrong in each way, for the tests of the pages that say so."""

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import InternalError, OperationalError, ProgrammingError
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from ui import specimens, views

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


FORM_PAGE = """{% extends "base_public.html" %}{% load crispy_forms_tags %}
{% block title %}A form{% endblock %}{% block main %}<h1>A form</h1>{% crispy form %}{% endblock %}"""
STAFF_PAGE = """{% extends "base_staff.html" %}
{% block title %}Home{% endblock %}{% block main %}<h1>Home</h1><p>Nothing is waiting.</p>{% endblock %}"""


def form_page(request):
    form = specimens.SpecimenForm(request.POST or None, prefix="one")
    form.helper.form_tag = True
    form.helper.attrs["data_guard"] = "1"
    return HttpResponse(Template(FORM_PAGE).render(RequestContext(request, {"form": form})))


def staff_page(request):
    return HttpResponse(Template(STAFF_PAGE).render(RequestContext(request, specimens.records())))


def page(address, view):
    """These pages are for anybody, also where a live server has the middleware of upper floors."""
    return path(address, login_not_required(view))


urlpatterns = [
    page("form/", form_page),
    page("staff-page/", staff_page),
    page("", fine),
    page("fine/", fine),
    page("missing/", missing),
    page("forbidden/", forbidden),
    page("broken/", broken),
    page("away/", database_away),
    page("read-only/", read_only),
    page("right-taken-away/", right_taken_away),
    page("first/", somebody_was_first),
    page("expired/", expired),
    page("wait/", views.too_many_requests),
    page("csrf/", views.csrf_failure),
    page("robots/", own_answer_for_robots),
    path("", include("ui.urls")),
]
handler400 = "ui.views.bad_request"
handler403 = "ui.views.permission_denied"
handler404 = "ui.views.page_not_found"
handler500 = "ui.views.server_error"
