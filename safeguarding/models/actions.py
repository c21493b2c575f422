"""What is done about a concern: taken further, answered, followed up, and told to the young person (domain.md 4.7)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import same_but, written_once
from people.models.columns import DayOf, answer, choice, line, staff, words
from safeguarding.action_querysets import ConcernActionQuerySet, EscalationQuerySet
from safeguarding.models.concern import Concern
from safeguarding.models.kept import follows_up_the_same_concern, of_a_concern_being_acted_on
from safeguarding.routes import BY_VOICE, STATUTORY, ActionEnd, EscalationMethod, EscalationRoute, ReplyKind


def says_why_not(name, told, why_not):
    """Told, or why not; never both."""
    return models.CheckConstraint(
        name=name, condition=Q(**{told: True, why_not: ""}) | (Q(**{told: False}) & ~Q(**{why_not: ""}))
    )


@tracked
class Escalation(models.Model):
    """A concern taken further: to whom, how, when, and what was said. Written once; then comes a ``Reply``."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="escalations")
    route = choice(EscalationRoute, _("to whom"))
    agency = line(_("which team or office"), length=120)
    person = line(_("whom you spoke to"), length=120)
    method = choice(EscalationMethod, _("how"))
    sent_at = models.DateTimeField(_("when was it?"))
    reference = line(_("their reference"), length=60)
    known = models.TextField(_("what we know"))
    not_known = words(_("what we do not know"))
    discussed_with = line(_("with whom you discussed it"), length=120)
    young_person_told = models.BooleanField(_("the young person was told that we do this"))
    young_person_not_told_because = words(_("why the young person was not told"))
    parent_told = models.BooleanField(_("a parent or carer was told that we do this"))
    parent_not_told_because = words(_("why no parent or carer was told"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(name="escalation_route_known", condition=Q(route__in=EscalationRoute.values)),
            models.CheckConstraint(name="escalation_method_known", condition=Q(method__in=EscalationMethod.values)),
            models.CheckConstraint(name="escalation_says_what_we_know", condition=~Q(known="")),
            models.CheckConstraint(
                name="escalation_by_voice_says_to_whom", condition=~Q(method__in=BY_VOICE) | ~Q(person="")
            ),
            models.CheckConstraint(name="escalation_has_happened", condition=Q(sent_at__lte=F("at"))),
            says_why_not(
                "escalation_says_why_the_young_person_was_not_told",
                "young_person_told",
                "young_person_not_told_because",
            ),
            says_why_not("escalation_says_why_no_parent_was_told", "parent_told", "parent_not_told_because"),
        ]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(route__in=STATUTORY), name="escalation_statutory_by_time")
        ]
        triggers = [
            of_a_concern_being_acted_on("escalation"),
            *written_once(
                "escalation_is_written_once",
                "What was done stays as it was written. Add what came after to correct it.",
            ),
        ]

    def __str__(self):
        return f"escalation {self.pk}"


@tracked
class Reply(models.Model):
    """What came after a concern was taken further: they have it, what came of it, that we asked again or disagree."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="replies")
    kind = choice(ReplyKind)
    person = line(_("who said it"), length=120)
    words = words(_("what was said"))
    happened_on = models.DateField(_("when was it?"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(name="reply_kind_known", condition=Q(kind__in=ReplyKind.values)),
            models.CheckConstraint(
                name="reply_says_what_came_of_it", condition=Q(kind=ReplyKind.ACKNOWLEDGED) | ~Q(words="")
            ),
            models.CheckConstraint(name="reply_has_happened", condition=Q(happened_on__lte=DayOf("at"))),
        ]
        triggers = written_once("reply_is_written_once", "What they said stays as it was written. Add another.")

    def __str__(self):
        return f"reply {self.pk}"


@tracked
class ConcernAction(models.Model):
    """Something that a colleague does about a concern until a day, also to follow up what was taken further."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="actions")
    follows_up = models.ForeignKey(Escalation, on_delete=models.PROTECT, null=True, related_name="follow_ups")
    what = models.CharField(_("what is to be done"), max_length=300)
    owner = staff(verbose_name=_("who does it"))
    due_on = models.DateField(_("by when"))
    set_by = staff(editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by = staff(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    came_to = answer(ActionEnd, _("what came of it"), length=12)
    words = words(_("what was done"))

    objects = ConcernActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="action_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="action_is_due_when_it_is_set_or_later", condition=Q(due_on__gte=DayOf("set_at"))
            ),
            models.CheckConstraint(
                name="action_done_by_someone_at_some_time_and_says_how",
                condition=Q(done_by__isnull=True, done_at__isnull=True, came_to="", words="")
                | Q(
                    done_by__isnull=False,
                    done_at__isnull=False,
                    done_at__gte=F("set_at"),
                    came_to__in=ActionEnd.values,
                ),
            ),
            models.CheckConstraint(
                name="action_not_needed_says_why", condition=~Q(came_to=ActionEnd.NOT_NEEDED) | ~Q(words="")
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="concern_action_owed")
        ]
        triggers = [
            of_a_concern_being_acted_on("action"),
            follows_up_the_same_concern(),
            *written_once(
                "action_is_done_once",
                "What was to be done stays as it was written, and is done once. Set another.",
                unless=f"OLD.done_at IS NULL AND {same_but('done_by_id', 'done_at', 'came_to', 'words')}",
            ),
        ]

    def __str__(self):
        return f"action {self.pk}"

    @property
    def is_open(self):
        return self.done_at is None

    @property
    def is_overdue(self):
        return self.is_open and self.due_on < timezone.localdate()


@tracked
class YoungPersonTold(models.Model):
    """Whether the young person was told of the concern and of what we do, and if not, why. The latest holds."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="tellings")
    was_told = models.BooleanField(_("they were told"))
    told_on = models.DateField(_("when were they told?"), null=True, blank=True)
    by_whom = line(_("who told them"), length=120)
    their_words = words(_("what they said"))
    not_told_because = words(_("why they were not told"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "young person told"
        ordering = ["at", "pk"]
        constraints = [
            says_why_not("telling_says_why_not", "was_told", "not_told_because"),
            models.CheckConstraint(
                name="telling_says_who_told_them_and_when",
                condition=(Q(was_told=True, told_on__isnull=False, told_on__lte=DayOf("at")) & ~Q(by_whom=""))
                | Q(was_told=False, told_on__isnull=True, by_whom="", their_words=""),
            ),
        ]
        triggers = written_once("telling_is_written_once", "It stays as it was written. Add how it is now.")

    def __str__(self):
        return f"telling {self.pk}"
