"""What writing a session down reads of a case that was found by ``visible_to``, prepared (``accounts.prepared``)."""

from django.db.models import Q
from django.utils import timezone

from accounts.prepared import IsAmong, Place, Prepared
from cases.enums import PathwayStage
from cases.models import Assessment, Goal, Need, StageDecision, SupportPlan
from sessions.enums import CAME_OF_IT, MISSED, SessionStatus
from sessions.models import AwarenessTopic, SupportSession
from sessions.querysets import TIMES

CAME_OR_COULD_NOT = (*MISSED, *CAME_OF_IT[SessionStatus.HELD], *CAME_OF_IT[SessionStatus.PARTLY_HELD])
IN_A_ROW, WAITING = 4, 3  # how many are looked at


def last_held(case):
    """What for, where and how long the last that took place was, or nothing."""
    return LAST_HELD.first(case=case.pk)


def need_a_record(case):
    """The latest of those whose time has passed, and of which nobody has said what came."""
    return NEED_A_RECORD.found(case=case.pk)


def latest_answers(case):
    """What came of the latest sessions, the last first: those that took place, and those they could not come to."""
    return [answer for (answer,) in LATEST_ANSWERS.rows(case=case.pk)]


def may_be_therapeutic(case):
    """Whether somebody has decided on it for this young person (R-wal-26)."""
    return bool(THERAPEUTIC.rows(case=case.pk))


def offers(case, held):
    """What may be ticked: of the centre, of the plan in use, of the assessment signed last; and what is ticked."""
    topics, goals, needs = (held.get(name, []) for name in ("topics", "goals", "needs"))
    return {
        "topics": TOPICS.found(centre=case.centre_id, today=timezone.localdate(), ticked=topics),
        "goals": GOALS.found(case=case.pk, ticked=goals),
        "needs": NEEDS.found(case=case.pk, ticked=needs),
    }


def _of_case():
    return SupportSession.objects.filter(case=Place("case"))


def _topics():
    offered = AwarenessTopic.objects.offered_by(Place("centre"), on=Place("today"))
    return offered | AwarenessTopic.objects.filter(IsAmong("pk", Place("ticked")))


def _goals():
    in_use = SupportPlan.objects.in_use().filter(case=Place("case"))
    return Goal.objects.filter(Q(plan__in=in_use) | Q(IsAmong("pk", Place("ticked"))))


def _needs():
    latest = Assessment.objects.signed().filter(case=Place("case")).order_by("-version").values("pk")[:1]
    return Need.objects.filter(Q(assessment__in=latest) | Q(IsAmong("pk", Place("ticked"))))


def _latest_answers():
    found = _of_case().filter(attendance__in=CAME_OR_COULD_NOT).latest_first()
    return found.values_list("attendance")[:IN_A_ROW]


LAST_HELD = Prepared(lambda: _of_case().that_took_place().latest_first().only("kind", "mode", "place", *TIMES)[:1])
NEED_A_RECORD = Prepared(lambda: _of_case().need_a_record().latest_first().only("kind", *TIMES)[:WAITING])
LATEST_ANSWERS = Prepared(_latest_answers)
THERAPEUTIC = Prepared(
    lambda: StageDecision.objects.filter(case=Place("case"), to_stage=PathwayStage.THERAPEUTIC).values_list("pk")[:1]
)
TOPICS = Prepared(_topics)
GOALS = Prepared(_goals)
NEEDS = Prepared(_needs)
