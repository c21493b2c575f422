"""The way of the work: what was offered, what it is about, and the stage it has come to."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import refuse, written_once
from cases.enums import (
    STAGES_AFTER,
    InterventionFocus,
    OptionAnswer,
    PathwayStage,
    SafetyNow,
    SharingScope,
    WasTold,
)
from cases.models.case import Case
from cases.querysets import OptionOfferedQuerySet
from centres.enums import Scheme
from centres.models import CentreOption
from people.models.columns import answer, choice, known, several, staff, words
from safeguarding.models import Concern
from safeguarding.routes import EscalationRoute

STEPS = Q(*[Q(from_stage=start, to_stage__in=ends) for start, ends in STAGES_AFTER.items() if ends], _connector=Q.OR)


class SupportOption(CentreOption):
    """One thing that a centre can offer a young person; where a scheme is named, only under offers of that scheme."""

    scheme = models.CharField(
        max_length=4, choices=Scheme.choices, blank=True, help_text=_("Leave empty for every offer.")
    )

    class Meta(CentreOption.Meta):
        constraints = [
            *CentreOption.Meta.constraints,
            models.CheckConstraint(name="support_option_scheme_known", condition=Q(scheme__in=["", *Scheme.values])),
        ]


@tracked
class OptionOffered(models.Model):
    """What a young person answered to one option, each answer a row: the latest holds (R-wal-18)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="options_offered")
    option = models.ForeignKey(SupportOption, on_delete=models.PROTECT, related_name="+")
    answer = choice(OptionAnswer, _("answer"), length=10)
    own_words = words(_("in their words"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OptionOfferedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "options offered"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="option_offered_answer_known", condition=Q(answer__in=OptionAnswer.values))
        ]
        indexes = [models.Index(fields=["case", "option", "-at"], name="option_offered_by_case")]
        triggers = written_once("option_offered_is_written_once", "An answer stays as it was given. Add the new one.")

    def __str__(self):
        return f"{self.answer} {self.pk}"


@tracked
class FocusChosen(models.Model):
    """What the work is about from now on; the latest row holds (R-wal-25)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="focuses")
    focus = ArrayField(choice(InterventionFocus), verbose_name=_("what the work is about"))
    wider_issues = words(_("which wider issues"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "focuses chosen"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="focus_known",
                condition=Q(focus__contained_by=InterventionFocus.values, focus__len__gt=0),
            ),
            models.CheckConstraint(
                name="focus_on_wider_issues_says_which",
                condition=(Q(focus__contains=[InterventionFocus.WIDER_ISSUES]) & ~Q(wider_issues=""))
                | (~Q(focus__contains=[InterventionFocus.WIDER_ISSUES]) & Q(wider_issues="")),
            ),
        ]
        triggers = written_once("focus_is_written_once", "What the work was about stays written. Add the new focus.")

    def __str__(self):
        return f"focus {self.pk}"

    @property
    def labels(self):
        return [InterventionFocus(value).label for value in self.focus]


@tracked
class StageDecision(models.Model):
    """Somebody decided, about this one young person, that the work goes on to another stage (R-wal-27)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stage_decisions")
    from_stage = choice(PathwayStage, length=30, editable=False)
    to_stage = choice(PathwayStage, _("next stage"), length=30)
    reasons = models.TextField(_("why now"))
    young_persons_view = models.TextField(_("what the young person says to it"))
    safety = models.TextField(_("how safe things are"))
    discussed_with = staff(verbose_name=_("with whom it was discussed in supervision"))
    discussed_on = models.DateField(_("when it was discussed in supervision"))
    decided_by = staff(editable=False)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="stage_decision_goes_one_step", condition=STEPS),
            models.CheckConstraint(
                name="stage_decision_says_why_with_the_young_persons_view_and_safety",
                condition=~Q(reasons="") & ~Q(young_persons_view="") & ~Q(safety=""),
            ),
            models.CheckConstraint(
                name="stage_decision_discussed_with_somebody_else",
                condition=~Q(discussed_with=F("decided_by")),
            ),
        ]
        triggers = [
            *written_once("stage_decision_is_written_once", "A decision stays as it was made. Make another."),
            pgtrigger.Trigger(
                name="stage_decision_starts_where_the_case_stands",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=f"""
                    PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
                    IF NOT EXISTS (
                        SELECT FROM cases_case WHERE id = NEW.case_id AND pathway_stage = NEW.from_stage
                    ) THEN
                        {refuse("stage_decision_starts_where_the_case_stands", "The work is at another stage now.")}
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 -- made of our own constants
            ),
        ]

    def __str__(self):
        return f"stage decision {self.pk}"


@tracked
class SafetyChange(models.Model):
    """Somebody noticed that safety has changed. Worse is a concern too, raised in the same act (domain.md 5.15)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_changes")
    change = choice(SafetyNow, _("how safe is it now?"))
    what = words(_("what has changed"))
    done = several(EscalationRoute, _("to whom it was taken right now"))
    was_told = answer(WasTold, _("was the young person told?"), length=5)
    told_young_person = words(_("what the young person was told"))
    not_told_because = words(_("why the young person was not told"))
    informed = several(SharingScope, _("whom else we told"))
    network_informed = words(_("what we told them"))
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    noticed_on = models.DateField(_("when was it noticed?"), default=timezone.localdate)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-noticed_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="safety_change_known", condition=Q(change__in=SafetyNow.values)),
            models.CheckConstraint(name="safety_change_says_what", condition=Q(change=SafetyNow.SAME) | ~Q(what="")),
            models.CheckConstraint(
                name="safety_change_for_the_worse_is_a_concern",
                condition=~Q(change=SafetyNow.WORSE) | Q(concern__isnull=False),
            ),
            known(
                "safety_change_answers_known",
                was_told=WasTold,
                several_done=EscalationRoute,
                several_informed=SharingScope,
            ),
            models.CheckConstraint(
                name="safety_change_says_why_they_were_not_told",
                condition=Q(was_told=WasTold.NO, told_young_person="", not_told_because__regex=r"\S")
                | (~Q(was_told=WasTold.NO) & Q(not_told_because="")),
                violation_error_message=_("Say why the young person was not told."),
            ),
        ]
        triggers = written_once("safety_change_is_written_once", "What was noticed stays written. Add what is new.")

    def __str__(self):
        return f"{self.change} {self.pk}"
