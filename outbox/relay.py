"""Paying what is owed. Safe to run twice, or at once, or without Redis."""

import logging
from datetime import timedelta
from enum import Enum, auto
from smtplib import (
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from time import monotonic

from django.core import mail
from django.db import transaction
from django.utils import timezone

from outbox.letters import letter_for
from outbox.models import LONGEST_WAIT, Failure, Message

logger = logging.getLogger(__name__)

BATCH = 5_000  # what an hour of trouble leaves: gone in one run, not in one for each quarter of a minute
LONGEST_RUN = 120  # seconds: the next relay goes on, and no task is cut off with a letter in its hand
KEEP_ADDRESS = timedelta(days=30)


class Try(Enum):
    """How one try ended."""

    SENT = auto()
    REFUSED = auto()
    TAKEN = auto()
    CUT_OFF = auto()


def pay(limit=BATCH):
    """Send up to ``limit`` owed messages; returns how many left.

    Each has its own transaction: a row that another relay holds is skipped, a
    failure leaves its row owed for later. If the process dies after a mail
    leaves and before the commit, that mail is sent twice, under one
    Message-ID: we accept that, and lose none. Where the mail server goes away
    in between, the rest is not tried: it would only wait longer.
    """
    owed = list(Message.objects.owed().order_by("try_after", "pk").values_list("pk", flat=True)[:limit])
    if not owed:  # a mail server that hangs takes seconds of whoever asks it
        return 0
    connection, sent, stop_at = mail.get_connection(), 0, monotonic() + LONGEST_RUN
    try:
        connection.open()
        for pk in owed:
            ended = _pay_one(pk, connection)
            sent += ended is Try.SENT
            if ended is Try.CUT_OFF or monotonic() > stop_at:
                break
    except OSError as error:  # the mail server is away: nothing was tried, so nothing waits longer
        logger.warning("mail server away", extra={"kind": type(error).__name__})
    finally:
        connection.close()
    return sent


def _pay_one(pk, connection):
    with transaction.atomic():
        owed = Message.objects.owed().select_for_update(of=["self"], skip_locked=True)
        message = owed.filter(pk=pk).first()
        if message is None:
            return Try.TAKEN
        try:
            letter = letter_for(message)
            letter.connection = connection
            letter.send()
        except Exception as error:  # whatever is wrong with one letter, it must not hold up the others
            _wait_longer(message, error)
            connection.close()
            return Try.CUT_OFF if _is_cut_off(error) else Try.REFUSED
        _tick_off(message)
        return Try.SENT


def _tick_off(message):
    """A link that was mailed may be a key to an account: from now on it stands in that mailbox alone.

    A clock that was set back meanwhile must not make it look owed: it would be sent again and again.
    """
    message.sent_at, message.path = max(timezone.now(), message.created_at), ""
    message.save(update_fields=["sent_at", "path"])


def _is_cut_off(error):
    """Whether the server went away, rather than refused this letter. (smtplib's errors are OSErrors too.)"""
    is_gone = isinstance(error, SMTPConnectError | SMTPServerDisconnected)
    return is_gone or (isinstance(error, OSError) and not isinstance(error, SMTPException))


def failure_of(error):
    if _is_cut_off(error):
        return Failure.AWAY
    if isinstance(error, SMTPRecipientsRefused):  # of one letter there is one
        codes = [code for code, _words in error.recipients.values()]
        return Failure.BUSY if codes and max(codes) < 500 else Failure.REFUSED
    if isinstance(error, SMTPResponseException):
        return Failure.BUSY if error.smtp_code < 500 else Failure.REFUSED
    return Failure.REFUSED if isinstance(error, SMTPException) else Failure.OURS


def _wait_longer(message, error):
    message.tries += 1
    message.failure = failure_of(error)
    wait = min(timedelta(seconds=15 * 2 ** min(message.tries, 10)), LONGEST_WAIT)
    message.try_after = timezone.now() + wait
    message.save(update_fields=["tries", "try_after", "failure"])
    facts = {"id": message.pk, "count": message.tries, "kind": type(error).__name__}
    logger.warning("letter not sent", extra=facts)


def blank_addresses(now=None):
    """Forget whom we wrote to, 30 days after sending. Returns how many. Which page it led to went with the letter."""
    now = now or timezone.now()
    old = Message.objects.filter(sent_at__lt=now - KEEP_ADDRESS, address_blanked_at__isnull=True)
    return old.update(to="", address_blanked_at=now)
