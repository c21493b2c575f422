"""Addresses of a strand are those of the resolver, for every page that names a strand and at most one row of it."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.urls import reverse

from sessions.carer_words import page
from sessions.views.carers.base import TABS

KEY = "0b5c2f6e-7d38-4a0c-9b1f-2f9d6f1c1a77"
STRAND = SimpleNamespace(key=UUID(KEY))


@pytest.mark.parametrize("name", [name for name, _label in TABS])
def test_an_address_is_that_of_the_resolver(name):
    assert page(STRAND, name) == reverse(f"sessions:{name}", args=[KEY])


def test_the_row_of_a_strand_has_its_place():
    for row in (1, 9_999_999_999):
        assert page(STRAND, "carer_session", row) == reverse("sessions:carer_session", args=[KEY, row])
