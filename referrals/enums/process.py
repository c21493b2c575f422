"""A referral's way from its arrival to its decision, and the answers of the first check."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.enums import Scheme


class ReferralStatus(models.TextChoices):
    SUBMITTED = "submitted", _("New")
    SCREENING = "screening", _("Being screened")
    AWAITING_INFORMATION = "awaiting_information", _("Waiting for information")
    ON_HOLD = "on_hold", _("On hold")
    ACCEPTED = "accepted", _("Accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    DUPLICATE = "duplicate", _("Joined to another referral")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ReferralStatus

# Terminal states go back to screening only by a manager, with a reason.
ALLOWED_MOVES = {
    S.SUBMITTED: {S.SCREENING, S.WITHDRAWN},
    S.SCREENING: {
        S.AWAITING_INFORMATION,
        S.ON_HOLD,
        S.ACCEPTED,
        S.NOT_ACCEPTED,
        S.DUPLICATE,
        S.WITHDRAWN,
    },
    S.AWAITING_INFORMATION: {S.SCREENING, S.WITHDRAWN},
    S.ON_HOLD: {S.SCREENING, S.WITHDRAWN},
    S.ACCEPTED: {S.SCREENING},
    S.NOT_ACCEPTED: {S.SCREENING},
    S.DUPLICATE: {S.SCREENING},
    S.WITHDRAWN: {S.SCREENING},
}
OPEN = (S.SUBMITTED, S.SCREENING, S.AWAITING_INFORMATION, S.ON_HOLD)
ENDED = tuple(status for status in S if status not in OPEN)


class Category(models.TextChoices):
    """Who the service is for: the four of the national leaflet, then the three routes of South Wales."""

    HEIGHTENED_RISK = "heightened_risk", _("At heightened risk of child sexual exploitation")
    SUSPECTED = "suspected", _("Suspected of being sexually exploited")
    CURRENT = "current", _("Currently being sexually exploited")
    KNOWN_PAST = "known_past", _("Known to have been subjected to sexual exploitation")
    WAL_A_VULNERABLE = (
        "wal_a_vulnerable",
        _("In a situation that could lead to sexual exploitation, and not at immediate risk of it"),
    )
    WAL_B_TRAUMA = "wal_b_trauma", _("Has been through trauma, and is now in a place to use support")
    WAL_C_HIGH_OR_CURRENT = (
        "wal_c_high_or_current",
        _("At high risk of sexual exploitation, or being sexually exploited now"),
    )


C = Category

CATEGORIES_OF = {
    Scheme.NAT4: (C.HEIGHTENED_RISK, C.SUSPECTED, C.CURRENT, C.KNOWN_PAST),
    Scheme.WAL3: (C.WAL_A_VULNERABLE, C.WAL_B_TRAUMA, C.WAL_C_HIGH_OR_CURRENT),
}
# Route C joins two things; a compulsory follow-up tells them apart (domain.md 1.4).
FOLLOW_UPS_OF_ROUTE_C = (C.HEIGHTENED_RISK, C.SUSPECTED, C.CURRENT)
OPENS_THE_SAFETY_QUESTIONS = (C.CURRENT, C.WAL_C_HIGH_OR_CURRENT)


class Danger(models.TextChoices):
    """Is there danger now, or a crime happening now?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure")


class SocialCareTold(models.TextChoices):
    TOLD = "told", _("Yes, they have been told")
    TELLING_NOW = "telling_now", _("We are telling them now")
    NOT_AT_THAT_LEVEL = "not_at_that_level", _("No, it is not at that level")
    NOT_SURE = "not_sure", _("Not sure")


# Whoever has told them is not asked whether they know.
ASKS_WHETHER_SOCIAL_CARE_KNOWS = (SocialCareTold.NOT_AT_THAT_LEVEL, SocialCareTold.NOT_SURE)


class HarmStatus(models.TextChoices):
    """Harm, kept apart from risk (domain.md 3.3)."""

    NO_KNOWN_HARM = "no_known_harm", _("No harm is known to have happened")
    SUSPECTED_HARM = "suspected_harm", _("Harm is suspected")
    DISCLOSED_HARM = "disclosed_harm", _("The young person, or somebody else, has told of harm")
    CONFIRMED_BY_AGENCY = "confirmed_by_agency", _("An agency has confirmed harm")
    NOT_KNOWN = "not_known", _("Not known")


class AgencyType(models.TextChoices):
    CHILDRENS_SOCIAL_CARE = "childrens_social_care", _("Children’s social care or social services")
    EARLY_HELP = "early_help", _("Early help or family support")
    POLICE = "police", _("Police")
    SCHOOL = "school", _("School")
    COLLEGE_OR_TRAINING = "college_or_training", _("College or training")
    EDUCATION_WELFARE = "education_welfare", _("Education welfare")
    HEALTH_GP = "health_gp", _("GP")
    HEALTH_SCHOOL_NURSE = "health_school_nurse", _("School nurse")
    HEALTH_HOSPITAL = "health_hospital", _("Hospital")
    SEXUAL_HEALTH = "sexual_health", _("Sexual health service")
    SARC = "sarc", _("Sexual assault referral centre")
    CAMHS = "camhs", _("CAMHS or other mental health service")
    YOUTH_JUSTICE = "youth_justice", _("Youth justice")
    PROBATION = "probation", _("Probation")
    RESIDENTIAL_HOME = "residential_home", _("Residential home")
    FOSTERING = "fostering", _("Fostering")
    SUPPORTED_ACCOMMODATION = "supported_accommodation", _("Supported accommodation")
    HOUSING = "housing", _("Housing")
    YOUTH_SERVICE = "youth_service", _("Youth service")
    VOLUNTARY_SECTOR = "voluntary_sector", _("Charity or voluntary organisation")
    SUBSTANCE_USE = "substance_use", _("Substance use service")
    DOMESTIC_ABUSE_SERVICE = "domestic_abuse_service", _("Domestic abuse service")
    COURT_OR_CAFCASS = "court_or_cafcass", _("Court or Cafcass")
    COURT_OR_CAFCASS_CYMRU = "court_or_cafcass_cymru", _("Court or Cafcass Cymru")
    NSPCC_INTERNAL = "nspcc_internal", _("Another NSPCC team")
    NSPCC_HELPLINE = "nspcc_helpline", _("The NSPCC helpline")
    CHILDLINE_WITH_AGREEMENT = "childline_with_agreement", _("Childline, with the young person’s agreement")
    OTHER = "other", _("Another organisation")


class Priority(models.TextChoices):
    """How fast we respond. It says nothing about the young person."""

    IMMEDIATE = "immediate", _("Act now")
    SOON = "soon", _("Within days")
    STANDARD = "standard", _("Planned")
    AWARENESS = "awareness", _("Planned: awareness")


class Outcome(models.TextChoices):
    """What was decided (domain.md 4.5)."""

    ACCEPTED_ALLOCATE = "accepted_allocate", _("Accepted, to be allocated")
    ACCEPTED_WAITING_LIST = "accepted_waiting_list", _("Accepted, to the waiting list")
    ACCEPTED_ASSESSMENT_ONLY = "accepted_assessment_only", _("Accepted for an assessment only")
    ACCEPTED_CARER_ONLY = "accepted_carer_only", _("Accepted for work with the parent or carer only")
    ACCEPTED_CONSULTATION_ONLY = "accepted_consultation_only", _("Accepted for a consultation only")
    REDIRECTED_STATUTORY = "redirected_statutory", _("Redirected to social care, police or adult services")
    SIGNPOSTED_OTHER_SERVICE = "signposted_other_service", _("Signposted to another service")
    OFFER_GROUP_WORK = "offer_group_work", _("Offer of group work")
    NOT_ELIGIBLE = "not_eligible", _("Not within what the service can offer")
    NO_CONTACT_POSSIBLE = "no_contact_possible", _("No contact was possible")
    NO_CAPACITY = "no_capacity", _("No capacity")
    DUPLICATE_MERGED = "duplicate_merged", _("Joined to another referral")
    DECLINED_BY_YOUNG_PERSON = "declined_by_young_person", _("The young person said no")
    WITHDRAWN_BY_REFERRER = "withdrawn_by_referrer", _("Withdrawn by the referrer")


ACCEPTS = (
    Outcome.ACCEPTED_ALLOCATE,
    Outcome.ACCEPTED_WAITING_LIST,
    Outcome.ACCEPTED_ASSESSMENT_ONLY,
    Outcome.ACCEPTED_CARER_ONLY,
    Outcome.ACCEPTED_CONSULTATION_ONLY,
)
WITHDRAWS = (Outcome.DECLINED_BY_YOUNG_PERSON, Outcome.WITHDRAWN_BY_REFERRER)
DOES_NOT_ACCEPT = tuple(
    outcome for outcome in Outcome if outcome not in (*ACCEPTS, *WITHDRAWS, Outcome.DUPLICATE_MERGED)
)
ALWAYS_BY_TWO = (Outcome.NOT_ELIGIBLE, Outcome.NO_CAPACITY)
STATUS_AFTER = (
    dict.fromkeys(ACCEPTS, S.ACCEPTED)
    | dict.fromkeys(WITHDRAWS, S.WITHDRAWN)
    | dict.fromkeys(DOES_NOT_ACCEPT, S.NOT_ACCEPTED)
    | {Outcome.DUPLICATE_MERGED: S.DUPLICATE}
)


class NotAcceptedMeaning(models.TextChoices):
    """What a locally worded reason counts as in national figures."""

    UNDER_AGE = "under_age", _("Younger than the service works with")
    OVER_AGE = "over_age", _("Older than the service works with")
    OUT_OF_AREA = "out_of_area", _("Lives outside the area of every centre")
    NO_CSE_CONCERN = "no_cse_concern", _("No concern about sexual exploitation")
    NEEDS_OTHER_SPECIALIST_SERVICE = (
        "needs_other_specialist_service",
        _("Another specialist service fits better"),
    )
    ALREADY_RECEIVING_EQUIVALENT = "already_receiving_equivalent", _("Already has this kind of support")
    STATUTORY_SAFETY_NEEDED_FIRST = (
        "statutory_safety_needed_first",
        _("Safety through social care comes first"),
    )
    YOUNG_PERSON_DOES_NOT_WANT = "young_person_does_not_want", _("The young person does not want it now")
    NOT_SAFE_TO_CONTACT = "not_safe_to_contact", _("There is no safe way to make contact yet")
    INSUFFICIENT_INFORMATION_AFTER_CHASING = (
        "insufficient_information_after_chasing",
        _("We asked and still know too little"),
    )
    REFERRAL_MADE_IN_ERROR = "referral_made_in_error", _("The referral was made in error")
    OTHER = "other", _("Another reason")


class SecondPersonReason(models.TextChoices):
    """Why one person alone may not decide (design.md 6.2)."""

    CURRENT_EXPLOITATION = "current_exploitation", _("accepting where exploitation is happening now")
    AGAINST_A_FINDING = "against_a_finding", _("accepting although something does not fit the service")
    OPEN_CONCERN = "open_concern", _("not accepting, or joining to another, while a safeguarding concern is open")
    OUTCOME_NEEDS_TWO = "outcome_needs_two", _("this outcome always needs a second person")


class NoteKind(models.TextChoices):
    NOTE = "note", _("Note")
    PRIORITY = "priority", _("Priority")
    ASSIGNMENT = "assignment", _("Assignment")


class CodePurpose(models.TextChoices):
    REFERRER = "referrer", _("To prove an e-mail address")
