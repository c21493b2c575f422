"""Working with the others around a young person, supervision, and a change in safety."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind, SafetyNow, SupervisionKind, TaskKind, WasTold
from cases.models import Contribution, NoContributionReason, SafetyChange, Supervision
from cases.operations.notes import owe_once_locked, set_task_locked
from cases.steps import MoveNotAllowed, lock_open, refuse_twice, tell
from safeguarding.operations import raise_concern, record_telling
from safeguarding.routes import name_of
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
    """Write down that safety has changed. ``told``: columns of ``SafetyChange``.

    Worse is a concern as well, raised here and now, with whether the young
    person was told where that was said; and two things are owed until
    tomorrow: is it still safe to reach them as agreed, and does the safety
    plan still hold (domain.md 5.15). Raises ``MoveNotAllowed``,
    ``KeptAlready``, ``ValueError`` where it is worse and nothing says how soon somebody must see it.
    """
    case = lock_open(case)
    as_soon = {"concern__severity": severity} if change == SafetyNow.WORSE else {}
    refuse_twice(case.safety_changes, by=by, change=change, what=told["what"], **as_soon)
    noticed = SafetyChange(case=case, change=change, by=by, **told)
    if change == SafetyNow.WORSE:
        noticed.concern = _raise(noticed, severity, done_now)
    noticed.save()
    record("safety.changed", case, by=by, change=change, row=noticed.pk)
    words, at = {"change": noticed.get_change_display()}, at_noon_or_now(noticed.noticed_on)
    tell(case, EntryKind.SAFETY, _("Safety: %(change)s") % words, by=by, words=noticed.what, at=at)
    if change == SafetyNow.WORSE:
        _look_again(case, by=by)
    return noticed


def _raise(noticed, severity, done_now):
    """Who follows it reads to whom it was taken already, and whether the young person knows."""
    if not severity:
        raise ValueError("say how soon somebody must see it")
    case, by = noticed.case, noticed.by
    routes = ". ".join(str(name_of(route, case.centre.nation)) for route in noticed.done)
    done_now = "\n".join(filter(None, [routes, done_now]))
    concern = raise_concern(case.subject, by=by, severity=severity, what=noticed.what, done_now=done_now)
    if noticed.was_told == WasTold.YES:
        record_telling(concern, by=by, was_told=True, told_on=noticed.noticed_on, by_whom=str(by)[:120])
    elif noticed.was_told == WasTold.NO:
        record_telling(concern, by=by, was_told=False, not_told_because=noticed.not_told_because)
    return concern


def _look_again(case, *, by):
    for kind in (TaskKind.SAFE_CONTACT, TaskKind.SAFETY_PLAN):
        owe_once_locked(case, kind, by=by, due_on=timezone.localdate() + WITHIN_A_DAY)


def _owners(actions):
    return [action["owner"] for action in actions]


def _promise(case, actions, *, by, **agreed_at):
    for action in actions:
        set_task_locked(case, by=by, **action, **agreed_at)
