"""Addresses of a case are those of the resolver, for every page that names a case and at most one row of it."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from cases import addresses
from cases.views.base import TABS

REFERENCE = "PR-7K4M-2Q"


@pytest.mark.parametrize("name", [name for name, _label in TABS])
def test_an_address_is_that_of_the_resolver(name):
    assert addresses.of(name, REFERENCE) == reverse(name, args=[REFERENCE])
    assert addresses.of(name, "PR-2222-33") == reverse(name, args=["PR-2222-33"])


def test_the_row_of_a_case_has_its_place():
    for row in (1, 9_999_999_999):
        assert addresses.of("cases:pin", REFERENCE, row) == reverse("cases:pin", args=[REFERENCE, row])


def test_nothing_in_an_address_would_have_to_be_escaped():
    written = [addresses.of(name, REFERENCE) for name, _label in TABS] + [addresses.of("cases:pin", REFERENCE, 7)]
    assert [escape(str(address)) for address in written] == [str(address) for address in written]
