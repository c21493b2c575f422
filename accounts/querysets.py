"""Who holds which role where, now; and who is on duty."""

from datetime import date, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.sessions.base_session import BaseSessionManager
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone

from accounts.enums import Role
from centres.working_days import LONDON


class Wall(NamedTuple):
    """A moment as the clock and the calendar on the wall in London say it."""

    day: date
    weekday: int
    time: time

    @classmethod
    def at(cls, moment):
        local = moment.astimezone(LONDON)
        return cls(local.date(), local.weekday(), local.time())


class UserManager(BaseUserManager):
    """Users are made by an administrator; nobody signs up."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class SessionManager(BaseSessionManager):
    def open_of(self, user):
        """Where ``user`` is signed in now, the latest first. One that was idle for too long lets nobody in."""
        now = timezone.now()
        return self.filter(
            user=user,
            expire_date__gt=now,
            seen_at__gt=now - timedelta(minutes=settings.STAFF_IDLE_MINUTES),
            began_at__gt=now - timedelta(hours=settings.STAFF_SESSION_HOURS),
        ).order_by("-seen_at", "-began_at")


class MembershipQuerySet(models.QuerySet):
    def current(self, *, at=None):
        """Held at this moment, by somebody who may still sign in."""
        return self.held_on(Wall.at(at or timezone.now()).day)

    def held_on(self, day):
        return self.filter(from_on__lte=day, user__is_active=True).filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day)
        )


class AbsenceQuerySet(models.QuerySet):
    def planned(self, *, on):
        """Not over by the day ``on``, and not called off."""
        return self.filter(until_on__gt=on, called_off_at__isnull=True)

    def going_on(self, *, on):
        return self.planned(on=on).filter(from_on__lte=on)


class DutyShiftQuerySet(models.QuerySet):
    def held_on(self, day):
        """Shifts of somebody who is a duty worker that day: who has left covers nothing."""
        return self.filter(
            Q(membership__until_on__isnull=True) | Q(membership__until_on__gt=day),
            membership__role=Role.DUTY_WORKER,
            membership__from_on__lte=day,
            membership__user__is_active=True,
        )

    def covering(self, wall):
        """The shifts that cover a moment: the weekly pattern, but for dated exceptions.

        A dated shift replaces its centre's weekly pattern for the whole of
        that day, so that a swap or a holiday is one row.
        """
        held = self.held_on(wall.day)
        dated_centres = held.filter(on=wall.day).values("centre")
        weekly = Q(on__isnull=True, weekday=wall.weekday) & ~Q(centre__in=dated_centres)
        in_hours = Q(starts_at__lte=wall.time, ends_at__gt=wall.time)
        return held.filter(weekly | Q(on=wall.day)).filter(in_hours)


def is_on_duty(shifts, wall):
    """A condition on memberships: a duty worker with a shift now or, where no shift covers a centre, any of its own."""
    covering = shifts.covering(wall)
    on_shift = Q(pk__in=covering.values("membership")) | ~Q(centre__in=covering.values("centre"))
    return ExpressionWrapper(Q(role=Role.DUTY_WORKER) & on_shift, output_field=models.BooleanField())
