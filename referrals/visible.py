"""``Referral.objects.visible_to`` as every page of staff asks it, prepared once for each set of reasons.

Nothing is remembered of a person: their roles, grants and exclusions are read
from the database for each request. What is kept is the text of the statement.
"""

from functools import cache

from django.db.models import Count
from django.utils import timezone

from accounts.prepared import ASKER, IsAmong, Place, Prepared, aggregated, asker
from referrals.models import CriterionCheck, Decision, Note, Question, Referral, StatusChange
from referrals.querysets import HANDLED_FOR, PAGE, Reasons, counted, midnight_after

HISTORY = {
    "status_changes": (StatusChange, ["by"]),
    "notes": (Note, ["by"]),
    "decisions": (Decision, ["decided_by", "countersigned_by", "sent_back_by", "reason"]),
    "questions": (Question, ["asked_by", "closed_by"]),
    "criteria": (CriterionCheck, ["by"]),
}


def for_page(user, reference):
    """The referral with everything its page shows and its history, or nothing: ``user`` has no reason to see it."""
    referral = _ask(Prepared.first, _for_page, user, reference=reference)
    return referral and _read_beside(referral, *HISTORY)


def for_act(user, reference):
    """The referral with what rules and forms ask, or nothing."""
    return _ask(Prepared.first, _for_act, user, reference=reference)


def with_decisions(referral):
    """Its decisions read beside it, with who decided what: for the pages that decide."""
    return _read_beside(referral, "decisions")


def waits_for_second_person(referral):
    """Whether a decision on it waits now."""
    return bool(AWAITED.rows(referral=referral.pk))


def first_of_queue(user):
    """The rows of the queue's first page and one more, as plain values."""
    return _ask(Prepared.found, _first_of_queue, user)


def found(user, ids, exact):
    """The rows of a page and one more, of the ``ids`` that may be seen: the ``exact`` first, then the latest."""
    return _ask(Prepared.found, _found, user, ids=ids, exact=exact)


def counts(user):
    """How many open ones need what."""
    at = timezone.now()
    return _ask(Prepared.first, _counts, user, at=at, midnight=midnight_after(at))


def unread(user):
    """How many nobody has begun to read."""
    return _ask(Prepared.first, _unread, user)["count"]


def _ask(read, statement, user, **values):
    """``read`` the statement of this user's set of reasons."""
    at = values.setdefault("at", timezone.now())
    centres = Reasons.of(user, None)
    held = tuple(name for name, ids in centres._asdict().items() if ids)
    return read(statement(held), user=asker(user), since=at - HANDLED_FOR, **centres._asdict(), **values)


def _seen(held):
    """What somebody sees who has reasons of the kinds ``held``."""
    centres = Reasons(*(Place(name) if name in held else () for name in Reasons._fields))
    return Referral.objects.visible_for(ASKER, centres, at=Place("at"), since=Place("since"))


@cache
def _for_page(held):
    return Prepared(lambda: _seen(held).for_page().filter(reference=Place("reference")))


@cache
def _for_act(held):
    return Prepared(lambda: _seen(held).for_act().filter(reference=Place("reference")))


@cache
def _first_of_queue(held):
    return Prepared(lambda: _seen(held).open().in_order().for_queue()[: PAGE + 1])


@cache
def _found(held):
    in_order = IsAmong("pk", Place("exact")).desc(), "-submitted_at", "pk"
    return Prepared(lambda: _seen(held).filter(IsAmong("pk", Place("ids"))).order_by(*in_order).for_queue()[: PAGE + 1])


@cache
def _counts(held):
    wanted = counted(at=Place("at"), midnight=Place("midnight"))
    return Prepared(lambda: aggregated(_seen(held).open(), **wanted))


@cache
def _unread(held):
    return Prepared(lambda: aggregated(_seen(held).unread(), count=Count("pk")))


def _read_beside(referral, *names):
    """As ``prefetch_related`` leaves it."""
    referral._prefetched_objects_cache = {name: _rows(name, referral) for name in names}
    return referral


def _rows(name, referral):
    rows = HISTORY[name][0].objects.all()
    rows._result_cache, rows._prefetch_done = TOLD[name].found(referral=referral.pk), True
    for row in rows._result_cache:
        row.referral = referral
    return rows


def _told(model, people):
    return Prepared(lambda: model.objects.filter(referral=Place("referral")).select_related(*people))


TOLD = {name: _told(*what) for name, what in HISTORY.items()}
AWAITED = Prepared(lambda: Decision.objects.waiting().filter(referral=Place("referral")).order_by().values_list("pk"))
