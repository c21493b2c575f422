"""A date in three boxes: day, month, year. Never ``<input type=date>``, which follows the browser's country."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

MONTHS = [
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
]
PARTS = ("day", "month", "year")


class DateParts(forms.MultiWidget):
    """``wrong`` is set by the field, so that only the box at fault is marked."""

    template_name = "pr/widgets/date.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs=None):
        self.wrong = ()
        boxes = {
            "day": {"class": "w2", "inputmode": "numeric"},
            "month": {"class": "w-month"},  # it may be typed as a word
            "year": {"class": "w4", "inputmode": "numeric"},
        }
        super().__init__(
            {part: forms.TextInput(attrs={"autocomplete": "off"} | attrs) for part, attrs in boxes.items()}, attrs
        )

    def decompress(self, value):
        if isinstance(value, str):  # an answer that was kept as text
            value = _from_iso(value)
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, label, box in zip(PARTS, self.labels, context["widget"]["subwidgets"], strict=True):
            box["label"] = label
            if self.wrong and part not in self.wrong:
                box["attrs"].pop("aria-invalid", None)
        return context

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_


class DatePartsField(forms.Field):
    """A date typed by hand. ``earliest`` and ``latest`` may be dates or callables; ``past`` means up to today."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date for: %(label)s"),
        "day": _("Enter a day: %(label)s needs one."),
        "month": _("Enter a month: %(label)s needs one."),
        "year": _("Enter a year: %(label)s needs one."),
        "day,month": _("Enter a day and a month: %(label)s needs both."),
        "day,year": _("Enter a day and a year: %(label)s needs both."),
        "month,year": _("Enter a month and a year: %(label)s needs both."),
        "bad_day": _("The day must be a number from 1 to 31."),
        "bad_month": _("The month must be a number from 1 to 12, or a name such as March."),
        "bad_year": _("The year must have 4 numbers, for example 2012."),
        "no_such_day": _("There is no such day in that month. Check the day, the month and the year."),
        "too_early": _("The date must be %(limit)s or later. Check the year."),
        "too_late": _("The date must be %(limit)s or earlier. Check the year."),
        "in_the_future": _("The date must be today or earlier."),
    }

    def __init__(self, *, earliest=date(1900, 1, 1), latest=date(2100, 12, 31), past=False, **kwargs):
        self.earliest, self.latest, self.past = earliest, latest, past
        super().__init__(**kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError as error:
            first = error.error_list[0].params or {}
            self.widget.wrong = first.get("parts", ())
            raise

    def validate(self, value):
        if value in self.empty_values and self.required:
            self._refuse("required", *PARTS)

    def to_python(self, value):
        if not value or isinstance(value, date):
            return value or None
        if isinstance(value, str):
            return _from_iso(value)
        typed = {part: str(text or "").strip() for part, text in zip(PARTS, value, strict=False)}
        missing = [part for part in PARTS if not typed.get(part)]
        if len(missing) == len(PARTS):
            return None
        if missing:
            self._refuse(",".join(missing), *missing)
        return self._in_range(self._read(typed))

    def _read(self, typed):
        day, month, year = _number(typed["day"]), _month(typed["month"]), _number(typed["year"])
        if day is None or not 1 <= day <= 31:
            self._refuse("bad_day", "day")
        if month is None:
            self._refuse("bad_month", "month")
        if year is None or len(typed["year"]) != 4 or year == 0:
            self._refuse("bad_year", "year")
        try:
            return date(year, month, day)
        except ValueError:
            self._refuse("no_such_day", "day")

    def _in_range(self, day):
        earliest, latest = (limit() if callable(limit) else limit for limit in (self.earliest, self.latest))
        if day < earliest:
            self._refuse("too_early", "year", limit=date_format(earliest, "j F Y"))
        if self.past and day > timezone.localdate():
            self._refuse("in_the_future", "year")
        if day > latest:
            self._refuse("too_late", "year", limit=date_format(latest, "j F Y"))
        return day

    def _refuse(self, code, *parts, **params):
        params |= {"parts": parts, "part": parts[0], "label": self.label or _("Date")}
        raise ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _number(text):
    """Digits of any script, and no more of them than a year has."""
    return int(text) if len(text) <= 4 and text.isdecimal() else None


def _month(text):
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.casefold().rstrip(".")
    for number, names in enumerate(MONTHS, start=1):
        if len(word) >= 3 and any(name.startswith(word) for name in names):
            return number
    return None


def _from_iso(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class PastDay(DatePartsField):
    """Today or a day before: what happened."""

    def __init__(self, **kwargs):
        super().__init__(
            latest=timezone.localdate,
            error_messages={"too_late": _("This day has not come yet.")},
            **kwargs,
        )


class ComingDay(DatePartsField):
    """A day after today, and at most ``days`` away."""

    starts_in = 1
    too_early = _("Choose a day after today: %(limit)s or later.")

    def __init__(self, *, days, **kwargs):
        sentences = {
            "too_early": self.too_early,
            "too_late": _("Choose an earlier day: %(limit)s at the latest."),
        }
        super().__init__(
            earliest=lambda: timezone.localdate() + timedelta(days=self.starts_in),
            latest=lambda: timezone.localdate() + timedelta(days=days),
            error_messages=sentences,
            **kwargs,
        )


class TodayOrComingDay(ComingDay):
    """What cannot wait until tomorrow is due today."""

    starts_in = 0
    too_early = _("Choose today or a later day.")
