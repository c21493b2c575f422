"""What the page of a session begins with: what is stored, what was planned, or what is most likely."""

from datetime import timedelta

from django.utils import timezone

from sessions.enums import SessionKind, SessionMode
from sessions.writing import BESIDE, OF_DRAFTS, attended

USUAL_MINUTES = 60
STEP = 5  # minutes to which a beginning that nobody typed is rounded


def of_new(before):
    """As the last one was, and just over. ``before``: the last that took place, or nothing."""
    minutes = before.minutes if before else USUAL_MINUTES
    began = timezone.localtime(timezone.now() - timedelta(minutes=minutes))
    began = began.replace(minute=began.minute - began.minute % STEP, second=0, microsecond=0)
    kind = before.kind if before else SessionKind.RELATIONSHIP_BUILDING
    mode = before.mode if before else SessionMode.CENTRE
    return {"kind": kind, "mode": mode, "place": before.place if before else "", **_at(began, minutes), "seen": 0}


def of(session):
    """As it was planned, or as it was written down until now. Its lists are loaded."""
    words = {name: getattr(session, name) for name in OF_DRAFTS}
    beside = {
        name: [getattr(row, f"{column}_id") for row in getattr(session, name).all()]
        for name, (_model, column) in BESIDE.items()
    }
    place = {name: getattr(session, name) for name in ("kind", "mode", "place")}
    began = timezone.localtime(session.happened_at)
    came = {**_came(session), **_raised(session), "seen": session.edition}
    return {**words, **beside, **place, **_at(began, session.minutes), **came}


def _at(began, minutes):
    return {"on": began.date(), "at_time": began.time(), "minutes": minutes}


def _raised(session):
    """How soon somebody was to see it, where it was less safe."""
    noticed = session.safety_noticed
    return {"severity": noticed.concern.severity} if noticed and noticed.concern else {}


def _came(session):
    if not session.attendance:
        return {}
    if attended(session.attendance):
        return {"came": session.attendance}
    return {"came": "not_held", "instead": session.attendance, "follow_up": session.follow_up}
