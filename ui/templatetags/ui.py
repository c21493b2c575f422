"""Tags and filters of the look. Nothing here reads a record."""

import re

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.utils import flatatt
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui import times

register = template.Library()

INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _or_nothing(function):
    """A time that has not come is an empty string on the page."""

    def filtered(value):
        return function(value) if value else ""

    return filtered


for _name in ("long_date", "day_and_date", "moment"):
    register.filter(_name, _or_nothing(getattr(times, _name)))


@register.filter
def time_of_day(value):
    """Midnight as a ``time`` is a value, not an absence."""
    return "" if value is None or value == "" else times.time_of_day(value)


@register.filter
def iso(value):
    """For ``<time datetime>``."""
    return value.isoformat() if value else ""


@register.filter
def telephone(value):
    """The number without spaces, for a ``tel:`` link."""
    return re.sub(r"[^\d+]", "", str(value))


@register.filter
def show_marks(value):
    """Marks that turn text round are kept in notes, and made visible, so that nobody is misled by them."""
    return INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


@register.filter
def character_limit(field):
    limit = field.field.widget.attrs.get("data-maxlength")
    return int(limit) if limit else None


@register.filter
def as_attributes(attrs):
    """Of a widget, as Django's own ``attrs.html`` writes them: true is the name alone, false is nothing."""
    return flatatt(attrs)


@register.filter
def problems(form):
    """Each error of a form with the id of the control it is about, in the order of the page."""
    found = [{"message": message, "target": ""} for message in form.non_field_errors()]
    for field in form:
        if field.errors:
            target = first_control(field)
            found += [{"message": message, "target": target} for message in field.errors]
    for rows in getattr(form, "rows", {}).values():
        found += [{"message": message, "target": f"div_id_{rows.name}"} for message in rows.errors]
        found += [problem for number, row in enumerate(rows, start=1) for problem in _problems_of(row, number)]
    return found


def _problems_of(row, number):
    """Of one entry of a list: which one is said with each, for the same sentence may stand there twice."""
    entry = row.number_label % {"number": number}
    return [
        {**problem, "message": _("%(entry)s: %(message)s") % {"entry": entry, "message": problem["message"]}}
        for problem in (problems(row) if row.errors else [])
    ]


@register.filter
def first_control(field):
    """Where a link in the error summary goes: the part of a date at fault, the first of the radio buttons."""
    boxes = getattr(field.field.widget, "widgets_names", None)
    if boxes:
        params = field.errors.as_data()[0].params if field.errors else None
        part = (params or {}).get("part", "")
        return f"{field.auto_id}_{boxes.index(f'_{part}') if part else 0}"
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


ANSWER = {"value": "", "lines": (), "is_strong": False, "change_url": ""}


@register.filter
def complete(rows):
    """Rows of a summary list with every key, and the label in words.

    A template takes ten times as long over a key that is missing, and a lazy
    label is translated at each use.
    """
    return [{**ANSWER, **row, "label": str(row["label"])} for row in rows]


@register.simple_tag
def tag(text, kind="neutral"):
    """A label in a coloured shape. The words tell; shape and colour only repeat them.

    Kinds for a status: neutral, new, doing, waiting, done, stopped.
    Kinds for how fast we respond: now, soon, planned, later.
    """
    return format_html('<strong class="tag tag--{}">{}</strong>', kind, text)


@register.simple_tag(takes_context=True)
def same_page_in(context, language):
    """The address of this page in another language, or nothing where there is none."""
    request = context.get("request")
    if request is None or language == get_language():
        return ""
    twin = translate_url(request.path, language)
    return "" if twin == request.path else twin


@register.simple_tag
def font_stylesheet():
    """The cut font is optional: without it the page uses the device's own."""
    try:
        address = staticfiles_storage.url("fonts/app-sans.css")
    except ValueError:  # static files were collected before the font was cut
        return ""
    if getattr(staticfiles_storage, "manifest_name", None) or finders.find("fonts/app-sans.css"):
        return format_html('<link rel="stylesheet" href="{}">', address)
    return ""
