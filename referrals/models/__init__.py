"""A referral from its draft to its decision."""

from referrals.models.decisions import Decision, NotAcceptedReason
from referrals.models.drafts import OneTimeCode, ReferralDraft
from referrals.models.named import Agreement, FamilyMember, ProfessionalInvolved, SignSeen
from referrals.models.referral import Note, Referral, StatusChange
from referrals.models.safety import PersonOfConcern, PlaceOfConcern, SafetyAnswers
from referrals.models.young_person import ReferredYoungPerson

__all__ = [
    "Agreement",
    "Decision",
    "FamilyMember",
    "NotAcceptedReason",
    "Note",
    "OneTimeCode",
    "PersonOfConcern",
    "PlaceOfConcern",
    "ProfessionalInvolved",
    "Referral",
    "ReferralDraft",
    "ReferredYoungPerson",
    "SafetyAnswers",
    "SignSeen",
    "StatusChange",
]
