"""Numbers and addresses that somebody rings to check, every 90 days: rows 47 and 48."""

from centres.models import ContactPointOfCentre, PublicContact
from reminders.steps import Fact, Place


def to_verify(on):
    for point in ContactPointOfCentre.objects.to_verify(on=on):
        yield Fact(of={"contact_point": point.pk}, place=Place(centre=point.centre_id), due=point.check_by)


def to_check(on):
    for contact in PublicContact.objects.to_check(on=on):
        yield Fact(of={"public_contact": contact.pk}, place=Place(), due=contact.check_by)
