"""What the demonstration has sent, to be read in the browser. Routed in the demonstration only."""

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

NEWEST = 50
BETWEEN_MESSAGES = b"-" * 79 + b"\n"  # written by Django's file backend after each message


@require_safe
@login_not_required
@transaction.non_atomic_requests
def mail(request):
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "protect_respect/demo_mail.html", {"letters": read_letters(Path(settings.EMAIL_FILE_PATH))})


def read_letters(folder):
    """Newest first. One file holds what one connection sent, oldest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:NEWEST]
    letters = []
    for file in files:
        at = datetime.fromtimestamp(int(file.stat().st_mtime), tz=UTC)
        written = file.read_bytes().split(BETWEEN_MESSAGES)
        letters += [_letter(one, at) for one in reversed(written) if one.strip()]
    return letters[:NEWEST]


def _letter(written, at):
    message = email.message_from_bytes(written, policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["to"],
        "subject": message["subject"],
        "at": at,
        "body": body.get_content().strip() if body else "",
    }
