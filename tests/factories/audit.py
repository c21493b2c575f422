"""The trail: one event, written by hand where a test needs one that nobody's act wrote."""

import factory

from audit.models import AuditEvent


class AuditEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuditEvent

    verb = "referral.viewed"
    subject_type = "referrals.referral"
    subject_id = "1"
    system_actor = "test"
