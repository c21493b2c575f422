"""Our database filled, and what the client needs: sessions, drafts to send, referrals to decide. Prints JSON."""

import json
import sys
import time
from datetime import timedelta
from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

TO_DECIDE = 260  # of these some wait for a second person already, and some are new
TO_SEND = 200
REFERRERS = 40  # who have a code each, and refer from the first section to the last


def main(referrals):
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    began = time.monotonic()
    call_command("volume_data", referrals=referrals, verbosity=0)
    seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, **what_the_client_needs()}))


def what_the_client_needs():
    from accounts.models import User  # noqa: PLC0415 -- after setup
    from protect_respect.fictional import volume  # noqa: PLC0415
    from protect_respect.management.commands.volume_data import teams  # noqa: PLC0415
    from referrals.enums import ReferralStatus  # noqa: PLC0415
    from referrals.models import Referral  # noqa: PLC0415

    south_wales = teams()[0]
    volume.make(TO_DECIDE, teams=[south_wales], open_share=1)
    duty = User.objects.get(pk=south_wales.duty.pk)
    screened = Referral.objects.filter(centre=south_wales.centre, status=ReferralStatus.SCREENING)
    ready = screened.exclude(pk__in=screened.waiting_for_second_person()).filter(subject__is_restricted=False)
    return {
        "staff": {settings.SESSION_COOKIE_NAME: staff_session(duty)},
        "referrer": {settings.SESSION_COOKIE_NAME: referrer_session()},
        "drafts": drafts_to_send(),
        "referrers": referrers_with_codes(),
        "sought": ready.order_by("-pk").values_list("young_person__last_name", flat=True)[0],
        "decide": list(ready.order_by("-pk").values_list("reference", flat=True)),
    }


def drafts_to_send():
    from referrals import operations  # noqa: PLC0415
    from tests.referrals.public import answers  # noqa: PLC0415 -- one truth of what a browser sends

    area = {"local_authority": "leeds"}
    typed = {slug: {name: [value] for name, value in (values | area).items()} for slug, values in answers.WHOLE.items()}
    options = {"by": "bench", "language": "en-gb", "answers": typed}
    return [str(operations.start_draft("referrer@agency.example", **options).pk) for _number in range(TO_SEND)]


def referrers_with_codes():
    """Codes that hold for the whole run, each in the session of the browser that asked for it."""
    from referrals.models import OneTimeCode  # noqa: PLC0415

    found = [referrer_with_code(f"referrer.{number}@agency.example") for number in range(REFERRERS)]
    OneTimeCode.objects.update(expires_at=timezone.now() + timedelta(hours=6))
    return found


def referrer_with_code(address):
    from referrals.operations import codes  # noqa: PLC0415
    from referrals.proof import ASKED  # noqa: PLC0415

    code = codes.issue_code(address, by="bench", browser=address)
    session = new_session()
    session[ASKED] = {"email": address, "has_left": True, "next": "", "browser": address}
    session.create()
    return {"cookies": {settings.SESSION_COOKIE_NAME: session.session_key}, "code": code}


def staff_session(user):
    """Signed in, with both factors, as after a real sign-in."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from accounts import sessions  # noqa: PLC0415

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"viewed_at": "today"})
    session = new_session()
    sessions.start(session)
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def referrer_session():
    from referrals.proof import proven_now  # noqa: PLC0415

    session = new_session()
    session["referrer"] = proven_now("referrer@agency.example")
    session.create()
    return session.session_key


def new_session():
    return import_module(settings.SESSION_ENGINE).SessionStore()


if __name__ == "__main__":
    main(int(sys.argv[1]))
