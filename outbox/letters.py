"""What a letter says: a template and the few values it may hold."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def written(template, *, to, language, message_id=None, **values):
    """An e-mail from ``templates/outbox/<template>.txt``, whose first line is its subject.

    ``values`` are from the allow-list of ``Message`` (or the code of a
    one-time mail), so no letter can hold a child's name or detail.
    """
    with translation.override(language):
        text = render_to_string(f"outbox/{template}.txt", values)
    subject, _, body = text.strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated"} | ({"Message-ID": message_id} if message_id else {})
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to], headers=headers)


def letter_for(message):
    """The e-mail a row of the outbox owes."""
    return written(
        message.template,
        to=message.to,
        language=message.language,
        message_id=message.message_id,
        reference=message.reference,
        link=f"{settings.SITE_URL}{message.path}" if message.path else "",
        due_on=message.due_on,
        counts=message.counts,
        due_at=datetime.fromtimestamp(message.counts["due_at"], UTC) if "due_at" in message.counts else None,
    )


def send_code(code, *, to, language, minutes):
    """Send a one-time code now; the one mail that does not wait. Raises ``OSError`` when it cannot leave."""
    written("one-time-code", to=to, language=language, code=code, minutes=minutes).send()
