"""Need to know: which people a member of staff may know of at all."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.utils import timezone

from accounts.prepared import OuterRow, Place, Prepared
from people.enums import GrantGround


class AgeOn(Func):
    """The database's own reckoning of an age: ``AgeOn(F("date_of_birth"), day)``."""

    function = "age_on"
    output_field = models.IntegerField()


class AccessGrantQuerySet(models.QuerySet):
    def current(self, *, at=None):
        at = at or timezone.now()
        return self.filter(from_at__lte=at).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))


class DataSubjectQuerySet(models.QuerySet):
    def granted_to(self, user, *, at=None):
        """The allowing half: a grant that holds now, of somebody who may still sign in."""
        return self.filter(self.is_granted(user, subject="pk", at=at))

    def not_closed_to(self, user, *, at=None):
        """The refusing half, which wins over everything: excluded, or restricted and not on its list."""
        return self.filter(self.open_to(user, subject="pk", at=at))

    def is_granted(self, user, *, subject, at=None):
        """A condition on rows that point at a person by ``subject``: that ``user`` holds a grant on this person."""
        if not user.is_active:
            return Q(pk__in=[])
        return Q(GRANTED.exists_for(subject, user=user.pk, at=at or timezone.now()))

    def open_to(self, user, *, subject, at=None):
        """A condition on rows that point at a person by ``subject``: that this person is not closed to ``user``.

        It asks whether the person is closed, not for all who are open: few
        people are closed to anybody, and the database need not read all the
        others to count a handful of rows.
        """
        excluded = EXCLUDED.exists_for(subject, user=user.pk)
        restricted = RESTRICTED.exists_for(subject, user=user.pk, at=at or timezone.now())
        return ~Q(excluded) & ~Q(restricted)


def _grants():
    return apps.get_model("people.AccessGrant").objects.current(at=Place("at")).filter(user=Place("user"))


def _exclusions():
    exclusions = apps.get_model("people.Exclusion").objects
    return exclusions.filter(subject=OuterRow(), user=Place("user"), lifted_at__isnull=True)


def _restricted():
    listed = _grants().filter(subject=OuterRef("pk"), ground=GrantGround.RESTRICTED_LIST)
    restricted = apps.get_model("people.DataSubject").objects.filter(pk=OuterRow(), is_restricted=True)
    return restricted.filter(~Exists(listed))


GRANTED = Prepared(lambda: _grants().filter(subject=OuterRow()))
EXCLUDED = Prepared(_exclusions)
RESTRICTED = Prepared(_restricted)
