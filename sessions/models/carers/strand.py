"""The support of one parent or carer: offered, answered, given by somebody of their own, ended."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.models import Case
from people.models import AccessGrant, Carer, DataSubject
from people.models.columns import answer, choice, known, staff, words
from referrals.enums import CarerResponse
from sessions.carer_enums import (
    AFTER_ANSWER,
    DIRECT_MOST,
    STRAND_MOVES,
    WANTED,
    WARNS_BEFORE,
    WORKED_ON,
    StrandStatus,
    status_words,
)
from sessions.carer_querysets import CarerStrandQuerySet, OfStrandQuerySet
from sessions.models.carers.kept import never_taken_out, of_a_carer_of_theirs, practitioner_is_not_the_young_persons

S = StrandStatus


def paired(name, *fields, exactly=None):
    """All of ``fields`` or none; ``exactly`` where a condition holds."""
    said = Q(**{f"{field}__isnull": False for field in fields})
    silent = Q(**{f"{field}__isnull": True for field in fields})
    condition = said | silent if exactly is None else (exactly & said) | (~exactly & silent)
    return models.CheckConstraint(name=name, condition=condition)


@tracked
class CarerStrand(models.Model):
    """One for each carer of a case. It is theirs: what is answered here changes no row of the young person's.

    The practitioner, and the one grant that lets them know of the carer, are
    there exactly while they work together. ``direct_max`` is what the offer
    promised when the carer was added. ``key`` is its address: it says nothing.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="carer_strands")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="strands")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="+", editable=False)
    status = choice(StrandStatus, default=S.NOT_OFFERED, length=20, editable=False)
    direct_max = models.PositiveSmallIntegerField(default=DIRECT_MOST, editable=False)
    added_by = staff(editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_by = staff(null=True, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    response = answer(CarerResponse, _("what they answered"))
    answered_by = staff(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    practitioner = staff(null=True, verbose_name=_("who works with them"))
    grant = models.OneToOneField(
        AccessGrant, on_delete=models.PROTECT, null=True, related_name="carer_strand", editable=False
    )
    allocated_by = staff(null=True, editable=False)
    allocated_at = models.DateTimeField(null=True, editable=False)
    ended_by = staff(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_because = words(_("why it ends"))
    held_back_by = staff(null=True, editable=False)
    held_back_at = models.DateTimeField(null=True, editable=False)
    held_back_because = words(_("why a manager decides"))
    not_safe_because = words(_("why it is not safe to offer"))  # for managers and the young person's side alone

    objects = CarerStrandQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(name="strand_status_known", condition=Q(status__in=StrandStatus.values)),
            known("strand_response_known", response=CarerResponse),
            models.CheckConstraint(
                name="strand_direct_sessions_at_most_ten",
                condition=Q(direct_max__lte=DIRECT_MOST),
                violation_error_message=_("A parent or carer has up to ten direct sessions."),
            ),
            paired("strand_offered_by_someone_at_some_time", "offered_by", "offered_at"),
            models.CheckConstraint(
                name="strand_offered_before_it_is_wanted_or_not",
                condition=Q(offered_at__isnull=False) | ~Q(status__in=[S.OFFERED, S.DECLINED, *WANTED]),
            ),
            models.CheckConstraint(
                name="strand_answered_by_someone_at_some_time_with_an_answer",
                condition=Q(answered_by__isnull=True, answered_at__isnull=True, response="")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(response="")),
            ),
            models.CheckConstraint(
                name="strand_is_wanted_as_they_answered",
                condition=Q(status__in=WANTED, response__in=[r for r, to in AFTER_ANSWER.items() if to == S.ACCEPTED])
                | Q(status=S.DECLINED, response=CarerResponse.DECLINED)
                | ~Q(status__in=[*WANTED, S.DECLINED]),
            ),
            paired(
                "strand_has_a_practitioner_exactly_while_they_work_together",
                *("practitioner", "grant", "allocated_by", "allocated_at"),
                exactly=Q(status__in=WORKED_ON),
            ),
            models.CheckConstraint(
                name="strand_ended_by_someone_at_some_time_with_a_reason",
                condition=(Q(status=S.ENDED, ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_because=""))
                | (~Q(status=S.ENDED) & Q(ended_by__isnull=True, ended_at__isnull=True, ended_because="")),
            ),
            models.CheckConstraint(
                name="strand_held_back_by_someone_at_some_time_with_a_reason",
                condition=(
                    Q(status=S.BLOCKED, held_back_by__isnull=False, held_back_at__isnull=False)
                    & ~Q(held_back_because="")
                )
                | (
                    ~Q(status=S.BLOCKED) & Q(held_back_by__isnull=True, held_back_at__isnull=True, held_back_because="")
                ),
            ),
            models.CheckConstraint(
                name="strand_says_why_it_is_not_safe_while_it_is_not",
                condition=Q(status=S.NOT_SAFE_TO_OFFER) | Q(not_safe_because=""),
            ),
            models.UniqueConstraint(name="strand_once_per_carer_and_case", fields=["case", "carer"]),
        ]
        indexes = [
            models.Index(
                fields=["practitioner"], condition=Q(practitioner__isnull=False), name="strand_by_practitioner"
            ),
            models.Index(fields=["subject"], name="strand_by_subject"),
        ]
        triggers = [
            of_a_carer_of_theirs(),
            practitioner_is_not_the_young_persons(),
            *never_taken_out("strand_is_never_taken_out", "It ends, and stays."),
        ]

    def __str__(self):
        return f"carer strand {self.pk}"

    @property
    def status_words(self):
        return status_words(self.status, self.response)

    def can_move_to(self, status):
        return status in STRAND_MOVES[self.status]

    @property
    def is_worked_on(self):
        return self.status in WORKED_ON

    @property
    def is_blocked(self):
        return self.status == S.BLOCKED

    @cached_property
    def direct_held(self):
        """How many of the direct sessions have been held. From ``with_direct_held()``; else they are counted."""
        if "direct_count" in self.__dict__:
            return self.direct_count
        return self.contacts.that_counted().count()

    @property
    def direct_left(self):
        return max(self.direct_max - self.direct_held, 0)

    @property
    def is_near_the_last(self):
        """Time to talk about what comes after (R-nat-30: a warning at 8 of 10)."""
        return self.direct_left <= WARNS_BEFORE


@tracked
class CarerAnswer(models.Model):
    """What a carer answered, each time they were asked."""

    strand = models.ForeignKey(CarerStrand, on_delete=models.PROTECT, related_name="carer_answers")
    response = choice(CarerResponse, _("what they answered"))
    own_words = words(_("what they said"))
    at = models.DateTimeField(default=timezone.now)
    by = staff(editable=False)

    objects = OfStrandQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="carer_answer_known", condition=Q(response__in=CarerResponse.values)),
        ]
        triggers = written_once(
            "carer_answer_is_written_once", "An answer stays as it was given. Add what they say now."
        )

    def __str__(self):
        return f"carer answer {self.pk}"
