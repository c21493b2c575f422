"""South Wales and North, beside the National centre that every installation has."""

from django.utils import timezone

from centres.enums import CentreContactKind, Nation, Scheme
from centres.models import ContactPointOfCentre, LocalAuthority, ServiceCentre, ServiceOffer
from centres.querysets import NATIONAL
from protect_respect.reference_data import THE_BEGINNING

SOUTH_WALES, NORTH = "SWALES", "NORTH"

AREAS = {
    SOUTH_WALES: [
        "cardiff", "swansea", "vale-of-glamorgan", "bridgend", "neath-port-talbot", "rhondda-cynon-taf",
        "merthyr-tydfil", "caerphilly", "blaenau-gwent", "torfaen", "newport", "monmouthshire",
    ],
    NORTH: [
        "leeds", "bradford", "calderdale", "kirklees", "wakefield", "manchester", "salford", "bolton", "bury",
        "oldham", "rochdale", "stockport", "tameside", "trafford", "wigan", "sheffield", "york",
    ],
}  # fmt: skip

# From the range that is kept for fiction: nobody is rung by mistake.
FICTIONAL_NUMBERS = {SOUTH_WALES: "01632 960101", NORTH: "01632 960102", NATIONAL: "01632 960103"}


def make():
    """Both centres with their offers and areas. Doing it twice changes nothing."""
    _south_wales()
    _north()
    for code, phone in FICTIONAL_NUMBERS.items():
        _checked_number(ServiceCentre.objects.get(code=code), phone)
    for code, areas in AREAS.items():
        served = LocalAuthority.objects.filter(code__in=areas, centre=None)
        served.update(centre=ServiceCentre.objects.get(code=code))


def _south_wales():
    centre, is_new = ServiceCentre.objects.get_or_create(
        code=SOUTH_WALES,
        defaults={
            "name_en": "South Wales",
            "name_cy": "De Cymru",
            "nation": Nation.WALES,
            "offers_welsh": True,
        },
    )
    if is_new:
        ServiceOffer.objects.create(
            centre=centre,
            starts_on=THE_BEGINNING,
            scheme=Scheme.WAL3,
            carer_only=True,
            combined_parent_assessment=True,
            relationship_first=True,
            consultation=True,
            multi_agency_days=90,
        )
        _contact_points_of_the_leaflet(centre)


def _checked_number(centre, phone):
    duty = CentreContactKind.DUTY
    ContactPointOfCentre.objects.get_or_create(
        centre=centre, kind=duty, phone=phone, defaults={"verified_on": timezone.localdate()}
    )


def _contact_points_of_the_leaflet(centre):
    """As printed, and not verified: the public is shown the helpline instead (R-wal-37, R-wal-38)."""
    duty, office = CentreContactKind.DUTY, CentreContactKind.OFFICE
    ContactPointOfCentre.objects.bulk_create(
        [
            ContactPointOfCentre(centre=centre, kind=duty, site="Cardiff", phone="02920 108080"),
            ContactPointOfCentre(centre=centre, kind=duty, site="Swansea", phone="01792 580287"),
            ContactPointOfCentre(centre=centre, kind=office, email="southwalesadmin@nspcc.org.uk"),
        ]
    )


def _north():
    centre, is_new = ServiceCentre.objects.get_or_create(
        code=NORTH, defaults={"name_en": "North", "name_cy": "Y Gogledd", "nation": Nation.ENGLAND}
    )
    if is_new:
        ServiceOffer.objects.create(
            centre=centre,
            starts_on=THE_BEGINNING,
            scheme=Scheme.NAT4,
            therapeutic_available=True,
            awareness_sessions=0,
        )
