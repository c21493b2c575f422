"""What a form keeps while it is typed: each answer as it was left, and nothing is complained of (decision 0093)."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

KEEP = object()  # what was typed cannot be stored: what is stored stays


class SavesItself:
    """Beside a form. ``leaves_out``: what was typed is not stored as it stands, or not all of it."""

    leaves_out = False
    left_out_words = _("Draft saved at %(time)s, but not everything. Save it to see why.")

    def kept_as_left(self, names):
        """By name, whatever can be kept of ``names``, also of questions that are not asked now."""
        self.is_valid()
        self.leaves_out = False
        kept = {name: self.as_left(name) for name in names if name in self.fields}
        self.leaves_out = self.leaves_out or KEEP in kept.values()
        return {name: value for name, value in kept.items() if value is not KEEP}

    def as_left(self, name):
        """One answer; ``KEEP`` where it cannot be stored."""
        field, typed = self.fields[name], self[name].data
        if not typed:
            return self.nothing(name)
        try:
            return field.clean(typed)
        except ValidationError:
            plain = _plain(field, typed)
        if plain is KEEP or len(plain) <= (limit := _limit(field)):
            return plain
        self.leaves_out = True  # its beginning is kept: the rest is on the page, which says so
        return plain[:limit]

    def nothing(self, name):
        return [] if getattr(self.fields[name].widget, "allow_multiple_selected", False) else ""


def _plain(field, typed):
    if not isinstance(field.widget, forms.Textarea) or "\x00" in typed:
        return KEEP
    try:
        return field.to_python(typed)
    except ValidationError:  # a character that cannot be stored
        return KEEP


def _limit(field):
    return min(check.limit_value for check in field.validators if isinstance(check, MaxLengthValidator))
