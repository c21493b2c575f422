"""The people whose data we hold, and who of us may know of them.

``DataSubject`` is the one anchor of need-to-know: grants, exclusions and
concerns hang on it, and never on a row of an upper floor.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.enums import (
    CallerNumber,
    ExclusionGround,
    GrantGround,
    SafeContactKind,
    SafeFlag,
    SayWhoCalls,
    SubjectKind,
    WhoReadsIt,
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


def flag(verbose_name):
    return models.CharField(verbose_name, max_length=14, choices=SafeFlag.choices, default=SafeFlag.NOT_CONFIRMED)


@tracked
class SafeContact(models.Model):
    """One way to reach somebody, and on which channels it is safe (domain.md 2.5).

    What a referrer says stands here as they said it. Nothing is sent on it
    before one of us has confirmed it: ``confirmed_by`` and ``confirmed_on``.
    """

    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="safe_contacts")
    whose = models.CharField(_("whose it is"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=18, choices=SafeContactKind.choices)
    value = models.CharField(_("number or address"), max_length=300, blank=True)
    who_reads_it = models.CharField(_("who reads or hears it"), max_length=20, choices=WhoReadsIt.choices, blank=True)
    safe_to_call = flag(_("safe to call"))
    safe_to_voicemail = flag(_("safe to leave a message"))
    safe_to_text = flag(_("safe to text"))
    safe_to_email = flag(_("safe to e-mail"))
    safe_to_post = flag(_("safe to post"))
    say_who_calls = models.CharField(_("what we may say"), max_length=18, choices=SayWhoCalls.choices, blank=True)
    cover_phrase = models.CharField(_("what was agreed to say"), max_length=200, blank=True)
    caller_number = models.CharField(_("our number"), max_length=14, choices=CallerNumber.choices, blank=True)
    safe_times = models.CharField(_("safe days and times"), max_length=200, blank=True)
    unsafe_times = models.CharField(_("days and times that are not safe"), max_length=200, blank=True)
    must_not_be_told = models.CharField(_("who must not know, and why"), max_length=300, blank=True)
    code_word_not_safe = models.CharField(_("word for “I cannot talk safely”"), max_length=60, blank=True)
    code_word_help = models.CharField(_("word for “I need help now”"), max_length=60, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="safe_contact_kind_known", condition=Q(kind__in=SafeContactKind.values)),
            models.CheckConstraint(
                name="safe_contact_flags_known",
                condition=Q(
                    safe_to_call__in=SafeFlag.values,
                    safe_to_voicemail__in=SafeFlag.values,
                    safe_to_text__in=SafeFlag.values,
                    safe_to_email__in=SafeFlag.values,
                    safe_to_post__in=SafeFlag.values,
                ),
            ),
            models.CheckConstraint(
                name="safe_contact_confirmed_by_someone_on_some_day",
                condition=Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
