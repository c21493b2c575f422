"""Welsh in a real browser: from one language to the other while somebody writes."""

import pytest
from django.urls import reverse

from tests.routes import full_world
from tests.visitors import REFERRING

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Mae’r ŵyl yn yr ŷd: Ŵ Ŷ â ê î ô û ï"


def test_who_changes_the_language_while_writing_goes_on_where_they_were(open_as):
    world = full_world()
    page, watch = open_as(REFERRING, world)
    page.goto(reverse("refer:section", args=[world.draft.pk, "concerns"]))
    page.fill("#id_reason", WORDS)
    page.get_by_text("Draft saved at").wait_for()

    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url("**/cy/refer/**/concerns/")
    assert page.get_attribute("html", "lang") == "cy"
    assert page.input_value("#id_reason") == WORDS

    page.fill("#id_reason", f"{WORDS}, a mwy")
    page.get_by_text("Cadwyd y drafft am").wait_for()
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda address: "/cy/" not in address)
    assert page.input_value("#id_reason") == f"{WORDS}, a mwy"
    assert watch.complaints == []
