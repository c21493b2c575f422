"""What the referrer answered, in the order a duty worker needs it. Pure over loaded rows."""

from referrals.answers.facts import against_route_a, key_facts, said_by
from referrals.answers.family import family, professionals, referrer
from referrals.answers.person import health, practical, school, strengths, who_they_are, young_person
from referrals.answers.safety import missing_and_online, of_concern, safe_contact, safety_now
from referrals.answers.why import signs, who_knows, why_now

__all__ = ["against_route_a", "key_facts", "said_by", "sections"]


def sections(referral, *, with_restricted=False):
    """Every answer of one referral, as cards.

    ``with_restricted``: with people and places of concern, code words, and
    what the family must not know. It is for staff whom ``rules.may_read_restricted``
    allows, and never for what leaves us: not the referrer's receipt, not a print of it.
    """
    return [
        safety_now(referral),
        safe_contact(referral, with_restricted=with_restricted),
        why_now(referral),
        *([of_concern(referral)] if with_restricted else []),
        signs(referral),
        missing_and_online(referral),
        who_knows(referral),
        strengths(referral),
        young_person(referral),
        family(referral, with_restricted=with_restricted),
        professionals(referral),
        school(referral),
        health(referral),
        who_they_are(referral),
        practical(referral),
        referrer(referral),
    ]
