"""What people think of us, in their words, and whether we may use these (R-nat-28). Each side has its own table."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import same_but, written_once
from cases.models import Case
from people.models.columns import DayOf, answer, choice, known, staff, words
from sessions.enums import FeedbackAnswer, FeedbackHow, FeedbackOccasion, QuoteAnswer
from sessions.querysets import FeedbackQuerySet

QUESTIONS = ("feels_heard", "knows_what_happens", "what_matters", "it_helps")
A = FeedbackAnswer


def from_nought_to_ten(verbose_name):
    return models.PositiveSmallIntegerField(verbose_name, null=True, blank=True)


def _each_from_nought_to_ten():
    condition = Q()
    for name in QUESTIONS:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": 10})
    return condition


NUMBERS_EMPTY = Q(**{f"{name}__isnull": True for name in QUESTIONS})
NO_WORDS = Q(said_of_us="", said_to_change="")


def kept_as_said(name):
    """Written once; that its words are no longer for anybody to quote may be said of it afterwards."""
    return written_once(
        name,
        "What they said stays as they said it. Add what they say now.",
        unless=f"OLD.quote_taken_back_at IS NULL AND {same_but('quote_taken_back_at', 'quote_taken_back_by_id')}",
    )


class SaidOfUs(models.Model):
    """What somebody said of us on one day, or that they would rather not. It is never added up or compared.

    ``said_of_us`` and ``said_to_change`` are read on the page of feedback, and anywhere else only through
    ``objects.quotable()``: tests/sessions/test_feedback.py looks for them in every other file.
    """

    occasion = choice(FeedbackOccasion, _("when you asked"))
    asked_on = models.DateField(_("which day"))
    answered = choice(FeedbackAnswer, _("did they answer?"))
    how = answer(FeedbackHow, _("how"), length=24)
    feels_heard = from_nought_to_ten(_("My worker listens to me"))
    knows_what_happens = from_nought_to_ten(_("I know what we do and why"))
    what_matters = from_nought_to_ten(_("We work on what matters to me"))
    it_helps = from_nought_to_ten(_("It helps me"))
    said_of_us = words(_("what they say, in their own words"))
    said_to_change = words(_("what should we change?"))
    may_quote = answer(QuoteAnswer, _("may we use these words without their name?"), length=4)
    quote_taken_back_at = models.DateTimeField(null=True, editable=False)
    quote_taken_back_by = staff(null=True, editable=False)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_known", condition=Q(occasion__in=FeedbackOccasion.values, answered__in=A.values)
            ),
            known("%(class)s_answers_known", how=FeedbackHow, may_quote=QuoteAnswer),
            models.CheckConstraint(name="%(class)s_from_nought_to_ten", condition=_each_from_nought_to_ten()),
            models.CheckConstraint(
                name="%(class)s_of_who_would_rather_not_is_empty",
                condition=~Q(answered=A.RATHER_NOT) | (NUMBERS_EMPTY & NO_WORDS & Q(how="", may_quote="")),
            ),
            models.CheckConstraint(
                name="%(class)s_given_says_something_and_how",
                condition=~Q(answered=A.GIVEN) | (~Q(how="") & ~(NUMBERS_EMPTY & NO_WORDS)),
                violation_error_message=_("Write what they said, or a number from 0 to 10."),
            ),
            models.CheckConstraint(
                name="%(class)s_is_quoted_where_there_are_words", condition=~NO_WORDS | ~Q(may_quote=QuoteAnswer.YES)
            ),
            models.CheckConstraint(
                name="%(class)s_quote_taken_back_by_someone_at_some_time",
                condition=Q(quote_taken_back_at__isnull=True, quote_taken_back_by__isnull=True)
                | Q(quote_taken_back_at__isnull=False, quote_taken_back_by__isnull=False, may_quote=QuoteAnswer.YES),
            ),
            models.CheckConstraint(name="%(class)s_was_asked_by_its_day", condition=Q(asked_on__lte=DayOf("at"))),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def has_words(self):
        return bool(self.said_of_us or self.said_to_change)

    @property
    def may_be_taken_back(self):
        return self.may_quote == QuoteAnswer.YES and self.quote_taken_back_at is None


@tracked
class Feedback(SaidOfUs):
    """What a young person said."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="feedback")

    objects = FeedbackQuerySet.as_manager()

    class Meta(SaidOfUs.Meta):
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["case", "-asked_on"], name="feedback_by_case")]
        triggers = kept_as_said("feedback_is_written_once")
