"""Values the code takes decisions on: working with others, supervision, the menu, and a change in safety."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums.case import PathwayStage


class MeetingType(models.TextChoices):
    """Where people around a young person meet (domain.md 5.12)."""

    STRATEGY_DISCUSSION = "strategy_discussion", _("Strategy discussion")
    MACE_MASE = "mace_mase", _("Multi-agency child exploitation meeting")
    CP_CONFERENCE_INITIAL = "cp_conference_initial", _("Initial child-protection conference")
    CP_CONFERENCE_REVIEW = "cp_conference_review", _("Review child-protection conference")
    CORE_GROUP = "core_group", _("Core group")
    CIN_REVIEW = "cin_review", _("Child in need review")
    CARE_AND_SUPPORT_REVIEW = "care_and_support_review", _("Care and support review")
    CLA_REVIEW = "cla_review", _("Review for a young person in care")
    MISSING_MEETING = "missing_meeting", _("Meeting about going missing")
    MARAC = "marac", _("Meeting about domestic abuse (MARAC)")
    TEAM_AROUND_FAMILY = "team_around_family", _("Team around the family")
    SCHOOL_MEETING = "school_meeting", _("School meeting")
    CAMHS_MEETING = "camhs_meeting", _("CAMHS meeting")
    YJS_MEETING = "yjs_meeting", _("Youth justice meeting")
    CONTEXTUAL_OR_LOCATION = "contextual_or_location_meeting", _("Meeting about a place or a group")
    PROFESSIONALS_MEETING = "professionals_meeting", _("Professionals’ meeting")
    COURT_OR_POLICE_PLANNING = "court_or_police_planning", _("Planning for court or police")
    ADULT_SAFEGUARDING = "adult_safeguarding", _("Adult safeguarding meeting")
    TRANSITION = "transition", _("Moving on to adult services")
    OTHER = "other", _("Another meeting or contact")


class ContributionType(models.TextChoices):
    """How we took part."""

    ATTENDED = "attended", _("We were there")
    SENT_REPORT = "sent_report", _("We sent a report")
    SENT_VERBAL_UPDATE = "sent_verbal_update", _("We sent an update by word of mouth")
    SHARED_OUTSIDE = "shared_information_outside_meeting", _("We shared information outside a meeting")
    INVITED_NOT_ABLE = "invited_not_able_to_attend", _("We were invited and could not be there")
    NOT_INVITED = "not_invited_asked_to_be", _("We were not invited, and asked to be")
    ADVOCATED = "advocated_for_yp_view", _("We spoke up for what the young person wants")


class WasSaid(models.TextChoices):
    """Whether what the young person wanted said was said."""

    YES = "yes", _("Yes")
    IN_PART = "in_part", _("In part")
    NO = "no", _("No")


class SharingBasis(models.TextChoices):
    """Why information may be shared."""

    AGREED = "agreed", _("The young person agreed")
    AGREED_LIMITED = "agreed_limited", _("The young person agreed, within limits")
    WITHOUT_AGREEMENT = "shared_without_agreement", _("Without their agreement, to keep somebody safe")


class SupervisionKind(models.TextChoices):
    CASE_SUPERVISION = "case_supervision", _("Case supervision")
    OVERSIGHT = "oversight", _("Note of management oversight")


class OptionAnswer(models.TextChoices):
    """What a young person says to one of the things we can offer (R-wal-18)."""

    OFFERED = "offered", _("Offered, not answered yet")
    ACCEPTED = "accepted", _("Yes")
    DECLINED = "declined", _("No")
    LATER = "later", _("Later")


class InterventionFocus(models.TextChoices):
    """What the work is about (R-wal-25). Therapeutic work is a stage, and a decision of its own."""

    SOCIO_EDUCATIVE = "socio_educative", _("Socio-educative")
    EMOTIONAL_REGULATION = "emotional_regulation", _("Feelings and how to live with them")
    WIDER_ISSUES = "wider_issues", _("Wider issues")


class SafetyNow(models.TextChoices):
    """How safety has changed (domain.md 5.15)."""

    IMPROVED = "improved", _("Safer")
    SAME = "same", _("The same")
    WORSE = "worse", _("Less safe")
    NEW_INFORMATION = "new_information", _("Something new is known")


class WasTold(models.TextChoices):
    """Whether the young person was told of it; if not, it is said why (domain.md 4.7)."""

    YES = "yes", _("Yes")
    NO = "no", _("No, not now")


P = PathwayStage

# Socio-educative work comes before therapeutic work; a step back is a decision too (R-wal-26, 27).
STAGES_AFTER = {
    P.STABILISE_AND_BUILD_TRUST: {P.SOCIO_EDUCATIVE},
    P.SOCIO_EDUCATIVE: {P.STABILISE_AND_BUILD_TRUST, P.THERAPEUTIC},
    P.THERAPEUTIC: {P.SOCIO_EDUCATIVE},
    P.ENDING: set(),
}
