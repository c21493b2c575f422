"""Fill a fresh database for the faults, in a process of its own; says what it made, as JSON.

Drafts that only need to be sent, sessions that have proven an address, a duty worker with a second
factor, and a referral about a canary child.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "protect_respect.settings"
django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.backends import SessionStore  # noqa: E402
from accounts.enums import Role  # noqa: E402
from referrals.models import ReferralDraft  # noqa: E402
from referrals.proof import proven_now  # noqa: E402
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory, give_factor  # noqa: E402
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory, ServiceOfferFactory  # noqa: E402
from tests.factories.referrals import ReferralFactory, ReferredYoungPersonFactory  # noqa: E402
from tests.referrals.public import steps  # noqa: E402

REFERRERS = 4
CANARY = "Kanarienvogel"


def session_of(email):
    session = SessionStore()
    session["referrer"] = proven_now(email)
    session.save()
    return session.session_key


def a_whole_draft(area):
    """Answered as a person does, through the pages."""
    email = "referrer.0@school.example"
    client = Client(SERVER_NAME="localhost")
    client.cookies["sid"] = session_of(email)
    steps.pass_the_check(client, area)
    client.post(reverse("refer:result"))
    draft = ReferralDraft.objects.get(email=email)
    steps.fill_in(client, draft, area)
    draft.refresh_from_db()
    return draft


def prepare(count):
    ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
    centre = ServiceOfferFactory().centre
    area = LocalAuthorityFactory(centre=centre)
    answers = a_whole_draft(area).answers
    emails = [f"referrer.{n}@school.example" for n in range(1, REFERRERS + 1)]
    drafts = [ReferralDraft(email=emails[n % REFERRERS]) for n in range(count)]
    for draft in drafts:
        draft.answers = answers
    ReferralDraft.objects.bulk_create(drafts, batch_size=500)  # thousands are too long for one statement
    worker = UserFactory()
    MembershipFactory(user=worker, centre=centre, role=Role.DUTY_WORKER)
    secret = give_factor(worker)
    client = Client(SERVER_NAME="localhost")
    client.force_login(worker)
    referral = ReferralFactory(centre=centre, reason=f"{CANARY} at the station.", young_person=None)
    ReferredYoungPersonFactory(referral=referral, first_name=CANARY)
    return {
        "sessions": {email: session_of(email) for email in emails},
        "drafts": [[str(draft.pk), draft.email] for draft in drafts],
        "staff": {
            "email": worker.email,
            "password": PASSWORD,
            "secret": secret,
            "session": client.cookies["sid"].value,
        },
        "reference": referral.reference,
        "canary": CANARY,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare(int(sys.argv[1]))))
