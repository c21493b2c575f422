"""A referral held against what the service offers: eligibility from stored answers, and from a form's."""

from django.utils import timezone

from centres.models import ServiceCentre, ServiceOffer
from referrals.eligibility import AgeRule, findings, worst


def offer_for(local_authority, day):
    """What is offered to a young person of this area on ``day``, with its centre.

    The offer of the centre that serves the area; where none does, or it offers
    nothing that day, the national one (R-nat-33).
    """
    offers = ServiceOffer.objects.on(day).select_related("centre")
    centre = local_authority.centre
    offer = offers.filter(centre=centre).first() if centre and centre.is_active else None
    return offer or offers.get(centre=ServiceCentre.objects.national())


def age_rule(offer):
    return AgeRule(age_from=offer.age_from, age_to=offer.age_to, support_months=offer.support_months_initial)


def findings_of(referral):
    """What ``referrals.eligibility`` says of a stored referral, on the day it was sent."""
    young_person = referral.young_person
    return findings(
        rule=age_rule(referral.offer),
        day=timezone.localdate(referral.submitted_at),
        category=referral.category,
        born=young_person.date_of_birth,
        age=young_person.estimated_age,
        is_served=referral.local_authority.centre_id is not None,
        danger=referral.danger,
    )


def fit_of(referral):
    return worst(findings_of(referral))
