"""What is written down in the carer's own record: notes, what is owed, ways to reach them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import A_MOMENT, ClosedToThem, KeptAlready, MoveNotAllowed, refuse_twice
from people import operations as people
from people.visible import is_open_to_all
from sessions.carer_enums import StrandEntryKind
from sessions.carer_steps import hold, hold_free, hold_worked_on, tell_strand
from sessions.models.carers import CarerNote, CarerTask

K = StrandEntryKind


@transaction.atomic
def add_carer_note(strand, *, by, text, happened_at=None):
    """Write something down. Raises ``MoveNotAllowed``, ``KeptAlready``."""
    strand = hold_free(strand)
    refuse_twice(strand.carer_notes, by=by, text=text)
    note = CarerNote.objects.create(strand=strand, text=text, by=by, happened_at=happened_at or timezone.now())
    record("carer_note.added", strand, by=by, note=note.pk)
    tell_strand(strand, K.NOTE, _("Note"), by=by, words=text, at=note.happened_at)
    return note


@transaction.atomic
def set_carer_task(strand, *, by, what, due_on, owner=None):
    """Something that is owed on this side, by whoever works with them.

    Raises ``MoveNotAllowed``, ``ClosedToThem``, ``KeptAlready``.
    """
    strand = hold_worked_on(strand)
    same = strand.carer_tasks.open().filter(set_by=by, what=what, due_on=due_on)
    if same.filter(set_at__gt=timezone.now() - A_MOMENT).exists():
        raise KeptAlready("the same was set a moment ago")
    owner = owner or strand.practitioner
    if not is_open_to_all(strand.subject, {owner.pk}):
        raise ClosedToThem(f"{strand} is closed to {owner.pk}")
    task = CarerTask.objects.create(strand=strand, what=what, owner=owner, due_on=due_on, set_by=by)
    record("carer_task.set", strand, by=by, task=task.pk)
    return task


@transaction.atomic
def finish_carer_task(task, *, by):
    """It is done. Doing it twice changes nothing."""
    hold(task.strand)
    task = CarerTask.objects.select_for_update(of=["self"]).select_related("strand").get(pk=task.pk)
    if task.done_at is None:
        task.done_by, task.done_at = by, timezone.now()
        task.save(update_fields=["done_by", "done_at"])
        record("carer_task.done", task.strand, by=by, task=task.pk)
    return task


@transaction.atomic
def add_carer_contact(strand, *, by, **answers):
    """A way to reach them, as they told us; it hangs on themselves alone. Raises ``MoveNotAllowed``."""
    strand = hold_free(strand)
    return people.add_contact(strand.subject, by=by, **answers)


@transaction.atomic
def confirm_carer_contact(strand, contact, *, by, **answers):
    """We have asked how it is safe to reach them on this way. Raises ``MoveNotAllowed`` where it is somebody else's."""
    strand = hold_free(strand)
    if contact.subject_id != strand.subject_id:
        raise MoveNotAllowed(f"{contact} is not of {strand}")
    return people.confirm(contact, by=by, **answers)
