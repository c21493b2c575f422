"""Two typical referrals, as people type them: section by section, in the order of the page. Plainly fictional.

Each step is an act of the hands: ``type``, ``choose``, ``pick`` (by its value), ``tick``, ``open`` (what is folded
around a question), ``add`` (an entry of a list).
"""

STOPS_IN = "concerns"  # after two of its answers somebody rings, and the rest is done elsewhere
HALF = 2

SOCIAL_WORKER = {
    "about-you": [
        ("type", "referrer_name", "Alex Example"),
        ("type", "referrer_role", "Social worker"),
        ("type", "referrer_agency", "Example Council, Safeguarding Team 2"),
        ("pick", "referrer_agency_type", "childrens_social_care"),
        ("type", "referrer_relationship", "I have been her allocated social worker since May. I see her every week."),
        ("choose", "referrer_is_lead", "yes"),
        ("type", "referrer_phone", "0113 496 0000"),
        ("type", "referrer_manager", "Robin Example, team manager"),
        ("choose", "referrer_email_is_secure", "yes"),
    ],
    "who-knows": [
        ("choose", "young_person_agrees", "yes"),
        ("type", "agreements-0-name", "Kim Example"),
        ("type", "agreements-0-relationship", "Mother"),
        ("choose", "agreements-0-knows", "yes"),
        ("choose", "agreements-0-agrees", "yes"),
    ],
    "young-person": [
        ("type", "first_name", "Sample"),
        ("type", "last_name", "Person"),
        ("choose", "birth_known", "yes"),
        ("type", "date_of_birth_day", "3"),
        ("type", "date_of_birth_month", "3"),
        ("type", "date_of_birth_year", "2012"),
        ("choose", "preferred_language", "en"),
        ("choose", "interpreter_needed", "no"),
        ("choose", "home", "address"),
        ("type", "address", "1 Example Street, Leeds"),
        ("type", "postcode", "LS1 1AA"),
        ("choose", "address_is_confidential", "no"),
        ("open", "school"),
        ("pick", "education_status", "full_time"),
        ("type", "school", "Example School"),
    ],
    "safe-contact": [
        ("choose", "safe_way", "known"),
        ("pick", "contacts-0-kind", "mobile"),
        ("type", "contacts-0-value", "020 7946 0101"),
        ("pick", "contacts-0-safe_to_text", "yes"),
        ("type", "contacts-0-must_not_be_told", "Her older cousin, who looks at her phone at weekends."),
        ("type", "contacts-0-safe_times", "School days after 4pm"),
    ],
    "family": [
        ("type", "main_carer", "Kim Example, mother"),
        ("type", "family-0-name", "Kim Example"),
        ("type", "family-0-relationship", "Mother"),
        ("choose", "family-0-parental_responsibility", "yes"),
        ("choose", "family-0-same_household", "yes"),
        ("choose", "domestic_abuse", "not_known"),
        ("choose", "carer_response", "undecided"),
    ],
    "professionals": [
        ("pick", "social_care_status", "child_in_need"),
        ("pick", "professionals-0-role", "school_safeguarding_lead"),
        ("type", "professionals-0-name", "Jo Example"),
        ("type", "professionals-0-organisation", "Example School"),
        ("choose", "professionals-0-knows_of_referral", "yes"),
    ],
    "concerns": [
        (
            "type",
            "reason",
            "Since September she has come home late with new clothes and a second phone, and will not say where they "
            "come from. School saw her twice in a car with adults whom nobody knows. Last week she was out all night. "
            "She says that a friend looks after her. We think that somebody gives her presents to get close to her.",
        ),
        ("type", "recent_change", "She has stopped seeing her old friends, and misses school on Fridays."),
        ("choose", "harm", "not_known"),
        (
            "type",
            "young_person_view",
            "“They are just being kind to me.” She does not see it as exploitation, and would like the arguments at "
            "home to stop. She agreed to meet somebody once.",
        ),
        ("tick", "exploitation_contexts", "in_person"),
        ("pick", "police_status", "intelligence_only"),
        ("open", "signs_money_or_items"),
        ("choose", "signs_money_or_items", "present_now"),
    ],
    "safety": [
        ("choose", "safe_at_home", "yes"),
        ("choose", "missing_now", "no"),
        ("choose", "contact_with_person_of_concern", "not_known"),
        ("choose", "self_harm_now", "no"),
        ("choose", "safety_plan", "yes"),
        ("type", "what_helps", "Her mother rings her at eight, and she has agreed to answer."),
        ("choose", "missing_before", "yes"),
        ("type", "missing_in_three_months", "2"),
        ("choose", "missing_reported", "yes"),
        ("choose", "online_worry", "not_known"),
        ("open", "people_of_concern-0-name"),
        ("type", "people_of_concern-0-name", "Known as “Ace”"),
        ("type", "people_of_concern-0-description", "About 25, drives a grey car."),
    ],
    "strengths": [
        ("type", "strengths", "Funny, loyal, and looks after her younger brother. Asks for help when it counts."),
        ("type", "interests", "Drawing, and the swimming club."),
        ("type", "wishes", "“I want it to be quiet at home again.”"),
    ],
    "practical": [
        ("tick", "meeting_modes", "in_person"),
        ("type", "meeting_times", "After school, not on Fridays"),
        ("type", "safe_places", "The room beside the school library."),
    ],
}

TEACHER = {
    "about-you": [
        ("type", "referrer_name", "Siân Enghraifft"),
        ("type", "referrer_role", "Athrawes"),
        ("type", "referrer_agency", "Ysgol Enghraifft"),
        ("pick", "referrer_agency_type", "school"),
        ("type", "referrer_relationship", "Tiwtor dosbarth ers dwy flynedd. Rwy’n ei weld bob dydd."),
        ("type", "referrer_phone", "029 2018 0000"),
    ],
    "who-knows": [
        ("choose", "young_person_agrees", "yes"),
        ("type", "agreements-0-name", "Cai Enghraifft"),
        ("type", "agreements-0-relationship", "Tad"),
        ("choose", "agreements-0-knows", "no"),
        ("choose", "agreements-0-why_not", "young_person_asked_us_not_to"),
    ],
    "young-person": [
        ("type", "first_name", "Sampl"),
        ("type", "last_name", "Ŵyn-Ŷnys"),
        ("choose", "birth_known", "yes"),
        ("type", "date_of_birth_day", "3"),
        ("type", "date_of_birth_month", "Mawrth"),
        ("type", "date_of_birth_year", "2012"),
        ("choose", "preferred_language", "cy"),
        ("choose", "interpreter_needed", "no"),
        ("choose", "home", "address"),
        ("type", "address", "1 Stryd Enghraifft, Caerdydd"),
        ("type", "postcode", "CF10 3AT"),
        ("choose", "address_is_confidential", "no"),
    ],
    "safe-contact": [
        ("choose", "safe_way", "known"),
        ("pick", "contacts-0-kind", "via_school"),
        ("type", "contacts-0-value", "Fi, yn yr ysgol"),
        ("type", "contacts-0-must_not_be_told", "Neb gartref, nes iddo ddweud."),
    ],
    "family": [("type", "main_carer", "Cai Enghraifft, tad")],
    "professionals": [
        ("pick", "social_care_status", "care_and_support_plan"),
        ("pick", "professionals-0-role", "social_worker"),
        ("type", "professionals-0-name", "Jo Enghraifft"),
        ("add", "professionals"),
        ("pick", "professionals-1-role", "youth_worker"),
        ("type", "professionals-1-organisation", "Clwb Enghraifft"),
    ],
    "concerns": [
        ("type", "reason", "Ffrindiau newydd sy’n oedolion, ac anrhegion na all neb eu hesbonio. Mae’n tŷ a’r dŵr."),
        ("type", "recent_change", "Mae wedi rhoi’r gorau i weld ei hen ffrindiau."),
        ("choose", "harm", "not_known"),
        ("type", "young_person_view", "“Maen nhw’n garedig.” Nid yw’n gweld problem."),
    ],
    "safety": [
        ("choose", "safe_at_home", "not_known"),
        ("choose", "missing_now", "no"),
        ("choose", "contact_with_person_of_concern", "not_known"),
        ("choose", "self_harm_now", "no"),
        ("choose", "safety_plan", "not_known"),
    ],
    "strengths": [("type", "strengths", "Caredig wrth blant iau.")],
    "practical": [("tick", "meeting_modes", "in_person")],
}


def answer(page, hands, steps):
    """Answer them with these hands, in their order."""
    for act, name, *value in steps:
        if act == "pick":
            hands.pick(name, page.locator(f"select[name={name}] option[value='{value[0]}']").text_content())
            assert page.locator(f"select[name={name}]").input_value() == value[0], f"{name} is not {value[0]}"
        else:
            getattr(hands, act)(name, *value)
