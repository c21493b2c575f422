"""What writing a session down reads of a case that was found by ``visible_to``, prepared (``accounts.prepared``)."""

from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.prepared import IsAmong, Place, Prepared
from cases.enums import PathwayStage
from cases.models import Assessment, Case, Goal, Need, StageDecision, SupportPlan
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


class Before(NamedTuple):
    """What the form asks of what was before."""

    answers: list  # of the latest sessions, the last first: those that took place, and those they could not come to
    may_be_therapeutic: bool  # somebody has decided on it for this young person (R-wal-26)


def before(case):
    [row] = BEFORE.rows(case=case.pk)
    return Before(*row)


def at_that_time(case, begins, ends):
    """Which of its sessions were between these two moments, or part of it: each with its kind and its status."""
    return AT_THAT_TIME.rows(case=case.pk, begins=begins, ends=ends)


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


def _before():
    answers = SupportSession.objects.filter(case=OuterRef("pk"), attendance__in=CAME_OR_COULD_NOT).latest_first()
    decided = StageDecision.objects.filter(case=OuterRef("pk"), to_stage=PathwayStage.THERAPEUTIC)
    asked = ArraySubquery(answers.values("attendance")[:IN_A_ROW]), Exists(decided)
    return Case.objects.filter(pk=Place("case")).values_list(*asked)


def _at_that_time():
    return _of_case().that_were_at(Place("begins"), Place("ends")).order_by().values_list("pk", "kind", "status")


LAST_HELD = Prepared(lambda: _of_case().that_took_place().latest_first().only("kind", "mode", "place", *TIMES)[:1])
NEED_A_RECORD = Prepared(lambda: _of_case().need_a_record().latest_first().only("kind", *TIMES)[:WAITING])
BEFORE = Prepared(_before)
AT_THAT_TIME = Prepared(_at_that_time)
TOPICS = Prepared(_topics)
GOALS = Prepared(_goals)
NEEDS = Prepared(_needs)
