"""More time than six months: asked for with reasons, decided once by another, never beyond twelve months."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases import extending
from cases.enums import APPROVALS, EntryKind, ExtensionDecision, TaskKind
from cases.models import Assignment, ExtensionRequest
from cases.operations.notes import set_task_locked
from cases.reviewing import plan_reviews_locked
from cases.steps import MoveNotAllowed, lock_open, tell
from ui.times import long_date

PLAN_ENDING_DAYS = 7


class OwnRequest(Exception):
    """Whoever asked for more time does not decide on it (R-nat-26)."""


class NoMoreTime(MoveNotAllowed):
    """More time is not asked for, or not approved, now. ``why`` names a sentence of ``time_in_words.NO_MORE_TIME``."""

    def __init__(self, case, why):
        super().__init__(f"{case}: {why}")
        self.why = why


@transaction.atomic
def request_extension(case, *, by, until_on, **said):
    """Ask for more time. ``said``: the other columns of ``ExtensionRequest``.

    Raises ``NoMoreTime`` where support does not run, before the six-month
    decision opens, where the young person said no, another request waits, or
    it is planned for so long already; ``ValueError`` for an end past the most
    months of the case.
    """
    case = lock_open(case)
    if why := extending.why_not_asked(case) or _why_not_this(case, until_on):
        raise NoMoreTime(case, why)
    if until_on > case.most_end_on:
        raise ValueError("more time ends within twelve months of the start")
    request = ExtensionRequest.objects.create(case=case, until_on=until_on, requested_by=by, **said)
    record("extension.requested", case, by=by, request=request.pk, until=until_on.isoformat())
    title = _("More time was asked for, to %(day)s") % {"day": long_date(until_on)}
    tell(case, EntryKind.EXTENSION, title, by=by, path=_path(request, case))
    return request


def _why_not_this(case, until_on):
    if ExtensionRequest.objects.undecided().filter(case=case).exists():
        return "waits"
    return "planned" if until_on <= case.planned_end_on else ""


@transaction.atomic
def decide_extension(request, *, by, decision, reasons, approved_until_on=None):
    """Decide once. Approving moves the planned end in this act; not approving asks for a plan for the ending.

    Of two who decide at once one wins: the case is held first. Raises
    ``OwnRequest``, ``MoveNotAllowed`` where it is decided, ``NoMoreTime``
    where, to approve, support does not run any more or the young person said
    no, ``ValueError`` without reasons or for an end that was not asked for.
    """
    if not reasons.strip():
        raise ValueError("say why")
    case = lock_open(request.case, beside=["offer"])
    request = ExtensionRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.requested_by_id == by.pk:
        raise OwnRequest(f"{request} was asked for by {by.pk}")
    if request.is_decided:
        raise MoveNotAllowed(f"{request} is decided")
    if decision in APPROVALS and (why := extending.why_not_approved(case)):
        raise NoMoreTime(case, why)
    request.approved_until_on = _end(case, request, decision, approved_until_on)
    request.decision, request.reasons = ExtensionDecision(decision), reasons
    request.decided_by, request.decided_at = by, timezone.now()
    request.save(update_fields=["approved_until_on", "decision", "reasons", "decided_by", "decided_at"])
    record("extension.decided", case, by=by, request=request.pk, decision=request.decision)
    title = _("More time: %(decision)s") % {"decision": request.get_decision_display()}
    tell(case, EntryKind.EXTENSION, title, by=by, words=reasons, path=_path(request, case))
    _follow(case, request, by)
    return request


def _end(case, request, decision, shorter):
    if decision == ExtensionDecision.APPROVED:
        return request.until_on
    if decision != ExtensionDecision.APPROVED_SHORTER:
        return None
    if shorter is None or not case.planned_end_on < shorter < request.until_on:
        raise ValueError("a shorter time ends after the planned end, and before the one that was asked for")
    return shorter


def _follow(case, request, by):
    """What a decision brings with it, in the same act."""
    if request.is_approved:
        case.planned_end_on = request.approved_until_on
        case.save(update_fields=["planned_end_on"])
        plan_reviews_locked(case, by=by, since=timezone.localdate())
    elif request.decision == ExtensionDecision.NOT_APPROVED:
        _ask_for_ending_plan(case, request, by)


def _ask_for_ending_plan(case, request, by):
    lead = Assignment.objects.current().leads().filter(case=case).select_related("user").first()
    owner = lead.user if lead else request.requested_by
    due_on = timezone.localdate() + timedelta(days=PLAN_ENDING_DAYS)
    what = _("Plan the ending with the young person")
    set_task_locked(case, by=by, what=what, owner=owner, due_on=due_on, kind=TaskKind.ENDING_PLAN)


def _path(request, case):
    return reverse("cases:extension", args=[case.reference, request.pk])
