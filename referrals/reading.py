"""A referral held against what the service offers: eligibility from stored answers, and from a form's."""

from django.utils import timezone

from referrals.eligibility import AgeRule, findings, worst


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
