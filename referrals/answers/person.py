"""Who the young person is, and what is known of their life."""

from django.utils.translation import gettext as _

from people.ages import age_on
from referrals.answers.rows import YES, only, part, row, rows, several, worded
from referrals.enums import EducationStatus, GenderIdentity, Pronouns
from ui.times import long_date


def young_person(referral):
    person = referral.young_person
    pronouns = _in_their_words(person, "pronouns", Pronouns.OTHER, person.pronouns_in_words)
    return part(
        "person",
        _("The young person"),
        {"label": _("Name they use"), "value": person.name_shown},
        {"label": _("Full name"), "value": f"{person.first_name} {person.last_name}"},
        row(person, "other_names"),
        {"label": _("Pronouns"), "value": pronouns},
        {"label": _("Age"), "value": _age(referral, person)},
        {"label": _("Language"), "value": person.other_language or person.get_preferred_language_display()},
        row(person, "interpreter_needed", _("Is an interpreter needed?")),
        *only(person.interpreter_details, row(person, "interpreter_details")),
        _address_is_kept(person),
        {"label": _("Where they live now"), "value": _address(person)},
        row(person, "address_type"),
        {"label": _("Council area"), "value": str(referral.local_authority)},
        *only(person.responsible_authority_id, _responsible(person)),
    )


def _in_their_words(record, field, own_word, words):
    return words if words and getattr(record, field) == own_word else worded(record, field)


def _age(referral, person):
    if not person.date_of_birth:
        return _("About %(age)d, estimated") % {"age": person.estimated_age}
    return _("%(age)d on the day of the referral, born %(day)s") % {
        "age": age_on(person.date_of_birth, referral.submitted_at.date()),
        "day": long_date(person.date_of_birth),
    }


def _address_is_kept(person):
    """Before the address, so that nobody reads it out without this; where nobody was named, who reads must ask."""
    if person.address_is_confidential != YES:
        return row(person, "address_is_confidential", _("Must the address be kept from somebody?"))
    words = _("It must be kept from: %(who)s") % {"who": person.address_kept_from}
    if not person.address_kept_from:
        words = _("It must be kept from somebody. Ask from whom before you use it.")
    return {"label": _("Before you use the address"), "value": words, "is_strong": True}


def _address(person):
    if person.no_fixed_address and not person.address:
        return _("No fixed address")
    return "\n".join(part for part in (person.address, person.postcode) if part)


def _responsible(person):
    return {"label": _("Council that is responsible"), "value": str(person.responsible_authority)}


def school(referral):
    person = referral.young_person
    learns = person.education_status not in ("", EducationStatus.NOT_KNOWN)
    return part(
        "school",
        _("School, college or work"),
        row(person, "education_status"),
        *only(learns, *rows(person, "school", "year_group", "education_support", "attendance", "safe_adult_at_school")),
        *only(learns, row(person, "virtual_school")),
    )


def health(referral):
    person = referral.young_person
    return part(
        "health",
        _("Health and communication"),
        several(person, "disabilities"),
        *only(person.disability_in_words, row(person, "disability_in_words")),
        *rows(person, "communication_needs", "adjustments", "gp", "mental_health_support", "substance_use"),
        *rows(person, "medication", "sexual_health_need", "pregnant_or_parent"),
    )


def who_they_are(referral):
    person = referral.young_person
    gender = _in_their_words(person, "gender_identity", GenderIdentity.ANOTHER, person.gender_in_words)
    return part(
        "identity",
        _("Who they are"),
        {"label": _("How they describe their gender"), "value": gender},
        *only(person.gender_same_as_sex, row(person, "gender_same_as_sex")),
        row(person, "sex_registered"),
        row(person, "ethnic_group"),
        *only(person.ethnic_group_in_words, row(person, "ethnic_group_in_words")),
        *rows(person, "religion_or_belief", "nationality_or_status"),
        *only(person.arrived_alone, row(person, "arrived_alone")),
        *only(person.sexual_orientation, *_orientation(person)),
        *rows(person, "nhs_number", "pupil_number"),
    )


def _orientation(person):
    """Never among what was not asked: nobody has to ask for it."""
    keep = _("They chose to share this. It is not passed on to the family.")
    return [
        row(person, "sexual_orientation", _("Sexual orientation")),
        *only(
            person.keeps_orientation_from_family,
            {"label": _("Before you speak with the family"), "value": keep, "is_strong": True},
        ),
    ]


def strengths(referral):
    person = referral.young_person
    not_known = {"label": _("What they are good at"), "value": _("Not known yet")}
    return part(
        "strengths",
        _("Strengths and wishes"),
        *only(person.strengths_not_known, not_known),
        *only(not person.strengths_not_known, row(person, "strengths")),
        *rows(person, "interests", "going_well", "proud_of", "culture_and_faith", "wishes", "worries_about_us"),
        *rows(person, "preferred_worker", "helped_before", "tried_before"),
    )


def practical(referral):
    person = referral.young_person
    return part(
        "practical",
        _("Meeting them"),
        *only(person.visit_safety, row(person, "visit_safety") | {"is_strong": True}),
        *rows(person, "access_needs", "transport", "meeting_times"),
        several(person, "meeting_modes"),
        *rows(person, "safe_places", "places_to_avoid", "private_space", "own_device"),
        *only(not person.visit_safety, row(person, "visit_safety")),
    )
