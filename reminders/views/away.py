"""Being away, and who covers meanwhile."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations as accounts
from accounts.absences import who_may_cover
from accounts.models import Absence
from audit.recording import record
from reminders import my_work, operations, presenting, rules
from reminders.forms import AwayForm
from reminders.steps import covered_from
from reminders.views.base import managed, one_of, tabs, whose
from ui.times import day_and_date


@require_http_methods(["GET", "HEAD", "POST"])
def away(request):
    """When I am away, or a colleague of my team, and who covers."""
    person, today = whose(request), timezone.localdate()
    form = AwayForm(request.POST or None, colleagues=who_may_cover(person))
    if form.is_valid() and _plan(request, person, form):
        return redirect(_page(request, person))
    planned = list(Absence.objects.planned(on=today).filter(user=person).select_related("cover"))
    record("absences.listed", person, by=request.user, shown=[absence.pk for absence in planned])
    rows = [presenting.away(absence, today=today) | _to_cover(request.user, absence) for absence in planned]
    context = {"form": form, "rows": rows, "person": person, "is_own": person.pk == request.user.pk}
    return render(request, "reminders/away.html", context | {"tabs": tabs(request)})


def _plan(request, person, form):
    """Whether it was planned; where they are away already, the form says so."""
    try:
        with transaction.atomic():
            accounts.plan_absence(person, by=request.user, **form.cleaned_data)
    except IntegrityError as refusal:
        if "absence_one_at_a_time" not in str(refusal):
            raise
        form.add_error("from_on", _("They are away in that time already."))
        return False
    except accounts.NoColleague:
        form.add_error("cover", _("They cannot cover any more. Please choose another."))
        return False
    messages.success(request, _("It is kept. What waits goes to who covers, too."))
    return True


def _to_cover(user, absence):
    """How many open cases nobody covers yet, for a manager who may say who does; and from which day, if not yet."""
    count = len(my_work.to_cover(user, absence)) if rules.manages(user) else 0
    first = covered_from(absence)
    return {"to_cover": count, "cover_from": day_and_date(first) if first > timezone.localdate() else ""}


def _page(request, person):
    page = reverse("reminders:away")
    return page if person.pk == request.user.pk else f"{page}?who={person.pk}"


def _of_ours(request, pk):
    """An absence of mine, or of my team; 404 otherwise. One that is over, or called off, says so itself."""
    absence = Absence.objects.filter(pk=pk).select_related("user", "cover").first()
    if absence is None:
        raise Http404
    if absence.user_id != request.user.pk:
        one_of(managed(request) if rules.manages(request.user) else [], str(absence.user_id))
    return absence


@require_POST
def call_off(request, pk):
    absence = _of_ours(request, pk)
    try:
        operations.call_off_absence(absence, by=request.user)
    except accounts.AlreadyEnded:
        messages.info(request, _how_it_ended(pk))
    else:
        messages.success(request, _("It is called off. Who covered works on the cases no more."))
    return redirect(_page(request, absence.user))


def _how_it_ended(pk):
    """A tap too many, or a colleague who was first."""
    by = Absence.objects.select_related("called_off_by").get(pk=pk).called_off_by
    if by is None:
        return _("It is over already.")
    return _("%(name)s has called it off already.") % {"name": by.full_name}


@require_POST
def cover_cases(request, pk):
    """A manager lets whoever covers work on the cases of who is away."""
    managed(request)
    absence = _of_ours(request, pk)
    found = my_work.to_cover(request.user, absence)
    try:
        given, left = operations.cover_cases(absence, cases_of=found, by=request.user)
    except accounts.AlreadyEnded:
        messages.info(request, _how_it_ended(pk))
    except operations.TooEarly:
        day = {"day": day_and_date(covered_from(absence))}
        messages.error(request, _("You can let them cover the cases from %(day)s.") % day)
    else:
        _say_what_is_covered(request, absence, given, left)
    return redirect(_page(request, absence.user))


def _say_what_is_covered(request, absence, given, left):
    name = {"name": absence.cover.full_name}
    if not given and not left:
        messages.info(request, _("%(name)s covers all of them already.") % name)
    if given:
        words = ngettext("%(name)s covers %(count)d case now.", "%(name)s covers %(count)d cases now.", given)
        messages.success(request, words % (name | {"count": given}))
    if left:
        which = {"which": ", ".join(case.reference for case in left)}
        messages.error(request, _("Not these: %(which)s. Please find somebody else for them.") % which)
