"""Letters owed. A row is written in the transaction of the act; a relay pays it later."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT = timedelta(hours=1)  # until a letter is tried again


class Failure(models.TextChoices):
    """How a try failed, as far as it may be told: an answer of a mail server quotes the address."""

    AWAY = "away", _("The mail server went away")
    BUSY = "busy", _("The mail server asks us to come later")
    REFUSED = "refused", _("The mail server refused it")
    OURS = "ours", _("The letter could not be written")


class MessageQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at__isnull=True)

    def written_to(self, address):
        """The latest first, as long as we know whom we wrote to: 30 days after it was sent."""
        return self.filter(to=address).exclude(to="").order_by("-created_at", "-pk")

    def owed(self):
        """Not sent, and its time has come: a failed try waits longer each time.

        One that was never tried does not wait, and none waits longer than the longest wait: only a clock that was
        set back makes it look so.
        """
        now = timezone.now()
        waits = Q(tries__gt=0, try_after__gt=now, try_after__lte=now + LONGEST_WAIT)
        return self.unsent().exclude(waits)

    def oldest_owed(self):
        """Since when the oldest has waited, or None."""
        return self.unsent().aggregate(oldest=Min("created_at"))["oldest"]

    def waiting_by_template(self):
        """How many of each letter wait, since when, and the most tries that one took; the oldest first."""
        counted = {"count": Count("pk"), "oldest": Min("created_at"), "most_tries": Max("tries")}
        return self.unsent().values("template").annotate(**counted).order_by("oldest", "template")

    def failing_by_kind(self):
        """How many of those that wait failed in which way at their last try, and when one is tried again."""
        counted = {"count": Count("pk"), "most_tries": Max("tries"), "next_try": Min("try_after")}
        return self.unsent().exclude(failure="").values("failure").annotate(**counted).order_by("-count", "failure")


class Message(models.Model):
    """One e-mail owed. It can hold only what a stranger may read: no name, no detail, no free text."""

    key = models.CharField(max_length=120, help_text="What makes this message the only one of its kind.")
    template = models.SlugField(max_length=60)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    to = models.EmailField(blank=True)
    reference = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="Counts by kind: whole numbers only.")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    try_after = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(
        max_length=10, choices=Failure, blank=True, default="", db_default="", help_text="Of the last try."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    address_blanked_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_is_owed_once"),
            models.CheckConstraint(
                name="message_has_an_address_until_it_is_blanked",
                condition=Q(address_blanked_at__isnull=True) & ~Q(to="")
                | Q(address_blanked_at__isnull=False, sent_at__isnull=False, to=""),
            ),
            models.CheckConstraint(name="message_failure_known", condition=Q(failure__in=["", *Failure.values])),
            models.CheckConstraint(
                name="message_is_sent_after_it_is_owed",
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("created_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["try_after"], condition=Q(sent_at__isnull=True), name="message_owed"),
            models.Index(fields=["to", "-created_at"], condition=~Q(to=""), name="message_by_address"),
            models.Index(fields=["sent_at"], condition=Q(address_blanked_at__isnull=True), name="message_to_blank"),
        ]

    def __str__(self):
        return f"{self.template} {self.pk}"

    @property
    def message_id(self):
        """The same for every try, so that a letter sent twice shows once."""
        return f"<{self.pk}.{self.created_at:%Y%m%d%H%M%S%f}@protect-and-respect.invalid>"
