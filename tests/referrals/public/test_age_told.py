"""The age that decides what is asked: from the date of birth, an estimate, or the check before the form."""

import pytest
import time_machine

from referrals.forms.whole import WholeForm
from referrals.sections import CHECK
from tests.factories.referrals import ReferralDraftFactory

BORN = {"birth_known": ["yes"], "date_of_birth_day": ["23"], "date_of_birth_month": ["11"]}


def age_told(**answers):
    return WholeForm(ReferralDraftFactory(answers=answers)).given.age


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "age"), [("2026-11-22", 17), ("2026-11-23", 18)])
def test_a_date_of_birth_counts_on_the_day(day, age):
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        assert age_told(**{"young-person": BORN | {"date_of_birth_year": ["2008"]}}) == age


@pytest.mark.django_db
def test_a_date_of_birth_that_cannot_be_read_says_no_age():
    assert age_told(**{"young-person": BORN | {"date_of_birth_year": ["x"]}}) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "age"), [("17", 17), ("about 17", None), ("9" * 5000, None), ("", None)])
def test_an_estimate_counts_as_it_is(typed, age):
    answers = {"birth_known": ["no"], "estimated_age": [typed]}
    assert age_told(**{"young-person": answers}) == age


@pytest.mark.django_db
def test_until_the_section_is_saved_the_check_says_the_age():
    assert age_told(**{CHECK: {"age": 18}}) == 18
