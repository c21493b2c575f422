"""How the product itself is, for the system administrator: queues and failures, and nothing of a person."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from accounts.rules import may_watch_operations
from outbox.models import Failure, Message
from protect_respect import health
from protect_respect.watching import Watch

MINUTE = 60
PARTS = {
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Migrations of the database"),
    "broker": gettext_lazy("Broker (Redis)"),
    "outbox": gettext_lazy("Letters leave in time"),
    "clock": gettext_lazy("Tasks of the clock run in time"),
    "disk": gettext_lazy("Room on the disk"),
}
WORDS = {
    "ok": gettext_lazy("All is well"),
    "away": gettext_lazy("Away"),
    "unknown": gettext_lazy("Not known"),
    "read-only": gettext_lazy("Can only be read"),
    "missing": gettext_lazy("Some are missing"),
    "late": gettext_lazy("Late"),
    "low": gettext_lazy("Nearly full"),
}


@require_GET
def operations(request):
    if not may_watch_operations(request.user):
        raise PermissionDenied
    watch = Watch()
    context = {
        "parts": [_part(name, word) for name, word in health.parts().items()],
        "letters": list(Message.objects.waiting_by_template()),
        "failures": [row | {"kind": Failure(row["failure"]).label} for row in Message.objects.failing_by_kind()],
        "sweeps": [_sweep(watch, *entry) for entry in watch.entries()],
    }
    return render(request, "protect_respect/operations.html", context)


def _part(name, word):
    return {"what": PARTS[name], "is_well": word == "ok", "word": WORDS[word]}


def _sweep(watch, name, task, period):
    row = watch.rows.get(task)
    return {"name": name, "every": _every(period), "row": row, **_state(watch, task, row)}


def _every(period):
    seconds = int(period.total_seconds())
    if seconds < MINUTE:
        return ngettext("every second", "every %(count)s seconds", seconds) % {"count": seconds}
    minutes = seconds // MINUTE
    return ngettext("every minute", "every %(count)s minutes", minutes) % {"count": minutes}


def _state(watch, task, row):
    """In words: somebody who looks wants to know whether they have to do something."""
    if row and row.failures:
        return {"state": _("Fails"), "kind": "stopped"}
    if watch.is_late(task):
        return {"state": _("Late"), "kind": "waiting"}
    return {"state": _("Not yet due"), "kind": "neutral"} if row is None else {"state": _("In time"), "kind": "done"}
