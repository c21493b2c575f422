"""Need to know: which people a member of staff may know of at all."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Upper
from django.utils import timezone

from accounts.enums import MANAGERS
from accounts.permissions import centres_with_role
from accounts.prepared import IsAmong, OuterRow, Place, Prepared
from people.enums import GrantGround


class AgeOn(Func):
    """The database's own reckoning of an age: ``AgeOn(F("date_of_birth"), day)``."""

    function = "age_on"
    output_field = models.IntegerField()


class AccessGrantQuerySet(models.QuerySet):
    def current(self, *, at=None):
        at = at or timezone.now()
        return self.filter(from_at__lte=at).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))

    def called_in(self):
        """Given by the product itself, because nobody was left who could see the person."""
        return self.filter(granted_by__isnull=True)


class ExclusionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(lifted_at__isnull=True)

    def about(self, subject):
        """All of one person, newest first, with who set and who lifted each."""
        return self.filter(subject=subject).select_related("user", "set_by", "lifted_by").order_by("-set_at", "-pk")


class DataSubjectQuerySet(models.QuerySet):
    def granted_to(self, user, *, at=None):
        """The allowing half: a grant that holds now, of somebody who may still sign in."""
        return self.filter(self.is_granted(user, subject="pk", at=at))

    def staff_open_to(self, subject, *, at=None):
        """The refusing half from its other side: who may sign in, and ``subject`` is not closed to them."""
        at, colleague = at or timezone.now(), OuterRef("pk")
        restricted = self.model._base_manager.filter(pk=subject.pk, is_restricted=True)
        closed = Exists(_exclusions(subject.pk, colleague)) | (
            Exists(restricted) & ~Exists(_listed(subject.pk, colleague, at))
        )
        return get_user_model().objects.filter(~closed, is_active=True)

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


class YoungPersonQuerySet(models.QuerySet):
    def header_visible_to(self, user, *, at=None):
        """What whoever works with a parent or carer is shown of the young person: rows of these values, never a person.

        Initials, centre, whether any way to reach them is confirmed, and
        whether somebody must not be told (design.md 5); to managers of the
        centre as well. Who may not know of the young person is shown nothing.
        """
        return self.header_visible_for(user, centres_with_role(user, *MANAGERS, at=at), at=at)

    def header_visible_for(self, user, manages, *, at=None):
        """The same, for somebody of whom it is known already which centres they manage."""
        subjects = apps.get_model("people.DataSubject").objects
        carers = apps.get_model("people.Carer").objects.filter(young_person=OuterRef("pk"))
        theirs = carers.filter(subjects.open_to(user, subject="subject", at=at)).filter(
            subjects.is_granted(user, subject="subject", at=at)
        )
        managed = Q(IsAmong("subject__centre", manages))
        open_to_them = self.filter(subjects.open_to(user, subject="subject", at=at))
        return open_to_them.filter(Exists(theirs) | managed).as_header()

    def as_header(self):
        ways = apps.get_model("people.SafeContact").objects.filter(subject=OuterRef("subject"))
        return self.values(
            "pk",
            initials=_initials(),
            centre_name=F("subject__centre__name_en"),
            is_reached_safely=Exists(ways.filter(confirmed_on__isnull=False)),
            somebody_must_not_be_told=Exists(ways.exclude(must_not_be_told="")),
        )


def _initials():
    used = Coalesce(NullIf("preferred_name", Value("")), "first_name")
    return Concat(Upper(Left(used, 1)), Upper(Left("last_name", 1)), output_field=CharField())


def _grants(user, at):
    return apps.get_model("people.AccessGrant").objects.current(at=at).filter(user=user)


def _exclusions(subject, user):
    return apps.get_model("people.Exclusion").objects.filter(subject=subject, user=user, lifted_at__isnull=True)


def _listed(subject, user, at):
    """On the list of a restricted record."""
    return _grants(user, at).filter(subject=subject, ground=GrantGround.RESTRICTED_LIST)


def _restricted(subject, user, at):
    restricted = apps.get_model("people.DataSubject").objects.filter(pk=subject, is_restricted=True)
    return restricted.filter(~Exists(_listed(OuterRef("pk"), user, at)))


GRANTED = Prepared(lambda: _grants(Place("user"), Place("at")).filter(subject=OuterRow()))
EXCLUDED = Prepared(lambda: _exclusions(OuterRow(), Place("user")))
RESTRICTED = Prepared(lambda: _restricted(OuterRow(), Place("user"), Place("at")))
