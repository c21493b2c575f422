"""Reading centres, areas, offers and whom to ring."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

NATIONAL = "NATIONAL"
STALE_AFTER_DAYS = 90  # a contact not checked for so long is shown to administrators as stale (R-nat-35)


def not_since(column, on):
    day = (on or timezone.localdate()) - timedelta(days=STALE_AFTER_DAYS)
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": day})


class ServiceCentreQuerySet(models.QuerySet):
    def national(self):
        """The centre that receives what no other serves."""
        return self.get(code=NATIONAL)


class LocalAuthorityQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("centre").order_by("name_en")


class ServiceOfferQuerySet(models.QuerySet):
    def on(self, day):
        """Offers in force on ``day``; each centre has at most one (a constraint)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class VerifiedQuerySet(models.QuerySet):
    """A number nobody has rung to check is not shown to the public (R-wal-37)."""

    def verified(self):
        return self.filter(verified_on__isnull=False)

    def to_verify(self, *, on=None):
        """Of centres at work: never verified, or not for so long that somebody asks again (domain.md 7, row 47)."""
        return self.filter(not_since("verified_on", on), centre__is_active=True)

    def number_of(self, centre):
        """The checked number of a centre's duty worker, else of its office; empty where nobody has checked one."""
        checked = self.verified().filter(centre=centre, centre__is_active=True).exclude(phone="")
        return checked.order_by("kind", "site").values_list("phone", flat=True).first() or ""


class PublicContactQuerySet(models.QuerySet):
    def shown(self):
        """What the public may see: checked contacts, and always 999, the helpline and Childline."""
        always = Q(kind__in=["emergency", "helpline", "childline"])
        return self.filter(always | Q(checked_on__isnull=False)).order_by("position")

    def to_check(self, *, on=None):
        """Never checked, or not for so long that somebody asks again (domain.md 7, row 48)."""
        return self.filter(not_since("checked_on", on))


class CentreOptionQuerySet(models.QuerySet):
    def offered_by(self, centre, *, keeping=None, on=None):
        """The choices a form at ``centre`` shows: its own and the shared ones, in use today (``on``).

        ``keeping`` is the value already on the record; it stays on offer even
        when retired since, so that saving a form never changes an old answer.
        """
        in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=on or timezone.localdate())
        return self.filter((Q(centre=centre) | Q(centre__isnull=True)) & (in_use | Q(pk=getattr(keeping, "pk", None))))
