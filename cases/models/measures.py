"""Results of tools that others own (domain.md 3.4, 5.5): typed in as they were given, never worked out here."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import LICENCE_NOTES, Instrument
from cases.models.case import Case
from people.models.columns import choice, line, staff, words

ONCE = "A result stays as it was typed in. Add it again to correct it."


@tracked
class ExternalMeasure(models.Model):
    """One result: which tool, who answered, who completed it, and what it said in the words it was given in."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="external_measures")
    instrument = choice(Instrument, _("which tool"))
    other_name = line(_("what it is called"), length=120)
    edition = line(_("version"), length=60)
    respondent = models.CharField(_("who answered"), max_length=120)
    completed_by = models.CharField(_("who completed it, and where they work"), max_length=160)
    completed_on = models.DateField(_("when"))
    result = words(_("the result, as it was given"))
    interpretation = words(_("what somebody qualified says to it"))
    interpreted_by = line(_("who"), length=160)
    repeat_on = models.DateField(_("when it is done again"), null=True, blank=True)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-completed_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="measure_instrument_known", condition=Q(instrument__in=Instrument.values)),
            models.CheckConstraint(
                name="measure_of_another_tool_says_which",
                condition=~Q(instrument=Instrument.OTHER) | ~Q(other_name=""),
            ),
            models.CheckConstraint(
                name="measure_says_who_answered_and_who_completed_it",
                condition=~Q(respondent="") & ~Q(completed_by=""),
            ),
            models.CheckConstraint(
                name="measure_read_by_somebody_where_it_was_read",
                condition=Q(interpretation="") | ~Q(interpreted_by=""),
            ),
        ]
        triggers = written_once("measure_is_written_once", ONCE)

    def __str__(self):
        return f"measure {self.pk}"

    @property
    def name(self):
        return self.other_name if self.instrument == Instrument.OTHER else self.get_instrument_display()

    @property
    def licence_note(self):
        return LICENCE_NOTES[Instrument(self.instrument)]


@tracked
class ExternalScore(models.Model):
    """A total or a part of it, as it stands on the paper. It may be a number or a word."""

    measure = models.ForeignKey(ExternalMeasure, on_delete=models.PROTECT, related_name="scores")
    label = models.CharField(_("which score"), max_length=80)
    value = models.CharField(_("what it says"), max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="score_says_which_and_what", condition=~Q(label="") & ~Q(value="")),
            models.UniqueConstraint(name="score_once_per_measure_and_label", fields=["measure", "label"]),
        ]
        triggers = written_once("score_is_written_once", ONCE)

    def __str__(self):
        return f"score {self.pk}"
