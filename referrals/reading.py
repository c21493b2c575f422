"""A referral held against what the service offers: eligibility from stored answers, and from a form's."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.prepared import Place, Prepared
from centres.models import LocalAuthority, ServiceCentre, ServiceOffer
from referrals.eligibility import AgeRule, findings, worst
from referrals.enums import WITHDRAWS, Outcome, ReferralStatus

# Each page of the form reads these.
AREA = Prepared(lambda: LocalAuthority.objects.select_related("centre").filter(code=Place("code")))
OFFER = Prepared(
    lambda: ServiceOffer.objects.on(Place("day")).select_related("centre").filter(centre=Place("centre")).order_by("pk")
)


def area_of(code):
    """The council area with its centre; nothing where no area has this code."""
    return AREA.first(code=code)


def offer_for(local_authority, day):
    """What is offered to a young person of this area on ``day``, with its centre.

    The offer of the centre that serves the area; where none does, or it offers
    nothing that day, the national one (R-nat-33). Its latest where somebody
    ended that: a referral is never turned away for want of a setting.
    """
    centre = local_authority.centre
    offer = OFFER.first(centre=centre.pk, day=day) if centre and centre.is_active else None
    if offer:
        return offer
    national = ServiceCentre.objects.national()
    return OFFER.first(centre=national.pk, day=day) or national.offers.select_related("centre").latest("starts_on")


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


def asked_of_referrer(referral):
    """Every question to its referrer in order, each with its ``number``: what a page names it by."""
    asked = list(referral.questions.order_by("asked_at", "pk"))
    for number, question in enumerate(asked, start=1):
        question.number = number
    return asked


# What a referrer is told of a status. It says nothing of who else is known to the service (design.md 2.8).
WORDS_FOR_REFERRERS = {
    ReferralStatus.SUBMITTED: (_("We have it"), "new"),
    ReferralStatus.SCREENING: (_("We are looking at it"), "doing"),
    ReferralStatus.AWAITING_INFORMATION: (_("We need something from you"), "waiting"),
    ReferralStatus.ON_HOLD: (_("We are looking at it"), "doing"),
    ReferralStatus.ACCEPTED: (_("Accepted"), "done"),
    ReferralStatus.NOT_ACCEPTED: (_("Not accepted"), "stopped"),
    ReferralStatus.DUPLICATE: (_("We are taking it forward"), "doing"),
    ReferralStatus.WITHDRAWN: (_("Withdrawn"), "neutral"),
}
# What was decided, where our own short name for it would tell a referrer too little.
OUTCOMES_FOR_REFERRERS = {
    Outcome.ACCEPTED_ALLOCATE: _("Accepted. A practitioner will be named."),
    Outcome.ACCEPTED_WAITING_LIST: _("Accepted. The young person is on our waiting list."),
    Outcome.ACCEPTED_ASSESSMENT_ONLY: _("Accepted, for an assessment."),
    Outcome.ACCEPTED_CARER_ONLY: _("Accepted, for work with the parent or carer."),
    Outcome.ACCEPTED_CONSULTATION_ONLY: _("Accepted, for a consultation with you."),
}
MEETS_THE_YOUNG_PERSON = (
    Outcome.ACCEPTED_ALLOCATE,
    Outcome.ACCEPTED_WAITING_LIST,
    Outcome.ACCEPTED_ASSESSMENT_ONLY,
)
NOTHING_TOLD = {"label": "", "explanation": "", "suggestion": "", "meets_the_young_person": False}
JOINED = _(
    "Thank you. What you told us is not lost: a duty worker has read it and acts on it. "
    "The duty worker may ring you. If you do not hear from us and are worried, ring us and give the reference."
)


def status_for_referrer(referral):
    """The words and the kind of tag of its status, as the referrer may read them."""
    words, kind = WORDS_FOR_REFERRERS[referral.status]
    return {"words": words, "kind": kind}


def outcome_for_referrer(referral):
    """What was decided, why and what we suggest; nothing until the decision has taken effect."""
    if referral.is_open:
        return None
    in_effect = Q(needs_second_person=[]) | Q(countersigned_at__isnull=False)
    decision = referral.decisions.filter(in_effect).last()
    if decision is None or decision.outcome in WITHDRAWS:
        return NOTHING_TOLD
    if decision.outcome == Outcome.DUPLICATE_MERGED:
        return NOTHING_TOLD | {"explanation": JOINED}
    return {
        "label": OUTCOMES_FOR_REFERRERS.get(decision.outcome) or decision.get_outcome_display(),
        "explanation": decision.explanation,
        "suggestion": decision.suggestion,
        "meets_the_young_person": decision.outcome in MEETS_THE_YOUNG_PERSON,
    }
