"""The people whose data we hold, and who of us may know of them.

``DataSubject`` is the one anchor of need-to-know: grants, exclusions and
concerns hang on it, and never on a row of an upper floor.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.history import tracked
from people.enums import (
    ExclusionGround,
    GrantGround,
    SubjectKind,
)
from people.querysets import AccessGrantQuerySet, DataSubjectQuerySet, ExclusionQuerySet


@tracked
class DataSubject(models.Model):
    """One person whose data we hold, known by name or not yet. A young person and a carer are always two.

    The keys are how a person is found (``people.search_keys``); they are
    computed in Python, because accents cannot be folded in a generated column.
    """

    kind = models.CharField(max_length=12, choices=SubjectKind.choices)
    centre = models.ForeignKey("centres.ServiceCentre", on_delete=models.PROTECT, related_name="+")
    is_restricted = models.BooleanField(default=False)
    surname_key = models.CharField(max_length=120, blank=True)
    given_name_key = models.CharField(max_length=120, blank=True)
    surname_sound = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DataSubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="subject_kind_known", condition=Q(kind__in=SubjectKind.values)),
        ]
        indexes = [
            models.Index(fields=["surname_key", "given_name_key"], name="subject_by_name"),
            models.Index(fields=["given_name_key"], name="subject_by_given_name"),
            models.Index(fields=["surname_sound", "date_of_birth"], name="subject_by_sound"),
            models.Index(fields=["date_of_birth"], name="subject_by_birth"),
            models.Index(fields=["id"], condition=Q(is_restricted=True), name="subject_restricted"),
            GinIndex(OpClass(F("surname_key"), name="gin_trgm_ops"), name="subject_like_surname", fastupdate=False),
            GinIndex(
                OpClass(F("given_name_key"), name="gin_trgm_ops"), name="subject_like_given_name", fastupdate=False
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


@tracked
class AccessGrant(models.Model):
    """A reason for one colleague to know of one person, from a moment until a moment.

    Nobody gave it (``granted_by`` empty) where the product itself called them
    in because nobody was left; such a grant is cover, and ends by itself.
    """

    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    ground = models.CharField(max_length=16, choices=GrantGround.choices)
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_ground_known", condition=Q(ground__in=GrantGround.values)),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
            models.CheckConstraint(
                name="grant_by_nobody_is_cover_and_ends",
                condition=Q(granted_by__isnull=False) | Q(ground=GrantGround.COVER, until_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["user", "subject"], name="grant_by_user")]

    def __str__(self):
        return f"{self.ground} {self.pk}"


@tracked
class Exclusion(models.Model):
    """This colleague must never see this person. Wins over every grant, role and emergency.

    It ends only when a manager lifts it, never by the colleague's own hand; the row stays.
    """

    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exclusions")
    ground = models.CharField(max_length=16, choices=ExclusionGround.choices)
    reason = models.TextField(blank=True, db_default="", editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_because = models.TextField(blank=True, db_default="", editable=False)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="exclusion_ground_known", condition=Q(ground__in=ExclusionGround.values)),
            models.CheckConstraint(
                name="exclusion_lifted_by_someone_at_some_time_with_a_reason",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True, lifted_because="")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_because="")),
            ),
            models.CheckConstraint(
                name="exclusion_lifted_by_somebody_else",
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("user")),
            ),
            models.CheckConstraint(
                name="exclusion_of_oneself_is_about_knowing_the_family",
                condition=~Q(user=F("set_by")) | Q(ground=ExclusionGround.KNOWS_THE_FAMILY),
            ),
            models.CheckConstraint(
                name="exclusion_set_by_another_says_why",
                condition=Q(ground=ExclusionGround.KNOWS_THE_FAMILY) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="exclusion_once_per_colleague",
                fields=["subject", "user"],
                condition=Q(lifted_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.ground} {self.pk}"
