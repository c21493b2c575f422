"""A referral from its draft to its decision."""

from referrals.models.decisions import Decision, NotAcceptedReason
from referrals.models.drafts import OneTimeCode, ReferralDraft
from referrals.models.named import Agreement, FamilyMember, ProfessionalInvolved, SignSeen
from referrals.models.referral import Note, Referral, StatusChange
from referrals.models.safety import PersonOfConcern, PlaceOfConcern, SafetyAnswers
from referrals.models.screening import CriterionCheck, Question, SavedView
from referrals.models.young_person import ReferredYoungPerson

__all__ = [
    "Agreement",
    "CriterionCheck",
    "Decision",
    "FamilyMember",
    "NotAcceptedReason",
    "Note",
    "OneTimeCode",
    "PersonOfConcern",
    "PlaceOfConcern",
    "ProfessionalInvolved",
    "Question",
    "Referral",
    "ReferralDraft",
    "ReferredYoungPerson",
    "SafetyAnswers",
    "SavedView",
    "SignSeen",
    "StatusChange",
]
