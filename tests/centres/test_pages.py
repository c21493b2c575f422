"""Public pages: what the leaflets promise stands there, and whom to ring comes from the service's own list."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from centres.models import PublicContact
from tests.factories.centres import ContactPointOfCentreFactory, PublicContactFactory, ServiceCentreFactory

pytestmark = pytest.mark.usefixtures("reference")
PAGES = [
    "refer:start_page",
    "refer:check",
    "refer:not_right",
    "refer:email",
    "centres:young_people",
    "centres:contact",
    "centres:privacy",
    "centres:accessibility",
    "centres:cookies",
]


def text_of(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize("name", PAGES)
def test_anybody_may_read_a_public_page_and_it_leaves_no_session(client, name):
    text_of(client, name)
    assert "sid" not in client.cookies


@pytest.mark.parametrize("name", PAGES)
def test_nothing_else_may_be_done_with_it(client, name):
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_each_public_page_has_a_welsh_twin_and_leads_to_it(client, name):
    english = reverse(name)
    welsh = f"/cy{english}"
    with translation.override("en-gb"):  # a request leaves its language behind in the thread of a test
        assert f'href="{welsh}"' in client.get(english).text
        page = client.get(welsh).text
    assert '<html lang="cy">' in page
    assert f'href="{english}"' in page


@pytest.mark.requirement("R-nat-35")
@pytest.mark.requirement("R-nat-36", part="every public page")
@pytest.mark.parametrize("name", PAGES)
def test_999_the_helpline_and_childline_stand_on_every_public_page(client, name):
    page = text_of(client, name)
    for number in ("tel:999", "0808 800 5000", "0800 1111"):
        assert number in page


@pytest.mark.requirement("R-nat-35")
@pytest.mark.parametrize("name", PAGES)
def test_a_change_of_the_helpline_changes_every_page(client, name):
    PublicContact.objects.filter(kind="helpline").update(phone="01632 960123")
    page = text_of(client, name)
    assert "01632 960123" in page
    assert "0808 800 5000" not in page


@pytest.mark.requirement("R-nat-35")
@pytest.mark.parametrize("way", ["0808 800 5000", "88858", "help@nspcc.org.uk", "nspcc.org.uk/helpline"])
def test_every_way_to_the_helpline_is_shown(client, way):
    assert way in text_of(client, "centres:contact")


@pytest.mark.requirement("R-nat-35")
def test_a_contact_nobody_has_checked_for_ninety_days_is_stale():
    assert PublicContactFactory.build(checked_on=date(2020, 1, 1)).is_stale
    assert not PublicContactFactory.build(checked_on=date.today()).is_stale  # noqa: DTZ011 -- the factory's own clock


@pytest.mark.requirement("R-nat-36")
def test_childline_comes_first_where_a_young_person_reads(client):
    page = text_of(client, "centres:young_people")
    assert page.index("0800 1111") < page.index("tel:999")
    assert "childline.org.uk" in page


def test_a_young_person_reads_how_to_complain_see_notes_or_change_worker(client):
    page = text_of(client, "centres:young_people")
    assert "How to ask for any of this" in page
    assert "Tell your worker, or" in page
    assert reverse("centres:contact") in page


@pytest.mark.requirement("R-nat-37")
@pytest.mark.requirement("R-nat-34")
@pytest.mark.parametrize("name", ["refer:start_page", "refer:not_right"])
def test_learning_and_group_work_are_linked_from_the_list(client, name):
    page = text_of(client, name)
    assert "https://nspcc.org.uk/learning" in page
    assert "https://nspcc.org.uk/protectandrespect" in page
    PublicContact.objects.filter(kind="learning").update(checked_on=None)
    assert "nspcc.org.uk/learning" not in text_of(client, name)


@pytest.mark.requirement("R-wal-37")
def test_a_number_of_a_centre_is_shown_only_after_somebody_has_checked_it(client):
    point = ContactPointOfCentreFactory(phone="01632 960777")
    page = text_of(client, "centres:contact")
    assert "01632 960777" not in page
    assert "Ring the NSPCC helpline" in page

    point.verified_on = date(2026, 11, 1)
    point.save()
    page = text_of(client, "centres:contact")
    assert 'href="tel:01632960777"' in page
    assert point.centre.name in page


def test_a_centre_that_is_closed_is_not_shown(client):
    centre = ServiceCentreFactory(is_active=False)
    ContactPointOfCentreFactory(centre=centre, phone="01632 960777", verified_on=date(2026, 11, 1))
    assert "01632 960777" not in text_of(client, "centres:contact")


@pytest.mark.requirement("R-wal-38")
def test_people_are_asked_not_to_e_mail_details(client):
    page = text_of(client, "centres:contact")
    assert "Please do not e-mail details" in page
    assert reverse("refer:start_page") in page


@pytest.mark.requirement("R-nat-05")
@pytest.mark.parametrize(
    "words",
    [
        "aged 11 to 19",
        "from any background",
        "Up to 6 months of support. It can be 12",
        "up to ten direct sessions",
        "If they say no, nothing changes for the young person.",
        "They must give informed consent, and can stop at any time",
        "About 20 minutes.",
    ],
)
def test_the_start_page_says_what_the_leaflet_says(client, words):
    assert words in text_of(client, "refer:start_page")


def test_999_comes_first_on_the_start_page(client):
    main = text_of(client, "refer:start_page").split("<main")[1]
    assert main.index("tel:999") < main.index("<h1>")


def test_what_the_data_protection_officer_must_confirm_is_said(client):
    assert "to be confirmed by the NSPCC" in text_of(client, "centres:privacy")


@pytest.mark.parametrize("count", [1, 3])
def test_the_contact_page_asks_the_same_however_many_centres(client, count, django_assert_num_queries):
    for _centre in range(count):
        ContactPointOfCentreFactory(verified_on=date(2026, 11, 1))
    with django_assert_num_queries(4):  # the transaction and its end, numbers with their centres, public contacts
        client.get(reverse("centres:contact"))


def test_a_public_page_asks_for_the_contacts_and_nothing_else(client, django_assert_num_queries):
    with django_assert_num_queries(3):  # the transaction and its end, public contacts
        client.get(reverse("refer:start_page"))
