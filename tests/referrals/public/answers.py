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
    "referrer_email_is_secure": "yes",
    "referrer_is_lead": "no",
}
WHO_KNOWS = {
    "young_person_knows": "yes",
    "young_person_agrees": "yes",
    "asked_how": "in_person",
    "agreements-0-name": "Kim Example",
    "agreements-0-relationship": "Mother",
    "agreements-0-knows": "no",
    "agreements-0-why_not": "not_safe_to_tell",
    "agreements-0-why_not_in_words": "Somebody at home reads her messages.",
}
YOUNG_PERSON = {
    "first_name": "Sample",
    "last_name": "Person",
    "birth_known": "yes",
    "date_of_birth_day": "3",
    "date_of_birth_month": "March",
    "date_of_birth_year": "2012",
    "preferred_language": "en",
    "interpreter_needed": "no",
    "home": "address",
    "address": "1 Example Street",
    "postcode": "cf103at",
    "address_is_confidential": "no",
    "education_status": "full_time",
    "school": "Example School",
    "ethnic_group": "not_known",
}
SAFE_CONTACT = {
    "safe_way": "known",
    "contacts-0-kind": "mobile",
    "contacts-0-value": "020 7946 0101",
    "contacts-0-who_reads_it": "only_they",
    "contacts-0-safe_to_text": "yes",
    "contacts-0-safe_times": "Tuesdays after 4pm",
    "contacts-0-must_not_be_told": "Anybody at home, until they say so.",
}
FAMILY = {
    "main_carer": "Kim Example, mother",
    "family-0-name": "Kim Example",
    "family-0-relationship": "Mother",
    "family-0-parental_responsibility": "yes",
    "family-0-same_household": "yes",
    "carer_response": "not_asked",
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
    "earlier_exploitation": "not_known",
    "exploitation_contexts": "online",
    "police_status": "reported",
    "signs_money_or_items": "present_now",
    "signs_money_or_items_source": "seen_directly",
    "signs_money_or_items_note": "Two new phones since the summer.",
    "signs_trusted_adult": "present_now",
    "signs_missing": "not_known",
}
SAFETY = {
    "danger": "no",
    "safe_at_home": "yes",
    "missing_now": "no",
    "contact_with_person_of_concern": "not_known",
    "self_harm_now": "no",
    "safety_plan": "not_known",
    "social_care_told": "told",
    "threats": "not_known",
    "missing_before": "yes",
    "missing_in_three_months": "1",
    "missing_reported": "yes",
    "online_worry": "yes",
    "pressure_online": "not_known",
    "people_of_concern-0-name": "Somebody called Example",
    "people_of_concern-0-known_to_police": "not_known",
}
STRENGTHS = {
    "strengths": "Looks after a younger cousin, and asks for help when it counts.",
    "interests": "Drawing, and the swimming club.",
    "wishes": "“I want it to be quiet again.”",
}
PRACTICAL = {
    "meeting_modes": "in_person",
    "meeting_times": "After school",
    "safe_places": "The room beside the school library.",
}
DECLARATION = {"accurate": "on", "told": "on", "not_instead": "on"}

# Every section of the form, in its order; the council area is whoever asks' own.
WHOLE = {
    "about-you": ABOUT_YOU,
    "who-knows": WHO_KNOWS,
    "young-person": YOUNG_PERSON,
    "safe-contact": SAFE_CONTACT,
    "family": FAMILY,
    "professionals": PROFESSIONALS,
    "concerns": CONCERNS,
    "safety": SAFETY,
    "strengths": STRENGTHS,
    "practical": PRACTICAL,
}
