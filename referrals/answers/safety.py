"""How safe things are, how to get in touch safely, and whom and what the referrer worries about."""

from django.utils.translation import gettext as _

from people.enums import SafeFlag
from referrals.answers.rows import (
    NO,
    YES,
    entries,
    entry,
    line_of,
    marked,
    named,
    only,
    part,
    row,
    rows,
    said,
    several,
    worded,
    yes_no,
)
from referrals.enums import ASKS_WHETHER_SOCIAL_CARE_KNOWS, Category, Danger
from ui.times import long_date

CHANNELS = ("safe_to_call", "safe_to_voicemail", "safe_to_text", "safe_to_email", "safe_to_post")


def safety_now(referral):
    safety = referral.safety
    police = referral.category in (Category.CURRENT, Category.WAL_C_HIGH_OR_CURRENT)
    return part(
        "safety",
        _("Safety"),
        marked(referral, "danger", _("Is there danger now?"), speaks=Danger.YES),
        *only(
            referral.danger != Danger.NO,
            row(safety, "danger_details"),
            {"label": _("Has 999 been called?"), "value": yes_no(safety.emergency_called)},
        ),
        row(referral, "social_care_told", _("Has children’s social care been told?")),
        *only(referral.social_care_contact, row(referral, "social_care_contact")),
        marked(safety, "safe_at_home", _("Safe where they live?"), speaks=NO),
        marked(safety, "missing_now", _("Missing now?"), speaks=YES),
        marked(safety, "contact_with_person_of_concern", _("In contact with a person of concern?"), speaks=YES),
        marked(safety, "self_harm_now", _("Is there worry about self-harm now?"), speaks=YES),
        marked(safety, "threats", _("Weapons, violence or threats?"), speaks=YES),
        marked(safety, "safe_to_travel", _("Safe when they travel?"), speaks=NO),
        *only(
            police or safety.police_know,
            row(safety, "police_know", _("Do the police know?")),
            *only(safety.police_reference, row(safety, "police_reference")),
        ),
        *only(
            safety.social_care_know and referral.social_care_told in ASKS_WHETHER_SOCIAL_CARE_KNOWS,
            row(safety, "social_care_know", _("Does children’s social care know of the worry?")),
        ),
        several(safety, "processes"),
        marked(safety, "safety_plan", _("Is there a safety plan?"), speaks=NO),
        *rows(safety, "what_helps", "whom_they_would_call", "friends_affected"),
    )


def missing_and_online(referral):
    """What follows from an opening question is only missed where that was answered with yes."""
    safety = referral.safety
    return part(
        "missing",
        _("Going missing, and online"),
        row(safety, "missing_before"),
        *only(
            YES in (safety.missing_before, safety.missing_now),
            *rows(safety, "missing_in_three_months", "missing_in_twelve_months", "missing_longest", "missing_last_on"),
            *rows(safety, "missing_reported", "return_conversation", "missing_pattern"),
        ),
        row(safety, "online_worry"),
        *only(
            safety.online_worry == YES,
            *rows(safety, "platforms", "unknown_people_online", "pressure_online", "images_shared"),
            *rows(safety, "devices_controlled", "gifts_online", "report_remove"),
        ),
    )


def safe_contact(referral, *, with_restricted):
    """Who must not know stands before every number and address."""
    contacts = referral.subject.safe_contacts.all()
    kept_from = [named(way.must_not_be_told, _contact_label(way)) for way in contacts if way.must_not_be_told]
    if not contacts:
        none = _("No safe way is known yet. Ask the referrer before you ring or write.")
        return part("contact", _("Safe contact"), {"label": _("Before you get in touch"), "value": none} | STRONG)
    return part(
        "contact",
        _("Safe contact"),
        *only(kept_from, {"label": _("Who must not know"), "value": "\n".join(kept_from)} | STRONG),
        *(_contact(contact, with_restricted) for contact in contacts),
    )


STRONG = {"is_strong": True}


def _contact_label(contact):
    return named(contact.get_kind_display(), contact.whose)


def _contact(contact, with_restricted):
    channels = [(worded(contact, name), getattr(contact, name), name) for name in CHANNELS]
    confirmed = contact.confirmed_on and _("One of us confirmed it on %(day)s.") % {
        "day": long_date(contact.confirmed_on)
    }
    return entry(
        _contact_label(contact),
        contact.value,
        *(line_of(contact, name) for _words, flag, name in channels if flag != SafeFlag.NOT_CONFIRMED),
        *(line_of(contact, name) for name in ("who_reads_it", "safe_times", "unsafe_times")),
        *(line_of(contact, name) for name in ("say_who_calls", "cover_phrase")),
        *only(contact.caller_number != SafeFlag.NOT_CONFIRMED, line_of(contact, "caller_number")),
        *only(
            with_restricted,
            line_of(contact, "code_word_not_safe"),
            line_of(contact, "code_word_help"),
        ),
        confirmed or _("None of us has confirmed it yet. Whatever is not named here is not confirmed safe."),
    )


def of_concern(referral):
    """Restricted: only staff who need it, never the referrer's own outputs (domain.md 10.1)."""
    return part(
        "concern",
        _("People and places of concern"),
        *entries(_("People of concern"), [_person(person) for person in referral.people_of_concern.all()]),
        *entries(_("Places of concern"), [_place(place) for place in referral.places_of_concern.all()]),
    )


def _person(person):
    return entry(
        named(person.name or _("Somebody whose name is not known"), person.relationship),
        said(_("Age"), person.age),
        *(line_of(person, name) for name in ("description", "known_from", "known_to_police", "police_reference")),
    )


def _place(place):
    return entry(
        _("Place: %(kind)s") % {"kind": place.get_kind_display()} if place.kind else _("Place"),
        place.description,
        line_of(place, "known_to_agencies"),
    )
