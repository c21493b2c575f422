"""A session with a young person: planned, moved, held or not, written down, signed."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import InterventionFocus, SafetyNow
from cases.models import Case, Goal, MissingEpisode, Need, SafetyChange
from cases.models.added import AddedAfterSigning
from centres import working_days
from people.models.columns import answer, choice, known, line, several, staff, words
from sessions.enums import (
    ASKS_WHAT_NEXT,
    ASKS_WHY,
    CAME_OF_IT,
    TOOK_PLACE,
    Approach,
    Attendance,
    FollowUp,
    SessionKind,
    SessionMode,
    SessionStatus,
    Wish,
)
from sessions.models.covered import held_with_consent, signed_after_its_checks
from sessions.models.kept import (
    OPEN_OR_JOINED,
    SIGNED_STAYS,
    SIGNED_STAYS_BECAUSE,
    bespoke_for_a_need_or_a_goal,
    joined_to_a_time_of_the_same_case,
    of_the_same_case,
    on_a_case_that_may_have_it,
    open_until_signed,
    said_after_signing,
    therapeutic_by_decision,
)
from sessions.models.meeting import IS_A_DRAFT, LONGEST, Meeting, came_of_it
from sessions.models.topic import AwarenessTopic
from sessions.querysets import SupportSessionQuerySet

S = SessionStatus
SHORTLY_BEFORE = timedelta(hours=1)
WRITTEN_WITHIN = 2  # working days; later it is marked, not refused (domain.md 5.7)
WIDER = InterventionFocus.WIDER_ISSUES


@tracked
class SupportSession(Meeting, models.Model):
    """One meeting, or the plan for one. What was said in it is a draft until it is signed, and then stays.

    ``moved_from`` is the session that this one takes the place of: a chain
    tells how often, and ``moved_by_wish_of`` whose wish it was. *Needs a
    record* is derived: its time has passed and nobody has said what came of it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="support_sessions")
    practitioner = staff(verbose_name=_("with whom"))
    kind = choice(SessionKind, _("what for"))
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

    attendance = answer(Attendance, _("what came of it"))
    why_not = words(_("why"))
    what_we_change = words(_("what we will do differently"))
    follow_up = answer(FollowUp, _("what we do today"), length=20)
    started_at = models.DateTimeField(_("from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("to"), null=True, blank=True)
    present = line(_("who else was there, or could hear"))
    how_they_seemed = words(_("how they seemed"))
    what_we_did = words(_("what we did"))
    own_words = words(_("in the young person’s words"))
    strengths = words(_("strengths we noticed"))
    worries = words(_("worries we noticed"))
    towards_goals = words(_("towards the goals"))
    next_step = words(_("what comes next"))
    safety_change = answer(SafetyNow, _("has safety changed?"))
    safety_words = words(_("what has changed"))
    safety_noticed = models.OneToOneField(
        SafetyChange, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    missing_episode = models.ForeignKey(
        MissingEpisode, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    approaches = several(Approach, _("how we worked"))
    # Of a session together with a parent or carer: their own side of it has the same, and that is all the two share.
    joint_key = models.UUIDField(null=True, editable=False)
    focus = several(InterventionFocus, _("what it was about"))
    wider_issues = line(_("which wider issues"))
    form_token = models.UUIDField(null=True, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = staff(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = staff(null=True, editable=False)

    objects = SupportSessionQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at", "pk"]
        constraints = [
            models.CheckConstraint(name="session_kind_known", condition=Q(kind__in=SessionKind.values)),
            models.CheckConstraint(name="session_mode_known", condition=Q(mode__in=SessionMode.values)),
            known(
                "session_answers_known",
                moved_by_wish_of=Wish,
                safety_change=SafetyNow,
                several_approaches=Approach,
            ),
            known("session_follow_up_and_focus_known", follow_up=FollowUp, several_focus=InterventionFocus),
            models.UniqueConstraint(fields=["form_token"], name="session_once_for_a_form"),
            models.CheckConstraint(name="session_came_to_what_its_status_says", condition=came_of_it(CAME_OF_IT)),
            models.CheckConstraint(
                name="session_planned_for_five_minutes_to_twelve_hours",
                condition=Q(planned_minutes__gte=5, planned_minutes__lte=720),
                violation_error_message=_("A session lasts between five minutes and twelve hours."),
            ),
            models.CheckConstraint(
                name="session_that_took_place_has_a_beginning_and_an_end",
                condition=~Q(status__in=TOOK_PLACE)
                | Q(started_at__isnull=False, ended_at__isnull=False, ended_at__gt=F("started_at")),
                violation_error_message=_("A session ends after it began."),
            ),
            models.CheckConstraint(
                name="session_lasts_twelve_hours_at_most",
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("started_at") + LONGEST),
                violation_error_message=_("A session lasts twelve hours at most."),
            ),
            models.CheckConstraint(
                name="session_is_recorded_once_it_has_ended",
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("recorded_at")),
                violation_error_message=_("It would end later than now. Write how many minutes it has taken."),
            ),
            models.CheckConstraint(
                name="session_not_held_has_no_beginning",
                condition=Q(status__in=TOOK_PLACE) | Q(started_at__isnull=True, ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="session_says_why_not",
                condition=~(Q(attendance__in=ASKS_WHY) | Q(status=S.BY_MISTAKE)) | ~Q(why_not=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="session_nobody_came_to_says_what_we_do_next",
                condition=~Q(status=S.NOT_HELD, attendance__in=ASKS_WHAT_NEXT) | ~Q(follow_up=""),
                violation_error_message=_("Say what we do today to know that they are safe."),
            ),
            models.CheckConstraint(
                name="session_after_which_it_is_less_safe_is_a_concern",
                condition=Q(recorded_at__isnull=True)
                | ~Q(safety_change=SafetyNow.WORSE)
                | Q(safety_noticed__isnull=False),
            ),
            models.CheckConstraint(
                name="session_of_a_time_of_being_missing_says_so",
                condition=Q(missing_episode__isnull=True) | Q(attendance=Attendance.MISSING_AT_TIME),
            ),
            models.CheckConstraint(
                name="session_on_wider_issues_says_which",
                condition=Q(recorded_at__isnull=True)
                | (Q(focus__contains=[WIDER]) & ~Q(wider_issues=""))
                | (~Q(focus__contains=[WIDER]) & Q(wider_issues="")),
                violation_error_message=_("Say which wider issues it was about."),
            ),
            models.CheckConstraint(
                name="session_moved_by_somebodys_wish",
                condition=Q(moved_from__isnull=True, moved_by_wish_of="")
                | (Q(moved_from__isnull=False) & ~Q(moved_by_wish_of="")),
            ),
            models.CheckConstraint(
                name="session_has_another_side_only_where_it_is_together",
                condition=Q(joint_key__isnull=True) | Q(kind=SessionKind.JOINT_YP_CARER),
            ),
            models.CheckConstraint(
                name="session_planned_together_has_another_side",
                condition=~Q(
                    kind=SessionKind.JOINT_YP_CARER,
                    status=S.PLANNED,
                    form_token__isnull=True,
                    joint_key__isnull=True,
                ),
            ),
            models.UniqueConstraint(
                name="session_once_of_a_session_together",
                fields=["joint_key"],
                condition=Q(joint_key__isnull=False) & ~Q(status=S.RESCHEDULED),
            ),
            models.CheckConstraint(
                name="session_recorded_by_someone_at_some_time",
                condition=Q(status__in=[S.PLANNED, S.RESCHEDULED], recorded_at__isnull=True, recorded_by__isnull=True)
                | (Q(recorded_at__isnull=False, recorded_by__isnull=False) & ~Q(status__in=[S.PLANNED, S.RESCHEDULED])),
            ),
            models.CheckConstraint(
                name="session_signed_by_someone_at_some_time_once_it_is_recorded",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_by_mistake_is_signed_by_who_said_so",
                condition=~Q(status=S.BY_MISTAKE) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_signed_says_what_was_done",
                condition=Q(signed_at__isnull=True) | ~Q(status__in=TOOK_PLACE) | ~Q(what_we_did=""),
                violation_error_message=_("Say what you did together."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-planned_at"], name="session_by_case"),
            models.Index(fields=["practitioner", "planned_at"], name="session_by_practitioner"),
            models.Index(fields=["planned_at"], condition=Q(status="planned"), name="session_planned"),
            models.Index(
                fields=["planned_at"],
                condition=Q(recorded_at__isnull=False, signed_at__isnull=True),
                name="session_unsigned",
            ),
        ]
        triggers = [
            *written_once(SIGNED_STAYS, SIGNED_STAYS_BECAUSE, unless=OPEN_OR_JOINED, may_go=IS_A_DRAFT),
            joined_to_a_time_of_the_same_case(),
            on_a_case_that_may_have_it(),
            therapeutic_by_decision(),
            bespoke_for_a_need_or_a_goal(),
            held_with_consent(),
            signed_after_its_checks(),
        ]

    def __str__(self):
        return f"session {self.pk}"

    def get_absolute_url(self):
        return reverse("sessions:session", args=[self.case.reference, self.pk])

    @property
    def may_start_remotely(self):
        """By phone, video or chat: planned, and about to begin; or held and not signed yet."""
        is_now = self.took_place or (self.is_planned and self.is_about_to_begin)
        return self.is_remote and self.may_be_written and is_now

    @property
    def is_about_to_begin(self):
        """Whether it is safe to talk is known shortly before, and not a day."""
        return timezone.now() >= self.planned_at - SHORTLY_BEFORE

    @property
    def is_late_entry(self):
        """Written down later than two working days after it was, or should have been."""
        if self.recorded_at is None:
            return False
        day, written = (timezone.localdate(at) for at in (self.ended_at or self.planned_at, self.recorded_at))
        return working_days.between(day, written) > WRITTEN_WITHIN


@tracked
class TopicCovered(models.Model):
    """That a session was about one of the awareness topics."""

    session = models.ForeignKey(SupportSession, on_delete=models.PROTECT, related_name="topics")
    topic = models.ForeignKey(AwarenessTopic, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "topics covered"
        constraints = [models.UniqueConstraint(fields=["session", "topic"], name="topic_once_in_a_session")]
        triggers = open_until_signed()

    def __str__(self):
        return f"topic {self.pk}"


@tracked
class GoalTouched(models.Model):
    """That a session went towards one of their goals."""

    session = models.ForeignKey(SupportSession, on_delete=models.PROTECT, related_name="goals")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "goals touched"
        constraints = [models.UniqueConstraint(fields=["session", "goal"], name="goal_once_in_a_session")]
        triggers = [*open_until_signed(), of_the_same_case("goal", through="cases_supportplan", by="plan_id")]

    def __str__(self):
        return f"goal {self.pk}"


@tracked
class NeedMet(models.Model):
    """That a session was for one of the needs of their assessment (R-wal-12)."""

    session = models.ForeignKey(SupportSession, on_delete=models.PROTECT, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "needs met"
        constraints = [models.UniqueConstraint(fields=["session", "need"], name="need_once_in_a_session")]
        triggers = [*open_until_signed(), of_the_same_case("need", through="cases_assessment", by="assessment_id")]

    def __str__(self):
        return f"need {self.pk}"


@tracked
class SessionAddendum(AddedAfterSigning):
    session = models.ForeignKey(SupportSession, on_delete=models.PROTECT, related_name="addenda")

    class Meta(AddedAfterSigning.Meta):
        verbose_name_plural = "session addenda"
        constraints = [models.CheckConstraint(name="session_addendum_says_something", condition=~Q(words=""))]
        triggers = said_after_signing()
