"""The tables that every installation begins with."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from cases.models import SupportOption
from centres.enums import ContactKind, Nation, Scheme
from centres.models import LocalAuthority, PublicContact, ServiceCentre, ServiceOffer
from protect_respect.reference_data import rows
from referrals.enums import NotAcceptedMeaning
from referrals.models import NotAcceptedReason

pytestmark = pytest.mark.django_db

# 32 London boroughs and the City, 36 metropolitan districts, 62 unitary authorities, the Isles of Scilly, 21 counties
ENGLISH_AREAS = 32 + 1 + 36 + 62 + 1 + 21
WELSH_AREAS = 22


@pytest.fixture
def loaded():
    call_command("load_reference_data", verbosity=0)


def test_every_council_area_of_england_and_wales_is_named_once():
    table = rows("local_authorities")
    nations = [row["nation"] for row in table]
    assert nations.count(Nation.ENGLAND) == ENGLISH_AREAS == 153
    assert nations.count(Nation.WALES) == WELSH_AREAS
    assert len(nations) == ENGLISH_AREAS + WELSH_AREAS
    assert len({row["code"] for row in table}) == len({row["name_en"] for row in table}) == len(table)


def test_areas_that_were_made_anew_in_2021_and_2023_are_there_and_those_they_replaced_are_not():
    names = {row["name_en"] for row in rows("local_authorities")}
    made_anew = {"Cumberland", "Westmorland and Furness", "North Yorkshire", "Somerset"}
    assert made_anew | {"North Northamptonshire", "West Northamptonshire", "Isles of Scilly"} <= names
    assert not {"Cumbria", "Northamptonshire"} & names


def test_every_welsh_area_has_its_welsh_name():
    welsh = {row["name_en"]: row["name_cy"] for row in rows("local_authorities") if row["nation"] == Nation.WALES}
    assert all(welsh.values())
    assert welsh["Cardiff"] == "Caerdydd"
    assert welsh["Swansea"] == "Abertawe"
    assert welsh["Isle of Anglesey"] == "Ynys Môn"


def test_a_welsh_page_names_a_welsh_area_in_welsh(loaded):
    with translation.override("cy"):
        assert str(LocalAuthority.objects.get(code="bridgend")) == "Pen-y-bont ar Ogwr"
        assert str(LocalAuthority.objects.get(code="leeds")) == "Leeds"


@pytest.mark.requirement("R-nat-35")
@pytest.mark.requirement("R-nat-36", part="the number and the address")
def test_the_helpline_and_childline_are_those_of_the_leaflet(loaded):
    helpline = PublicContact.objects.get(kind=ContactKind.HELPLINE)
    assert (helpline.phone, helpline.text_number, helpline.email, helpline.url) == (
        "0808 800 5000",
        "88858",
        "help@nspcc.org.uk",
        "https://nspcc.org.uk/helpline",
    )
    childline = PublicContact.objects.get(kind=ContactKind.CHILDLINE)
    assert (childline.phone, childline.url) == ("0800 1111", "https://childline.org.uk")


def test_every_kind_of_contact_is_there_with_the_day_it_was_checked(loaded):
    assert set(PublicContact.objects.shown().values_list("kind", flat=True)) == set(ContactKind.values)
    assert not PublicContact.objects.filter(checked_on=None).exists()


@pytest.mark.requirement("R-nat-35")
def test_a_contact_not_checked_for_ninety_days_is_stale():
    today = timezone.localdate()
    assert not PublicContact(checked_on=today - timedelta(days=90)).is_stale
    assert PublicContact(checked_on=today - timedelta(days=91)).is_stale
    assert PublicContact(checked_on=None).is_stale


def test_every_meaning_has_one_shared_reason(loaded):
    shared = NotAcceptedReason.objects.filter(centre=None)
    assert sorted(shared.values_list("meaning", flat=True)) == sorted(NotAcceptedMeaning.values)
    assert not shared.filter(label_cy="").exists()


def test_the_national_centre_has_an_offer_without_a_programme_of_awareness_sessions(loaded):
    offer = ServiceOffer.objects.get(centre=ServiceCentre.objects.national())
    assert (offer.scheme, offer.awareness_sessions) == (Scheme.NAT4, 0)


def test_loading_again_adds_nothing_and_keeps_what_administrators_changed(loaded):
    PublicContact.objects.filter(kind=ContactKind.LEARNING).update(note_en="Worded anew", checked_on=None)
    NotAcceptedReason.objects.filter(meaning=NotAcceptedMeaning.OTHER).update(label_en="Worded anew")
    centre = ServiceCentre.objects.national()
    LocalAuthority.objects.filter(code="leeds").update(centre=centre)
    before = _everything()

    call_command("load_reference_data", verbosity=0)

    assert _everything() == before


def _everything():
    models = (LocalAuthority, PublicContact, NotAcceptedReason, ServiceCentre, ServiceOffer)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.requirement("R-wal-18")
@pytest.mark.requirement("R-wal-01", part="the menu says so; sessions come with them")
def test_the_menu_of_support_begins_with_what_the_leaflets_offer_and_is_then_the_centres(loaded):
    in_wales = set(SupportOption.objects.filter(scheme="WAL3").values_list("label_en", flat=True))
    assert in_wales == {"Meeting by video, phone or chat as well as in person"}
    assert all(row["label_cy"] for row in rows("support_options"))
    SupportOption.objects.filter(label_en="Emotional support").update(label_en="Talking about feelings")
    before = list(SupportOption.objects.values_list())
    call_command("load_reference_data", verbosity=0)
    assert list(SupportOption.objects.values_list()) == before
