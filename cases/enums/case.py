"""Values the code takes decisions on: a case from its allocation to its end (design.md 6.2; domain.md 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.enums import Scheme


class CaseStatus(models.TextChoices):
    AWAITING_ALLOCATION = "awaiting_allocation", _("Waiting for a practitioner")
    ENGAGING = "engaging", _("Getting to know each other")
    ASSESSING = "assessing", _("Assessment")
    PLANNING = "planning", _("Making the plan")
    ACTIVE = "active", _("Support")
    ENDING = "ending", _("Ending")
    CLOSED = "closed", _("Closed")


S = CaseStatus

# Every open state may end, and is come back to where they go on after all (docs/decisions/0088). A closed case opens
# again within 28 days; later it is a new referral.
ALLOWED_MOVES = {
    S.AWAITING_ALLOCATION: {S.ENGAGING, S.ENDING},
    S.ENGAGING: {S.AWAITING_ALLOCATION, S.ASSESSING, S.ENDING},
    S.ASSESSING: {S.PLANNING, S.ENDING},
    S.PLANNING: {S.ACTIVE, S.ENDING},
    S.ACTIVE: {S.ENDING},
    S.ENDING: {S.CLOSED, S.AWAITING_ALLOCATION, S.ENGAGING, S.ASSESSING, S.PLANNING, S.ACTIVE},
    S.CLOSED: {S.ENGAGING},
}
# With a carer alone nobody gets to know, assesses or plans with a young person: it waits, it goes on, it ends. Later it
# is a new referral.
CARER_ONLY_MOVES = {
    S.AWAITING_ALLOCATION: {S.ACTIVE, S.ENDING},
    S.ACTIVE: {S.ENDING},
    S.ENDING: {S.CLOSED, S.AWAITING_ALLOCATION, S.ACTIVE},
    S.CLOSED: set(),
}
OPEN = tuple(status for status in S if status != S.CLOSED)
MAY_END = tuple(status for status in S if S.ENDING in ALLOWED_MOVES[status])


class CaseKind(models.TextChoices):
    """Whom the work is with. A carer has their own strand, with a practitioner of their own (R-wal-16)."""

    YP_ONLY = "yp_only", _("Young person")
    YP_AND_CARER = "yp_and_carer", _("Young person, and a parent or carer")
    CARER_ONLY = "carer_only", _("Parent or carer alone")


class WorkType(models.TextChoices):
    AWARENESS = "awareness", _("Awareness")
    AWARENESS_AND_RECOVERY = "awareness_and_recovery", _("Awareness and recovery")
    RECOVERY = "recovery", _("Recovery")
    ASSESSMENT_ONLY = "assessment_only", _("Assessment only")


# The offer of South Wales knows no recovery alone (R-wal-30).
WORK_TYPES_OF = {
    Scheme.NAT4: tuple(WorkType),
    Scheme.WAL3: (WorkType.AWARENESS, WorkType.AWARENESS_AND_RECOVERY, WorkType.ASSESSMENT_ONLY),
}


class StartRoute(models.TextChoices):
    """Whether time to build trust comes first (R-wal-22). It says nothing about how anybody is reached."""

    STANDARD = "standard", _("Standard start")
    RELATIONSHIP_FIRST = "relationship_first", _("Relationship-building start")


class PathwayStage(models.TextChoices):
    """In this order; into the therapeutic stage only by a decision about this one young person (R-wal-26, 27)."""

    STABILISE_AND_BUILD_TRUST = "stabilise_and_build_trust", _("Building trust")
    SOCIO_EDUCATIVE = "socio_educative", _("Socio-educative work")
    THERAPEUTIC = "therapeutic", _("Therapeutic work")
    ENDING = "ending", _("Ending")


class AssignmentKind(models.TextChoices):
    LEAD = "lead", _("Lead practitioner")
    CO_WORKER = "co_worker", _("Works alongside")
    COVER = "cover", _("Covers for a colleague")


class Strand(models.TextChoices):
    """Whose side of the work something belongs to."""

    YOUNG_PERSON = "young_person", _("Young person")
    CARER = "carer", _("Parent or carer")


class EntryKind(models.TextChoices):
    """What the timeline of a case tells. Floors above write theirs here too (design.md 6)."""

    OPENED = "opened", _("Case")
    PEOPLE = "people", _("Who works with them")
    NOTE = "note", _("Note")
    CONTACT = "contact", _("Contact")
    CONSENT = "consent", _("Consent")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    SAFETY = "safety", _("Safety")
    MISSING = "missing", _("Missing")
    REVIEW = "review", _("Review")
    EXTENSION = "extension", _("Time")
    NETWORK = "network", _("Working with others")
    SUPERVISION = "supervision", _("Supervision")
    PATHWAY = "pathway", _("Pathway")
    SESSION = "session", _("Session")
    CONCERN = "concern", _("Concern")
    ENDING = "ending", _("Ending")


# What somebody saw or heard, in their own words: a concern may be raised of such a line.
RAISED_OF = (EntryKind.NOTE, EntryKind.CONTACT)


class TaskKind(models.TextChoices):
    GENERAL = "general", _("Task")
    END_SAFELY = "end_safely", _("End safely")
    SAFETY_AND_SHARING = "safety_and_sharing", _("Safety now, and who must know")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent was withdrawn")
    CONSENT_CONFLICT = "consent_conflict", _("Young person and parent said different things")
    SEPARATE_WORKER = "separate_worker", _("A separate worker for the family’s needs")
    ENDING_PLAN = "ending_plan", _("Plan the ending")
    CHECK_IN_AFTER = "check_in_after", _("Check in after the ending")
    CONSENT_REVIEW = "consent_review", _("Talk about consent again")
    CANNOT_DECIDE = "cannot_decide_now", _("They cannot decide now")
    SAFETY_PLAN = "safety_plan", _("Look at the safety plan")
    SAFE_CONTACT = "safe_contact", _("Ask how it is safe to reach them")
    STRATEGY_DISCUSSION = "strategy_discussion", _("Think about a strategy discussion")
    TRY_TO_REACH = "try_to_reach", _("Try to reach them today")
    WELFARE_CHECK = "welfare_check", _("Make sure today that they are safe")
    ANOTHER_WAY = "another_way", _("Think about another way: sessions in a row did not happen")


# What happened asks for each of these once, however often it happens: one open task of a kind, not many.
OWED_ONCE = (TaskKind.SAFETY_PLAN, TaskKind.SAFE_CONTACT, TaskKind.STRATEGY_DISCUSSION)
# After a session to which nobody came, or that was not safe: on the same day (domain.md 5.8).
FOLLOWS_UP = (TaskKind.TRY_TO_REACH, TaskKind.WELFARE_CHECK)
# What a manager looks at from outside the work: it is not for who does the work to tick off.
FOR_A_MANAGER = (
    TaskKind.CONSENT_WITHDRAWN,
    TaskKind.CANNOT_DECIDE,
    TaskKind.CONSENT_CONFLICT,
    TaskKind.SEPARATE_WORKER,
)


class Channel(models.TextChoices):
    """How contact was tried (domain.md 2.5)."""

    CALL = "call", _("Call")
    VOICEMAIL = "voicemail", _("Voicemail")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    POST = "post", _("Letter")
    APP_MESSAGE = "app_message", _("Message in an app")
    VIA_PROFESSIONAL = "via_professional", _("Through a professional")
    VIA_SCHOOL = "via_school", _("Through the school")
    IN_PERSON = "in_person", _("In person")


class ContactOutcome(models.TextChoices):
    REACHED = "reached", _("We spoke, or they answered")
    NOT_REACHED = "not_reached", _("Not reached")
    MESSAGE_LEFT = "message_left", _("A message was left")
    NOT_SAFE_TO_TALK = "not_safe_to_talk", _("It was not safe to talk")
    ANSWERED_BY_SOMEBODY_ELSE = "answered_by_somebody_else", _("Somebody else answered")
