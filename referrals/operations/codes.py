"""One-time codes: how an e-mail address is proven, without an account or a password.

Each try is written at once by a view outside a transaction of its own, so
that a refusal leaves its trace.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from referrals.enums import CodePurpose
from referrals.models import OneTimeCode

MINUTES = 10
TRIES = 5
LOCKED_AFTER = 10  # wrong codes of one browser
ADDRESS_LOCKED_AFTER = 50  # of all: more than one place can try, so that a stranger there locks nobody out
LOCKED_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def issue_code(email, *, by, browser, purpose=CodePurpose.REFERRER, now=None):
    """A new code for an address, as it is to be typed. Earlier ones that the same ``browser`` asked for stop working.

    ``browser`` is a secret that its session holds.
    """
    now, email = now or timezone.now(), email.lower()
    of_browser = OneTimeCode.objects.filter(email=email, purpose=purpose, asked_by=_asker(browser))
    of_browser.filter(used_at__isnull=True).update(used_at=now)
    code = f"{secrets.randbelow(1_000_000):06}"
    OneTimeCode.objects.create(
        email=email,
        purpose=purpose,
        asked_by=_asker(browser),
        code_hash=_hash(email, purpose, code),
        created_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
    )
    return code


@transaction.atomic
def use_code(email, code, *, by, browser, purpose=CodePurpose.REFERRER, now=None):
    """Whether ``code`` proves the address now. A right one works once; a wrong one is counted.

    The newest code that this browser asked for is locked first, so that two guesses at once count as two.
    """
    now, email = now or timezone.now(), email.lower()
    of_browser = OneTimeCode.objects.filter(email=email, purpose=purpose, asked_by=_asker(browser))
    held = of_browser.order_by("-created_at", "-pk").select_for_update(of=["self"]).first()
    if held is None or is_locked(email, browser=browser, purpose=purpose, now=now):
        return False
    is_live = held.used_at is None and held.expires_at > now and held.wrong_tries < TRIES
    if is_live and constant_time_compare(held.code_hash, _hash(email, purpose, code)):
        held.used_at = now
        held.save(update_fields=["used_at"])
        return True
    held.wrong_tries += 1
    held.save(update_fields=["wrong_tries"])
    return False


def is_locked(email, *, browser, purpose=CodePurpose.REFERRER, now=None):
    """Ten wrong codes within an hour close an address to a browser, fifty to all, whatever new codes are asked for."""
    since = (now or timezone.now()) - LOCKED_FOR
    lately = OneTimeCode.objects.filter(email=email.lower(), purpose=purpose, created_at__gt=since)
    wrong = lately.aggregate(
        here=Sum("wrong_tries", filter=Q(asked_by=_asker(browser)), default=0), all=Sum("wrong_tries", default=0)
    )
    return wrong["here"] >= LOCKED_AFTER or wrong["all"] >= ADDRESS_LOCKED_AFTER


@transaction.atomic
def forget_old_codes(*, by, now=None):
    """Remove codes that nobody can use any more. Returns how many."""
    return OneTimeCode.objects.filter(expires_at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


def _asker(browser):
    return salted_hmac("referrals.one-time-code.asked-by", browser, algorithm="sha256").hexdigest()


def _hash(email, purpose, code):
    """Keyed, so that a stolen table of six digits tells nothing; bound to the address and the purpose."""
    return salted_hmac(f"referrals.one-time-code.{purpose}", f"{email}:{code}", algorithm="sha256").hexdigest()
