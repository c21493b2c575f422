"""What a referrer has typed and not sent, and the codes that prove an e-mail address."""

import json
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.encryption import decrypt, encrypt
from referrals.enums import CodePurpose
from referrals.querysets import ReferralDraftQuerySet

KEEP_DRAFTS = timedelta(days=30)


class ReferralDraft(models.Model):
    """The raw answers of a referral that was not sent: sealed for its row, gone after 30 days or when sent.

    Its id is the token that makes a submission happen once. It has no row
    history on purpose: history would keep what the purge must remove.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en-gb")
    sealed_answers = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now)

    objects = ReferralDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-touched_at"]
        constraints = [
            models.CheckConstraint(
                name="draft_touched_after_it_was_made", condition=Q(touched_at__gte=F("created_at"))
            ),
            models.CheckConstraint(name="draft_email_in_lower_case", condition=Q(email=Lower("email"))),
        ]
        indexes = [
            models.Index(fields=["email", "-touched_at"], name="draft_by_referrer"),
            models.Index(fields=["touched_at"], name="draft_to_purge"),
        ]

    def __str__(self):
        return f"draft {self.pk}"

    @property
    def answers(self):
        """The raw answers: a mapping from section to field name to the list of values typed."""
        return json.loads(decrypt(bytes(self.sealed_answers), purpose="drafts", of=str(self.pk)))

    @answers.setter
    def answers(self, answers):
        self.sealed_answers = encrypt(json.dumps(answers).encode(), purpose="drafts", of=str(self.pk))

    @property
    def kept_until(self):
        return self.touched_at + KEEP_DRAFTS


class OneTimeCode(models.Model):
    """Six digits sent to an address: ten minutes, five tries, used once. Stored only as a hash.

    ``asked_by`` is a hash of the browser that asked: nobody else can use the
    code, spoil it with wrong tries, or replace it.
    """

    email = models.EmailField()
    purpose = models.CharField(max_length=10, choices=CodePurpose.choices, default=CodePurpose.REFERRER)
    asked_by = models.CharField(max_length=64, default="", db_default="")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="code_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))),
            models.CheckConstraint(name="code_purpose_known", condition=Q(purpose__in=CodePurpose.values)),
        ]
        indexes = [models.Index(fields=["email", "-created_at"], name="code_by_email")]

    def __str__(self):
        return f"code {self.pk}"
