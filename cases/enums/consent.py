"""What was agreed, by whom and how: five separate records, never one tick-box (domain.md 2.6 and 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from referrals.enums import DeliveryMode


class ConsentPurpose(models.TextChoices):
    """The service, and what is asked for apart from it: each of the others is off until it is agreed."""

    SERVICE = "service", _("Taking part")
    REMOTE_VIDEO = "remote_video", _("Meeting by video")
    ANONYMOUS_QUOTE = "anonymous_quote", _("Using their words without their name")
    FEEDBACK_CONTACT = "feedback_contact", _("Asking them afterwards how it was")
    CREATIVE_WORK = "creative_work", _("Keeping a picture of what they made")


EXTRAS = tuple(purpose for purpose in ConsentPurpose if purpose != ConsentPurpose.SERVICE)


class ConsentStep(models.TextChoices):
    SOUGHT = "sought", _("We asked; they have not answered yet")
    GIVEN = "given", _("They said yes")
    GIVEN_PARTIAL = "given_partial", _("They said yes to a part of it")
    DECLINED = "declined", _("They said no")
    NOT_ABLE_TO_DECIDE_NOW = "not_able_to_decide_now", _("They cannot decide now")
    WITHDRAWN = "withdrawn", _("They no longer agree")
    RENEWED = "renewed", _("They agree again, as before")
    REVIEWED_UNCHANGED = "reviewed_unchanged", _("We talked about it again; nothing has changed")


P = ConsentStep
AGREES = (P.GIVEN, P.GIVEN_PARTIAL)  # says anew what is agreed to
SAYS_YES = (*AGREES, P.RENEWED)
SAYS_NO = (P.DECLINED, P.WITHDRAWN)
DECIDES = (*SAYS_YES, *SAYS_NO, P.NOT_ABLE_TO_DECIDE_NOW)
OF_AN_EXTRA = (P.SOUGHT, P.GIVEN, P.DECLINED, P.WITHDRAWN)  # yes or no; there is no part of it


class ConsentState(models.TextChoices):
    """Derived from the ledger, never stored (design.md 6.2)."""

    NOT_ASKED = "not_asked", _("Consent: not asked yet")
    GIVEN = "given", _("Consent given")
    GIVEN_IN_PART = "given_in_part", _("Consent given in part")
    REFUSED = "refused", _("Said no")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")
    REVIEW_DUE = "review_due", _("Talk about consent again")
    CANNOT_DECIDE = "cannot_decide", _("They cannot decide now")


AGREED_NOW = (ConsentState.GIVEN, ConsentState.GIVEN_IN_PART, ConsentState.REVIEW_DUE)
STOPPED = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


class ConsentMethod(models.TextChoices):
    VERBAL_IN_PERSON = "verbal_in_person", _("Said in person")
    VERBAL_PHONE = "verbal_phone", _("Said on the phone")
    VERBAL_VIDEO = "verbal_video", _("Said in a video call")
    WRITTEN_PAPER = "written_paper", _("Written on paper")
    WRITTEN_ELECTRONIC = "written_electronic", _("Written on a screen")
    SIGNED_OR_SYMBOL = "signed_or_symbol", _("Signed, or with a symbol")
    VIA_INTERPRETER = "via_interpreter", _("Through an interpreter")
    VIA_ADVOCATE = "via_advocate", _("Through an advocate")


class Explained(models.TextChoices):
    """What somebody must know before they can agree. All of it, before *given*."""

    WHAT_IT_IS = "what_it_is", _("What the service is")
    WHO_THE_WORKER_IS = "who_the_worker_is", _("Who the worker is")
    HOW_LONG = "how_long", _("How long it takes: up to six months, and it may be longer")
    THEIR_CHOICE = "their_choice", _("That it is their choice")
    CAN_STOP = "can_stop", _("That they can stop any time without losing other help")
    WHAT_IS_WRITTEN = "what_is_written", _("What is written down, and who sees it")
    WHEN_WE_SHARE = "when_we_share", _("When we must share without their agreement")
    SEEING_RECORDS = "seeing_records", _("How they can see their records")
    COMPLAINING = "complaining", _("How to complain")
    MISSING_SESSIONS = "missing_sessions", _("What happens when they miss sessions")
    REMOTE_SAFETY = "remote_safety", _("How we keep remote sessions safe")


ALWAYS_EXPLAINED = tuple(item.value for item in Explained if item != Explained.REMOTE_SAFETY)
REMOTE = (DeliveryMode.PHONE.value, DeliveryMode.CHAT.value)  # video is asked for apart


class FormatUsed(models.TextChoices):
    TALKING = "talking", _("Talking")
    EASY_READ = "easy_read", _("Easy read")
    PICTURES = "pictures", _("Pictures")
    WELSH = "welsh", _("Welsh")
    OTHER_LANGUAGE = "other_language", _("Another language")
    BSL = "bsl", _("British Sign Language")


class Pressure(models.TextChoices):
    """Whether anybody pressed them to say yes, or no."""

    NONE = "none", _("No")
    POSSIBLE = "possible", _("Possibly")
    YES = "yes", _("Yes")


class DecisionBasis(models.TextChoices):
    """Why their answer counts, for this decision on this day. Never said of a person for good."""

    GILLICK_COMPETENT = "gillick_competent", _("Under 16, and understands what this decision means (Gillick competent)")
    PARENTAL_ONLY = (
        "parental_only_under_16_not_competent",
        _("Under 16, does not understand this decision yet; a parent agreed"),
    )
    CAPACITY_PRESUMED = "capacity_presumed_16_plus", _("16 or older: they decide, as we presume of everybody")
    CAPACITY_ASSESSED = "capacity_assessed", _("There was doubt; capacity was assessed, and they can decide")
    BEST_INTERESTS = "best_interests_16_plus", _("They cannot decide this; decided in their best interests")


BASES_WITH_A_NOTE = tuple(basis.value for basis in DecisionBasis if basis != DecisionBasis.CAPACITY_PRESUMED)


class WorkKind(models.TextChoices):
    """What somebody may agree to a part of (domain.md 5.7). What is not direct work needs no consent."""

    ASSESSMENT = "assessment", _("Finding out what is strong and what is hard")
    RELATIONSHIP_BUILDING = "relationship_building", _("Getting to know each other")
    AWARENESS_RAISING = "awareness_raising", _("Awareness-raising (safety and relationships)")
    BESPOKE_INTERVENTION = "bespoke_intervention", _("Bespoke work (made for them)")
    EMOTIONAL_SUPPORT = "emotional_support", _("Emotional support")
    EMOTIONAL_REGULATION = "emotional_regulation", _("Emotional regulation (ways to feel calmer)")
    THERAPEUTIC = "therapeutic", _("Therapeutic work")
    SAFETY_PLANNING = "safety_planning", _("Planning for safety")
    REVIEW = "review", _("Looking back together")
    ADVOCACY = "advocacy", _("Speaking up for them")
    PRACTICAL_SUPPORT = "practical_support", _("Practical help")
    ENDING = "ending", _("Ending well")
    JOINT_YP_CARER = "joint_yp_carer", _("Meeting together with a parent or carer")


# Screening, first contact and the conversation about consent come before it (R-nat-12); safety never waits for it.
NEEDS_NO_CONSENT = ("screening", "first_contact", "consent_conversation", "welfare_check", "duty_response")


class ParentalAnswer(models.TextChoices):
    """What a person with parental responsibility knows and says. It blocks no young person who can decide."""

    AGREES = "agrees", _("Knows, and agrees")
    AWARE_NOT_ASKED = "aware_not_asked", _("Knows, and was not asked")
    AWARE_DISAGREES = "aware_disagrees", _("Knows, and disagrees")
    NOT_AWARE_NOT_SAFE = "not_aware_not_safe", _("Does not know: it is not safe to tell them")
    NOT_AWARE_OTHER_REASON = "not_aware_other_reason", _("Does not know, for another reason")
    NOT_APPLICABLE_18_PLUS = "not_applicable_18_plus", _("Not asked: the young person is 18 or older")
    NOT_KNOWN = "not_known", _("Not known")


PARENTAL_WITH_A_REASON = (
    ParentalAnswer.NOT_AWARE_NOT_SAFE.value,
    ParentalAnswer.NOT_AWARE_OTHER_REASON.value,
    ParentalAnswer.NOT_KNOWN.value,
)


class SharingScope(models.TextChoices):
    """Whom we may talk to."""

    CSC = "csc", _("Children’s social care or social services")
    POLICE = "police", _("Police")
    SCHOOL = "school", _("School, college or training")
    HEALTH_GP = "health_gp", _("GP and nurse")
    CAMHS = "camhs", _("Mental health service")
    PARENT_CARER = "parent_carer", _("A parent or carer")
    YJS = "yjs", _("Youth justice")
    RESIDENTIAL_FOSTER = "residential_foster", _("Where they live: foster or residential home")
    NETWORK_MEETINGS = "network_meetings", _("Meetings of several services about them")
    REFERRER_OUTCOME = "referrer_outcome", _("Telling the referrer the outcome")
    OTHER = "other", _("Somebody else")


NAMED_SCOPES = (SharingScope.PARENT_CARER.value, SharingScope.OTHER.value)


class SharingTopic(models.TextChoices):
    """About what we may talk with a parent or carer."""

    SAFETY = "safety", _("Safety")
    ATTENDANCE = "attendance", _("Whether they come")
    PROGRESS = "progress", _("How it goes")
    CONTENT = "content", _("What they say in sessions")


class SharingDecision(models.TextChoices):
    AGREED = "agreed", _("They agree")
    AGREED_LIMITED = "agreed_limited", _("They agree, with limits")
    NOT_AGREED = "not_agreed", _("They do not agree")
    NOT_ASKED = "not_asked", _("Not asked")
    SHARED_WITHOUT_AGREEMENT = "shared_without_agreement", _("Shared without their agreement")


class SharingGround(models.TextChoices):
    """Why something was shared although nobody agreed."""

    SAFETY = "safety", _("To keep somebody safe")
    LEGAL_DUTY = "legal_duty", _("The law requires it")
    COURT_ORDER = "court_order", _("A court ordered it")


class ToldBefore(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class InformedPerson(models.TextChoices):
    """Whom we told what we hold about them, and their rights."""

    YOUNG_PERSON = "young_person", _("The young person")
    PARENT_OR_CARER = "parent_or_carer", _("A parent or carer")


class WordingLanguage(models.TextChoices):
    ENGLISH = "en-gb", _("English")
    WELSH = "cy", _("Welsh")
