"""How it is safe to reach somebody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.enums import CallerNumber, SafeContactKind, SafeFlag, SayWhoCalls, WhoReadsIt
from people.models.subjects import DataSubject


def flag(verbose_name):
    return models.CharField(verbose_name, max_length=14, choices=SafeFlag.choices, default=SafeFlag.NOT_CONFIRMED)


@tracked
class SafeContact(models.Model):
    """One way to reach somebody, and on which channels it is safe (domain.md 2.5).

    What a referrer says stands here as they said it. Nothing is sent on it
    before one of us has confirmed it: ``confirmed_by`` and ``confirmed_on``.
    """

    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="safe_contacts")
    whose = models.CharField(_("whose it is"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=18, choices=SafeContactKind.choices)
    value = models.CharField(_("number or address"), max_length=300, blank=True)
    who_reads_it = models.CharField(_("who reads or hears it"), max_length=20, choices=WhoReadsIt.choices, blank=True)
    safe_to_call = flag(_("safe to call"))
    safe_to_voicemail = flag(_("safe to leave a message"))
    safe_to_text = flag(_("safe to text"))
    safe_to_email = flag(_("safe to e-mail"))
    safe_to_post = flag(_("safe to post"))
    say_who_calls = models.CharField(_("what we may say"), max_length=18, choices=SayWhoCalls.choices, blank=True)
    cover_phrase = models.CharField(_("what was agreed to say"), max_length=200, blank=True)
    caller_number = models.CharField(_("our number"), max_length=14, choices=CallerNumber.choices, blank=True)
    safe_times = models.CharField(_("safe days and times"), max_length=200, blank=True)
    unsafe_times = models.CharField(_("days and times that are not safe"), max_length=200, blank=True)
    must_not_be_told = models.CharField(_("who must not know, and why"), max_length=300, blank=True)
    code_word_not_safe = models.CharField(_("word for “I cannot talk safely”"), max_length=60, blank=True)
    code_word_help = models.CharField(_("word for “I need help now”"), max_length=60, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="safe_contact_kind_known", condition=Q(kind__in=SafeContactKind.values)),
            models.CheckConstraint(
                name="safe_contact_flags_known",
                condition=Q(
                    safe_to_call__in=SafeFlag.values,
                    safe_to_voicemail__in=SafeFlag.values,
                    safe_to_text__in=SafeFlag.values,
                    safe_to_email__in=SafeFlag.values,
                    safe_to_post__in=SafeFlag.values,
                ),
            ),
            models.CheckConstraint(
                name="safe_contact_confirmed_by_someone_on_some_day",
                condition=Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
