"""What a reader needs before their eyes beside the answers: whose words they are, and what does not go together."""

from django.utils.translation import gettext as _

from referrals import presenting
from referrals.answers.rows import NO, YES, row
from referrals.enums import Category, Danger
from ui.times import day_and_date


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
        row(referral, "category"),
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
