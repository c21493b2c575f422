"""What somebody types to find a referral: one line, taken apart here."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from referrals.finding import Sought
from referrals.references import LETTERS
from ui.forms import DatePartsField, PrForm

# With its first two letters, or with a number in it: else it may as well be a name (``finding``).
REFERENCE = re.compile(
    rf"\bPR[-\s]([{LETTERS}]{{4}})[-\s]?([{LETTERS}]{{2}})\b"
    rf"|\b(?:PR)?(?=[A-Z-]*[2-9])(?=[2-9-]*[A-Z])([{LETTERS}]{{4}})-?([{LETTERS}]{{2}})\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\S*@\S*")
POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[^\W\d_]{3,})[\s./,-]+(\d{1,4})\b", re.IGNORECASE)
YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
TELLING, FEWEST = re.compile(r"[^\W_]"), 2


class SearchForm(PrForm):
    text = forms.CharField(
        label=_("Search"),
        max_length=100,
        error_messages={"required": _("Type a reference, a name, a date of birth, a postcode, or who referred.")},
    )

    def clean_text(self):
        """What was sought, as ``Sought``; what is left of the line after the rest was taken out are names."""
        self.rest = self.cleaned_data["text"]
        sought = Sought(
            email=self._taken(EMAIL, lambda found: found[0].lower()),
            date_of_birth=self._date(),
            postcode=self._taken(POSTCODE, lambda found: f"{found[1]} {found[2]}".upper()),
            reference=self._taken(REFERENCE, lambda found: f"PR-{found[1] or found[3]}-{found[2] or found[4]}".upper()),
            words=" ".join(self.rest.split()),
        )
        if not sought.kinds or (sought.words and len(TELLING.findall(sought.words)) < FEWEST):
            raise ValidationError(_("Type at least two letters of a name."), code="too_short")
        return sought

    def _taken(self, shape, read):
        found = shape.search(self.rest)
        if found is None:
            return ""
        self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}"
        return read(found)

    def _date(self):
        parts = self._taken(YEAR_FIRST, lambda found: [found[3], found[2], found[1]])
        if not parts and (found := DAY_FIRST.search(self.rest)) and self._reads_as_date(found):
            parts = self._taken(DAY_FIRST, lambda found: [found[1], found[2], found[3]])
        return DatePartsField(label=_("Date of birth"), past=True).clean(parts) if parts else None

    def _reads_as_date(self, found):
        """A number, a word and a number may be an address; of numbers, or with the name of a month, it is a day."""
        if found[2].isdecimal():
            return True
        try:
            DatePartsField().clean(["1", found[2], "2000"])
        except ValidationError:
            return False
        return True
