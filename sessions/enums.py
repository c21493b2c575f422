"""Values of a session with a young person (domain.md 5.7 to 5.9). The carer's strand has its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import NEEDS_NO_CONSENT, WorkKind
from referrals.enums import DeliveryMode


class ReadingReason(models.TextChoices):
    """Why a manager reads what was said in a session, who does not work with them (security.md 5)."""

    SUPERVISION = "supervision", _("Supervision")
    COVERING = "covering", _("I stand in for a colleague")
    CONCERN = "concern", _("A concern about this young person")
    COMPLAINT = "complaint", _("A complaint")
    QUALITY = "quality", _("Looking at how good our work is")


class SessionKind(models.TextChoices):
    """What a session is for. Those of ``WorkKind`` are direct work, and ask for consent (R-nat-12)."""

    FIRST_CONTACT = "first_contact", _("First contact")
    CONSENT_CONVERSATION = "consent_conversation", _("Talking about taking part")
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
    WELFARE_CHECK = "welfare_check", _("Asking whether they are safe")
    DUTY_RESPONSE = "duty_response", _("Answering on duty")


DIRECT_WORK = tuple(WorkKind.values)
EXEMPT = tuple(kind for kind in SessionKind.values if kind in NEEDS_NO_CONSENT)
FOR_SAFETY = (SessionKind.WELFARE_CHECK, SessionKind.DUTY_RESPONSE)  # goes on whatever was agreed or withdrawn


class SessionMode(models.TextChoices):
    """Where, or by what means."""

    CENTRE = "in_person_centre", _("At our centre")
    HOME = "in_person_home", _("At home")
    SCHOOL = "in_person_school", _("At school or college")
    COMMUNITY = "in_person_community", _("Somewhere in the community")
    OUTREACH = "in_person_outreach", _("Walking or driving together")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone")
    TEXT_CHAT = "text_chat", _("Text chat")
    LETTER_OR_WORKSHEET = "letter_or_worksheet", _("Letter or worksheet")


M = SessionMode

# What somebody agreed to, in the words of consent. A letter is no meeting: it asks for the kind of work alone.
DELIVERED_AS = {
    **dict.fromkeys((M.CENTRE, M.HOME, M.SCHOOL, M.COMMUNITY, M.OUTREACH), DeliveryMode.IN_PERSON),
    M.VIDEO: DeliveryMode.VIDEO,
    M.PHONE: DeliveryMode.PHONE,
    M.TEXT_CHAT: DeliveryMode.CHAT,
}
REMOTE = (M.VIDEO, M.PHONE, M.TEXT_CHAT)  # asked at every start whether it is safe to talk (domain.md 5.9)


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    PARTLY_HELD = "partly_held", _("Held in part")
    NOT_HELD = "not_held", _("Not held")
    CANCELLED = "cancelled", _("Cancelled")
    RESCHEDULED = "rescheduled", _("Moved to another time")
    BY_MISTAKE = "by_mistake", _("Entered by mistake")


S = SessionStatus

RECORDED = (S.HELD, S.PARTLY_HELD, S.NOT_HELD, S.CANCELLED)
# What came of a session may be put right until it is signed, and stays from then on.
SESSION_MOVES = {
    S.PLANNED: {*RECORDED, S.RESCHEDULED},
    **{status: {*RECORDED, S.BY_MISTAKE} - {status} for status in RECORDED},
    S.RESCHEDULED: set(),
    S.BY_MISTAKE: set(),
}
TOOK_PLACE = (S.HELD, S.PARTLY_HELD)
DO_NOT_STAND = (S.RESCHEDULED, S.BY_MISTAKE)  # another took its place; nobody meant it
TAKE_NO_TIME = (S.CANCELLED, *DO_NOT_STAND)  # of whom they were planned with: not in their diary


class Attendance(models.TextChoices):
    """What came of a session. *Was not brought* is not *did not attend*: a child relies on an adult to get there."""

    ATTENDED = "attended", _("Took part")
    ATTENDED_PART = "attended_part", _("Took part for part of the time")
    CANCELLED_BY_YOUNG_PERSON = "cancelled_by_young_person", _("Young person cancelled")
    CANCELLED_BY_CARER = "cancelled_by_carer", _("Carer cancelled")
    CANCELLED_BY_PRACTITIONER = "cancelled_by_practitioner", _("We cancelled")
    CANCELLED_BY_OTHER_AGENCY = "cancelled_by_other_agency", _("School, placement or another service cancelled")
    WAS_NOT_BROUGHT = "was_not_brought", _("Was not brought")
    DID_NOT_ATTEND = "did_not_attend", _("Did not attend (travels independently)")
    NOT_SEEN = "not_seen_no_contact", _("Not seen – no contact")
    MISSING_AT_TIME = "missing_at_time", _("Was missing")
    NOT_SAFE = "not_safe_to_go_ahead", _("Not safe to go ahead")
    TECHNICAL_PROBLEM = "technical_problem", _("Technical problem")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Ended at the young person’s wish")


A = Attendance

CANCELLED = (
    A.CANCELLED_BY_YOUNG_PERSON,
    A.CANCELLED_BY_CARER,
    A.CANCELLED_BY_PRACTITIONER,
    A.CANCELLED_BY_OTHER_AGENCY,
)
MISSED = (A.WAS_NOT_BROUGHT, A.DID_NOT_ATTEND, A.NOT_SEEN, A.MISSING_AT_TIME)
# Which answers belong to which status: *ended at the young person's wish* before it began, or planned for later.
CAME_OF_IT = {
    S.PLANNED: (),
    S.HELD: (A.ATTENDED,),
    S.PARTLY_HELD: (A.ATTENDED_PART,),
    S.NOT_HELD: (*MISSED, A.NOT_SAFE, A.TECHNICAL_PROBLEM, A.CONSENT_WITHDRAWN),
    S.CANCELLED: (*CANCELLED, A.NOT_SAFE, A.CONSENT_WITHDRAWN),
    S.RESCHEDULED: (),
    S.BY_MISTAKE: (),
}
# The young person owes no reason; everybody else does, we among them.
ASKS_WHY = (A.CANCELLED_BY_CARER, A.CANCELLED_BY_PRACTITIONER, A.CANCELLED_BY_OTHER_AGENCY, A.NOT_SAFE)


class FollowUp(models.TextChoices):
    """What we do on the same day where nobody came, or it was not safe. It is never held against them."""

    TRY_TO_REACH = "try_to_reach", _("We try to reach them today, in a way that is safe for them")
    WELFARE_CHECK = "welfare_check", _("We are worried: somebody makes sure today that they are safe")
    REACHED = "reached", _("We have reached them already")


ASKS_WHAT_NEXT = (*MISSED, A.NOT_SAFE)


class Wish(models.TextChoices):
    """Whose wish it was that a session was moved."""

    YOUNG_PERSON = "young_person", _("The young person’s")
    CARER = "carer", _("The parent’s or carer’s")
    PRACTITIONER = "practitioner", _("Ours")
    OTHER_AGENCY = "other_agency", _("School’s, the placement’s or another service’s")


class Approach(models.TextChoices):
    """How the work was done (R-nat-22)."""

    STABILISATION = "trauma_informed_stabilisation", _("Feeling safe and steady first")
    PSYCHOEDUCATION = "psychoeducation", _("Understanding what happens in body and mind")
    CREATIVE_ARTS = "creative_arts", _("Drawing, music, making")
    MOTIVATIONAL = "motivational", _("Finding their own reasons")
    NARRATIVE = "narrative", _("Telling their story their way")
    SOLUTION_FOCUSED = "solution_focused", _("Building on what works")
    COGNITIVE_BEHAVIOURAL = "cognitive_behavioural_informed", _("Thoughts, feelings and what we do")
    MINDFULNESS = "mindfulness_grounding", _("Breathing and grounding")
    ACTIVITY_BASED = "activity_based", _("Doing something together")
    DIGITAL = "digital_resources", _("With something on a screen")
    OTHER = "other", _("Another way")


class ResourceKind(models.TextChoices):
    """What it is that somebody is pointed to (R-wal-15)."""

    HELPLINE = "helpline", _("Helpline or chat")
    SERVICE = "service", _("Service")
    GROUP = "group", _("Group")
    ACTIVITY = "activity", _("Activity")
    WEBSITE = "website", _("Website or app")
    READING = "reading", _("Something to read or watch")


class ForWhom(models.TextChoices):
    YOUNG_PERSON = "young_person", _("Young person")
    CARER = "carer", _("Parent or carer")
    BOTH = "both", _("Both")


class GivenHow(models.TextChoices):
    """How somebody heard of it. We never send it by ourselves."""

    SAID = "said", _("We told them")
    TOGETHER = "together", _("We looked at it together")
    PAPER = "paper", _("On paper")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    CHAT = "chat", _("In a chat or on a call")
    POST = "post", _("Letter")
    SOMEBODY_ELSE = "somebody_else", _("Through somebody they trust")


class SafeToReceive(models.TextChoices):
    """Whether somebody who must not see it could find it. What is not safe is told by word, or not at all."""

    YES = "yes", _("Yes, we asked them")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("We could not ask")


class FeedbackOccasion(models.TextChoices):
    """When we ask what they think of us (domain.md 5.17)."""

    SETTLING_IN = "settling_in", _("After settling in")
    THREE_MONTHS = "three_months", _("After three months")
    ENDING = "ending", _("At the ending")


class FeedbackAnswer(models.TextChoices):
    """Nobody owes us an answer."""

    GIVEN = "given", _("They answered")
    RATHER_NOT = "rather_not", _("They would rather not")


class FeedbackHow(models.TextChoices):
    OWN_HAND = "own_hand", _("They wrote it themselves")
    TOLD_US = "told_us", _("They told us, and we wrote it down")
    TOLD_ANOTHER = "told_another", _("They told somebody who does not work with them")


class QuoteAnswer(models.TextChoices):
    """Whether their words may be used without their name. Never taken for granted (R-nat-28)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class OkToTalk(models.TextChoices):
    """The first question at every start of a session by phone, video or chat (domain.md 5.9)."""

    YES = "yes", _("Yes, now is fine")
    NOT_NOW = "not_now", _("Not now: we find another time")
    NOT_SAFE = "not_safe", _("No, it is not safe")


class WhoHears(models.TextChoices):
    NOBODY = "nobody", _("Nobody")
    SOMEBODY = "somebody", _("Somebody")
    NOT_SURE = "not_sure", _("They are not sure")


class CarerKnows(models.TextChoices):
    """Whether those at home know that they talk with us from there."""

    YES = "yes", _("Yes")
    NO = "no", _("No, and they must not be told")
    NOT_ASKED = "not_asked", _("Not asked")
