"""A referrer's answers as a browser sends them. Plainly fictional."""

GATE = {
    "who": "professional",
    "danger": "no",
    "social_care_told": "told",
    "social_care_contact": "The duty desk, on Monday",
    "age_known": "sure",
    "age": "14",
    "young_person_knows": "yes",
}
ABOUT_YOU = {
    "referrer_name": "Robin Example",
    "referrer_role": "Teacher",
    "referrer_agency": "Example School",
    "referrer_agency_type": "school",
    "referrer_phone": "0113 496 0000",
    "referrer_relationship": "Form tutor for two years.",
}
YOUNG_PERSON = {
    "first_name": "Sample",
    "last_name": "Person",
    "birth_known": "yes",
    "date_of_birth_day": "3",
    "date_of_birth_month": "March",
    "date_of_birth_year": "2012",
    "young_person_knows": "yes",
    "preferred_language": "en",
    "interpreter_needed": "no",
    "home": "address",
    "address": "1 Example Street",
    "postcode": "cf103at",
    "address_is_confidential": "no",
}
PROFESSIONALS = {
    "social_care_status": "not_known",
    "professionals-0-role": "social_worker",
    "professionals-0-name": "Jo Example",
    "professionals-0-organisation": "",
}
CONCERNS = {
    "category": "suspected",
    "reason": "New adult friends, and presents that nobody can explain.",
    "harm": "not_known",
    "young_person_view": "Says that everything is fine.",
}
SAFETY = {
    "danger": "no",
    "safe_at_home": "yes",
    "missing_now": "no",
    "contact_with_person_of_concern": "not_known",
    "self_harm_now": "no",
    "safety_plan": "not_known",
    "social_care_told": "told",
}
DECLARATION = {"accurate": "on", "told": "on", "not_instead": "on"}

# Every section of the form, in its order; the council area is whoever asks' own.
WHOLE = {
    "about-you": ABOUT_YOU,
    "young-person": YOUNG_PERSON,
    "professionals": PROFESSIONALS,
    "concerns": CONCERNS,
    "safety": SAFETY,
}
