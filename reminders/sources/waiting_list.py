"""Accepted young people who wait for a practitioner: rows 8 to 10."""

from datetime import timedelta

from cases import allocating
from centres import working_days
from referrals.models import Referral
from reminders.sources.places import of_referral
from reminders.steps import Fact, day_of

READ = ("status", "centre", "subject", "owner", "offer", "decided_at")


def waiting():
    return allocating.without_case(Referral.objects)


def to_allocate(_on):
    for referral in _read(allocating.to_allocate(), "allocate_working_days"):
        accepted_on = day_of(referral.decided_at)
        yield _fact(referral, working_days.after(accepted_on, referral.offer.allocate_working_days))


def to_check(_on):
    found = allocating.with_last_check(_read(waiting(), "waiting_safety_check_days"))
    return (_fact(referral, allocating.check_due_on(referral)) for referral in found)


def to_review(on):
    return (
        _fact(referral, referral.review_due_on, opens=referral.opens_on)
        for referral in _read(allocating.to_review(on=on))
    )


def for_long(_on):
    """After six weeks a manager hears, after twelve the service manager too."""
    for referral in _read(waiting(), "waiting_alert_days", "waiting_escalate_days"):
        accepted_on, offer = day_of(referral.decided_at), referral.offer
        far_too_long = accepted_on + timedelta(days=offer.waiting_escalate_days)
        yield _fact(referral, accepted_on + timedelta(days=offer.waiting_alert_days), far_too_long=far_too_long)


def _read(found, *settings):
    return found.select_related("offer").only(*READ, *(f"offer__{name}" for name in settings))


def _fact(referral, due, **moments):
    return Fact(of={"referral": referral.pk}, place=of_referral(referral), due=due, moments=moments)
