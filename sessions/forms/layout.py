"""What the page of a session is made of, and how it stays short."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.enums import SessionKind, SessionMode
from ui.forms import Details, Reveal, field_names, words
from ui.hours import moments
from ui.times import moment

LONG = 6000


class Whole(Reveal):
    """Whole sections that follow from an answer: cards of their own, not set in under it."""

    template = "%s/layout/whole.html"


class FilledIn(Details):
    """What was filled in for them at first, said in one line; open where they have changed something or it is wrong.

    Then the line is another: it would speak against the answers below it.
    """

    def render(self, form, context, template_pack="pr", **kwargs):
        if self.is_open(form):
            self.label = _("What it was for, where and when")
        return super().render(form, context, template_pack, **kwargs)

    def is_open(self, form):
        names = list(field_names(self))
        return form.is_bound and any(name in form.errors or name in form.changed_data for name in names)


class Several(forms.MultipleChoiceField):
    """Rows of theirs, each by its own words; answered with the rows."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label, column):
        super().__init__(label=label, required=False)
        self.column = column

    def offer(self, rows):
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(pk, getattr(row, self.column) if self.column else str(row)) for pk, row in self.rows.items()]

    def clean(self, value):
        return [self.rows[pk] for pk in dict.fromkeys(super().clean(value))]


def text(label, *, rows=3):
    """Words that nobody owes. How many they may be is said to whoever writes too many, and to nobody else."""
    return words(label, rows=rows, limit=None, required=False, validators=[MaxLengthValidator(LONG)])


def facts_in_words(told):
    """What the page was begun with, in one line. ``told``: the form's initial answers."""
    found = moments(told["on"], told["at_time"])
    length = ngettext("%(count)d minute", "%(count)d minutes", told["minutes"]) % {"count": told["minutes"]}
    return _("Filled in at first: %(kind)s; %(mode)s; %(when)s; %(length)s. Open this to change it.") % {
        "kind": SessionKind(told["kind"]).label,
        "mode": SessionMode(told["mode"]).label,
        "when": moment(found[0]) if found else "",
        "length": length,
    }
