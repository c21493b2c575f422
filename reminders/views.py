"""What waits for me, and for my team."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from audit.recording import record
from reminders import my_work as work
from reminders import presenting, rules

TABS = [("my_work", gettext_noop("Mine")), ("team", gettext_noop("My team"))]
FOR_MANAGERS = {"team"}


@require_GET
def my_work(request):
    """Everything that I am reminded of, and where it is done."""
    today = timezone.localdate()
    lines = work.of(request.user, today=today)
    record("my_work.viewed", "my_work", by=request.user, **_pks(lines))
    context = presenting.parts(lines, today=today) | {"tabs": _tabs(request)}
    return render(request, "reminders/my_work.html", context)


@require_GET
def team(request):
    """How much waits for each colleague; and of one of them what it is."""
    if not rules.manages(request.user):
        raise PermissionDenied
    today, people = timezone.localdate(), list(work.colleagues(request.user))
    if "who" in request.GET:
        return _colleague(request, _one_of(people, request.GET["who"]), today)
    counts = work.team(request.user, people, today=today)
    record("team.listed", "team", by=request.user, people=[person.pk for person in people])
    rows = [presenting.team_row(person, counts[person.pk]) for person in people]
    return render(request, "reminders/team.html", {"rows": rows, "tabs": _tabs(request)})


def _colleague(request, colleague, today):
    lines = work.of_colleague(request.user, colleague, today=today)
    record("colleague.viewed", "my_work", by=request.user, colleague=colleague.pk, **_pks(lines))
    context = presenting.parts(lines, today=today) | {"colleague": colleague}
    return render(request, "reminders/colleague.html", context)


def _one_of(people, who):
    """404 for everybody who is none of them, and whatever is no number."""
    for person in people:
        if str(person.pk) == who:
            return person
    raise Http404


def _tabs(request):
    name, manages = request.resolver_match.url_name, rules.manages(request.user)
    return [
        {"label": _(label), "url": reverse(f"reminders:{tab}"), "current": tab == name, "count": 0}
        for tab, label in TABS
        if manages or tab not in FOR_MANAGERS
    ]


def _pks(lines):
    """What was shown, by what it is, for the trail."""
    return {kind: [line["pk"] for line in lines if line["of"] == kind] for kind in sorted({row["of"] for row in lines})}
