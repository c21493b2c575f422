"""A referral that waits, and the acts that make it wait: what the tests of asking and of holding begin with."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from audit.models import AuditEvent
from referrals import operations
from referrals.enums import MissingFact
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ReferralFactory

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 6, 15, 10, 0, tzinfo=LONDON)
FRIDAY_AT_5 = datetime(2026, 6, 19, 17, 0, tzinfo=LONDON)
ENDED = ["accepted", "not_accepted", "duplicate", "withdrawn"]
NOT_BEING_SCREENED = ["", "awaiting_information", "on_hold", *ENDED]
ASKED = {"facts": [MissingFact.WHO_KNOWS, MissingFact.SAFETY_PLAN], "text": "Who is at home in the evening?"}


def a_referral(trait="", **values):
    return ReferralFactory(**({trait: True} if trait else {}), **values)


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def ask(referral, *, by=None, **changed):
    return operations.ask(referral, by=by or UserFactory(), **({**ASKED, "due_on": in_days(3)} | changed))


def hold(referral, *, by=None, **changed):
    kept = {"reason": "The school is closed.", "review_on": in_days(7)} | changed
    return operations.hold(referral, by=by or UserFactory(), **kept)


def verbs():
    return sorted(AuditEvent.objects.values_list("verb", flat=True))
