"""What every installation begins with: council areas, whom anybody may turn to, reasons, the national centre.

The tables stand in ``centres/data``. A row that is there already belongs to
the administrators and is left as they made it; only what is missing is added,
and council areas take their names from the table again.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from cases.models import SupportOption
from centres.enums import Nation, Scheme
from centres.models import LocalAuthority, PublicContact, ServiceCentre, ServiceOffer
from centres.querysets import NATIONAL
from referrals.models import NotAcceptedReason
from sessions.models import AwarenessTopic, Resource

DATA = Path(__file__).resolve().parent.parent / "centres" / "data"
THE_BEGINNING = date(2026, 1, 1)


def rows(name):
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


@transaction.atomic
def load():
    """Add what is missing. Returns how many rows of each kind there are now; doing it twice changes nothing."""
    _load_areas()
    _load_contacts()
    _load_reasons()
    _load_menu()
    _load_topics()
    _load_resources()
    _load_national_centre()
    return {model._meta.verbose_name_plural: model.objects.count() for model in (LocalAuthority, PublicContact)}


def _load_areas():
    LocalAuthority.objects.bulk_create(
        [LocalAuthority(**row) for row in rows("local_authorities")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_en", "name_cy", "nation"],
    )


def _load_contacts():
    there = set(PublicContact.objects.values_list("kind", flat=True))
    PublicContact.objects.bulk_create(
        PublicContact(**row | {"checked_on": row["checked_on"] or None})
        for row in rows("public_contacts")
        if row["kind"] not in there
    )


def _load_reasons():
    """Shared reasons, one for each meaning. One that a centre worded anew, or retired, is not brought back."""
    there = set(NotAcceptedReason.objects.filter(centre=None).values_list("meaning", flat=True))
    NotAcceptedReason.objects.bulk_create(
        NotAcceptedReason(position=10 * place, **row)
        for place, row in enumerate(rows("not_accepted_reasons"), 1)
        if row["meaning"] not in there
    )


def _load_menu():
    """What can be offered to a young person. Where there is a shared menu already it is left as it is."""
    if not SupportOption.objects.filter(centre=None).exists():
        SupportOption.objects.bulk_create(
            SupportOption(position=10 * place, **row) for place, row in enumerate(rows("support_options"), 1)
        )


def _load_topics():
    """The seven of the leaflet (R-wal-04 to R-wal-10). One that was worded anew, or retired, is not brought back."""
    there = set(AwarenessTopic.objects.exclude(key="").values_list("key", flat=True))
    AwarenessTopic.objects.bulk_create(
        AwarenessTopic(position=10 * place, **row)
        for place, row in enumerate(rows("awareness_topics"), 1)
        if row["key"] not in there
    )


def _load_resources():
    """What the leaflets name for young people and for parents (R-wal-15); each centre adds its own."""
    there = set(Resource.objects.exclude(key="").values_list("key", flat=True))
    contacts = {contact.kind: contact for contact in PublicContact.objects.all()}
    Resource.objects.bulk_create(
        Resource(position=10 * place, **row | {"contact": contacts[row["contact"]], "languages": ["en-gb"]})
        for place, row in enumerate(rows("resources"), 1)
        if row["key"] not in there
    )


def _load_national_centre():
    """It receives what no other centre serves, so that no referral is without a place to go (R-nat-33)."""
    national, is_new = ServiceCentre.objects.get_or_create(
        code=NATIONAL, defaults={"name_en": "National", "name_cy": "Cenedlaethol", "nation": Nation.ENGLAND}
    )
    if is_new:
        ServiceOffer.objects.create(
            centre=national,
            starts_on=THE_BEGINNING,
            scheme=Scheme.NAT4,
            consultation=True,
            awareness_sessions=0,  # the national leaflet names none; South Wales's names three (R-wal-23)
        )
