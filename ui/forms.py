"""How a form is laid out, cleaned and shown. What a form asks is its own app's business."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, pretty_name
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ui.dates import DateParts, DatePartsField

__all__ = [
    "Button",
    "DateParts",
    "DatePartsField",
    "Details",
    "Include",
    "PrForm",
    "PrFormMixin",
    "Reveal",
    "Section",
    "Together",
    "form_helper",
    "words",
]

# Marks that turn the direction of text round: in a name or an address they can only mislead.
DIRECTION_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Marks that show as nothing though they are letters or symbols to Unicode: fillers, a blank pattern, selectors.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\x85\u2028\u2029]+")
LONG = 4000
SAVE_AND_CONTINUE = _("Save and continue")
CANNOT_STORE = _("This contains a character that we cannot store. Type it again without pasting.")


class Section(LayoutObject):
    """A card with a heading. ``intro`` is one paragraph under it."""

    template = "%s/layout/section.html"

    def __init__(self, title, *fields, intro=""):
        self.title, self.fields, self.intro = title, list(fields), intro

    def render(self, form, context, template_pack="pr", **kwargs):
        section = {"title": self.title, "intro": self.intro, "id": f"section-{slugify(self.title)}"}
        fields = self.get_rendered_fields(form, context, template_pack)
        return render_to_string(self.get_template_name(template_pack), {"section": section, "fields": fields})


class Reveal(LayoutObject):
    """Questions asked only after one answer: ``when="agreed=no"``, or ``"agreed=no|not_asked"``.

    It stands after the group of radio buttons it depends on, never inside it.
    A browser without JavaScript shows it always, so a field inside may be
    required: :class:`PrForm` drops answers and errors of what was not asked.
    """

    template = "%s/layout/reveal.html"

    def __init__(self, *fields, when):
        self.fields, self.when = list(fields), when

    @property
    def condition(self):
        name, _equals, values = self.when.partition("=")
        return name, values.split("|")

    def render(self, form, context, template_pack="pr", **kwargs):
        name, values = self.condition
        when = f"{form.add_prefix(name)}={'|'.join(values)}"
        fields = self.get_rendered_fields(form, context, template_pack)
        return render_to_string(self.get_template_name(template_pack), {"when": when, "fields": fields})


class Together(LayoutObject):
    """One question with an answer for each of several people, side by side: their labels say whose it is."""

    template = "%s/layout/together.html"

    def __init__(self, legend, *fields):
        self.legend, self.fields = legend, list(fields)

    def render(self, form, context, template_pack="pr", **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack)
        return render_to_string(self.get_template_name(template_pack), {"legend": self.legend, "fields": fields})


class Details(LayoutObject):
    """Questions that few need, closed until somebody opens them; open from the start where something was said."""

    template = "%s/layout/details.html"

    def __init__(self, label, *fields):
        self.label, self.fields = label, list(fields)

    def render(self, form, context, template_pack="pr", **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack)
        details = {"label": self.label, "is_open": self.is_open(form)}
        return render_to_string(self.get_template_name(template_pack), {"details": details, "fields": fields})

    def is_open(self, form):
        return any(_is_touched(form, name) for name in field_names(self))


class Include(LayoutObject):
    """A template between the questions: a warning, an explanation, whom to ring."""

    def __init__(self, template, **context):
        self.template, self.context, self.fields = template, context, []

    def render(self, form, context, template_pack="pr", **kwargs):
        return render_to_string(self.template, {**context.flatten(), **self.context, "form": form})


@dataclass(frozen=True)
class Button:
    """A way to send the form. ``kind`` is primary, quiet or danger; a name says which one was pressed."""

    label: str
    name: str = ""
    kind: str = "primary"


def words(label, *, rows=4, limit=LONG, **options):
    """A question that is answered in sentences."""
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


def form_helper(*layout, submit=SAVE_AND_CONTINUE, extra_buttons=(), guard=True, action=""):
    """The crispy helper of every form of ours.

    ``extra_buttons`` are :class:`Button` or ``(name, label)``. ``guard`` asks
    before typed words are left behind. Return it from ``__init__`` or a property.
    """
    helper = FormHelper()
    helper.template_pack = "pr"
    helper.layout = Layout(*layout)
    helper.form_action = action
    helper.attrs = {"novalidate": "novalidate"} | ({"data_guard": "1"} if guard else {})
    helper.buttons = [Button(submit)] if submit else []
    for button in extra_buttons:
        helper.buttons.append(button if isinstance(button, Button) else Button(button[1], button[0], "quiet"))
    return helper


def reveals(layout):
    """Every :class:`Reveal` of a layout, outer before inner."""
    for item in getattr(layout, "fields", ()):
        if isinstance(item, Reveal):
            yield item
        yield from reveals(item)


def field_names(layout):
    for item in layout.fields:
        if isinstance(item, str):
            yield item
        elif hasattr(item, "fields"):
            yield from field_names(item)


def _is_touched(form, name):
    """Whether something was typed here, or is wrong; of a list, also whether an entry was added to it."""
    rows = getattr(form, "rows", {}).get(name)
    if rows is not None:
        return bool(rows.filled or rows.errors or len(rows.forms) > 1)
    return bool(form[name].errors) or form[name].value() not in (None, "", [], {})


class PrFormMixin:
    """What every form of ours does the same way; for ModelForms too.

    - the browser's own bubbles stay away, so that the error summary is heard;
    - too long is an error that can be read: the browser does not cut a pasted text short;
    - answers to questions that were not asked are cleared, whatever the browser sent.
    """

    use_required_attribute = False

    def __getitem__(self, name):
        # Rendering and cleaning both come through here, and fields may be added late in __init__.
        if name in self.fields:
            _prepare(self.fields[name], name)
        return super().__getitem__(name)

    def clean(self):
        cleaned = super().clean()
        helper = getattr(self, "helper", None)
        self.clear_hidden(
            (name, reveal.when) for reveal in reveals(getattr(helper, "layout", None)) for name in field_names(reveal)
        )
        return cleaned

    def clear_hidden(self, rules):
        """Empty each field whose condition does not hold, and forget its errors.

        ``rules`` are pairs or a mapping of field name and ``"question=answer|answer"``,
        a question before those that depend on it.
        """
        cleared = set()
        for name, when in dict_items(rules):
            question, _equals, answers = when.partition("=")
            if question in cleared or not self._answered(question, answers.split("|")):
                cleared.add(name)
        for name in cleared & set(self.fields):
            self.errors.pop(name, None)
            self.cleaned_data[name] = _empty(self.fields[name])

    def without_errors(self):
        """Show what was typed and say nothing about it yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    def input_names(self):
        """The names under which a browser sends these fields: a date has three."""
        for name, field in self.fields.items():
            html_name = self.add_prefix(name)
            yield from (f"{html_name}{part}" for part in getattr(field.widget, "widgets_names", [""]))

    def _answered(self, question, answers):
        given = self[question].data
        given = given if isinstance(given, (list, tuple)) else [given]
        return any(str(value) in answers for value in given)


class PrForm(PrFormMixin, forms.Form):
    """The base of every form of ours that is not a ModelForm."""


def dict_items(rules):
    return rules.items() if hasattr(rules, "items") else rules


def _empty(field):
    if isinstance(field, forms.ModelMultipleChoiceField):
        return field.queryset.none()
    if isinstance(field, (forms.MultipleChoiceField, forms.TypedMultipleChoiceField)):
        return []
    if isinstance(field, forms.TypedChoiceField):
        return field.empty_value
    if isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        return False
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return ""
    return getattr(field, "empty_value", None)


def _prepare(field, name):
    """Give a field of this form our sentences and our cleaning, once."""
    if getattr(field, "is_prepared", False):
        return
    field.is_prepared = True
    has_label = isinstance(field.label, Promise) or field.label  # to ask a lazy label is to translate it
    _use_our_sentences(field, field.label if has_label else pretty_name(name))
    limit = field.widget.attrs.pop("maxlength", None)
    if limit:
        field.widget.attrs["data-maxlength"] = limit
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        one_line = not isinstance(field.widget, forms.Textarea)
        field.to_python = _plain_text(field.to_python, one_line=one_line)


# Made once: Django builds a class for each lazy plural, and a form has many fields.
TOO_LONG = ngettext_lazy(
    "Use %(limit_value)d character or fewer. There are %(show_value)d now.",
    "Use %(limit_value)d characters or fewer. There are %(show_value)d now.",
    "limit_value",
)


def _use_our_sentences(field, label):
    ours = {
        "required": format_lazy(_required_sentence(field), label=label),
        "invalid_choice": _("Choose one of the answers that are offered."),
        "max_length": TOO_LONG,
        "null_characters_not_allowed": CANNOT_STORE,
    }
    if isinstance(field, forms.EmailField):
        field.error_messages.setdefault("invalid", _("Write an e-mail address like name@example.org."))
    for code, sentence in ours.items():
        if _is_djangos(field, code):
            field.error_messages[code] = sentence


def _required_sentence(field):
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Tick the box: {label}")
    return _("Answer this question: {label}")


def _is_djangos(field, code):
    """Whether the author of the form has left this sentence to us."""
    # By identity: to compare words would be to translate them, for each field of each form.
    return field.error_messages.get(code) is _djangos_sentences(type(field)).get(code)


@cache
def _djangos_sentences(kind):
    defaults = {}
    for parent in reversed(kind.__mro__):
        if parent.__module__.startswith("django."):
            defaults |= vars(parent).get("default_error_messages", {})
    return defaults


def says_nothing(text):
    """Whether nobody could see or hear anything in it: spaces of whatever kind, and marks of no width."""
    return all(_is_unseen(char) for char in text)


def _is_unseen(char):
    # A null character is no silence: it is refused, wherever it stands.
    return char.isspace() or char in BLANKS or (unicodedata.category(char) in ("Cc", "Cf") and char != "\0")


def _plain_text(to_python, *, one_line):
    def clean(value):
        if not isinstance(value, str):
            return to_python(value)
        if SURROGATES.search(value):
            raise ValidationError(CANNOT_STORE, code="null_characters_not_allowed")
        if says_nothing(value):
            return to_python("")
        # A browser sends two characters for each new line; the writer would be told a wrong count.
        plain = LINE_BREAKS.sub(" ", DIRECTION_MARKS.sub("", value)) if one_line else value.replace("\r\n", "\n")
        return to_python(plain)

    return clean
