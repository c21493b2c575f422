"""The family, the support of a parent or carer, and who else works with the young person."""

from django.utils.translation import gettext as _

from referrals.addresses import is_free_mail
from referrals.answers.rows import YES, entries, entry, line_of, named, only, part, row, rows, yes_no


def family(referral, *, with_restricted):
    person = referral.young_person
    return part(
        "family",
        _("Family and carers"),
        *only(
            with_restricted and person.family_must_not_know,
            row(person, "family_must_not_know") | {"is_strong": True},
        ),
        *rows(person, "main_carer", "carer_helps", "important_people"),
        *entries(_("Family and household"), [_member(member) for member in referral.family.all()]),
        *rows(person, "domestic_abuse", "court_orders"),
        row(person, "carer_response"),
        *only(person.carer_support, row(person, "carer_support")),
    )


def _member(member):
    fields = ("age", "parental_responsibility", "same_household", "knows_of_referral", "safe_to_contact", "needs")
    return entry(
        named(member.name, member.relationship),
        *(line_of(member, name) for name in fields),
        line_of(member, "worry_about_them"),
    )


def professionals(referral):
    person = referral.young_person
    return part(
        "professionals",
        _("Social care and professionals"),
        row(person, "social_care_status"),
        *only(person.protection_category, row(person, "protection_category")),
        row(person, "looked_after"),
        row(person, "social_care_number"),
        *entries(_("Professionals"), [_professional(other) for other in referral.professionals.all()]),
    )


def _professional(other):
    return entry(
        named(other.get_role_display(), other.name),
        other.organisation,
        other.contact,
        *(line_of(other, name) for name in ("knows_of_referral", "may_share")),
        *only(other.is_lead == YES, _("They are the lead professional.")),
    )


def referrer(referral):
    return part(
        "referrer",
        _("The referrer"),
        *rows(referral, "referrer_name", "referrer_role", "referrer_agency", "referrer_agency_type"),
        *rows(referral, "referrer_phone", "referrer_email"),
        *only(
            is_free_mail(referral.referrer_email),
            {
                "label": _("About that address"),
                "value": _("It looks like a personal one: name nobody in an e-mail to it."),
            },
        ),
        *rows(referral, "referrer_email_is_secure", "referrer_best_times"),
        *rows(referral, "referrer_manager", "referrer_is_lead", "referrer_relationship"),
        {"label": _("Talked with a duty worker before"), "value": yes_no(referral.talked_with_duty_worker)},
    )
