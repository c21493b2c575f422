"""Whether the service fits, explained. Pure: plain values in, findings out; never a verdict.

It cannot see sex, ethnicity, disability, religion, sexuality, immigration or
care status (R-nat-06): they are not among its arguments.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from people.ages import age_on, birthday
from referrals.enums import Category, Danger


class Fit(IntEnum):
    FITS = 0
    CHECK = 1
    DOES_NOT_FIT = 2


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it fits, why in plain words, and what to do next."""

    about: str
    fit: Fit
    reason: str
    next_step: str = ""


@dataclass(frozen=True)
class AgeRule:
    """Whom an offer is for, in whole years, and how long its first support lasts."""

    age_from: int = 11
    age_to: int = 19
    support_months: int = 6


def findings(
    *, rule: AgeRule, day: date, category, born=None, age=None, age_is_sure=False, is_served=True, danger=None
):
    """Everything worth saying about whether the service fits on ``day`` (the day of submission, in London).

    ``born`` decides; without it ``age`` in whole years, an estimate unless ``age_is_sure``.
    ``is_served``: some centre serves the council area. ``danger``: the answer
    to "is there danger now?", held against the route that was chosen.
    """
    found = [_age(rule, day, born, age, age_is_sure), _area(is_served)]
    return found + [finding for finding in [_route(category, danger)] if finding]


def worst(found) -> Fit:
    return max((finding.fit for finding in found), default=Fit.FITS)


def _age(rule, day, born, age, age_is_sure):
    if born is None:
        return _age_in_years(rule, age) if age_is_sure and age is not None else _estimated_age(rule, age)
    years = age_on(born, day)
    if years < rule.age_from:
        return Finding("age", Fit.DOES_NOT_FIT, _too_young(rule, born), _ways_on())
    if years > rule.age_to:
        reason = _("The service works with young people up to the day before their 20th birthday.")
        if rule.age_to != 19:
            reason = _("The service works with young people aged %(oldest)d or younger.") % {"oldest": rule.age_to}
        return Finding("age", Fit.DOES_NOT_FIT, reason, _ways_on())
    if day + relativedelta(months=rule.support_months) >= birthday(born, rule.age_to + 1):
        return Finding(
            "age",
            Fit.CHECK,
            _("The young person grows older than the service works with during the first months of support."),
            _("You can refer. The duty worker will talk with you about what is possible in that time."),
        )
    return Finding("age", Fit.FITS, _("The age is within what the service offers."))


def _too_young(rule, born):
    return _("The service begins at %(age)d years. This young person could be referred from %(day)s.") % {
        "age": rule.age_from,
        "day": birthday(born, rule.age_from).strftime("%d/%m/%Y"),
    }


def _age_in_years(rule, age):
    """Years without a day of birth: they inform, and the form's date decides."""
    if age == rule.age_to:
        return Finding(
            "age",
            Fit.CHECK,
            _("The young person may grow older than the service works with during the first months of support."),
            _("You can refer. The form asks for the date of birth, and the duty worker will talk with you about it."),
        )
    if rule.age_from <= age < rule.age_to:
        return Finding("age", Fit.FITS, _("The age is within what the service offers."))
    return Finding("age", Fit.DOES_NOT_FIT, _ages_of(rule), _ways_on())


def _ages_of(rule):
    return _("The service works with young people aged %(youngest)d to %(oldest)d.") % {
        "youngest": rule.age_from,
        "oldest": rule.age_to,
    }


def _estimated_age(rule, age):
    if age is None:
        return Finding(
            "age",
            Fit.CHECK,
            _("We do not know the young person’s age."),
            _("The form asks for your best guess. A guess is enough: the duty worker will ask."),
        )
    edges = {rule.age_from - 1, rule.age_from, rule.age_to, rule.age_to + 1}
    if age in edges:
        return Finding(
            "age",
            Fit.CHECK,
            _("The age is an estimate, close to the edge of what the service offers."),
            _("You can refer. If you can find the date of birth, please give it in the form."),
        )
    if rule.age_from < age < rule.age_to:
        return Finding("age", Fit.FITS, _("The age is within what the service offers."))
    return Finding("age", Fit.DOES_NOT_FIT, _ages_of(rule), _ways_on())


def _area(is_served):
    if is_served:
        return Finding("area", Fit.FITS, _("One of our centres serves this council area."))
    return Finding(
        "area",
        Fit.CHECK,
        _("None of our centres serves this council area."),
        _("You can refer. Our national team receives it and will tell you what is possible."),
    )


def _route(category, danger):
    if category == Category.WAL_A_VULNERABLE and danger == Danger.YES:
        return Finding(
            "route",
            Fit.CHECK,
            _("You told us of danger now, and chose the route for young people who are not at immediate risk."),
            _("Another route may describe the situation better. The duty worker will look at this with you."),
        )
    return None


def _ways_on():
    return _("Look at other help, ask a duty worker for advice, or refer anyway.")
