"""What the referrer answered, as rows for a page: labels and ready values. Pure over loaded rows."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.ages import age_on
from referrals import presenting
from referrals.enums import ASKS_WHETHER_SOCIAL_CARE_KNOWS, Category, Danger, YesNoNotKnown
from ui.times import day_and_date, long_date

YES, NO = YesNoNotKnown.YES, YesNoNotKnown.NO


def sections(referral):
    """The answers of one referral, in the order a duty worker needs them."""
    person, safety = referral.young_person, referral.safety
    return [
        {"id": "safety", "title": _("Safety"), "rows": _safety(referral, safety)},
        {"id": "why", "title": _("Why now"), "rows": _why(referral)},
        {"id": "person", "title": _("The young person"), "rows": _person(referral, person)},
        {"id": "referrer", "title": _("The referrer"), "rows": _referrer(referral)},
    ]


def key_facts(referral):
    """What a second person needs before their eyes while they answer; the whole stands on the referral's page."""
    person = referral.young_person
    day = referral.submitted_at.date()
    letters = presenting.initials(person.preferred_name or person.first_name, person.last_name)
    facts = presenting.facts_of(referral)
    danger = [_("Danger now")] * (referral.danger == Danger.YES)
    who = presenting.who(letters, presenting.age_words(person.date_of_birth, person.estimated_age, day))
    return [
        {"label": _("Young person"), "value": who},
        _row(referral, "category"),
        {"label": _("Said of safety now"), "lines": danger + facts or [_("None of the warning answers was given.")]},
    ]


def said_by(referral):
    return _("All of this was said by %(name)s (%(role)s, %(agency)s) on %(day)s.") % {
        "name": referral.referrer_name,
        "role": referral.referrer_role,
        "agency": referral.referrer_agency,
        "day": day_and_date(referral.submitted_at),
    }


def against_route_a(referral):
    """Answers that speak of risk now where the route says that there is none (R-wal-32); empty on other routes.

    It prompts a human to look at the route again, and changes nothing.
    """
    if referral.category != Category.WAL_A_VULNERABLE:
        return []
    safety = referral.safety
    found = {
        _("There is danger now."): referral.danger == Danger.YES,
        _("It is not clear whether there is danger now."): referral.danger == Danger.NOT_SURE,
        _("The third route was ticked as well."): Category.WAL_C_HIGH_OR_CURRENT in referral.categories_also,
        _("The young person is missing now."): safety.missing_now == YES,
        _("The young person is not safe at home."): safety.safe_at_home == NO,
        _("There is contact with a person of concern."): safety.contact_with_person_of_concern == YES,
    }
    return [words for words, holds in found.items() if holds]


def _row(record, field, label=""):
    """One answer, labelled as its field is and worded as its choice is."""
    label = label or capfirst(record._meta.get_field(field).verbose_name)
    worded = getattr(record, f"get_{field}_display", None)
    return {"label": label, "value": worded() if worded else getattr(record, field)}


def _marked(record, field, label, *, speaks):
    """One answer, set in bold where it speaks of harm now: a reader in haste tells Yes from No."""
    return _row(record, field, label) | {"is_strong": getattr(record, field) == speaks}


def _yes_no(value):
    return _("Yes") if value else _("No")


def _only(condition, *rows):
    return list(rows) if condition else []


def _why(referral):
    also = [Category(value).label for value in referral.categories_also]
    is_route_b = referral.category == Category.WAL_B_TRAUMA
    return [
        _row(referral, "category"),
        *_only(referral.route_c_follow_up, _row(referral, "route_c_follow_up", _("Which of these"))),
        *_only(also, {"label": _("What also applies"), "lines": also}),
        _row(referral, "reason"),
        _row(referral, "recent_change"),
        _row(referral, "harm"),
        _row(referral, "impact"),
        _row(referral, "young_person_view"),
        *_only(
            is_route_b,
            _row(referral, "trauma_is_cse_related", _("Is the trauma related to sexual exploitation?")),
            _row(referral, "trauma_and_risk"),
            _row(referral, "ready_for_support"),
        ),
        _row(referral, "young_person_knows", _("Does the young person know of the referral?")),
    ]


def _safety(referral, safety):
    police = referral.category in (Category.CURRENT, Category.WAL_C_HIGH_OR_CURRENT)
    return [
        _marked(referral, "danger", _("Is there danger now?"), speaks=Danger.YES),
        *_only(
            referral.danger != Danger.NO,
            _row(safety, "danger_details"),
            {"label": _("Has 999 been called?"), "value": _yes_no(safety.emergency_called)},
        ),
        _row(referral, "social_care_told", _("Has children’s social care been told?")),
        *_only(referral.social_care_contact, _row(referral, "social_care_contact")),
        _marked(safety, "safe_at_home", _("Safe where they live?"), speaks=NO),
        _marked(safety, "missing_now", _("Missing now?"), speaks=YES),
        _marked(safety, "contact_with_person_of_concern", _("In contact with a person of concern?"), speaks=YES),
        _marked(safety, "self_harm_now", _("Is there worry about self-harm now?"), speaks=YES),
        *_only(
            police or safety.police_know,
            _row(safety, "police_know", _("Do the police know?")),
            _row(safety, "police_reference"),
        ),
        *_only(
            safety.social_care_know and referral.social_care_told in ASKS_WHETHER_SOCIAL_CARE_KNOWS,
            _row(safety, "social_care_know", _("Does children’s social care know of the worry?")),
        ),
        _marked(safety, "safety_plan", _("Is there a safety plan?"), speaks=NO),
        _row(safety, "what_helps"),
    ]


def _person(referral, person):
    return [
        {"label": _("Name they use"), "value": person.name_shown},
        {"label": _("Full name"), "value": f"{person.first_name} {person.last_name}"},
        *_only(person.other_names, _row(person, "other_names")),
        *_only(person.pronouns, _row(person, "pronouns", _("Pronouns"))),
        {"label": _("Age"), "value": _age(referral, person)},
        {"label": _("Council area"), "value": str(referral.local_authority)},
        {"label": _("Language"), "value": person.other_language or person.get_preferred_language_display()},
        _row(person, "interpreter_needed", _("Is an interpreter needed?")),
        *_only(person.interpreter_details, _row(person, "interpreter_details")),
        _address_is_kept(person),
        {"label": _("Where they live now"), "value": _address(person)},
    ]


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
        return _row(person, "address_is_confidential", _("Must the address be kept from somebody?"))
    words = _("It must be kept from: %(who)s") % {"who": person.address_kept_from}
    if not person.address_kept_from:
        words = _("It must be kept from somebody. Ask from whom before you use it.")
    return {"label": _("Before you use the address"), "value": words, "is_strong": True}


def _address(person):
    if person.no_fixed_address and not person.address:
        return _("No fixed address")
    return "\n".join(part for part in (person.address, person.postcode) if part)


def _referrer(referral):
    return [
        _row(referral, "referrer_name"),
        _row(referral, "referrer_role"),
        _row(referral, "referrer_agency"),
        _row(referral, "referrer_agency_type"),
        _row(referral, "referrer_phone"),
        _row(referral, "referrer_email"),
        *_only(referral.referrer_best_times, _row(referral, "referrer_best_times")),
        *_only(referral.referrer_manager, _row(referral, "referrer_manager")),
        _row(referral, "referrer_relationship"),
        {"label": _("Talked with a duty worker before"), "value": _yes_no(referral.talked_with_duty_worker)},
    ]
