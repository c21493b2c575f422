"""What sessions did towards the goals of a case, for its golden thread: from the need to how near it comes."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.evidence import Evidence
from sessions.enums import TOOK_PLACE
from sessions.models import GoalTouched


def of_goals(case):
    """For each goal, by its first version: the sessions that took place and went towards it. One statement."""
    touched = GoalTouched.objects.filter(session__case=case, session__status__in=TOOK_PLACE).select_related("session")
    found = {}
    for row in touched.annotate(first=Coalesce(F("goal__continues"), F("goal"))):
        row.session.case = case
        found.setdefault(row.first, {})[row.session_id] = _evidence(row.session)
    return {goal: list(done.values()) for goal, done in found.items()}


def _evidence(session):
    return Evidence(
        at=session.started_at,
        what=session.get_kind_display(),
        words=session.towards_goals,
        own_words=session.own_words,
        waits=_("Not signed yet") if session.waits_for_a_signature else "",
        path=reverse("sessions:sessions", args=[session.case.reference]),
    )
