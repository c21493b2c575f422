"""Values of the carer's own strand (domain.md 5.11). Nothing of the young person's reads them."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.models import CARER_SESSIONS_MOST
from referrals.enums import CarerResponse
from sessions.enums import CAME_OF_IT

DIRECT_MOST = CARER_SESSIONS_MOST
READS_ON = timedelta(days=30)  # whoever worked with them, as on a case that is closed (security.md 5.1)
WARNS_BEFORE = 2  # "4 of 10" becomes a warning at 8 (R-nat-30)


class StrandStatus(models.TextChoices):
    NOT_OFFERED = "not_offered", _("Not offered yet")
    NOT_SAFE_TO_OFFER = "not_safe_to_offer", _("Not safe to offer")
    OFFERED = "offered", _("Offered")
    DECLINED = "declined", _("Does not want it")
    ACCEPTED = "accepted", _("Wants it: waiting for a practitioner")
    ACTIVE = "active", _("Direct sessions")
    ONGOING_SUPPORT = "ongoing_support", _("Ongoing support")
    ENDED = "ended", _("Ended")
    BLOCKED = "blocked", _("With a manager")


S = StrandStatus

# Whoever said no, and whoever's support has ended, may be offered it again at any time: the ten count on. What a
# manager holds back is given back by a manager.
STRAND_MOVES = {
    S.NOT_OFFERED: {S.OFFERED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.NOT_SAFE_TO_OFFER: {S.OFFERED, S.ENDED, S.BLOCKED},
    S.OFFERED: {S.ACCEPTED, S.DECLINED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.DECLINED: {S.OFFERED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.ACCEPTED: {S.ACTIVE, S.DECLINED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.ACTIVE: {S.ONGOING_SUPPORT, S.DECLINED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.ONGOING_SUPPORT: {S.ACTIVE, S.DECLINED, S.NOT_SAFE_TO_OFFER, S.ENDED, S.BLOCKED},
    S.ENDED: {S.OFFERED, S.BLOCKED},
    S.BLOCKED: {S.NOT_OFFERED},
}
WORKED_ON = (S.ACTIVE, S.ONGOING_SUPPORT)  # a practitioner works with them
WANTED = (S.ACCEPTED, *WORKED_ON)
OVER = (S.DECLINED, S.NOT_SAFE_TO_OFFER, S.ENDED)  # whoever worked with them reads on for a while

R = CarerResponse

# Where each answer leads; one that is not here changes nothing but what is known of it.
AFTER_ANSWER = {
    R.WANTS_SUPPORT: S.ACCEPTED,
    R.WANTS_INFORMATION_ONLY: S.ACCEPTED,
    R.DECLINED: S.DECLINED,
    R.NOT_SAFE_TO_ASK: S.NOT_SAFE_TO_OFFER,
    R.NO_CARER: S.ENDED,
}
SAID = (R.WANTS_SUPPORT, R.WANTS_INFORMATION_ONLY, R.DECLINED, R.UNDECIDED)  # by themselves; the others are ours


def status_words(status, response):
    """How it stands. Whoever wants information alone waits for nobody."""
    if status == S.ACCEPTED and response == R.WANTS_INFORMATION_ONLY:
        return _("Wants information only")
    return StrandStatus(status).label


class CarerContactKind(models.TextChoices):
    DIRECT_SESSION = "direct_session", _("Direct session")
    ONGOING_SUPPORT = "ongoing_support", _("Ongoing support: a call, a text, a check-in")
    JOINT_SESSION = "joint_session", _("Meeting together with the young person")
    INFORMATION = "information", _("Information")
    NETWORK_MEETING = "network_meeting", _("Meeting with other services")


K = CarerContactKind

COUNTS = (K.DIRECT_SESSION, K.JOINT_SESSION)  # towards the ten, and only with the carer's own consent


class CarerAttendance(models.TextChoices):
    """What came of it, in the words of this side; the values are those of ``Attendance``."""

    ATTENDED = "attended", _("Took part")
    ATTENDED_PART = "attended_part", _("Took part for part of the time")
    CANCELLED_BY_CARER = "cancelled_by_carer", _("They cancelled")
    CANCELLED_BY_YOUNG_PERSON = "cancelled_by_young_person", _("Young person cancelled")
    CANCELLED_BY_PRACTITIONER = "cancelled_by_practitioner", _("We cancelled")
    CANCELLED_BY_OTHER_AGENCY = "cancelled_by_other_agency", _("Another service cancelled")
    DID_NOT_ATTEND = "did_not_attend", _("Did not come")
    NOT_SEEN = "not_seen_no_contact", _("Not seen – no contact")
    NOT_SAFE = "not_safe_to_go_ahead", _("Not safe to go ahead")
    TECHNICAL_PROBLEM = "technical_problem", _("Technical problem")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Ended at their wish")


CARER_CAME_OF_IT = {
    status: tuple(CarerAttendance(answer) for answer in answers if answer in CarerAttendance.values)
    for status, answers in CAME_OF_IT.items()
}
A = CarerAttendance

# A carer owes no reason; everybody else does, we among them.
CARER_ASKS_WHY = (A.CANCELLED_BY_PRACTITIONER, A.CANCELLED_BY_OTHER_AGENCY, A.NOT_SAFE)


class CarerConsentStep(models.TextChoices):
    GIVEN = "given", _("Yes")
    GIVEN_PARTIAL = "given_partial", _("Yes, to a part of it")
    REVIEWED_UNCHANGED = "reviewed_unchanged", _("Talked about again: nothing has changed")
    DECLINED = "declined", _("No")
    WITHDRAWN = "withdrawn", _("No longer agrees")


C = CarerConsentStep

CARER_AGREES = (C.GIVEN, C.GIVEN_PARTIAL)
CARER_SAYS_NO = (C.DECLINED, C.WITHDRAWN)


class CarerConsentState(models.TextChoices):
    """What the ledger says now."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    GIVEN = "given", _("Agreed")
    GIVEN_IN_PART = "given_in_part", _("Agreed to a part of it")
    REVIEW_DUE = "review_due", _("Agreed: time to talk about it again")
    REFUSED = "refused", _("Said no")
    WITHDRAWN = "withdrawn", _("No longer agrees")


class CarerExplained(models.TextChoices):
    """What a parent or carer is told before their yes counts."""

    WHAT_WE_OFFER = "what_we_offer", _("What we offer: up to ten direct sessions, and ongoing support")
    OWN_PRACTITIONER = "own_practitioner", _("They have a practitioner of their own, who is not the young person’s")
    OWN_RECORD = "own_record", _("They have a record of their own, and may ask to read it")
    WHAT_IS_SHARED = "what_is_shared", _("What each side is told of the other, and what stays where it was said")
    WHEN_WE_MUST_SHARE = "when_we_must_share", _("When we must tell others to keep somebody safe")
    NO_EFFECT = "no_effect", _("Whatever they answer, the young person’s support stays the same")
    STOP_ANY_TIME = "stop_any_time", _("They may stop at any time, without a reason")
    COMPLAIN = "complain", _("How to complain")


class SharedKind(models.TextChoices):
    """What it was on the side it came from."""

    NOTE = "note", _("A note")
    SESSION = "session", _("A session")
    ASSESSMENT = "assessment", _("An assessment")
    PLAN = "plan", _("A plan")
    SAFETY = "safety", _("What keeps somebody safe")
    SPOKEN = "spoken", _("Something that was said")


class StrandEntryKind(models.TextChoices):
    """What the story of a strand tells."""

    STRAND = "strand", _("Support for the parent or carer")
    PEOPLE = "people", _("Who works with them")
    CONSENT = "consent", _("Consent")
    NOTE = "note", _("Note")
    CONTACT = "contact", _("Contact")
    ASSESSMENT = "assessment", _("Assessment")
    SHARED = "shared", _("Shared")
