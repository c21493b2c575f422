"""What keeps a young person safer, agreed with them: what adults do, and what they can do if they wish."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import CopyKept, SafetyTrigger
from cases.models.case import Case
from people.models.columns import choice, several, staff, words


class SafetyPlanQuerySet(models.QuerySet):
    def latest_first(self):
        return self.select_related("by").order_by("-version")


@tracked
class SafetyPlan(models.Model):
    """A version, written once; the latest holds. It never leaves safety to the young person alone (domain.md 5.4)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_plans")
    version = models.PositiveSmallIntegerField(editable=False)
    adults_do = models.TextField(_("what adults will do"))
    warning_signs = words(_("warning signs"))
    safe_people = words(_("safe people, and how to reach them safely"))
    safe_places = words(_("safe places"))
    i_can_do = words(_("what I can do, if I want to"))
    online = words(_("online"))
    travel = words(_("on the way"))
    code_word = models.CharField(_("code word"), max_length=80, blank=True, default="", db_default="")
    when_upset = words(_("what helps when I am upset"))
    numbers = words(_("emergency numbers"))
    triggers_for_review = several(SafetyTrigger, _("what makes us look at it again at once"))
    look_again_on = models.DateField(_("when do we look at it again?"))
    who_has_a_copy = words(_("who has a copy"))
    copy_kept = choice(CopyKept, _("where is it safe for the young person to keep a copy?"), default=CopyKept.NOT_ASKED)
    why_changed = words(_("what has changed since the last one"))
    written_on = models.DateField(default=timezone.localdate, editable=False)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                name="safety_plan_says_what_adults_will_do",
                condition=Q(adults_do__regex=r"\S"),
                violation_error_message=_("Say what adults will do: safety is not for the young person alone."),
            ),
            models.CheckConstraint(
                name="safety_plan_triggers_known", condition=Q(triggers_for_review__contained_by=SafetyTrigger.values)
            ),
            models.CheckConstraint(name="safety_plan_copy_kept_known", condition=Q(copy_kept__in=CopyKept.values)),
            models.CheckConstraint(
                name="safety_plan_is_looked_at_after_it_is_written", condition=Q(look_again_on__gt=F("written_on"))
            ),
            models.UniqueConstraint(name="safety_plan_version_once_per_case", fields=["case", "version"]),
        ]
        triggers = written_once(
            "safety_plan_is_written_once", "A safety plan stays as it was written. Write a new version to change it."
        )

    def __str__(self):
        return f"safety plan {self.pk}"
