"""Every letter to a colleague: what kind, when it was owed, when it left. Never what it says."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.recording import record
from outbox.models import Message
from reminders import presenting, rules
from reminders.views.base import tabs, whose

MOST = 100


@require_GET
def letters(request):
    person = whose(request)
    is_own = person.pk == request.user.pk
    found = Message.objects.written_to(person.email)
    if not is_own:
        if not rules.may_list_letters_of(request.user, person):
            raise PermissionDenied
        found = found.exclude(template__startswith=presenting.OF_AN_ACCOUNT).exclude(template=presenting.OF_A_CONCERN)
    found = list(found[:MOST])
    record("letters.listed", person, by=request.user, count=len(found))
    rows = [presenting.letter(message, is_own=is_own) for message in found]
    context = {"rows": rows, "person": person, "is_own": is_own}
    return render(request, "reminders/letters.html", context | {"tabs": tabs(request)})
