"""A contact with a parent or carer: a direct session, ongoing support, a meeting; planned, held or not, signed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases.enums import SafetyNow
from cases.models.added import AddedAfterSigning
from people.models.columns import answer, choice, known, line, staff, words
from safeguarding.models import Concern
from sessions.carer_enums import (
    CARER_ASKS_WHY,
    CARER_CAME_OF_IT,
    COUNTS,
    DIRECT_MOST,
    CarerAttendance,
    CarerContactKind,
)
from sessions.carer_querysets import CarerSessionQuerySet
from sessions.enums import TOOK_PLACE, SessionMode, SessionStatus, Wish
from sessions.models.carers.kept import (
    SIGNED_STAYS,
    SIGNED_STAYS_BECAUSE,
    counted_as_agreed,
    kept_once_signed,
    said_after_signing,
    stands_on_both_sides,
)
from sessions.models.carers.record import of_strand
from sessions.models.meeting import IS_A_DRAFT, LONGEST, Meeting, came_of_it

S, K = SessionStatus, CarerContactKind
NOT_RECORDED = (S.PLANNED, S.RESCHEDULED)
COUNTED = Q(kind__in=COUNTS, status__in=TOOK_PLACE)


@tracked
class CarerSession(Meeting, models.Model):
    """One contact, or the plan for one; its own table, so that no page of the young person's can list it by mistake.

    ``direct_number`` says which of the ten it was: given when it was held,
    unique in a strand, never above ten (R-nat-30). The young person's side of
    a session together has the same ``joint_key``, and notes of its own.
    """

    strand = of_strand("contacts")
    practitioner = staff(verbose_name=_("with whom"))
    kind = choice(CarerContactKind, _("what for"))
    mode = choice(SessionMode, _("where, or how"))
    place = line(_("where exactly"))
    status = choice(SessionStatus, default=S.PLANNED, length=12, editable=False)
    planned_at = models.DateTimeField(_("when"))
    planned_minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), default=60)
    planned_by = staff(editable=False)
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="moved_to", editable=False
    )
    moved_by_wish_of = answer(Wish, _("whose wish was it?"))
    joint_key = models.UUIDField(null=True, editable=False)
    direct_number = models.PositiveSmallIntegerField(null=True, editable=False)

    attendance = answer(CarerAttendance, _("what came of it"))
    why_not = words(_("why"))
    started_at = models.DateTimeField(_("from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("to"), null=True, blank=True)
    present = line(_("who else was there, or could hear"))
    what_we_did = words(_("what we did"))
    own_words = words(_("in their words"))
    strengths = words(_("strengths we noticed"))
    worries = words(_("worries we noticed"))
    next_step = words(_("what comes next"))
    safety_change = answer(SafetyNow, _("has safety changed?"))
    # What was raised of it last: its words leave this record, and are read where concerns are followed.
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    form_token = models.UUIDField(null=True, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = staff(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = staff(null=True, editable=False)

    objects = CarerSessionQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="carer_session_known", condition=Q(kind__in=K.values, mode__in=SessionMode.values)
            ),
            known("carer_session_answers_known", moved_by_wish_of=Wish, safety_change=SafetyNow),
            models.UniqueConstraint(fields=["form_token"], name="carer_session_once_for_a_form"),
            models.CheckConstraint(
                name="carer_session_came_to_what_its_status_says", condition=came_of_it(CARER_CAME_OF_IT)
            ),
            models.CheckConstraint(
                name="carer_session_planned_for_five_minutes_to_twelve_hours",
                condition=Q(planned_minutes__gte=5, planned_minutes__lte=720),
                violation_error_message=_("A session lasts between five minutes and twelve hours."),
            ),
            models.CheckConstraint(
                name="carer_session_has_times_exactly_where_it_took_place",
                condition=Q(
                    status__in=TOOK_PLACE,
                    started_at__isnull=False,
                    ended_at__isnull=False,
                    ended_at__gt=F("started_at"),
                )
                | (~Q(status__in=TOOK_PLACE) & Q(started_at__isnull=True, ended_at__isnull=True)),
                violation_error_message=_("A session ends after it began."),
            ),
            models.CheckConstraint(
                name="carer_session_lasts_twelve_hours_at_most",
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("started_at") + LONGEST),
                violation_error_message=_("A session lasts twelve hours at most."),
            ),
            models.CheckConstraint(
                name="carer_session_is_recorded_once_it_has_ended",
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("recorded_at")),
                violation_error_message=_("It would end later than now. Write how many minutes it has taken."),
            ),
            models.CheckConstraint(
                name="carer_session_says_why_not",
                condition=~(Q(attendance__in=CARER_ASKS_WHY) | Q(status=S.BY_MISTAKE)) | ~Q(why_not=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="carer_session_moved_by_somebodys_wish",
                condition=Q(moved_from__isnull=True, moved_by_wish_of="")
                | (Q(moved_from__isnull=False) & ~Q(moved_by_wish_of="")),
            ),
            models.CheckConstraint(
                name="direct_number_is_one_to_ten",
                condition=Q(direct_number__isnull=True) | Q(direct_number__gte=1, direct_number__lte=DIRECT_MOST),
                violation_error_message=_(
                    "Ten direct sessions have been held. Ongoing support goes on without a limit."
                ),
            ),
            models.CheckConstraint(
                name="direct_number_is_given_exactly_where_it_counts",
                condition=(COUNTED & Q(direct_number__isnull=False)) | (~COUNTED & Q(direct_number__isnull=True)),
            ),
            models.UniqueConstraint(
                name="direct_number_once_in_a_strand",
                fields=["strand", "direct_number"],
                violation_error_message=_("This direct session has been counted already."),
            ),
            models.CheckConstraint(
                name="carer_session_has_another_side_exactly_where_it_is_together",
                condition=Q(kind=K.JOINT_SESSION, joint_key__isnull=False)
                | (~Q(kind=K.JOINT_SESSION) & Q(joint_key__isnull=True)),
            ),
            models.UniqueConstraint(
                name="carer_session_once_of_a_session_together",
                fields=["strand", "joint_key"],
                condition=~Q(status=S.RESCHEDULED),
            ),
            models.CheckConstraint(
                name="carer_session_recorded_by_someone_at_some_time",
                condition=Q(status__in=NOT_RECORDED, recorded_at__isnull=True, recorded_by__isnull=True)
                | (Q(recorded_at__isnull=False, recorded_by__isnull=False) & ~Q(status__in=NOT_RECORDED)),
            ),
            models.CheckConstraint(
                name="carer_session_signed_by_someone_once_it_is_recorded",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="carer_session_by_mistake_is_signed_by_who_said_so",
                condition=~Q(status=S.BY_MISTAKE) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="carer_session_signed_says_what_was_done",
                condition=Q(signed_at__isnull=True) | ~Q(status__in=TOOK_PLACE) | ~Q(what_we_did=""),
                violation_error_message=_("Say what you did together."),
            ),
        ]
        indexes = [
            models.Index(fields=["strand", "-planned_at"], name="carer_session_by_strand"),
            models.Index(fields=["practitioner", "planned_at"], name="carer_session_by_practitioner"),
            models.Index(fields=["planned_at"], condition=Q(status="planned"), name="carer_session_planned"),
            models.Index(
                fields=["planned_at"],
                condition=Q(recorded_at__isnull=False, signed_at__isnull=True),
                name="carer_session_unsigned",
            ),
        ]
        triggers = [
            *kept_once_signed(SIGNED_STAYS, SIGNED_STAYS_BECAUSE, may_go=IS_A_DRAFT),
            counted_as_agreed(),
            stands_on_both_sides(),
        ]

    def __str__(self):
        return f"carer session {self.pk}"


@tracked
class CarerSessionAddendum(AddedAfterSigning):
    session = models.ForeignKey(CarerSession, on_delete=models.PROTECT, related_name="addenda")

    class Meta(AddedAfterSigning.Meta):
        verbose_name_plural = "carer session addenda"
        constraints = [models.CheckConstraint(name="carer_session_addendum_says_something", condition=~Q(words=""))]
        triggers = said_after_signing("support_sessions_carersession", "session")
