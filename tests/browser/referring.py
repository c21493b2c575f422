"""A referrer's way through the form, by whichever hands. Plainly fictional."""

import re

from django.core import mail

REASON = "New adult friends, and presents that nobody can explain. Siân’s teacher noticed it first."
VIEW = "“They are just being kind to me.”"


def newest_code():
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def begin(page, hands, *, danger="no"):
    """From the front page to the result of the check."""
    page.goto("/")
    hands.follow("/check/")
    hands.choose("who", "professional")
    hands.choose("danger", danger)
    if danger == "yes":
        hands.tick("emergency_called")
    hands.choose("social_care_told", "told")
    hands.pick("local_authority", "Leeds")
    hands.choose("age_known", "sure")
    hands.type("age", "14")
    hands.choose("young_person_knows", "yes")
    hands.send()
    hands.choose("category", "current")
    hands.send()


def prove(page, hands, email):
    hands.type("email", email)
    hands.send()
    hands.type("code", newest_code())
    hands.send()


def about_you(hands):
    hands.type("referrer_name", "Robin Example")
    hands.type("referrer_role", "Teacher")
    hands.type("referrer_agency", "Example School")
    hands.pick("referrer_agency_type", "School")
    hands.type("referrer_relationship", "Form tutor for two years.")
    hands.type("referrer_phone", "0113 496 0000")
    hands.send()


def who_knows(hands):
    """That they know was said in the check."""
    hands.choose("young_person_agrees", "not_asked")
    hands.send()


def young_person(hands, *, month="March"):
    hands.type("first_name", "Sample")
    hands.type("last_name", "Person")
    hands.choose("birth_known", "yes")
    hands.type("date_of_birth_day", "3")
    hands.type("date_of_birth_month", month)
    hands.type("date_of_birth_year", "2012")
    hands.choose("preferred_language", "en")
    hands.choose("interpreter_needed", "no")
    hands.choose("home", "address")
    hands.type("address", "1 Example Street")
    hands.type("postcode", "ls11aa")
    hands.choose("address_is_confidential", "no")
    hands.send()


def safe_contact(hands):
    hands.choose("safe_way", "known")
    hands.pick("contacts-0-kind", "Mobile phone")
    hands.type("contacts-0-value", "020 7946 0101")
    hands.pick("contacts-0-safe_to_text", "Yes")
    hands.type("contacts-0-must_not_be_told", "Anybody at home, until they say so.")
    hands.send()


def family(hands):
    hands.type("main_carer", "Kim Example, mother")
    hands.send()


def concerns(hands):
    hands.type("reason", REASON)
    hands.choose("harm", "not_known")
    hands.type("young_person_view", VIEW)
    hands.send()


def safety(hands, *, danger="no"):
    hands.choose("danger", danger)
    if danger == "yes":
        hands.type("danger_details", "Somebody waits outside the school.")
        hands.tick("emergency_called")
    for question in ["safe_at_home", "missing_now", "contact_with_person_of_concern", "self_harm_now", "safety_plan"]:
        hands.choose(question, "not_known")
    hands.choose("social_care_told", "told")
    hands.choose("police_know", "no")
    hands.send()


def strengths(hands):
    hands.type("strengths", "Looks after a younger cousin, and asks for help when it counts.")
    hands.type("wishes", "“I want it to be quiet again.”")
    hands.send()


def skip(hands):
    """A section that asks for nothing."""
    hands.send()


def the_rest(hands, *, danger="no"):
    """Every section after the young person, to the page that shows all answers."""
    safe_contact(hands)
    family(hands)
    skip(hands)  # social care and professionals
    concerns(hands)
    safety(hands, danger=danger)
    strengths(hands)
    skip(hands)  # meeting us


def send(hands):
    hands.tick("accurate")
    hands.tick("told")
    hands.tick("not_instead")
    hands.send()
