"""H1: ages in Python and in the database are the same; leap days are 1 March in other years."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import DateField, Value
from hypothesis import given
from hypothesis import strategies as st

from people.ages import age_on, birthday
from people.models import DataSubject
from people.querysets import AgeOn
from tests.factories.people import DataSubjectFactory
from tests.figures import DEEP, figure

FIRST, LAST = date(2005, 1, 1), date(2017, 12, 31)
DAYS_FROM, DAYS_TO = date(2026, 1, 1), date(2028, 12, 31)
ALL_BIRTHS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
LEAP_DAYS = [born for born in ALL_BIRTHS if (born.month, born.day) == (2, 29)]
AROUND_LEAP_DAYS = [born + timedelta(days=n) for born in LEAP_DAYS for n in (-1, 0, 1)]
AGES = """
    SELECT born::date, day::date, age_on(born::date, day::date)
    FROM unnest(%s::date[]) AS born, generate_series(%s::date, %s::date, '1 day') AS day
"""


def births():
    """Every one in the deep run; else every 97th, and all around each leap day."""
    return ALL_BIRTHS if DEEP else sorted({*ALL_BIRTHS[::97], *AROUND_LEAP_DAYS})


@pytest.mark.django_db
def test_python_and_the_database_agree_on_every_age():
    compared, mismatches = 0, []
    for year in range(DAYS_FROM.year, DAYS_TO.year + 1):
        chunk = figure(len(births()), 400)
        for start in range(0, len(births()), chunk):
            with connection.cursor() as cursor:
                days = [date(year, 1, 1), date(year, 12, 31)]
                cursor.execute(AGES, [births()[start : start + chunk], *days])
                for born, day, years in cursor:
                    compared += 1
                    if years != age_on(born, day):
                        mismatches.append((born, day, years))
    assert mismatches == []
    assert compared == len(births()) * ((DAYS_TO - DAYS_FROM).days + 1)


@pytest.mark.django_db
def test_the_query_expression_is_the_same_function():
    subject = DataSubjectFactory(date_of_birth=date(2012, 2, 29))

    def years(day):
        annotated = DataSubject.objects.annotate(years=AgeOn("date_of_birth", Value(day, DateField())))
        return annotated.get(pk=subject.pk).years

    assert (years(date(2023, 2, 28)), years(date(2023, 3, 1)), years(date(2024, 2, 29))) == (10, 11, 12)


@pytest.mark.django_db
def test_an_unknown_birth_has_no_age():
    DataSubjectFactory(date_of_birth=None)

    annotated = DataSubject.objects.annotate(years=AgeOn("date_of_birth", Value(FIRST, DateField())))
    assert annotated.get().years is None


@given(born=st.dates(FIRST, LAST), age=st.integers(0, 100))
def test_somebody_becomes_their_age_on_their_birthday_and_not_a_day_before(born, age):
    day = birthday(born, age)

    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize("born", LEAP_DAYS)
def test_a_leap_day_is_the_first_of_march_in_other_years(born):
    assert birthday(born, 11) == date(born.year + 11, 3, 1)
    assert birthday(born, 12) == date(born.year + 12, 2, 29)


def test_nobody_has_lived_before_birth():
    assert age_on(date(2026, 6, 1), date(2026, 5, 31)) == -1
