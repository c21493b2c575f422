"""What the pages of one's own work and of a team's have in common."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reminders import my_work, rules

TABS = [
    ("my_work", gettext_noop("Mine")),
    ("team", gettext_noop("My team")),
    ("away", gettext_noop("Away")),
    ("letters", gettext_noop("Letters")),
]
FOR_MANAGERS = {"team"}


def tabs(request):
    name, manages = request.resolver_match.url_name, rules.manages(request.user)
    return [
        {"label": _(label), "url": reverse(f"reminders:{tab}"), "current": tab == name, "count": 0}
        for tab, label in TABS
        if manages or tab not in FOR_MANAGERS
    ]


def managed(request):
    """The colleagues of whoever manages; 403 for everybody else."""
    if not rules.manages(request.user):
        raise PermissionDenied
    return list(my_work.colleagues(request.user))


def one_of(people, who):
    """404 for everybody who is none of them, and whatever is no number."""
    for person in people:
        if str(person.pk) == who:
            return person
    raise Http404


def whose(request):
    """Oneself, or the colleague whom ``?who=`` names of one's own team."""
    if "who" not in request.GET:
        return request.user
    return one_of(managed(request), request.GET["who"])
