"""What a referrer can answer about the young person's life (domain.md 2.4, 2.6, 2.9 and 10).

*Not known* is an answer; blank means that nobody asked; *prefer not to say*
stands only where the young person answered. The words differ by nation where
the law does: ``for_nation`` picks them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.enums import Nation


class Agrees(models.TextChoices):
    """What they say to being referred."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")
    NOT_KNOWN = "not_known", _("Not known")


class AgreementOf(models.TextChoices):
    YOUNG_PERSON = "young_person", _("The young person")
    PARENTAL_RESPONSIBILITY = "parental_responsibility", _("A person with parental responsibility")


class WhyNotTold(models.TextChoices):
    NOT_SAFE_TO_TELL = "not_safe_to_tell", _("It is not safe to tell them")
    YOUNG_PERSON_ASKED_US_NOT_TO = "young_person_asked_us_not_to", _("The young person asked us not to")
    YOUNG_PERSON_IS_ADULT = "young_person_is_adult", _("The young person is 18 or older")
    NOT_REACHED = "not_reached", _("Nobody has reached them yet")
    OTHER = "other", _("Another reason")


class AskedHow(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video call")
    WRITTEN = "written", _("In writing")
    INTERPRETER = "interpreter", _("With an interpreter")
    ADVOCATE = "advocate", _("With an advocate")


class EducationStatus(models.TextChoices):
    FULL_TIME = "full_time", _("School, full time")
    PART_TIME_TIMETABLE = "part_time_timetable", _("School, on a part-time timetable")
    ALTERNATIVE_PROVISION = "alternative_provision", _("Alternative provision")
    SPECIAL_SCHOOL = "special_school", _("Special school")
    ELECTIVELY_HOME_EDUCATED = "electively_home_educated", _("Educated at home by choice")
    SUSPENDED = "suspended", _("Suspended")
    PERMANENTLY_EXCLUDED = "permanently_excluded", _("Permanently excluded")
    NOT_ON_ROLL = "not_on_roll", _("Not on the roll of a school")
    COLLEGE = "college", _("College")
    TRAINING_OR_APPRENTICESHIP = "training_or_apprenticeship", _("Training or apprenticeship")
    WORKING = "working", _("Working")
    NEET = "neet", _("Not in education, work or training")
    NOT_KNOWN = "not_known", _("Not known")


class EducationSupport(models.TextChoices):
    NONE = "none", _("None")
    SEN_SUPPORT = "sen_support", _("SEN support")
    EHC_PLAN = "ehc_plan", _("Education, health and care plan")
    ALN_IDP = "aln_idp", _("Additional learning needs, with an individual development plan")
    BEING_ASSESSED = "being_assessed", _("Being assessed")
    NOT_KNOWN = "not_known", _("Not known")


class DisabilityType(models.TextChoices):
    LEARNING_DISABILITY = "learning_disability", _("Learning disability")
    AUTISM = "autism", _("Autism")
    ADHD = "adhd", _("ADHD")
    PHYSICAL_OR_MOBILITY = "physical_or_mobility", _("Physical or mobility")
    HEARING = "hearing", _("Hearing")
    VISION = "vision", _("Vision")
    SPEECH_LANGUAGE_COMMUNICATION = "speech_language_communication", _("Speech, language or communication")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    LONG_TERM_CONDITION = "long_term_condition", _("Long-term health condition")
    MEMORY_OR_CONCENTRATION = "memory_or_concentration", _("Memory or concentration")
    OTHER = "other", _("Another one")
    NONE_KNOWN = "none_known", _("None that is known")
    PREFER_NOT_TO_SAY = "prefer_not_to_say", _("They prefer not to say")
    NOT_ASKED = "not_asked", _("Not asked")


class SocialCareStatus(models.TextChoices):
    NONE = "none", _("None")
    EARLY_HELP_FAMILY_HELP = "early_help_family_help", _("Early help or family help")
    CHILD_IN_NEED = "child_in_need", _("Child in need plan")
    CHILD_PROTECTION_PLAN = "child_protection_plan", _("Child protection plan")
    EARLY_HELP_FAMILIES_FIRST = "early_help_families_first", _("Early help or Families First")
    CARE_AND_SUPPORT_ASSESSMENT = "care_and_support_assessment", _("Being assessed for care and support")
    CARE_AND_SUPPORT_PLAN = "care_and_support_plan", _("Care and support plan")
    CHILD_PROTECTION_REGISTER = "child_protection_register", _("Name on the Child Protection Register")
    SECTION_47_ENQUIRY = "section_47_enquiry", _("Section 47 enquiry")
    LOOKED_AFTER = "looked_after", _("Looked after")
    CARE_LEAVER_SUPPORT = "care_leaver_support", _("Support as a care leaver")
    CLOSED_RECENTLY = "closed_recently", _("Closed a short while ago")
    NOT_KNOWN = "not_known", _("Not known")


class LookedAfter(models.TextChoices):
    NEVER = "never", _("Never")
    SECTION_20 = "section_20", _("By agreement (section 20)")
    SECTION_76 = "section_76", _("By agreement (section 76)")
    CARE_ORDER = "section_31_care_order", _("Care order (section 31)")
    INTERIM_CARE_ORDER = "section_38_interim_care_order", _("Interim care order (section 38)")
    REMAND = "remand", _("On remand")
    POLICE_PROTECTION_OR_EPO = (
        "police_protection_or_epo",
        _("Police protection or an emergency protection order"),
    )
    PLACED_FOR_ADOPTION = "placed_for_adoption", _("Waiting to be adopted, with the new family")
    PREVIOUSLY_LOOKED_AFTER = "previously_looked_after", _("Looked after earlier")
    CARE_LEAVER = "care_leaver", _("Care leaver")
    SPECIAL_GUARDIANSHIP = "special_guardianship", _("Special guardianship")
    CHILD_ARRANGEMENTS_ORDER_KINSHIP = (
        "child_arrangements_order_kinship",
        _("With relatives, by a child arrangements order"),
    )
    NOT_KNOWN = "not_known", _("Not known")


class ProtectionCategory(models.TextChoices):
    NEGLECT = "neglect", _("Neglect")
    PHYSICAL = "physical", _("Physical abuse")
    EMOTIONAL = "emotional", _("Emotional abuse")
    EMOTIONAL_PSYCHOLOGICAL = "emotional_psychological", _("Emotional or psychological abuse")
    SEXUAL = "sexual", _("Sexual abuse")
    FINANCIAL = "financial", _("Financial abuse")
    MULTIPLE = "multiple", _("More than one")
    NOT_KNOWN = "not_known", _("Not known")


ONLY_IN = {
    Nation.ENGLAND: {
        EducationSupport.SEN_SUPPORT, EducationSupport.EHC_PLAN,
        SocialCareStatus.EARLY_HELP_FAMILY_HELP, SocialCareStatus.CHILD_IN_NEED,
        SocialCareStatus.CHILD_PROTECTION_PLAN, LookedAfter.SECTION_20,
        ProtectionCategory.EMOTIONAL, ProtectionCategory.MULTIPLE,
    },
    Nation.WALES: {
        EducationSupport.ALN_IDP, SocialCareStatus.EARLY_HELP_FAMILIES_FIRST,
        SocialCareStatus.CARE_AND_SUPPORT_ASSESSMENT, SocialCareStatus.CARE_AND_SUPPORT_PLAN,
        SocialCareStatus.CHILD_PROTECTION_REGISTER, LookedAfter.SECTION_76,
        ProtectionCategory.EMOTIONAL_PSYCHOLOGICAL, ProtectionCategory.FINANCIAL,
    },
}  # fmt: skip


def for_nation(choices, nation):
    """What the law of ``nation`` knows of ``choices``, as pairs for a form (domain.md 2.9)."""
    elsewhere = set().union(*(values for other, values in ONLY_IN.items() if other != nation))
    return [(choice.value, choice.label) for choice in choices if choice not in elsewhere]


class ProfessionalRole(models.TextChoices):
    SOCIAL_WORKER = "social_worker", _("Social worker")
    INDEPENDENT_REVIEWING_OFFICER = "independent_reviewing_officer", _("Independent reviewing officer")
    POLICE_OFFICER = "police_officer", _("Police officer or exploitation team")
    SCHOOL_SAFEGUARDING_LEAD = "school_safeguarding_lead", _("Safeguarding lead at school")
    YOUTH_JUSTICE_WORKER = "youth_justice_worker", _("Youth justice worker")
    CAMHS = "camhs", _("CAMHS worker")
    SCHOOL_NURSE = "school_nurse", _("School nurse")
    GP = "gp", _("GP")
    LOOKED_AFTER_NURSE = "looked_after_nurse", _("Nurse for children in care")
    YOUTH_WORKER = "youth_worker", _("Youth worker")
    FAMILY_SUPPORT = "family_support", _("Early help or family support worker")
    ISVA = "isva", _("Independent sexual violence adviser (ISVA or ChISVA)")
    PERSONAL_ADVISER = "personal_adviser", _("Personal adviser")
    TRAFFICKING_GUARDIAN = "trafficking_guardian", _("Independent child trafficking guardian")
    RESIDENTIAL_KEY_WORKER = "residential_key_worker", _("Key worker in a residential home")
    SUPERVISING_SOCIAL_WORKER = "supervising_social_worker", _("Social worker of the foster carer")
    ADVOCATE = "advocate", _("Advocate")
    SOLICITOR = "solicitor", _("Solicitor")
    OTHER = "other", _("Another role")


class CarerResponse(models.TextChoices):
    """Whether a parent or carer wants support of their own. It changes nothing for the young person (R-nat-32)."""

    WANTS_SUPPORT = "wants_support", _("Yes")
    WANTS_INFORMATION_ONLY = "wants_information_only", _("Information only")
    DECLINED = "declined", _("No")
    UNDECIDED = "undecided", _("They have not decided")
    NOT_ASKED = "not_asked", _("Not asked")
    NOT_SAFE_TO_ASK = "not_safe_to_ask", _("It is not safe to ask")
    NO_CARER = "no_carer", _("There is no parent or carer")


class OtherExploitation(models.TextChoices):
    CRIMINAL = "criminal_exploitation", _("Criminal exploitation")
    TRAFFICKING = "trafficking", _("Trafficking")
    ONLINE = "online", _("Online abuse")
    BY_PEERS = "peer_on_peer", _("Abuse by other young people")
    IN_THE_FAMILY = "familial_abuse", _("Sexual abuse in the family")
    HONOUR_BASED = "honour_based_abuse", _("So-called honour-based abuse")
    HARMFUL_SEXUAL_BEHAVIOUR = "harmful_sexual_behaviour", _("Harmful sexual behaviour")
    NOT_KNOWN = "not_known", _("Not known")


class ExploitationContext(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    BOTH = "both", _("In person and online")
    GROUP = "group", _("By a group")
    GANG = "gang", _("By a gang")
    SINGLE_ADULT = "single_adult", _("By one adult")
    PEER = "peer", _("By another young person")
    FAMILY_MEMBER = "family_member", _("By somebody in the family")
    POSITION_OF_TRUST = "professional_position_of_trust", _("By somebody in a position of trust")
    NOT_KNOWN = "not_known", _("Not known")


class ReferralMechanism(models.TextChoices):
    """The National Referral Mechanism. Under 18 nobody's consent is needed for it."""

    NO = "no", _("No")
    CONSIDERED = "considered", _("It is being considered")
    REFERRED = "referred", _("Yes, no decision yet")
    REASONABLE_GROUNDS = "reasonable_grounds", _("Yes, with a reasonable grounds decision")
    CONCLUSIVE_GROUNDS = "conclusive_grounds", _("Yes, with a conclusive grounds decision")
    NOT_CONFIRMED = "negative", _("Yes, and it was not confirmed")
    NOT_KNOWN = "not_known", _("Not known")


class PoliceStatus(models.TextChoices):
    NONE = "none", _("None")
    INTELLIGENCE_ONLY = "intelligence_only", _("Information was passed on")
    REPORTED = "reported", _("Reported")
    INVESTIGATION = "investigation", _("Being investigated")
    CHARGED = "charged", _("Somebody has been charged")
    TRIAL_LISTED = "trial_listed", _("There is a date for a trial")
    CONCLUDED = "concluded", _("Concluded")
    NO_FURTHER_ACTION = "no_further_action", _("No further action")
    NOT_KNOWN = "not_known", _("Not known")


class ActiveProcess(models.TextChoices):
    STRATEGY_DISCUSSION = "strategy_discussion", _("Strategy discussion")
    EXPLOITATION_MEETING = "exploitation_meeting", _("Exploitation meeting (MACE or MASE)")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    CARE_AND_SUPPORT = "care_and_support", _("Child in need, or care and support")
    MARAC = "marac", _("MARAC")
    MISSING_MEETING = "missing_meeting", _("Meeting about going missing")
    NOT_KNOWN = "not_known", _("Not known")


class PlaceKind(models.TextChoices):
    STREET_OR_PARK = "street_or_park", _("Street or park")
    TRANSPORT_HUB = "transport_hub", _("Station or bus stop")
    SHOP_OR_TAKEAWAY = "shop_or_takeaway", _("Shop or takeaway")
    HOTEL_OR_SHORT_LET = "hotel_or_short_let", _("Hotel or short let")
    HOUSE = "house", _("House or flat")
    SCHOOL = "school", _("School")
    ONLINE_SPACE = "online_space", _("Online")
    EVENT = "event", _("Event")
    VEHICLE = "vehicle", _("Vehicle")
    NOT_KNOWN = "not_known", _("Not known")


class DeliveryMode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone")
    CHAT = "chat", _("Text chat")
