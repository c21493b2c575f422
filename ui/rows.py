"""Lists that grow inside a form: as many entries as were typed, and one more to fill in.

Each entry is a small form of its own, with the names ``list-0-name``,
``list-1-name``. Adding and removing one is a way to send the page, so it
works without JavaScript and loses nothing that was typed.
"""

import re

from crispy_forms.layout import LayoutObject
from django.forms.utils import ErrorList
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ui.forms import PrForm, field_names, reveals

MOST_READ = 100  # entries of a list that is sent; a page offers far fewer
TOO_MANY = ngettext_lazy(
    "You can list %(most)d here. Tell us about the others in your own words, or when we ring.",
    "You can list up to %(most)d here. Tell us about the others in your own words, or when we ring.",
    "most",
)


class RowForm(PrForm):
    """One entry. Where nothing was typed, it does not count and nothing in it is required."""

    number_label = _("Number %(number)d")  # what one entry is called
    remove_label = _("Remove number %(number)d")
    add_label = _("Add another")
    most = 40

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, **kwargs)

    def asked(self):
        return names_asked(self)


class Rows:
    """The entries of one list, over what a browser sent."""

    def __init__(self, name, kind, data, **options):
        self.name, self.kind = name, kind
        count = min(max(count_in(data, name), 1), MOST_READ)
        self.forms = [kind(data, prefix=f"{name}-{index}", **options) for index in range(count)]

    def __iter__(self):
        return iter(self.forms)

    @property
    def can_grow(self):
        return len(self.forms) < self.kind.most

    @cached_property
    def filled(self):
        return [form for form in self.forms if form.has_changed()]

    @cached_property
    def errors(self):
        """What is wrong with the list as a whole; each entry has its own beside its fields."""
        most = self.kind.most
        return ErrorList([TOO_MANY % {"most": most}] if len(self.filled) > most else [])

    def is_valid(self):
        """Every entry is looked at, also after the first that is wrong: the page tells of all."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong and not self.errors

    @property
    def values(self):
        return [form.cleaned_data for form in self.filled]

    def without_errors(self):
        for form in self.forms:
            form.without_errors()

    def typed(self, data):
        names = [name for form in self.forms for name in form.input_names()]
        return {name: data.getlist(name) for name in names if name in data}


class FormWithRows(PrForm):
    """A form in which lists stand. ``lists`` maps the name of each to the form of one entry."""

    lists: dict = {}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.rows = {name: Rows(name, kind, self.data) for name, kind in self.lists.items()}

    def clean(self):
        """Lists are answers too; one that was not asked for is empty."""
        cleaned = super().clean()
        asked = self.asked()
        for name, rows in self.rows.items():
            if name in asked and not rows.is_valid():
                self._errors[name] = rows.errors
            cleaned[name] = rows.values if name in asked and rows.is_valid() else []
        return cleaned

    def without_errors(self):
        for rows in self.rows.values():
            rows.without_errors()
        return super().without_errors()

    def typed(self, data):
        """What was typed in these fields, as it was typed."""
        own = {name: data.getlist(name) for name in self.input_names() if name in data}
        return own | {name: values for rows in self.rows.values() for name, values in rows.typed(data).items()}

    def sent(self, name):
        """What came for one question, or for every entry of a list."""
        if name in self.rows:
            return [[row[field].data for field in row.fields] for row in self.rows[name]]
        return self[name].data

    def asked(self):
        return names_asked(self)


class RowsOf(LayoutObject):
    """Where a list stands in the layout of its form, which holds it as ``form.rows[name]``."""

    def __init__(self, name):
        self.name, self.fields = name, [name]

    def render(self, form, context, template_pack="pr", **kwargs):
        rows = form.rows[self.name]
        entries = [self._entry(rows.kind, row, number, context) for number, row in enumerate(rows, start=1)]
        return render_to_string("pr/layout/rows.html", {"rows": rows, "entries": entries, "add": rows.kind.add_label})

    def _entry(self, kind, row, number, context):
        return {
            "value": f"{self.name}-{number - 1}",
            "label": kind.number_label % {"number": number},
            "remove": kind.remove_label % {"number": number},
            "html": row.helper.render_layout(row, context, template_pack="pr"),
        }


def names_asked(form):
    """The questions that a form puts, in the order of the page: not those that an answer made needless."""
    hidden = set()
    for reveal in reveals(form.helper.layout):
        question, answers = reveal.condition
        given = form[question].data
        given = given if isinstance(given, (list, tuple)) else [given]
        if question in hidden or not set(map(str, given)) & set(answers):
            hidden |= set(field_names(reveal))
    return [name for name in field_names(form.helper.layout) if name not in hidden]


def count_in(data, name):
    """How many entries of a list were sent, or stored: one more than the highest number among them."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-")
    numbers = [int(found[1]) for key in data if (found := pattern.match(key))]
    return max(numbers, default=-1) + 1


def with_another(typed, rows):
    """What was typed, and one more entry with nothing in it."""
    if not rows.can_grow:
        return typed
    first = next(field_names(rows.forms[0].helper.layout))
    return typed | {f"{rows.name}-{len(rows.forms)}-{first}": [""]}


def without(typed, name, index):
    """What was typed, without one entry of a list; those after it move up."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-(.*)")
    kept = {}
    for key, values in typed.items():
        found = pattern.fullmatch(key)
        number = int(found[1]) if found else -1
        if found and number == index:
            continue
        kept[f"{name}-{number - 1}-{found[2]}" if found and number > index else key] = values
    return kept


def entry_named(value, rows):
    """The list and the number that a button to remove an entry names, or nothing."""
    name, _dash, number = (value or "").rpartition("-")
    return (name, int(number)) if name in rows and re.fullmatch(r"\d{1,3}", number) else None
