"""Strengths-based assessments: what is strong, what worries, what matters, in whose words. Rows, and no document."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases.comparing import AssessmentQuerySet, MarkQuerySet, RowQuerySet
from cases.enums import (
    MARKS_GIVEN_BY,
    AssessmentDomain,
    AssessmentKind,
    PathwayStage,
    Scale,
    Voice,
    WorkType,
    WorryKind,
    YoungPersonAgrees,
)
from cases.models.added import AddedAfterSigning
from cases.models.case import Case
from cases.models.signed import (
    carried_on,
    kept_once_signed,
    of_a_case_that_may_have_it,
    open_until_signed,
    said_after_the_signature,
    whole_when_signed,
)
from people.enums import YesNoNotKnown
from people.models.columns import answer, choice, known, line, staff, words, yes_no

MOST = 10
NEEDED = ("what_matters", "how_done", "analysis", "recommendation", "agreement")  # before it can be signed
K = AssessmentKind


def _no_word_is_missing():
    return Q(*[Q(**{name: ""}) for name in NEEDED], _connector=Q.OR)


@tracked
class Assessment(models.Model):
    """One version. A draft is open to who works on the case; signed, it and its rows stay as they were.

    The young person's own words come first (R-nat-24). ``comments`` are theirs
    too, kept as they said them. ``needs_separate_worker`` answers whether the
    family's needs call for one: then it is no assessment of the parents as
    well (R-wal-20).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    kind = choice(AssessmentKind, _("what is assessed"))
    version = models.PositiveSmallIntegerField(editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = staff(editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = staff(null=True, editable=False)

    what_matters = words(_("What matters to me"))
    how_done = words(_("How we did this"))
    safe_people_and_places = words(_("What feels safe, and what helps"))
    understanding = words(_("How they understand what is happening"))
    wellbeing = words(_("Wellbeing, and what it has done to them"))
    network = words(_("People and places around them"))
    identity = words(_("Who they are"))
    parents_needs = words(_("What the parents need"))
    analysis = words(_("What this means"))
    likelihood = words(_("What could happen, how likely, and from whom"))
    not_known = words(_("What we do not know"))
    recommendation = words(_("What we recommend"))
    recommended_work_type = answer(WorkType, _("Kind of work"))
    recommended_stage = answer(PathwayStage, _("Where to begin"))
    more_time_to_build_trust = yes_no(_("More time to build trust first"))
    comments = words(_("What the young person says to it"))
    agreement = answer(YoungPersonAgrees, _("Does the young person agree?"))
    agreement_because = words(_("Why not, or not yet"))
    needs_separate_worker = models.BooleanField(
        _("Do the family’s needs call for a separate worker or assessment?"), null=True, editable=False
    )
    separate_worker_because = words(_("why a separate worker"))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(name="assessment_kind_known", condition=Q(kind__in=K.values)),
            models.CheckConstraint(
                name="assessment_updates_one_before",
                condition=Q(version__gte=1) & (~Q(kind=K.UPDATE) | Q(version__gt=1)),
            ),
            models.CheckConstraint(
                name="assessment_signed_by_someone_at_some_time",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, signed_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="assessment_signed_with_every_part_that_is_needed",
                condition=Q(signed_at__isnull=True) | ~_no_word_is_missing(),
            ),
            models.CheckConstraint(
                name="assessment_says_why_the_young_person_does_not_agree",
                condition=Q(signed_at__isnull=True)
                | Q(agreement__in=["", YoungPersonAgrees.AGREE])
                | ~Q(agreement_because=""),
            ),
            models.CheckConstraint(
                name="assessment_with_parents_only_without_a_separate_worker",
                condition=~Q(kind=K.CHILD_AND_PARENT_NEEDS)
                | Q(needs_separate_worker=False, needs_separate_worker__isnull=False)
                | Q(needs_separate_worker__isnull=True, signed_at__isnull=True),
                violation_error_message=_("The family’s needs are looked at by a separate worker."),
            ),
            models.CheckConstraint(
                name="assessment_says_why_a_separate_worker",
                condition=Q(needs_separate_worker__isnull=True)
                | Q(needs_separate_worker=False, needs_separate_worker__isnull=False)
                | ~Q(separate_worker_because=""),
            ),
            known(
                "assessment_answers_known",
                recommended_work_type=WorkType,
                recommended_stage=PathwayStage,
                more_time_to_build_trust=YesNoNotKnown,
                agreement=YoungPersonAgrees,
            ),
            models.UniqueConstraint(name="assessment_version_once_per_case", fields=["case", "version"]),
            models.UniqueConstraint(
                name="assessment_one_draft_per_case", fields=["case"], condition=Q(signed_at__isnull=True)
            ),
        ]
        triggers = [*kept_once_signed(), whole_when_signed(), of_a_case_that_may_have_it()]

    def __str__(self):
        return f"assessment {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:assessment", args=[self.case.reference, self.version])

    @property
    def is_signed(self):
        return self.signed_at is not None


class AssessmentRow(models.Model):
    """One thing that was said. ``came_from`` is the same in the signed version before, where it was carried on."""

    words = models.TextField(_("in their words"))
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_on", editable=False
    )

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


@tracked
class Strength(AssessmentRow):
    """What goes well, and who is on their side. Every assessment begins here, and needs one (R-nat-20)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="strengths")
    domain = answer(AssessmentDomain, _("part of life"))
    voice = answer(Voice, _("whose view"))

    class Meta(AssessmentRow.Meta):
        constraints = [
            models.CheckConstraint(name="strength_says_something", condition=~Q(words="")),
            known("strength_answers_known", domain=AssessmentDomain, voice=Voice),
        ]
        triggers = [*open_until_signed(), carried_on("cases_strength")]


@tracked
class Worry(AssessmentRow):
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="worries")
    kind = answer(WorryKind, _("what kind of worry"))
    domain = answer(AssessmentDomain, _("part of life"))
    voice = answer(Voice, _("whose view"))

    class Meta(AssessmentRow.Meta):
        verbose_name_plural = "worries"
        constraints = [
            models.CheckConstraint(name="worry_says_something", condition=~Q(words="")),
            known("worry_answers_known", kind=WorryKind, domain=AssessmentDomain, voice=Voice),
        ]
        triggers = [*open_until_signed(), carried_on("cases_worry")]


@tracked
class Hope(AssessmentRow):
    """What they would like to be different."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="hopes")
    voice = answer(Voice, _("whose view"))

    class Meta(AssessmentRow.Meta):
        constraints = [
            models.CheckConstraint(name="hope_says_something", condition=~Q(words="")),
            known("hope_answers_known", voice=Voice),
        ]
        triggers = [*open_until_signed(), carried_on("cases_hope")]


@tracked
class Need(AssessmentRow):
    """What needs to happen. Goals of the plan refer to it, once it is signed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="needs")
    domain = answer(AssessmentDomain, _("part of life"))

    class Meta(AssessmentRow.Meta):
        constraints = [
            models.CheckConstraint(name="need_says_something", condition=~Q(words="")),
            known("need_answers_known", domain=AssessmentDomain),
        ]
        triggers = [*open_until_signed(), carried_on("cases_need")]


@tracked
class FamilyView(AssessmentRow):
    """What somebody of the family says: beside the young person's view, never in place of it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="family_views")
    whose = line(_("whose view"), length=120)

    class Meta(AssessmentRow.Meta):
        constraints = [models.CheckConstraint(name="family_view_says_something", condition=~Q(words=""))]
        triggers = [*open_until_signed(), carried_on("cases_familyview")]


@tracked
class Mark(models.Model):
    """0 to 10, by the young person or the practitioner, about a part of life or one question. Never added up."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="marks")
    domain = answer(AssessmentDomain, _("part of life"))
    scale = answer(Scale, _("question"))
    voice = choice(Voice, _("whose mark"))
    value = models.PositiveSmallIntegerField(_("0 to 10"))

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="mark_is_from_none_to_ten", condition=Q(value__gte=0, value__lte=MOST)),
            models.CheckConstraint(name="mark_is_given_by_one_of_two", condition=Q(voice__in=MARKS_GIVEN_BY)),
            models.CheckConstraint(
                name="mark_is_about_one_thing",
                condition=Q(domain__in=AssessmentDomain.values, scale="") | Q(domain="", scale__in=Scale.values),
            ),
            models.UniqueConstraint(
                name="mark_once_per_thing_and_voice", fields=["assessment", "domain", "scale", "voice"]
            ),
        ]
        triggers = open_until_signed()

    def __str__(self):
        return f"mark {self.pk}"

    @classmethod
    def of(cls, assessment, key, value):
        """A mark by its key, as ``assessing.held`` names it: what it is about, and whose it is."""
        about, _dot, voice = key.partition(".")
        column = "scale" if about in Scale.values else "domain"
        return cls(assessment=assessment, voice=voice, value=value, **{column: about})

    @property
    def about(self):
        return self.domain or self.scale

    @property
    def key(self):
        return f"{self.about}.{self.voice}"


@tracked
class Addendum(AddedAfterSigning):
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="addenda")

    class Meta(AddedAfterSigning.Meta):
        verbose_name_plural = "addenda"
        constraints = [models.CheckConstraint(name="addendum_says_something", condition=~Q(words=""))]
        triggers = said_after_the_signature()


@tracked
class ReflectiveComment(models.Model):
    """What a manager thinks after reading. It approves nothing: the plan does not wait for it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reflective_comments")
    words = models.TextField(_("comment"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="reflective_comment_says_something", condition=~Q(words=""))]
        triggers = said_after_the_signature(by_another=True)

    def __str__(self):
        return f"comment {self.pk}"
