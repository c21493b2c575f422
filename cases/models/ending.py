"""How a case ends: prepared with the young person, proposed by one, signed off by another."""

import pgtrigger
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import refuse, same_but, written_once
from cases.enums import (
    MAY_END,
    REOPENED_WITHIN,
    WITHOUT_GOODBYE,
    CaseStatus,
    CheckIn,
    ClosureReason,
    NeedAnswer,
    SafeToSend,
    StepDown,
)
from cases.models.case import Case
from cases.querysets import EndingQuerySet
from people.models.columns import choice, several, staff, words

PROPOSED = ("proposed_by_id", "proposed_at", "sent_back_by_id", "sent_back_at", "sent_back_reason", "version")
SIGNED = ("signed_off_by_id", "signed_off_at", "version")
REOPENED = ("reopened_by_id", "reopened_at", "reopened_because", "version")
GONE_ON = ("gone_on_by_id", "gone_on_at", "gone_on_because", "version")
UNLESS = f"""
    OLD.gone_on_at IS NULL AND (
        OLD.proposed_at IS NULL AND OLD.signed_off_at IS NULL
        OR OLD.signed_off_at IS NULL AND {same_but(*PROPOSED, *SIGNED)}
        OR OLD.signed_off_at IS NULL AND {same_but(*GONE_ON)}
        OR OLD.signed_off_at IS NOT NULL AND OLD.reopened_at IS NULL AND {same_but(*REOPENED)}
    )
"""
LATEST_REOPENING = ExpressionWrapper(F("signed_off_at") + Value(REOPENED_WITHIN), output_field=models.DateTimeField())


SECOND = "ending_signed_off_by_a_second_person"


def signed_off_by_a_second_person():
    """Nobody closes a case by an ending that they wrote, or whose needs they answered: somebody else looks at it."""
    return pgtrigger.Trigger(
        name=SECOND,
        operation=pgtrigger.Update,
        when=pgtrigger.After,
        condition=pgtrigger.Q(old__signed_off_at__isnull=True, new__signed_off_at__isnull=False),
        func=f"""
            IF NEW.begun_by_id = NEW.signed_off_by_id OR EXISTS (
                SELECT FROM cases_endingwriting WHERE ending_id = NEW.id AND by_id = NEW.signed_off_by_id
            ) OR EXISTS (
                SELECT FROM cases_endingitem WHERE ending_id = NEW.id AND by_id = NEW.signed_off_by_id
            ) THEN
                {refuse(SECOND, "Somebody else signs it off: you wrote in it, or answered for it.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own constants
    )


def by_someone_at_some_time(name, *, act, why=""):
    """A constraint: who and when of an act go together, and why where a reason is asked."""
    nobody = Q(**{f"{act}_by__isnull": True, f"{act}_at__isnull": True} | ({why: ""} if why else {}))
    somebody = Q(**{f"{act}_by__isnull": False, f"{act}_at__isnull": False})
    return models.CheckConstraint(name=name, condition=nobody | (somebody & ~Q(**{why: ""}) if why else somebody))


@tracked
class Ending(models.Model):
    """The ending of a case, from its first day to its sign-off. A case that opens again and ends later has another.

    Where they go on after all it stays as it was, with who said so and why, and the case goes back to ``came_from``.

    What was proposed is what is signed off: between the two no word changes.
    The carer's side of the work has its own ending, and nothing of it stands here.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="endings")
    reason = choice(ClosureReason, _("why it ends"), length=40)
    reason_words = words(_("in a few words"))
    ends_on = models.DateField(_("last day"))
    what_we_did = words(_("what we did together"))
    strengths = words(_("what is strong"))
    what_changed = words(_("what has changed"))
    what_has_not = words(_("what has not changed"))
    safety_now = words(_("how safe things are, and what keeps them so"))
    young_persons_words = words(_("what the young person says"))
    step_down = several(StepDown, _("who is there afterwards"))
    step_down_plan = words(_("how they are there, and who leads"))
    shared = words(_("what was shared at the end, and with whom"))
    how_to_come_back = words(_("how to come back"))
    letter = words(_("letter to the young person"))
    letter_is_safe = choice(SafeToSend, _("is it safe for them to have it?"), default=SafeToSend.NOT_KNOWN)
    letter_safety = words(_("how we know, and how they get it"))
    check_in = choice(CheckIn, _("may we ask again how they are?"), default=CheckIn.NOT_ASKED)
    version = models.PositiveIntegerField(default=0, editable=False)
    begun_by = staff(editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    came_from = choice(CaseStatus, blank=True, default="", db_default="", editable=False)
    gone_on_by = staff(null=True, editable=False)
    gone_on_at = models.DateTimeField(null=True, editable=False)
    gone_on_because = words(_("why they go on after all"))
    proposed_by = staff(null=True, editable=False)
    proposed_at = models.DateTimeField(null=True, editable=False)
    sent_back_by = staff(null=True, editable=False)
    sent_back_at = models.DateTimeField(null=True, editable=False)
    sent_back_reason = words(_("why it goes back"))
    signed_off_by = staff(null=True, editable=False)
    signed_off_at = models.DateTimeField(null=True, editable=False)
    reopened_by = staff(null=True, editable=False)
    reopened_at = models.DateTimeField(null=True, editable=False)
    reopened_because = words(_("why the case opens again"))

    objects = EndingQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="ending_reason_known", condition=Q(reason__in=ClosureReason.values)),
            models.CheckConstraint(
                name="ending_says_which_other_reason", condition=~Q(reason=ClosureReason.OTHER) | ~Q(reason_words="")
            ),
            models.CheckConstraint(
                name="ending_answers_known",
                condition=Q(
                    step_down__contained_by=StepDown.values,
                    letter_is_safe__in=SafeToSend.values,
                    check_in__in=CheckIn.values,
                ),
            ),
            models.CheckConstraint(
                name="ending_writes_to_nobody_who_has_died",
                condition=~Q(reason=ClosureReason.DIED) | (Q(letter="") & ~Q(check_in=CheckIn.YES)),
                violation_error_message=_("The young person has died. There is no letter and no call to them."),
            ),
            by_someone_at_some_time("ending_proposed_by_someone_at_some_time", act="proposed"),
            by_someone_at_some_time(
                "ending_sent_back_by_someone_at_some_time_with_a_reason", act="sent_back", why="sent_back_reason"
            ),
            by_someone_at_some_time("ending_signed_off_by_someone_at_some_time", act="signed_off"),
            by_someone_at_some_time(
                "ending_reopened_by_someone_at_some_time_with_a_reason", act="reopened", why="reopened_because"
            ),
            models.CheckConstraint(
                name="ending_is_proposed_or_sent_back",
                condition=Q(proposed_at__isnull=True) | Q(sent_back_at__isnull=True),
            ),
            models.CheckConstraint(
                name="ending_proposed_says_what_we_did_how_safe_and_who_is_there",
                condition=Q(proposed_at__isnull=True)
                | (Q(reason__in=WITHOUT_GOODBYE) & ~Q(reason_words=""))
                | (
                    ~Q(what_we_did="")
                    & ~Q(strengths="")
                    & ~Q(safety_now="")
                    & ~Q(how_to_come_back="")
                    & Q(step_down__len__gt=0)
                ),
                violation_error_message=_(
                    "Say what we did together, what is strong, how safe things are, who is there afterwards and how "
                    "to come back."
                ),
            ),
            models.CheckConstraint(
                name="ending_signed_off_by_somebody_else_than_who_proposed_it",
                condition=Q(signed_off_at__isnull=True)
                | (Q(proposed_by__isnull=False, signed_off_by__isnull=False) & ~Q(signed_off_by=F("proposed_by"))),
                violation_error_message=_("Somebody else signs it off: it is your own proposal."),
            ),
            models.CheckConstraint(
                name="ending_reopened_within_28_days",
                condition=Q(reopened_at__isnull=True)
                | Q(signed_off_at__isnull=False, reopened_at__isnull=False, reopened_at__lte=LATEST_REOPENING),
                violation_error_message=_("After 28 days it is a new referral."),
            ),
            models.CheckConstraint(
                name="ending_came_from_a_state_that_may_end", condition=Q(came_from__in=["", *MAY_END])
            ),
            by_someone_at_some_time(
                "ending_gone_on_by_someone_at_some_time_with_a_reason", act="gone_on", why="gone_on_because"
            ),
            models.CheckConstraint(
                name="ending_gone_on_or_signed_off",
                condition=Q(gone_on_at__isnull=True) | Q(signed_off_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="ending_once_at_a_time_per_case",
                fields=["case"],
                condition=Q(reopened_at__isnull=True, gone_on_at__isnull=True),
            ),
        ]
        triggers = [
            *written_once(
                "ending_is_signed_off_as_it_was_proposed",
                "What was proposed is what is signed off. Send it back to change it.",
                unless=UNLESS,
            ),
            signed_off_by_a_second_person(),
        ]

    def __str__(self):
        return f"ending {self.pk}"

    @property
    def is_proposed(self):
        """It waits for somebody else to sign it off."""
        return self.proposed_at is not None and self.is_under_way

    @property
    def may_be_written(self):
        return self.proposed_at is None and self.is_under_way

    @property
    def is_under_way(self):
        """Neither signed off, nor did they go on after all."""
        return self.signed_off_at is None and self.gone_on_at is None

    def is_work_of(self, user):
        """They began it, wrote in it, answered for it or proposed it: somebody else signs it off."""
        if user.pk in (self.begun_by_id, self.proposed_by_id):
            return True
        return self.writings.filter(by=user).exists() or self.items.filter(by=user).exists()

    @property
    def letter_is_printable(self):
        return bool(self.letter) and self.letter_is_safe == SafeToSend.YES

    @property
    def reopens_until(self):
        return self.signed_off_at + REOPENED_WITHIN if self.signed_off_at else None


@tracked
class EndingWriting(models.Model):
    """Somebody wrote in an ending, which then stood at ``version``. Whoever did does not sign it off."""

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="writings")
    version = models.PositiveIntegerField(editable=False)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(name="ending_written_once_at_a_version", fields=["ending", "version"]),
        ]
        triggers = written_once(
            "ending_writing_stays", "Who wrote in an ending stays known: somebody else signs it off."
        )

    def __str__(self):
        return f"writing {self.pk}"


@tracked
class EndingItem(models.Model):
    """One requirement of an ending, answered by somebody: done, or why it does not apply."""

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="items")
    key = models.SlugField(max_length=60)
    answer = choice(NeedAnswer, _("answer"))
    why = words(_("why it does not apply"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(name="ending_item_answer_known", condition=Q(answer__in=NeedAnswer.values)),
            models.CheckConstraint(
                name="ending_item_that_does_not_apply_says_why",
                condition=~Q(answer=NeedAnswer.NOT_APPLICABLE) | ~Q(why=""),
            ),
            models.UniqueConstraint(name="ending_item_answered_once", fields=["ending", "key"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ending_item_is_answered_before_the_proposal",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"""
                    PERFORM FROM cases_ending WHERE id = COALESCE(NEW.ending_id, OLD.ending_id) FOR UPDATE;
                    IF EXISTS (
                        SELECT FROM cases_ending
                        WHERE id = COALESCE(NEW.ending_id, OLD.ending_id)
                        AND (proposed_at IS NOT NULL OR gone_on_at IS NOT NULL)
                    ) THEN
                        {refuse("ending_item_is_answered_before_the_proposal", "It was proposed. Send it back first.")}
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,  # noqa: S608 -- made of our own constants
            )
        ]

    def __str__(self):
        return f"{self.key} {self.pk}"
