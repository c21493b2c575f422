"""Need to know: which people a member of staff may know of at all."""

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.utils import timezone

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
        if not user.is_active:
            return self.none()
        return self.filter(Exists(self._grants(user, at)))

    def not_closed_to(self, user, *, at=None):
        """The refusing half, which wins over everything: excluded, or restricted and not on its list."""
        exclusions = self.model._meta.get_field("exclusions").related_model
        listed = self._grants(user, at).filter(ground=GrantGround.RESTRICTED_LIST)
        excluded = exclusions.objects.filter(subject=OuterRef("pk"), user=user, lifted_at__isnull=True)
        return self.filter(~Exists(excluded)).filter(Q(is_restricted=False) | Exists(listed))

    def open_to(self, user, *, subject, at=None):
        """A condition on rows that point at a person by ``subject``: that this person is not closed to ``user``.

        It says what ``subject__in=not_closed_to(user)`` says, asked the other
        way round: few people are closed to anybody, and the database need not
        read all the others to count a handful of rows.
        """
        exclusions = self.model._meta.get_field("exclusions").related_model
        listed = self._grants(user, at).filter(ground=GrantGround.RESTRICTED_LIST)
        excluded = exclusions.objects.filter(subject=OuterRef(subject), user=user, lifted_at__isnull=True)
        restricted = self.filter(pk=OuterRef(subject), is_restricted=True).filter(~Exists(listed))
        return ~Exists(excluded) & ~Exists(restricted)

    def _grants(self, user, at):
        grants = self.model._meta.get_field("grants").related_model
        return grants.objects.current(at=at).filter(subject=OuterRef("pk"), user=user)
