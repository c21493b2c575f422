"""Writing down a session as the page does, with what most tests need not say."""

import uuid
from datetime import timedelta

from django.utils import timezone

from cases.enums import SafetyNow
from sessions import operations
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.sessions import lately

WORDS = {
    "present": "", "how_they_seemed": "", "what_we_did": "Walked the dog.", "own_words": "", "strengths": "",
    "worries": "", "towards_goals": "", "next_step": "", "safety_change": "", "safety_words": "", "why_not": "",
    "what_we_change": "", "approaches": [], "focus": [], "wider_issues": "",
}  # fmt: skip
COLUMNS_OF = {"kind": "relationship_building", "mode": "in_person_school", "place": "", "minutes": 60}
LESS_SAFE = {"safety_change": SafetyNow.WORSE, "safety_words": "A car waits outside the school."}


def ago(**ago):
    return timezone.now() - timedelta(**ago)


def earlier_today():
    """``at`` and ``minutes`` of what has begun and ended today, soon after midnight too."""
    began = lately()
    return {"at": began, "minutes": max(1, int((timezone.now() - began).total_seconds() / 60) - 1)}


def a_case(*, agrees=True, **more):
    """Open for a month; the young person said yes as it began."""
    case = CaseFactory(**{"active": True, "opened_at": ago(days=30)} | more)
    if agrees:
        ConsentEventFactory(case=case, at=ago(days=29))
    return case


def _split(more):
    facts = COLUMNS_OF | {"at": ago(hours=2)}
    facts |= {name: more.pop(name) for name in [*facts] if name in more}
    words = WORDS | {name: more.pop(name) for name in [*WORDS] if name in more}
    beside = {name: more.pop(name, []) for name in ("topics", "goals", "needs")}
    return facts, words, beside


def form(**more):
    """What a page sends, as ``operations.record_session`` takes it."""
    facts, words, beside = _split(more)
    told = {"attendance": "attended", "seen": 0, "facts": facts, "words": words, "beside": beside}
    return told | ({} if "session" in more else {"token": uuid.uuid4()}) | more


def record(case, by=None, **more):
    """``both``: most tests write several sessions of one hour, and mean it."""
    return operations.record_session(case, by=by or case.opened_by, **{"both": True} | form(**more))


def draft(case, by=None, **more):
    told = form(**more)
    del told["attendance"]
    return operations.save_draft(case, by=by or case.opened_by, **told)


# What a browser sends

NOTE = "Walked the dog. Siân ŵ ŷ."


def typed(*, began=None, **more):
    """What a browser sends from the page of a session that has happened."""
    began = timezone.localtime(began or ago(hours=2))
    day = {f"on_{part}": str(getattr(began, part)) for part in ("day", "month", "year")}
    told = {
        "token": str(uuid.uuid4()), "seen": "0", "came": "attended", "kind": "relationship_building",
        "mode": "in_person_school", "at_time": f"{began:%H:%M}", "minutes": "60", "what_we_did": NOTE,
        "safety_change": "same", "following": "not_now",
    }  # fmt: skip
    return day | told | more


AGREED = {
    "device_is_private": "yes", "place_is_private": "yes", "has_headphones": "no", "carer_knows": "yes",
    "code_word_agreed": "on", "nobody_records": "on", "back_up_number": "School", "if_cut_off": "Ring twice.",
    "emergency_address": "At home", "risks": "Her brother comes in.",
}  # fmt: skip
SAFE = {"ok_to_talk": "yes", "who_hears": "nobody", "where": "Her room", "code_word_reminded": "on"}


def agreed_today():
    day = timezone.localdate()
    return AGREED | {f"agreed_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def typed_today(**more):
    """The same of earlier today, soon after midnight too."""
    today = earlier_today()
    return typed(began=today["at"], minutes=str(today["minutes"]), **more)
