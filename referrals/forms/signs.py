"""Signs and circumstances (domain.md 3.3): one field for all of them, because so many small ones would cost too much.

A referrer opens the groups that help and answers what they know. Nothing is
needed, nothing is counted, and what was done to a young person is never
called a risk.
"""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from referrals.enums import SEEN, SIGNS_OF, Sign, SignGroup, SignSource, SignTiming
from referrals.forms.base import line, one_of
from ui.forms import PrForm

PARTS = {"timing": "", "source": "_source", "note": "_note"}  # of a sign, and how each is named after it
WHERE_SEEN = f"timing={'|'.join(SEEN)}"
HINTS = {
    SignGroup.HARM_INDICATOR: gettext_lazy("What somebody else did or does. A few words are enough, and no details."),
    SignGroup.PROTECTIVE: gettext_lazy("What is there already helps us to begin well."),
}


class SignForm(PrForm):
    """What was answered about one sign. How it is known, and the note, count only where it was seen."""

    timing = one_of("", SignTiming, required=False)
    source = one_of("", SignSource, required=False)
    note = line("", limit=300, required=False)

    def clean(self):
        cleaned = super().clean()
        self.clear_hidden([("source", WHERE_SEEN), ("note", WHERE_SEEN)])
        return cleaned


class SignsWidget(forms.Widget):
    """A group to open for each kind. ``wrong`` is set by the field: the signs whose answer cannot be kept."""

    use_fieldset = True
    widgets_names = [f"_{sign}{part}" for sign in Sign for part in PARTS.values()]

    def __init__(self, attrs=None):
        self.wrong = frozenset()
        super().__init__(attrs)

    def value_from_datadict(self, data, files, name):
        """Only the signs of which something was said."""
        said = {}
        for sign in Sign:
            answer = {part: data.get(f"{name}_{sign}{ending}") or "" for part, ending in PARTS.items()}
            if any(answer.values()):
                said[sign] = answer
        return said

    def render(self, name, value, attrs=None, renderer=None):
        said = value or {}
        groups = [self._group(group, signs, name, said) for group, signs in SIGNS_OF.items()]
        return render_to_string("refer/_signs.html", {"groups": groups})

    def _group(self, group, signs, name, said):
        return {
            "label": group.label,
            "hint": HINTS.get(group, ""),
            "is_open": not said.keys().isdisjoint(signs),
            "signs": [self._sign(sign, name, said.get(sign)) for sign in signs],
        }

    def _sign(self, sign, name, answer):
        if answer is None:
            return untouched(sign, name, get_language())
        return _drawn(sign, name, is_wrong=sign in self.wrong, **answer)


@cache
def untouched(sign, name, language):
    """Drawn once for each language: of so many signs a referrer answers a few."""
    return _drawn(sign, name)


def _drawn(sign, name, *, timing="", source="", note="", is_wrong=False):
    place = SignsWidget.widgets_names.index(f"_{sign}")
    context = {
        "label": sign.label,
        "name": f"{name}_{sign}",
        "ids": [f"id_{name}_{place + part}" for part in range(len(PARTS))],
        "described_by": f"id_{name}_error" if is_wrong else "",
        "timings": [(choice.value, choice.label, choice == timing) for choice in SignTiming],
        "sources": [(choice.value, choice.label, choice == source) for choice in SignSource],
        "note": note,
    }
    return render_to_string("refer/_sign.html", context)


class SignsField(forms.Field):
    """A row for each sign that was answered, as ``SignSeen`` stores it."""

    widget = SignsWidget

    def clean(self, value):
        answers = {sign: SignForm(answer) for sign, answer in value.items()}
        wrong = {sign: form for sign, form in answers.items() if not form.is_valid()}
        self.widget.wrong = frozenset(wrong)
        if wrong:
            raise ValidationError([error for sign, form in wrong.items() for error in _errors_of(sign, form)])
        return [{"sign": sign} | form.cleaned_data for sign, form in answers.items() if form.cleaned_data["timing"]]

    def lines_of(self, rows):
        """What was answered, in words, to be read before sending."""
        return [_in_words(row) for row in rows]


def _errors_of(sign, form):
    for part, messages in form.errors.items():
        for message in messages:
            sentence = _("%(sign)s: %(problem)s") % {"sign": sign.label, "problem": message}
            yield ValidationError(sentence, params={"part": f"{sign}{PARTS[part]}"})


def _in_words(row):
    answer = [SignTiming(row["timing"]).label, SignSource(row["source"]).label if row["source"] else "", row["note"]]
    return _("%(question)s: %(answer)s") % {
        "question": Sign(row["sign"]).label,
        "answer": " – ".join(str(part) for part in answer if part),
    }
