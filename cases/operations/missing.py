"""A young person is missing; more is known; they are back; somebody talked with them. Nothing gates it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases import missing_words
from cases.enums import CaseKind, EntryKind, MissingType, ReturnTalk, TaskKind
from cases.managers import managers_of, who_works_on
from cases.models import MissingEpisode
from cases.operations.notes import owe_once_locked
from cases.signals import missing_reported
from cases.steps import A_MOMENT, KeptAlready, MoveNotAllowed, lock_open, tell
from outbox.operations import owe_each
from people.enums import YesNoNotKnown
from safeguarding.operations import raise_concern

TOMORROW = timedelta(days=1)


class MissingAlready(Exception):
    """Somebody has written down that they are missing. ``episode``: as it is now."""

    def __init__(self, episode):
        super().__init__(f"{episode} goes on")
        self.episode = episode


class EpisodeChanged(Exception):
    """Somebody else wrote on it since the page was made. ``episode``: as it is now."""

    def __init__(self, episode):
        super().__init__(f"{episode} is at {episode.edition}")
        self.episode = episode


@transaction.atomic
def report_missing(
    case, *, by, kind, from_at, told_us_by, police_told, police_reference="", raises_concern=True, **known
):
    """Write down that they are missing, as little as is known now; the safety plan is looked at again.

    Who works with them and who manages there have a letter at once, and it is
    a concern, which whoever is on duty and the leads hear of, unless
    ``raises_concern`` is false. ``known``: more columns of ``MissingEpisode``.
    Possible in every open state, whatever was agreed or withdrawn. Raises
    ``MoveNotAllowed``, ``KeptAlready`` of a form that was sent twice, ``MissingAlready``.
    """
    case = lock_open(case)
    if case.kind == CaseKind.CARER_ONLY:
        raise MoveNotAllowed(f"{case} is about a carer alone")
    _refuse_second(case, by=by, from_at=from_at)
    told = {"told_us_by": told_us_by, "police_told": police_told, "police_reference": police_reference, **known}
    episode = MissingEpisode.objects.create(case=case, kind=kind, from_at=from_at, by=by, changed_by=by, **told)
    record("missing_episode.opened", case, by=by, episode=episode.pk, kind=kind, police_told=police_told)
    _tell(episode, MissingType(kind).label, by=by, at=from_at)
    missing_reported.send(sender=MissingEpisode, episode=episode, by=by)
    _look_at_safety_plan(case, by=by)
    managers = _write_to_who_sees_to_it(episode, by=by)
    if raises_concern:
        severity, what = missing_words.severity(episode), missing_words.as_concern(episode)
        raise_concern(case.subject, by=by, severity=severity, what=what, heard=managers)
    return episode


def _write_to_who_sees_to_it(episode, *, by):
    """At any hour; whoever wrote it down knows. The ids of the managers among them."""
    managers = {person.pk: person.email for person in managers_of(episode.case)}
    people = managers | {person.pk: person.email for person in who_works_on(episode.case)}
    owe_each(
        "missing",
        recipients={f"missing:{episode.pk}:{pk}": to for pk, to in people.items() if pk != by.pk},
        language="en-gb",
        reference=episode.case.reference,
        path=episode.get_absolute_url(),
    )
    return managers.keys() - {by.pk}


def _refuse_second(case, *, by, from_at):
    going_on = case.missing_episodes.going_on().select_related("by").first()
    if going_on is None:
        return
    if going_on.by == by and going_on.from_at == from_at and going_on.at > timezone.now() - A_MOMENT:
        raise KeptAlready("the same was written a moment ago")
    raise MissingAlready(going_on)


@transaction.atomic
def write_missing(episode, *, by, seen, **told):
    """Add to it or put it right, in parts; the same words again write nothing.

    ``told``: columns of ``MissingEpisode``; ``seen``: the edition that the page showed. Raises ``MoveNotAllowed``,
    ``EpisodeChanged``.
    """
    case, episode = _hold(episode)
    changed = {name: value for name, value in told.items() if getattr(episode, name) != value}
    if not changed:
        return episode
    _refuse_unseen(episode, seen)
    if not episode.is_over and changed.keys() & {"until_at", "found_how", "harm", "own_words"}:
        raise MoveNotAllowed(f"{episode} goes on")
    knew = episode.police_told == YesNoNotKnown.YES
    if "until_at" in changed:
        changed |= {"back_by": by, "back_at": timezone.now()}
    _keep(episode, changed, by=by)
    record("missing_episode.written", case, by=by, episode=episode.pk, columns=sorted(changed))
    if not knew and episode.police_told == YesNoNotKnown.YES:
        _tell(episode, _("The police know that they are missing"), by=by, at=episode.police_told_at)
    return episode


@transaction.atomic
def come_back(episode, *, by, until_at, found_how="", harm=""):
    """They are back. Until tomorrow: is it still safe to reach them as agreed, does the safety plan hold, must others
    meet about it (domain.md 5.10).

    Raises ``MoveNotAllowed`` once the case is closed or somebody has written down that they are back.
    """
    case, episode = _hold(episode)
    if episode.is_over:
        raise MoveNotAllowed(f"{episode} is over")
    back = {"until_at": until_at, "back_by": by, "back_at": timezone.now(), "found_how": found_how, "harm": harm}
    _keep(episode, back, by=by)
    record("missing_episode.ended", case, by=by, episode=episode.pk)
    _tell(episode, _("They are back"), by=by, at=until_at)
    _owe_on_return(episode, by=by)
    return episode


@transaction.atomic
def talk_about_return(episode, *, by, seen, talk, **told):
    """How far the return conversation has come. ``told``: columns of ``MissingEpisode``.

    Raises ``MoveNotAllowed`` while they are missing or once the case is closed, ``EpisodeChanged``.
    """
    case, episode = _hold(episode)
    if not episode.is_over:
        raise MoveNotAllowed(f"{episode} goes on")
    changed = {name: value for name, value in {"talk": talk, **told}.items() if getattr(episode, name) != value}
    if not changed:
        return episode
    _refuse_unseen(episode, seen)
    _keep(episode, changed, by=by)
    record("return_talk.recorded", case, by=by, episode=episode.pk, talk=talk)
    if "talk" in changed:
        _tell(episode, _("Return conversation: %(answer)s") % {"answer": ReturnTalk(talk).label}, by=by)
    return episode


def _hold(episode):
    """The case and the episode as they are now, held until the act ends: first the case, as every act does."""
    case = lock_open(episode.case)
    episode = MissingEpisode.objects.select_for_update(of=["self"]).select_related("changed_by").get(pk=episode.pk)
    episode.case = case
    return case, episode


def _refuse_unseen(episode, seen):
    if episode.edition != seen:
        raise EpisodeChanged(episode)


def _keep(episode, columns, *, by):
    columns = {**columns, "edition": episode.edition + 1, "changed_by": by, "changed_at": timezone.now()}
    for name, value in columns.items():
        setattr(episode, name, value)
    episode.save(update_fields=list(columns))


def _tell(episode, title, *, by, at=None):
    """That it happened; what is known of it stands on its own page, which fewer people read."""
    tell(episode.case, EntryKind.MISSING, title, by=by, at=at, path=episode.get_absolute_url())


def _look_at_safety_plan(case, *, by):
    owe_once_locked(case, TaskKind.SAFETY_PLAN, by=by, due_on=timezone.localdate() + TOMORROW)


def _owe_on_return(episode, *, by):
    """After an absence from school nobody meets about it as a matter of course."""
    kinds = [TaskKind.SAFE_CONTACT, TaskKind.SAFETY_PLAN]
    if episode.kind != MissingType.SCHOOL_ABSENCE:
        kinds.append(TaskKind.STRATEGY_DISCUSSION)
    for kind in kinds:
        owe_once_locked(episode.case, kind, by=by, due_on=timezone.localdate() + TOMORROW)
