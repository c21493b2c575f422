"""Whether the service fits: the edges of age, the routes, and what the function cannot see."""

import inspect
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.ages import birthday
from referrals import eligibility
from referrals.eligibility import AgeRule, Finding, Fit, findings, worst
from referrals.enums import Category, Danger

RULE = AgeRule()
DAY = date(2026, 7, 1)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
births = st.dates(date(1995, 1, 1), date(2035, 12, 31))
categories = st.sampled_from(Category.values)


def age_fit(**values):
    [found] = [finding for finding in found_with(**values) if finding.about == "age"]
    return found.fit


def found_with(*, day=DAY, rule=RULE, category=Category.SUSPECTED, **values):
    return findings(rule=rule, day=day, category=category, **values)


# What it cannot see


@pytest.mark.requirement("R-nat-06")
def test_what_is_protected_is_not_among_the_arguments():
    assert set(inspect.signature(findings).parameters) == {
        "rule",
        "day",
        "category",
        "born",
        "age",
        "age_is_sure",
        "is_served",
        "danger",
    }
    assert set(AgeRule.__dataclass_fields__) == {"age_from", "age_to", "support_months"}


@pytest.mark.requirement("R-nat-06")
def test_it_reads_nothing_but_its_arguments():
    """No model, no settings, no request: what is not handed in cannot decide."""
    imported = {name for name, value in vars(eligibility).items() if inspect.ismodule(value)}
    assert imported == set()
    sources = {getattr(value, "__module__", "") for value in vars(eligibility).values()}
    assert not {source for source in sources if source.startswith(("django.db", "referrals.models", "people.models"))}


@given(day=days, born=births, category=categories, served=st.booleans(), danger=st.sampled_from(Danger.values))
def test_the_same_values_give_the_same_findings(day, born, category, served, danger):
    first, second = (
        found_with(day=day, born=born, category=category, is_served=served, danger=danger) for _ in range(2)
    )
    assert first == second


# It explains, and never refuses


@given(
    day=days,
    born=st.none() | births,
    age=st.none() | st.integers(0, 120),
    sure=st.booleans(),
    category=categories,
    served=st.booleans(),
    danger=st.none() | st.sampled_from(Danger.values),
)
def test_each_finding_has_a_reason_and_all_but_a_fit_a_way_on(day, born, age, sure, category, served, danger):
    found = found_with(
        day=day, born=born, age=age, age_is_sure=sure, category=category, is_served=served, danger=danger
    )

    assert [finding.about for finding in found] in (["age", "area"], ["age", "area", "route"])
    for finding in found:
        assert finding.reason.endswith(".")
        assert bool(finding.next_step) == (finding.fit != Fit.FITS)
    assert worst(found) == max(finding.fit for finding in found)


def test_nothing_found_fits():
    assert worst([]) == Fit.FITS


# Age


@pytest.mark.requirement("R-nat-07")
@pytest.mark.parametrize(
    ("day", "born", "fit"),
    [
        pytest.param(DAY, birthday(DAY + timedelta(days=1), -11), Fit.DOES_NOT_FIT, id="10y364d"),
        pytest.param(DAY, birthday(DAY, -11), Fit.FITS, id="11y0d"),
        pytest.param(DAY, birthday(DAY + timedelta(days=1), -20), Fit.CHECK, id="19y364d"),
        pytest.param(DAY, birthday(DAY, -20), Fit.DOES_NOT_FIT, id="20y0d"),
        pytest.param(date(2026, 2, 28), date(2015, 3, 1), Fit.DOES_NOT_FIT, id="a day before 11 in a common year"),
        pytest.param(date(2023, 2, 28), date(2012, 2, 29), Fit.DOES_NOT_FIT, id="29 Feb, still 10 on 28 Feb"),
        pytest.param(date(2023, 3, 1), date(2012, 2, 29), Fit.FITS, id="29 Feb, 11 on 1 March"),
        pytest.param(date(2027, 2, 28), date(2007, 2, 28), Fit.DOES_NOT_FIT, id="20 on the day"),
        pytest.param(date(2028, 2, 28), date(2008, 2, 29), Fit.CHECK, id="29 Feb, 19 until the leap day"),
        pytest.param(date(2028, 2, 29), date(2008, 2, 29), Fit.DOES_NOT_FIT, id="29 Feb, 20 on the leap day"),
    ],
)
def test_age_at_its_edges(day, born, fit):
    assert age_fit(day=day, born=born) == fit


@pytest.mark.requirement("R-nat-07")
@given(day=days, years=st.integers(0, 30), more=st.integers(0, 364))
def test_age_is_for_eleven_to_the_day_before_twenty(day, years, more):
    born = birthday(day - timedelta(days=more), -years)
    lived = day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    assert (age_fit(day=day, born=born) == Fit.DOES_NOT_FIT) == (not 11 <= lived <= 19)


def test_too_young_says_from_which_day_it_would_fit():
    [finding, _area] = found_with(born=date(2016, 2, 29), day=date(2026, 7, 1))

    assert "01/03/2027" in finding.reason


def test_the_twentieth_birthday_within_the_first_support_is_checked():
    support_ends = date(2027, 1, 1)
    assert age_fit(born=birthday(support_ends, -20)) == Fit.CHECK
    assert age_fit(born=birthday(support_ends + timedelta(days=1), -20)) == Fit.FITS


def test_an_offer_with_narrower_ages_is_asked_instead():
    rule = AgeRule(age_from=13, age_to=17, support_months=3)

    assert age_fit(rule=rule, born=birthday(DAY, -12)) == Fit.DOES_NOT_FIT
    assert age_fit(rule=rule, born=birthday(DAY, -13)) == Fit.FITS
    assert age_fit(rule=rule, born=birthday(DAY, -18)) == Fit.DOES_NOT_FIT
    assert "17" in found_with(rule=rule, born=birthday(DAY, -18))[0].reason


@pytest.mark.requirement("R-nat-07")
@pytest.mark.parametrize("age", range(0, 31))
def test_an_estimated_age(age):
    expected = Fit.DOES_NOT_FIT
    if age in (10, 11, 19, 20):
        expected = Fit.CHECK
    elif 12 <= age <= 18:
        expected = Fit.FITS
    assert age_fit(age=age) == expected


@pytest.mark.parametrize("age", range(0, 31))
def test_years_that_somebody_is_sure_of(age):
    """The edges fit by then, but for the last year, in which the 20th birthday may be near."""
    expected = Fit.DOES_NOT_FIT
    if age == 19:
        expected = Fit.CHECK
    elif 11 <= age <= 18:
        expected = Fit.FITS
    assert age_fit(age=age, age_is_sure=True) == expected


@pytest.mark.parametrize("is_sure", [False, True])
def test_no_age_at_all_is_checked(is_sure):
    assert age_fit(age_is_sure=is_sure) == Fit.CHECK


def test_the_date_of_birth_decides_over_an_estimate():
    assert age_fit(born=birthday(DAY, -14), age=25) == Fit.FITS


# Area and route


def test_an_area_nobody_serves_is_checked():
    [_age, area] = found_with(age=14, is_served=False)
    assert (area.about, area.fit) == ("area", Fit.CHECK)


@pytest.mark.requirement("R-wal-32")
@pytest.mark.parametrize("category", Category.values)
@pytest.mark.parametrize("danger", [None, *Danger.values])
def test_only_route_a_in_danger_is_held_against_what_was_chosen(category, danger):
    found = found_with(age=14, category=category, danger=danger)

    expected = [Fit.CHECK] if (category, danger) == ("wal_a_vulnerable", "yes") else []
    assert [finding.fit for finding in found if finding.about == "route"] == expected


@pytest.mark.requirement("R-nat-04")
@pytest.mark.parametrize("category", Category.values)
def test_no_category_is_turned_away(category):
    assert worst(found_with(age=14, category=category)) == Fit.FITS


def test_a_finding_cannot_be_changed_afterwards():
    with pytest.raises(AttributeError):
        Finding("age", Fit.FITS, "Yes.").fit = Fit.CHECK
