"""What a referrer's form hands to ``operations.submit``: cleaned values, ready to be stored."""

from datetime import date

from referrals.enums import Category, Danger, HarmStatus, SocialCareTold


def answers_for(area, *, referral=None, young_person=None, safety=None):
    """A whole referral about a canary child in ``area``; each part can be changed."""
    return {
        "referral": {
            "local_authority": area,
            "referrer_name": "Alex Example",
            "referrer_role": "Pastoral lead",
            "referrer_agency": "Example School",
            "referrer_agency_type": "school",
            "referrer_relationship": "Form tutor.",
            "category": Category.SUSPECTED,
            "reason": "Messages from somebody older.",
            "harm": HarmStatus.NOT_KNOWN,
            "young_person_view": "They say that it is fine.",
            "danger": Danger.NO,
            "social_care_told": SocialCareTold.TOLD,
            "young_person_knows": "yes",
            **(referral or {}),
        },
        "young_person": {
            "first_name": "Canary",
            "last_name": "O'Brien-Ŵyn",
            "date_of_birth": date(2012, 5, 17),
            "preferred_language": "en",
            "interpreter_needed": "no",
            "address": "1 Example Street",
            "address_is_confidential": "no",
            **(young_person or {}),
        },
        "safety": {
            "safe_at_home": "yes",
            "missing_now": "no",
            "contact_with_person_of_concern": "not_known",
            "self_harm_now": "no",
            "safety_plan": "not_known",
            **(safety or {}),
        },
    }
