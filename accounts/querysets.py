"""Who holds which role where, now; and who is on duty."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from centres.working_days import LONDON


class UserManager(BaseUserManager):
    """Users are made by an administrator; nobody signs up."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class MembershipQuerySet(models.QuerySet):
    def current(self, *, at=None):
        """Held at this moment, by somebody who may still sign in."""
        day = (at or timezone.now()).astimezone(LONDON).date()
        return self.filter(from_on__lte=day, user__is_active=True).filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day)
        )


class DutyShiftQuerySet(models.QuerySet):
    def held(self, *, at):
        """Shifts of somebody who is a duty worker at this moment: who has left covers nothing."""
        day = at.astimezone(LONDON).date()
        return self.filter(
            Q(membership__until_on__isnull=True) | Q(membership__until_on__gt=day),
            membership__role=Role.DUTY_WORKER,
            membership__from_on__lte=day,
            membership__user__is_active=True,
        )

    def covering(self, at):
        """The shifts that cover the moment ``at``: the weekly pattern, but for dated exceptions.

        A dated shift replaces its centre's weekly pattern for the whole of
        that day, so that a swap or a holiday is one row.
        """
        local = at.astimezone(LONDON)
        held = self.held(at=at)
        dated_centres = held.filter(on=local.date()).values("centre")
        weekly = Q(on__isnull=True, weekday=local.weekday()) & ~Q(centre__in=dated_centres)
        in_hours = Q(starts_at__lte=local.time(), ends_at__gt=local.time())
        return held.filter(weekly | Q(on=local.date())).filter(in_hours)


def duty_workers(memberships, shifts, at):
    """Memberships on duty at ``at``: those with a shift; where no shift covers a centre, all its duty workers."""
    covering = shifts.covering(at)
    current = memberships.current(at=at).filter(role=Role.DUTY_WORKER)
    on_shift = Q(pk__in=covering.values("membership"))
    return current.filter(on_shift | ~Q(centre__in=covering.values("centre")))
