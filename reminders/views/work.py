"""What waits for me, and for my team."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from audit.recording import record
from cases import missing_now
from reminders import my_work as work
from reminders import operations, presenting, putting_off, rules
from reminders.forms import PutOffForm
from reminders.models import Reminder, Snooze
from reminders.views.base import managed, one_of, tabs
from ui.times import day_and_date


@require_GET
def my_work(request):
    """Everything that I am reminded of, and where it is done."""
    today = timezone.localdate()
    lines, missing = work.of(request.user, today=today), missing_now.rows(request.user, today=today)
    record("my_work.viewed", "my_work", by=request.user, missing=[row["pk"] for row in missing], **_pks(lines))
    context = presenting.parts(lines, today=today) | {"tabs": tabs(request), "missing": missing}
    return render(request, "reminders/my_work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request, pk):
    """One thing is silent for me until a day of the next seven; while it is, another day may stand instead."""
    today = timezone.localdate()
    mine = Reminder.objects.speaks_to(request.user).with_put_off(on=today).for_home()
    reminder = get_object_or_404(mine, pk=pk)
    running = Snooze.objects.of(request.user, reminder.kind, reminder.about_pk).going_on(today).first()
    form = PutOffForm(request.POST or None, today=today, **{"last_day": running.last_day} if running else {})
    try:
        putting_off.refuse_to_put_off(reminder, by=request.user)
        snooze = form.is_valid() and operations.put_off(reminder, by=request.user, **form.cleaned_data)
    except (putting_off.HasEscalated, putting_off.TooOften) as refusal:
        messages.error(request, STAYS[type(refusal)])
        return redirect("reminders:my_work")
    if snooze:
        messages.success(request, _("You hear of it again on %(day)s.") % {"day": day_and_date(snooze.until_on)})
        return redirect("reminders:my_work")
    [line] = presenting.lines([reminder], today=today)
    record("reminder.viewed", "reminders", by=request.user, reminder=reminder.pk)
    return render(request, "reminders/put_off.html", {"form": form, "line": line})


STAYS = {
    putting_off.AboutSafety: _lazy("This stays on your list: it is about somebody’s safety."),
    putting_off.HasEscalated: _lazy("This stays on your list: it is late, and more people hear of it."),
    putting_off.LongLate: _lazy(
        "This stays on your list: it is two weeks late. Please do it, or talk to your manager."
    ),
    putting_off.TooOften: _lazy(
        "This stays on your list: you have put it off twice. Please do it, or talk to your manager."
    ),
}


@require_GET
def team(request):
    """How much waits for each colleague; and of one of them what it is."""
    today, people = timezone.localdate(), managed(request)
    if "who" in request.GET:
        return _colleague(request, one_of(people, request.GET["who"]), today)
    counts, away = work.team(request.user, people, today=today), work.away(people, today=today)
    record("team.listed", "team", by=request.user, people=[person.pk for person in people])
    rows = [presenting.team_row(person, counts[person.pk], away.get(person.pk), today=today) for person in people]
    return render(request, "reminders/team.html", {"rows": rows, "tabs": tabs(request)})


def _colleague(request, colleague, today):
    lines = work.of_colleague(request.user, colleague, today=today)
    record("colleague.viewed", "my_work", by=request.user, colleague=colleague.pk, **_pks(lines))
    away = work.away([colleague], today=today).get(colleague.pk)
    context = presenting.parts(lines, today=today) | {"colleague": colleague}
    context |= {"lists_letters": rules.may_list_letters_of(request.user, colleague)}
    context |= {"away": away and presenting.away(away, today=today)}
    return render(request, "reminders/colleague.html", context)


def _pks(lines):
    """What was shown, by what it is, for the trail."""
    return {kind: [line["pk"] for line in lines if line["of"] == kind] for kind in sorted({row["of"] for row in lines})}
