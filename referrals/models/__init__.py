"""A referral from its draft to its decision."""

from referrals.models.decisions import Decision, NotAcceptedReason
from referrals.models.drafts import OneTimeCode, ReferralDraft
from referrals.models.referral import Note, Referral, ReferredYoungPerson, SafetyAnswers, StatusChange

__all__ = [
    "Decision",
    "NotAcceptedReason",
    "Note",
    "OneTimeCode",
    "Referral",
    "ReferralDraft",
    "ReferredYoungPerson",
    "SafetyAnswers",
    "StatusChange",
]
