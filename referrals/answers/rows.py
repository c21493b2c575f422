"""Answers as rows for a page: labels and ready values. Pure over loaded rows."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from referrals.enums import YesNoNotKnown
from ui.times import long_date

YES, NO = YesNoNotKnown.YES, YesNoNotKnown.NO
NOT_ASKED = "not_asked"


def part(name, title, *rows):
    """One card of the page: what was answered, and in one line what was not asked."""
    answered, empty = [], []
    for row in rows:
        (answered if row.get("value") or row.get("lines") else empty).append(row)
    not_asked = "; ".join(str(row["label"]).rstrip("?") for row in empty)
    return {"id": name, "title": title, "rows": answered, "not_asked": not_asked}


def label_of(record, field):
    """As words, not as a promise of them: each look at a promise translates it again."""
    return capfirst(str(record._meta.get_field(field).verbose_name))


def row(record, field, label=""):
    """One answer, labelled as its field is and worded as its choice is. *Not asked* is no answer."""
    return {"label": label or label_of(record, field), "value": worded(record, field)}


def worded(record, field):
    value = getattr(record, field)
    if value == NOT_ASKED:
        return ""
    if hasattr(value, "isoformat"):
        return long_date(value)
    shown = getattr(record, f"get_{field}_display", None)
    if shown:
        return str(shown())
    return "" if value is None else str(value)


def rows(record, *fields):
    return [row(record, field) for field in fields]


def several(record, field):
    """An answer of which there may be more than one."""
    labels = dict(record._meta.get_field(field).base_field.choices)
    values = [value for value in getattr(record, field) if value != NOT_ASKED]
    return {"label": label_of(record, field), "lines": [str(labels[value]) for value in values]}


def marked(record, field, label, *, speaks):
    """One answer, set in bold where it speaks of harm now: a reader in haste tells Yes from No."""
    return row(record, field, label) | {"is_strong": getattr(record, field) == speaks}


def yes_no(value):
    return _("Yes") if value else _("No")


def only(condition, *rows):
    return list(rows) if condition else []


def line_of(record, field, label=""):
    """An answer within an entry, or nothing where nobody asked."""
    return said(label or label_of(record, field), worded(record, field))


def said(label, value):
    return _("%(question)s: %(answer)s") % {"question": label, "answer": value} if value else ""


def entry(label, *lines):
    """One entry of a list: who or what it is, and what was said of it."""
    return {"label": label, "lines": [line for line in lines if line] or [_("Nothing more was said.")]}


def entries(label, found):
    """The entries of a list; an empty one is a question that nobody answered."""
    return found or [{"label": label, "value": ""}]


def named(name, relationship):
    if not (name and relationship):
        return name or relationship
    return _("%(name)s (%(relationship)s)") % {"name": name, "relationship": relationship}
