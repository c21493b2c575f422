"""Working with the others around a young person, supervision, and a change in safety."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind, SafetyNow, SupervisionKind, TaskKind
from cases.models import Contribution, NoContributionReason, SafetyChange, Supervision
from cases.operations.notes import owe_once_locked, set_task_locked
from cases.steps import MoveNotAllowed, lock_open, refuse_twice, tell
from safeguarding.operations import raise_concern
from ui.hours import at_noon_or_now

WITHIN_A_DAY = timedelta(days=1)


@transaction.atomic
def contribute(case, *, by, actions=(), **told):
    """Write down what we brought to the people around a young person, with what we promised to do.

    ``told``: the columns of ``Contribution``; ``actions``: what, owner and
    due_on of each task. Raises ``MoveNotAllowed``, ``ClosedToThem``.
    """
    case = lock_open(case, for_people=_owners(actions))
    contribution = Contribution.objects.create(case=case, by=by, **told)
    _promise(case, actions, by=by, contribution=contribution)
    record("contribution.recorded", case, by=by, contribution=contribution.pk, meeting=contribution.meeting)
    words = {"meeting": contribution.get_meeting_display(), "how": contribution.get_how_display()}
    path = reverse("cases:contribution", args=[case.reference, contribution.pk])
    title = _("%(meeting)s: %(how)s") % words
    at = at_noon_or_now(contribution.held_on)
    tell(case, EntryKind.NETWORK, title, by=by, words=contribution.purpose, path=path, at=at)
    return contribution


@transaction.atomic
def feed_back(contribution, *, by, on):
    """The young person was told what came of it. Raises ``MoveNotAllowed`` where they were told before."""
    case = lock_open(contribution.case)
    contribution = Contribution.objects.select_for_update(of=["self"]).get(pk=contribution.pk)
    if contribution.fed_back_on is not None:
        raise MoveNotAllowed(f"{contribution} was told them")
    contribution.fed_back_on, contribution.fed_back_by = on, by
    contribution.save(update_fields=["fed_back_on", "fed_back_by"])
    record("contribution.told", case, by=by, contribution=contribution.pk)
    path = reverse("cases:contribution", args=[case.reference, contribution.pk])
    title, at = _("The young person was told what others decided"), at_noon_or_now(on)
    tell(case, EntryKind.NETWORK, title, by=by, path=path, at=at)
    return contribution


@transaction.atomic
def explain_no_contribution(case, *, by, reason):
    """Say why nothing could be contributed in this period. Raises ``MoveNotAllowed``."""
    case = lock_open(case)
    explained = NoContributionReason.objects.create(case=case, reason=reason, by=by)
    record("contribution.explained", case, by=by, reason=explained.pk)
    path = reverse("cases:network", args=[case.reference])
    tell(case, EntryKind.NETWORK, _("Why nothing was contributed in this time"), by=by, words=reason, path=path)
    return explained


@transaction.atomic
def supervise(case, *, by, actions=(), **said):
    """Keep what manager and practitioner thought together, or a note of oversight, with what is to be done.

    The story says that it happened; the words stand on its own page, which
    fewer people read. Raises ``MoveNotAllowed``, ``ClosedToThem``.
    """
    case = lock_open(case, for_people=_owners(actions))
    supervision = Supervision.objects.create(case=case, by=by, **said)
    _promise(case, actions, by=by, supervision=supervision)
    record("supervision.recorded", case, by=by, supervision=supervision.pk, kind=supervision.kind)
    path = reverse("cases:supervision", args=[case.reference])
    at = at_noon_or_now(supervision.held_on)
    tell(case, EntryKind.SUPERVISION, SupervisionKind(supervision.kind).label, by=by, path=path, at=at)
    return supervision


@transaction.atomic
def note_safety_change(case, *, by, change, severity="", done_now="", **told):
    """Write down that safety has changed.

    Worse is a concern as well, raised here and now; and two things are owed
    until tomorrow: is it still safe to reach them as agreed, and does the
    safety plan still hold (domain.md 5.15). Raises ``MoveNotAllowed``,
    ``KeptAlready``, ``ValueError`` where it is worse and nothing says how soon somebody must see it.
    """
    case = lock_open(case)
    as_soon = {"concern__severity": severity} if change == SafetyNow.WORSE else {}
    refuse_twice(case.safety_changes, by=by, change=change, what=told["what"], **as_soon)
    concern = None
    if change == SafetyNow.WORSE:
        if not severity:
            raise ValueError("say how soon somebody must see it")
        concern = raise_concern(case.subject, by=by, severity=severity, what=told["what"], done_now=done_now)
    noticed = SafetyChange.objects.create(case=case, change=change, concern=concern, by=by, **told)
    record("safety.changed", case, by=by, change=change, row=noticed.pk)
    words = {"change": noticed.get_change_display()}
    at = at_noon_or_now(noticed.noticed_on)
    tell(case, EntryKind.SAFETY, _("Safety: %(change)s") % words, by=by, words=noticed.what, at=at)
    if change == SafetyNow.WORSE:
        _look_again(case, by=by)
    return noticed


def _look_again(case, *, by):
    for kind in (TaskKind.SAFE_CONTACT, TaskKind.SAFETY_PLAN):
        owe_once_locked(case, kind, by=by, due_on=timezone.localdate() + WITHIN_A_DAY)


def _owners(actions):
    return [action["owner"] for action in actions]


def _promise(case, actions, *, by, **agreed_at):
    for action in actions:
        set_task_locked(case, by=by, **action, **agreed_at)
