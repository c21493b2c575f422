"""What sessions did towards the goals of a case, for its golden thread: from the need to how near it comes."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.evidence import Evidence
from cases.models import Goal
from sessions.enums import TOOK_PLACE
from sessions.models import GoalTouched, NeedMet


def of_goals(case):
    """For each goal, by its first version: the sessions that took place and went towards it.

    What was made for a need went towards the goals that answer that need.
    Three statements, however many there are.
    """
    held = {"session__case": case, "session__status__in": TOOK_PLACE}
    found = {}
    for row in GoalTouched.objects.filter(**held).select_related("session").annotate(first=_first("goal__")):
        found.setdefault(row.first, {})[row.session_id] = row.session
    answered = _goals_by_need(case)
    for row in NeedMet.objects.filter(**held).select_related("session", "need"):
        for first in answered.get(row.need_id, set()) | answered.get(row.need.came_from_id, set()):
            found.setdefault(first, {})[row.session_id] = row.session
    return {first: [_evidence(session, case) for session in done.values()] for first, done in found.items()}


def _first(goal=""):
    return Coalesce(F(f"{goal}continues"), F(f"{goal}pk"))


def _goals_by_need(case):
    """The goals that answer each need, under whichever version of the plan."""
    answers = Goal.objects.filter(plan__case=case, need__isnull=False).annotate(first=_first())
    found = {}
    for need, first in answers.values_list("need", "first"):
        found.setdefault(need, set()).add(first)
    return found


def _evidence(session, case):
    return Evidence(
        at=session.started_at,
        what=session.get_kind_display(),
        words=session.towards_goals,
        own_words=session.own_words,
        waits=_("Not signed yet") if session.waits_for_a_signature else "",
        path=reverse("sessions:session", args=[case.reference, session.pk]),
    )
