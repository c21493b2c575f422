"""What every page of a case begins with: the case, or 404; its head and tabs; the view on the trail."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.recording import record
from cases import addresses, contact_in_words, operations, presenting, rules, visible
from cases.views import sections
from people.visible import safe_contacts

PAGE_AND_ACT = ["GET", "HEAD", "POST"]
TABS = [  # the name of a page, and its label; an upper floor's page stands here by its name alone
    ("cases:case", gettext_noop("Timeline")),
    ("cases:consent", gettext_noop("Consent")),
    ("cases:plan", gettext_noop("Plan")),
    ("sessions:sessions", gettext_noop("Sessions")),
    ("cases:safety", gettext_noop("Safety")),
    ("cases:assessments", gettext_noop("Assessment")),
    ("cases:people", gettext_noop("People")),
    ("sessions:parents", gettext_noop("Parents and carers")),
    ("cases:tasks", gettext_noop("Tasks")),
    ("cases:reviews", gettext_noop("Time and reviews")),
    ("cases:pathway", gettext_noop("Way of working")),
    ("cases:network", gettext_noop("Working with others")),
    ("cases:ending", gettext_noop("Ending")),
]
BESIDE = {  # how the address of a page goes on that belongs to a tab and does not stand below it
    "more-time": "cases:reviews",
    "missing": "cases:safety",
    "supervision": "cases:network",
    "signposts": "sessions:sessions",
    "feedback": "sessions:sessions",
}
READ_BY_WHO_WORKS = {"cases:assessments", "sessions:sessions", "sessions:parents"}
OF_A_YOUNG_PERSON = {"sessions:sessions", "cases:consent", "cases:plan", "cases:safety", "cases:assessments"}


def get_case(request, reference):
    """The case, or 404 where the user has no reason to see it: we do not confirm that it exists."""
    case = visible.for_page(request.user, reference)
    if case is None:
        raise Http404
    return case


def case_page(request, case, template, *, status=200, head=None, back=None, **context):
    """A page of a case: its head, its tabs, the way back, and the view recorded.

    ``head``: what this page says otherwise in it. ``back``: what is nearer than the tab that the page belongs to.
    """
    name = request.resolver_match.url_name
    record("case.viewed", case, by=request.user, page=name)
    contact = contact_in_words.banner(case, safe_contacts(case.subject))
    frame = {"form": None, "page_has_errors": False}  # asked for by every page, and slow to look for in vain
    shown = presenting.head(case, user=request.user) | {"contact": contact} | (head or {})
    frame |= {"case": case, "head": shown, "tabs": tabs(case, request.user)}
    section = sections.mark(frame["tabs"], _below_its_tab(request.path, case))
    frame["back"] = back or _way_back(section, case)
    return render(request, template, frame | context, status=status)


def tabs(case, user):
    """The pages of a case that this person may open."""
    closed = set() if rules.reads_work(user, case) else READ_BY_WHO_WORKS
    closed = closed if case.asks_for_consent else closed | OF_A_YOUNG_PERSON
    return [
        {"label": _(label), "url": addresses.of(name, case.reference), "count": 0}
        for name, label in TABS
        if name not in closed
    ]


def _below_its_tab(path, case):
    """The address of a page, or the one it would have if it stood below the tab that it belongs to."""
    further = path.removeprefix(addresses.of("cases:case", case.reference))
    tab = BESIDE.get(further.partition("/")[0])
    return addresses.of(tab, case.reference) + further if tab else path


def _way_back(section, case):
    front = {"url": addresses.of("cases:case", case.reference), "label": case.reference}
    everything = {"url": reverse("cases:caseload"), "label": _("All cases")}
    return sections.way_back(section, front=front, everything=everything)


def act_page(request, case, form, title, *, status=200, stays_open=False, template="cases/act.html", **context):
    """The page of one act, also shown again. On a closed case nobody is given a form that can only be refused.

    ``stays_open``: the act is for a case that is closed too.
    """
    if request.method != "POST" and not (case.is_open or stays_open):
        messages.info(request, _("The case is closed. Nothing more is written here."))
        return redirect(case)
    return case_page(request, case, template, form=form, title=title, status=status, **context)


def allowed(may):
    """403 where the rule says no."""
    if not may:
        raise PermissionDenied


def act(request, case, form, title, words, operation, *args, to_page=None, stays_open=False, **details):
    """Do what a valid form asks, once; a page that had gone stale is told how things stand, with every word kept."""
    if not form.is_valid():
        return act_page(request, case, form, title, stays_open=stays_open)
    try:
        operation(*(args or [case]), by=request.user, **details)
    except operations.ClosedToThem:
        get_case(request, case.reference)  # 404 where it is oneself
        messages.error(request, _("The person you chose cannot see this young person. Please choose another."))
        return act_page(request, case, form, title, status=409)
    except operations.KeptAlready:
        words = _("It was kept already.")
    except (operations.MoveNotAllowed, operations.WorksOnItAlready):
        case = get_case(request, case.reference)
        stands = {"status": case.get_status_display()}
        messages.error(request, _("Nothing was saved: the case has changed. It is “%(status)s” now.") % stands)
        return act_page(request, case, form, title, status=409)
    messages.success(request, words)
    return redirect(to_page or case)
