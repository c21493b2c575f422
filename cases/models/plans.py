"""The plan that a young person and a practitioner write together, and how near its goals come."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import (
    BEING_WRITTEN,
    PLAN_ENDS,
    PLAN_MOVES,
    PUTS_NOTHING_TO_USE,
    AssessmentDomain,
    CopyIsSafe,
    Occasion,
    Participation,
    PlanAgreement,
    PlanStatus,
    ScaleQuestion,
    StepStatus,
    Voice,
    WhoActs,
)
from cases.golden_thread import GoalQuerySet, GoalRatingQuerySet, ScaleRatingQuerySet, SupportPlanQuerySet
from cases.models import plans_kept as kept
from cases.models.assessments import Assessment, Need
from cases.models.case import Case
from people.models.columns import answer, choice, known, line, staff, words

SAYS_SOMETHING = r"\S"
MOST_ON_A_SCALE = 10
IS_WRITTEN = Q(status__in=BEING_WRITTEN)


def scale(name):
    """0 to 10, and nothing between or beyond."""
    return models.CheckConstraint(name=name, condition=Q(value__gte=0, value__lte=MOST_ON_A_SCALE))


@tracked
class SupportPlan(models.Model):
    """One version. What matters to the young person comes first (R-nat-24); nobody approves it.

    ``edits`` counts what was written, so that a page that has gone stale
    overwrites nothing and nobody agrees to words they have not read.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, related_name="plans", editable=False
    )
    version = models.PositiveSmallIntegerField(editable=False)
    status = choice(PlanStatus, default=PlanStatus.DRAFTING, length=12, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    what_matters = words(_("what matters to me"))
    working_together = words(_("how we work together"))
    information_sharing = words(_("who is told what"))
    good_ending = words(_("what a good ending looks like"))
    begun_by = staff(editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    shared_on = models.DateField(null=True, editable=False)
    participation = answer(Participation, _("how the young person took part"))
    participation_reason = words(_("why not yet"))
    agreement = answer(PlanAgreement, _("what the young person says to it"))
    agreement_reason = words(_("why"))
    agreed_on = models.DateField(null=True, editable=False)
    agreed_by = staff(null=True, editable=False)
    copy_is_safe = choice(CopyIsSafe, _("is it safe for them to hold a copy?"), default=CopyIsSafe.NOT_ASKED)
    copy_given_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    ended_by = staff(null=True, editable=False)
    ended_because = words(_("why it ended"))

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(name="plan_status_known", condition=Q(status__in=PlanStatus.values)),
            models.CheckConstraint(name="plan_copy_is_safe_known", condition=Q(copy_is_safe__in=CopyIsSafe.values)),
            known("plan_participation_and_agreement_known", participation=Participation, agreement=PlanAgreement),
            models.CheckConstraint(
                name="plan_agreed_says_how_they_took_part",
                condition=IS_WRITTEN | ~Q(participation=""),
                violation_error_message=_("Say how the young person took part."),
            ),
            models.CheckConstraint(
                name="plan_says_why_they_could_not_take_part",
                condition=~Q(participation=Participation.NOT_YET_ABLE) | Q(participation_reason__regex=SAYS_SOMETHING),
            ),
            models.CheckConstraint(
                name="plan_agreed_says_what_they_say_to_it",
                condition=IS_WRITTEN | ~Q(agreement__in=["", *PUTS_NOTHING_TO_USE]),
                violation_error_message=_("A plan they have not seen, or do not agree with, is not put to use."),
            ),
            models.CheckConstraint(
                name="plan_says_why_it_is_not_wholly_agreed",
                condition=Q(agreement__in=["", PlanAgreement.AGREED]) | Q(agreement_reason__regex=SAYS_SOMETHING),
            ),
            models.CheckConstraint(
                name="plan_rests_on_an_assessment_once_agreed",
                condition=IS_WRITTEN | Q(assessment__isnull=False),
                violation_error_message=_("A plan is made from the assessment. Sign that first."),
            ),
            models.CheckConstraint(
                name="plan_agreed_by_someone_on_some_day",
                condition=(IS_WRITTEN & Q(agreed_on__isnull=True, agreed_by__isnull=True))
                | (~IS_WRITTEN & Q(agreed_on__isnull=False, agreed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_copy_given_only_where_it_is_safe",
                condition=Q(copy_given_on__isnull=True) | Q(copy_is_safe=CopyIsSafe.YES),
            ),
            models.CheckConstraint(
                name="plan_ended_by_someone_on_some_day_with_a_reason",
                condition=Q(
                    status__in=PLAN_ENDS,
                    ended_on__isnull=False,
                    ended_by__isnull=False,
                    ended_on__gte=F("agreed_on"),
                    ended_because__regex=SAYS_SOMETHING,
                )
                | (~Q(status__in=PLAN_ENDS) & Q(ended_on__isnull=True, ended_by__isnull=True, ended_because="")),
            ),
            models.UniqueConstraint(
                name="plan_active_once_per_case",
                fields=["case"],
                condition=Q(status=PlanStatus.ACTIVE),
                violation_error_message=_("There is a plan in use already."),
            ),
            models.UniqueConstraint(name="plan_written_once_at_a_time", fields=["case"], condition=IS_WRITTEN),
            models.UniqueConstraint(name="plan_version_once_per_case", fields=["case", "version"]),
        ]
        triggers = [
            *kept.plan_stays_as_agreed(),
            kept.plan_has_a_goal(),
            kept.plan_is_a_young_persons(),
            kept.plan_rests_on_its_assessment(),
        ]

    def __str__(self):
        return f"plan {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:plan_version", args=[self.case.reference, self.pk])

    @property
    def is_being_written(self):
        return self.status in BEING_WRITTEN

    @property
    def is_in_use(self):
        return self.status == PlanStatus.ACTIVE

    @property
    def may_be_held(self):
        """A copy is made only where the young person can hold it safely."""
        return self.copy_is_safe == CopyIsSafe.YES and not self.is_being_written

    def can_move_to(self, status):
        return status in PLAN_MOVES[self.status]


@tracked
class Goal(models.Model):
    """In the young person's own words; a practitioner's wording stands beside them, never instead (R-nat-24).

    ``continues`` names the first version of the same goal, so that what it
    was rated is followed from the first plan to the latest. ``need`` is what
    the assessment says has to happen.
    """

    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="goals")
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    domain = answer(AssessmentDomain, _("part of life"))
    own_words = models.TextField(_("the goal in their own words"))
    practitioner_wording = words(_("how a practitioner would put it"))
    why_it_matters = words(_("why it matters to them"))
    target = models.PositiveSmallIntegerField(_("where on the scale would be good enough?"), null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="goal_says_it_in_their_own_words",
                condition=Q(own_words__regex=SAYS_SOMETHING),
                violation_error_message=_("Write the goal in the young person’s own words."),
            ),
            models.CheckConstraint(
                name="goal_target_from_0_to_10",
                condition=Q(target__isnull=True) | Q(target__gte=0, target__lte=MOST_ON_A_SCALE),
            ),
            known("goal_domain_known", domain=AssessmentDomain),
            models.UniqueConstraint(name="goal_continued_once_per_plan", fields=["plan", "continues"]),
        ]
        triggers = [kept.goal_stays_as_agreed(), kept.goal_continues_the_first(), kept.goal_answers_its_need()]

    def __str__(self):
        return f"goal {self.pk}"

    @property
    def first_id(self):
        """The goal that this one began as: what was rated under any version belongs to it."""
        return self.continues_id or self.pk


@tracked
class Step(models.Model):
    """Something that somebody does towards a goal. How it goes is told while the plan is in use."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(_("what is done"), max_length=300)
    who = choice(WhoActs, _("who does it"), default=WhoActs.PRACTITIONER)
    whose_name = line(_("which service, or who"), length=120)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    status = choice(StepStatus, _("how it goes"), default=StepStatus.NOT_STARTED)
    note = words(_("note"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="step_says_what", condition=Q(what__regex=SAYS_SOMETHING)),
            models.CheckConstraint(name="step_who_known", condition=Q(who__in=WhoActs.values)),
            models.CheckConstraint(name="step_status_known", condition=Q(status__in=StepStatus.values)),
        ]
        triggers = [kept.step_stays_as_agreed()]

    def __str__(self):
        return f"step {self.pk}"


class Rating(models.Model):
    """A number from 0 to 10: whose, on what day, on which occasion. Written once; nobody adds numbers up.

    Numbers of two voices stand side by side and are never joined.
    """

    value = models.PositiveSmallIntegerField(_("from 0 to 10"))
    voice = choice(Voice, _("whose number"))
    occasion = choice(Occasion, _("on which occasion"), length=10)
    rated_on = models.DateField(_("on what day"), default=timezone.localdate)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["rated_on", "at", "pk"]

    def __str__(self):
        return f"rating {self.pk}"


@tracked
class GoalRating(Rating):
    """How near a goal is: 0 not at all, 10 fully met. Goal-Based Outcomes, after Duncan Law (domain.md 5.5)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")

    objects = GoalRatingQuerySet.as_manager()

    class Meta(Rating.Meta):
        constraints = [
            scale("goal_rating_from_0_to_10"),
            models.CheckConstraint(name="goal_rating_voice_known", condition=Q(voice__in=Voice.values)),
            models.CheckConstraint(name="goal_rating_occasion_known", condition=Q(occasion__in=Occasion.values)),
        ]
        triggers = [
            *written_once("goal_rating_is_written_once", "A rating stays as it was given. Add another."),
            kept.goal_is_rated_in_use(),
        ]


@tracked
class ScaleRating(Rating):
    """An answer to one of our own questions, so that what changed is seen in their numbers (R-nat-23)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scale_ratings")
    question = choice(ScaleQuestion, _("question"))

    objects = ScaleRatingQuerySet.as_manager()

    class Meta(Rating.Meta):
        constraints = [
            scale("scale_rating_from_0_to_10"),
            models.CheckConstraint(name="scale_rating_question_known", condition=Q(question__in=ScaleQuestion.values)),
            models.CheckConstraint(name="scale_rating_voice_known", condition=Q(voice__in=Voice.values)),
            models.CheckConstraint(name="scale_rating_occasion_known", condition=Q(occasion__in=Occasion.values)),
        ]
        indexes = [models.Index(fields=["case", "question"], name="scale_rating_by_case")]
        triggers = written_once("scale_rating_is_written_once", "A rating stays as it was given. Add another.")
