"""What is written down while a case is open. Nothing gates it: not consent, not a pause."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.recording import record
from cases.enums import FOR_A_MANAGER, EntryKind, TaskKind
from cases.managers import lead_of, manager_of, who_may_be_asked
from cases.models import CaseNote, ContactAttempt, Pause, Task, TimelineEntry
from cases.steps import ClosedToThem, MoveNotAllowed, lock, lock_open, refuse_twice, tell


@transaction.atomic
def add_note(case, *, by, text, happened_at=None):
    """Write something down. Raises ``MoveNotAllowed`` once the case is closed, ``KeptAlready``."""
    case = lock_open(case)
    refuse_twice(case.notes, by=by, text=text)
    note = CaseNote.objects.create(case=case, text=text, by=by, happened_at=happened_at or timezone.now())
    record("case_note.added", case, by=by, note=note.pk)
    tell(case, EntryKind.NOTE, _("Note"), by=by, words=text, at=note.happened_at)
    return note


@transaction.atomic
def record_contact(case, *, by, **what):
    """One try to reach somebody. ``what``: the columns of ``ContactAttempt``.

    Raises ``MoveNotAllowed`` once the case is closed, but for whoever asks how they are after the ending;
    ``KeptAlready``.
    """
    case = lock(case)
    if not case.is_open and not case.tasks.owed_check_ins(by).exists():
        raise MoveNotAllowed(f"{case} is {case.status}")
    refuse_twice(case.contact_attempts, by=by, **{name: what[name] for name in what.keys() - {"happened_at"}})
    attempt = ContactAttempt.objects.create(case=case, by=by, **what)
    record("contact.recorded", case, by=by, attempt=attempt.pk, outcome=attempt.outcome)
    words = {"channel": attempt.get_channel_display(), "outcome": attempt.get_outcome_display()}
    title = _("%(channel)s: %(outcome)s") % words
    tell(case, EntryKind.CONTACT, title, by=by, words=attempt.what, at=attempt.happened_at)
    return attempt


@transaction.atomic
def set_task(case, *, by, what, owner, due_on, kind=TaskKind.GENERAL):
    """Something that somebody owes on this case: who works on it or manages there, and may see it.

    Raises ``MoveNotAllowed``, ``ClosedToThem``.
    """
    case = lock_open(case)
    if not who_may_be_asked(case).filter(pk=owner.pk).exists():
        raise ClosedToThem(f"{owner.pk} neither works on {case} nor manages there, or must not see it")
    return set_task_locked(case, by=by, what=what, owner=owner, due_on=due_on, kind=kind)


def set_task_locked(case, *, by, what, owner, due_on, kind=TaskKind.GENERAL, **agreed_at):
    """The same for a case that this act holds. ``agreed_at``: the contribution or the supervision it comes of."""
    task = Task.objects.create(case=case, kind=kind, what=what, owner=owner, due_on=due_on, set_by=by, **agreed_at)
    record("task.set", case, by=by, task=task.pk, kind=kind)
    return task


def owe_once_locked(case, kind, *, by, due_on):
    """What something that happened asks for: of each kind (``OWED_ONCE``) one open task, the lead's, however often.

    One that is open already may be due sooner now.
    """
    task = case.tasks.open().filter(kind=kind).first()
    if task is None:
        return set_task_locked(case, by=by, what=ASKED[kind](), owner=lead_of(case) or by, due_on=due_on, kind=kind)
    if due_on < task.due_on:
        task.due_on = due_on
        task.save(update_fields=["due_on"])
        record("task.hastened", case, by=by, task=task.pk)
    return task


ASKED = {
    TaskKind.SAFETY_PLAN: lambda: _("Look at the safety plan again: does it still hold?"),
    TaskKind.SAFE_CONTACT: lambda: _("Ask again how it is safe to reach them"),
    TaskKind.STRATEGY_DISCUSSION: lambda: _("Think about a strategy discussion: must others meet about it?"),
}


@transaction.atomic
def finish_task(task, *, by):
    """It is done. Doing it twice changes nothing."""
    case = lock(task.case)
    task = Task.objects.select_for_update(of=["self"]).get(pk=task.pk)
    if task.done_at is None:
        finish_task_locked(case, task, by=by)
        tell(case, EntryKind.NOTE, _("Done: %(what)s") % {"what": task.what[:180]}, by=by, path=_tasks_page(case))
    return task


def finish_task_locked(case, task, *, by):
    """The same for a task of a case that this act holds, without a line in its story: nobody owes it any more."""
    task.done_by, task.done_at = by, timezone.now()
    task.save(update_fields=["done_by", "done_at"])
    record("task.done", case, by=by, task=task.pk)


def hand_over_tasks_locked(case, *, of, by):
    """Who has gone leaves no task behind: the lead takes it, or a manager where there is none or it was for one."""
    manager, lead = manager_of(case), lead_of(case)
    left = Task.objects.open().filter(case=case, owner=of)
    _hand_over(case, left.exclude(kind__in=FOR_A_MANAGER), to=lead or manager or by, by=by)
    _hand_over(case, left.filter(kind__in=FOR_A_MANAGER), to=manager or lead or by, by=by)


def _hand_over(case, left, *, to, by):
    tasks = list(left.exclude(owner=to))
    for task in tasks:
        before, task.owner = task.owner_id, to
        task.save(update_fields=["owner"])
        record("task.handed_over", case, by=by, task=task.pk, came_from=before, to=to.pk)
    if tasks:
        title = ngettext("%(count)d task goes to %(name)s", "%(count)d tasks go to %(name)s", len(tasks))
        title %= {"count": len(tasks), "name": to.full_name}
        what = "\n".join(task.what for task in tasks)
        tell(case, EntryKind.PEOPLE, title, by=by, words=what, path=_tasks_page(case))


def _tasks_page(case):
    return reverse("cases:tasks", args=[case.reference])


@transaction.atomic
def pin(entry, *, by):
    """Keep a line of the timeline in sight."""
    entry = TimelineEntry.objects.select_for_update(of=["self"]).get(pk=entry.pk)
    if entry.pinned_at is None:
        entry.pinned_by, entry.pinned_at = by, timezone.now()
        entry.save(update_fields=["pinned_by", "pinned_at"])
        record("entry.pinned", entry.case, by=by, entry=entry.pk)
    return entry


@transaction.atomic
def unpin(entry, *, by):
    entry = TimelineEntry.objects.select_for_update(of=["self"]).get(pk=entry.pk)
    if entry.pinned_at is not None:
        entry.pinned_by, entry.pinned_at = None, None
        entry.save(update_fields=["pinned_by", "pinned_at"])
        record("entry.unpinned", entry.case, by=by, entry=entry.pk)
    return entry


@transaction.atomic
def pause(case, *, by, reason, review_on):
    """Let the work rest until somebody looks again. The planned end does not move. Raises ``MoveNotAllowed``."""
    case = lock_open(case)
    if Pause.objects.filter(case=case, resumed_on__isnull=True).exists():
        raise MoveNotAllowed(f"{case} is paused")
    paused = Pause.objects.create(case=case, reason=reason, review_on=review_on, paused_by=by)
    record("case.paused", case, by=by, pause=paused.pk)
    tell(case, EntryKind.EXTENSION, _("The work rests"), by=by, words=reason)
    return paused


@transaction.atomic
def resume(case, *, by):
    """Go on. Raises ``MoveNotAllowed`` where nothing rests."""
    case = lock_open(case)
    paused = Pause.objects.filter(case=case, resumed_on__isnull=True).first()
    if paused is None:
        raise MoveNotAllowed(f"{case} is not paused")
    paused.resumed_by, paused.resumed_on = by, timezone.localdate()
    paused.save(update_fields=["resumed_by", "resumed_on"])
    record("case.resumed", case, by=by, pause=paused.pk)
    tell(case, EntryKind.EXTENSION, _("The work goes on"), by=by)
    return paused
