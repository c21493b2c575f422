"""Writing one part of a draft: only what differs, so that its history tells what was typed and no more."""

from difflib import SequenceMatcher

from cases.assessing import MARKS, ROWS
from cases.comparing import CARRIED_ON
from cases.models import Mark

ALIKE = 0.6  # of their letters


def changes_in(held, values):
    """Those of ``values`` that are other than what is held. A list nobody sent stays as it is."""
    return {name: value for name, value in values.items() if value != held[name]}


def save_changes(draft, changed):
    """Write what differs into a draft that this act holds."""
    texts = [name for name in changed if name not in ROWS and name != MARKS]
    for name in texts:
        setattr(draft, name, changed[name])
    draft.edition += 1
    draft.save(update_fields=[*texts, "edition"])
    for name in CARRIED_ON:
        if name in changed:
            _save_rows(draft, name, changed[name])
    if MARKS in changed:
        _save_marks(draft, changed[MARKS])


def _save_rows(draft, name, entries):
    """Entries are matched by their words first, so that one taken out of the middle is the one that goes.

    What is left over on both sides was typed into: it is matched in order.
    """
    left = list(getattr(draft, name).select_related("came_from"))
    matched = []
    for entry in entries:
        row = next((row for row in left if _says(row, entry)), None)
        matched.append(row)
        if row is not None:
            left.remove(row)
    for position, (entry, row) in enumerate(zip(entries, matched, strict=True)):
        row = row or (left.pop(0) if left else None)
        _write(draft, name, entry | {"position": position}, row)
    for row in left:
        row.delete()


def _says(row, values):
    return all(getattr(row, column) == value for column, value in values.items())


def _write(draft, name, values, row):
    if row is None:
        getattr(draft, name).create(**values)
        return
    if row.came_from and not _are_alike(row.came_from.words, values["words"]):
        values = values | {"came_from": None}  # something else was typed over it: said for the first time
    if _says(row, values):
        return
    for column, value in values.items():
        setattr(row, column, value)
    row.save(update_fields=list(values))


def _are_alike(earlier, words):
    """Whether these are the same words put better."""
    return SequenceMatcher(None, earlier.lower(), words.lower(), autojunk=False).quick_ratio() >= ALIKE


def _save_marks(draft, marks):
    """Marks by what they are about and whose they are; one that was emptied is taken out."""
    held = {mark.key: mark for mark in draft.marks.all()}
    for key, mark in held.items():
        if key not in marks:
            mark.delete()
        elif mark.value != marks[key]:
            mark.value = marks[key]
            mark.save(update_fields=["value"])
    Mark.objects.bulk_create(Mark.of(draft, key, value) for key, value in marks.items() if key not in held)


def carry_on(before, *, to):
    """Begin an update with what the version before it says; marks and the young person's word are asked anew."""
    for name in CARRIED_ON:
        kind = getattr(to, name).model
        kind.objects.bulk_create(_again(row, name, to) for row in getattr(before, name).all())


def _again(row, name, to):
    same = {column: getattr(row, column) for column in (*ROWS[name], "position")}
    return type(row)(assessment=to, came_from=row, **same)
