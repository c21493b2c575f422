"""A time in which a young person is missing: who said so, who was told, how they came back, what they say of it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import RETURN_TALK_WITHIN, TALK_WAITS, TALK_WAS_OFFERED, MissingType, ReturnTalk
from cases.missing_querysets import MissingEpisodeQuerySet
from cases.models.case import Case
from cases.models.kept import not_of_a_carer_alone
from people.enums import YesNoNotKnown
from people.models.columns import DayOf, answer, choice, known, line, staff, words

SAYS_SOMETHING = r"\S"
STAYS = """OLD.case_id = NEW.case_id AND OLD.by_id = NEW.by_id AND OLD.at = NEW.at
    AND (OLD.until_at IS NULL OR NEW.until_at IS NOT NULL)"""


@tracked
class MissingEpisode(models.Model):
    """From when to when, and everything that is known of it (domain.md 5.10).

    It begins with few answers and grows: ``edition`` counts what was written,
    so that nobody overwrites a colleague unseen. Where they may be and with
    whom, what was done to them and what they say of it is for who works with
    them (docs/decisions/0054); ``RESTRICTED`` names it.
    """

    RESTRICTED = ("possible_place", "with_whom", "harm", "own_words")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="missing_episodes")
    kind = choice(MissingType, _("what is it?"), length=30)
    agency_term = line(_("the word that the police or another service use for it"), length=120)
    from_at = models.DateTimeField(_("since when"))
    until_at = models.DateTimeField(_("until when"), null=True, blank=True)
    told_us_by = models.CharField(_("who told us"), max_length=120)
    told_us_at = models.DateTimeField(_("when we were told"), default=timezone.now)
    police_told = choice(YesNoNotKnown, _("do the police know?"), length=10)
    police_told_at = models.DateTimeField(_("when the police were told"), null=True, blank=True)
    police_reference = line(_("reference of the police"), length=60)
    reported_by = line(_("who told the police"), length=120)
    last_seen = words(_("where and when they were seen last"))
    possible_place = words(_("where they may be"))
    with_whom = words(_("with whom they may be"))
    circumstances = words(_("how it came about"))
    fears = words(_("what we fear"))
    our_actions = words(_("what we have done"))
    shared_with = words(_("with whom we shared it"))
    found_how = words(_("how they came back"))
    harm = words(_("what harm came to them"))
    talk = answer(ReturnTalk, _("return conversation"), length=12)
    talk_by = line(_("who offers the return conversation"), length=120)
    talk_offered_on = models.DateField(_("when it was offered"), null=True, blank=True)
    talk_on = models.DateField(_("when it took place"), null=True, blank=True)
    talk_outcome = words(_("what came of it"))
    own_words = words(_("what they say of it, in their own words"))
    learning = words(_("what we learn from it for the safety plan"))
    edition = models.PositiveIntegerField(default=1, editable=False)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    back_by = staff(null=True, editable=False)
    back_at = models.DateTimeField(null=True, editable=False)
    changed_by = staff(editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MissingEpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="missing_type_known", condition=Q(kind__in=MissingType.values)),
            models.CheckConstraint(name="missing_police_known", condition=Q(police_told__in=YesNoNotKnown.values)),
            known("missing_talk_known", talk=ReturnTalk),
            models.CheckConstraint(
                name="missing_says_who_told_us",
                condition=Q(told_us_by__regex=SAYS_SOMETHING),
                violation_error_message=_("Say who told us."),
            ),
            models.CheckConstraint(
                name="missing_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                violation_error_message=_("They came back after they went missing. Check both times."),
            ),
            models.CheckConstraint(
                name="missing_has_begun_when_it_is_written_down",
                condition=Q(from_at__lte=F("at")),
                violation_error_message=_("This time has not come yet."),
            ),
            models.CheckConstraint(
                name="missing_told_to_us_before_it_is_written_down",
                condition=Q(told_us_at__lte=F("at")),
                violation_error_message=_("This time has not come yet."),
            ),
            models.CheckConstraint(
                name="missing_over_as_someone_wrote_down_at_some_time",
                condition=Q(until_at__isnull=True, back_by__isnull=True, back_at__isnull=True)
                | Q(until_at__isnull=False, back_by__isnull=False, back_at__isnull=False, until_at__lte=F("back_at")),
                violation_error_message=_("This time has not come yet."),
            ),
            models.CheckConstraint(
                name="missing_reported_only_where_the_police_know",
                condition=Q(police_told=YesNoNotKnown.YES)
                | Q(police_told_at__isnull=True, police_reference="", reported_by=""),
            ),
            models.CheckConstraint(
                name="missing_reported_to_the_police_before_it_is_written_down",
                condition=Q(police_told_at__isnull=True) | Q(police_told_at__lte=F("changed_at")),
                violation_error_message=_("This time has not come yet."),
            ),
            models.CheckConstraint(
                name="missing_says_how_they_are_once_they_are_back",
                condition=Q(until_at__isnull=False) | Q(found_how="", harm="", talk="", own_words=""),
            ),
            models.CheckConstraint(
                name="missing_talk_offered_by_someone_on_some_day",
                condition=(Q(talk__in=TALK_WAS_OFFERED, talk_offered_on__isnull=False) & ~Q(talk_by=""))
                | (~Q(talk__in=TALK_WAS_OFFERED) & Q(talk_offered_on__isnull=True, talk_by="")),
                violation_error_message=_("Say who offered it, and when."),
            ),
            models.CheckConstraint(
                name="missing_talk_took_place_on_some_day",
                condition=Q(talk=ReturnTalk.HELD, talk_on__isnull=False, talk_on__gte=F("talk_offered_on"))
                | (~Q(talk=ReturnTalk.HELD) & Q(talk_on__isnull=True)),
                violation_error_message=_("It took place on the day on which it was offered, or later."),
            ),
            models.CheckConstraint(
                name="missing_talk_offered_once_they_were_back",
                condition=Q(talk_offered_on__isnull=True) | Q(talk_offered_on__gte=DayOf("until_at")),
                violation_error_message=_("It was offered on the day on which they came back, or later."),
            ),
            models.CheckConstraint(
                name="missing_talk_has_happened",
                condition=(Q(talk_offered_on__isnull=True) | Q(talk_offered_on__lte=DayOf("changed_at")))
                & (Q(talk_on__isnull=True) | Q(talk_on__lte=DayOf("changed_at"))),
                violation_error_message=_("This day has not come yet."),
            ),
            models.CheckConstraint(
                name="missing_talk_not_offered_says_why",
                condition=~Q(talk=ReturnTalk.NOT_OFFERED) | Q(talk_outcome__regex=SAYS_SOMETHING),
                violation_error_message=_("Say why it was not offered."),
            ),
            models.UniqueConstraint(
                name="missing_still_once_per_case",
                fields=["case"],
                condition=Q(until_at__isnull=True),
                violation_error_message=_("It is written down already that they are missing."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-from_at"], name="missing_by_case"),
            models.Index(
                fields=["until_at"],
                condition=Q(until_at__isnull=False, talk__in=TALK_WAITS),
                name="missing_talk_waits",
            ),
        ]
        triggers = [
            *written_once(
                "missing_is_added_to_and_never_taken_away",
                "What was written of this time is added to and put right, and never taken away.",
                unless=STAYS,
            ),
            not_of_a_carer_alone("missing_is_not_of_a_carer_alone", "Here the work is with the parent or carer alone."),
        ]

    def __str__(self):
        return f"missing episode {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:missing_episode", args=[self.case.reference, self.pk])

    @property
    def is_over(self):
        return self.until_at is not None

    @property
    def talk_due_at(self):
        """By when somebody has offered them a conversation, and written down what came of it."""
        return self.until_at + RETURN_TALK_WITHIN if self.is_over else None
