"""One-time codes: how an e-mail address is proven, without an account or a password.

Each try is written at once by a view outside a transaction of its own, so
that a refusal leaves its trace.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from referrals.enums import CodePurpose
from referrals.models import OneTimeCode

MINUTES = 10
TRIES = 5
LOCKED_AFTER = 10
LOCKED_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def issue_code(email, *, by, purpose=CodePurpose.REFERRER, now=None):
    """A new code for an address, as it is to be typed. Earlier ones for the same purpose stop working."""
    now, email = now or timezone.now(), email.lower()
    OneTimeCode.objects.filter(email=email, purpose=purpose, used_at__isnull=True).update(used_at=now)
    code = f"{secrets.randbelow(1_000_000):06}"
    OneTimeCode.objects.create(
        email=email,
        purpose=purpose,
        code_hash=_hash(email, purpose, code),
        created_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
    )
    return code


@transaction.atomic
def use_code(email, code, *, by, purpose=CodePurpose.REFERRER, now=None):
    """Whether ``code`` proves the address now. A right one works once; a wrong one is counted.

    The newest code is locked first, so that two guesses at once count as two.
    """
    now, email = now or timezone.now(), email.lower()
    newest = OneTimeCode.objects.filter(email=email, purpose=purpose).order_by("-created_at", "-pk")
    held = newest.select_for_update(of=["self"]).first()
    if held is None or is_locked(email, purpose=purpose, now=now):
        return False
    is_live = held.used_at is None and held.expires_at > now and held.wrong_tries < TRIES
    if is_live and constant_time_compare(held.code_hash, _hash(email, purpose, code)):
        held.used_at = now
        held.save(update_fields=["used_at"])
        return True
    held.wrong_tries += 1
    held.save(update_fields=["wrong_tries"])
    return False


def is_locked(email, *, purpose=CodePurpose.REFERRER, now=None):
    """Ten wrong codes within an hour close an address for guessing, whatever new codes are asked for."""
    since = (now or timezone.now()) - LOCKED_FOR
    lately = OneTimeCode.objects.filter(email=email.lower(), purpose=purpose, created_at__gt=since)
    return (lately.aggregate(wrong=Sum("wrong_tries"))["wrong"] or 0) >= LOCKED_AFTER


@transaction.atomic
def forget_old_codes(*, by, now=None):
    """Remove codes that nobody can use any more. Returns how many."""
    return OneTimeCode.objects.filter(expires_at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


def _hash(email, purpose, code):
    """Keyed, so that a stolen table of six digits tells nothing; bound to the address and the purpose."""
    return salted_hmac(f"referrals.one-time-code.{purpose}", f"{email}:{code}", algorithm="sha256").hexdigest()
