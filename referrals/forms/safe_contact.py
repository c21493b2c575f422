"""Section 4: how it is safe to reach the young person or somebody they trust (domain.md 2.5).

What is said here is the referrer's word. Nothing is sent by it before one of
us has confirmed it; so nobody has to answer more than they know.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from people.enums import CallerNumber, SafeContactKind, SafeFlag, SayWhoCalls, WhoReadsIt
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, check_phone, line, one_of, pick_one
from ui.forms import Details, Include, Reveal, Section, form_helper
from ui.rows import RowForm, RowsOf

PHONES = (SafeContactKind.MOBILE, SafeContactKind.HOME_PHONE, SafeContactKind.WORK_PHONE)
NOTHING_SAID = _("Tell us of one way at least, or choose “No safe way is known yet”.")


class SafeWay(models.TextChoices):
    KNOWN = "known", _("Yes")
    NONE_YET = "none_yet", _("No safe way is known yet")


class IsSafe(forms.TypedChoiceField):
    """Not confirmed until somebody says otherwise; left alone, it says nothing."""

    def __init__(self, label):
        first = SafeFlag.NOT_CONFIRMED
        choices = [first, *(flag for flag in SafeFlag if flag != first)]
        choices = [(flag.value, flag.label) for flag in choices]
        super().__init__(label=label, choices=choices, required=False, empty_value=first.value)

    def has_changed(self, initial, data):
        return super().has_changed(self.empty_value, data or self.empty_value)


def when_kind(*kinds):
    return f"kind={'|'.join(kinds)}"


class ContactRow(RowForm):
    number_label = _("Way to reach them %(number)d")
    remove_label = _("Remove way to reach them %(number)d")
    add_label = _("Add another way to reach them")
    most = 20

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", _("Choose one")), *SafeContactKind.choices],
        error_messages={"required": _("Choose what it is.")},
    )
    value = line(
        _("Number, address, name or place"),
        limit=300,
        help_text=_("“Me” is enough where it goes through you."),
        error_messages={"required": _("Give the number, the address, the name or the place.")},
    )
    whose = line(
        _("Whose is it?"), limit=160, required=False, help_text=_("Leave it empty if it is the young person’s own.")
    )
    who_reads_it = pick_one(_("Who reads or hears it?"), WhoReadsIt)
    safe_to_call = IsSafe(_("Is it safe to call?"))
    safe_to_voicemail = IsSafe(_("Is it safe to leave a message?"))
    safe_to_text = IsSafe(_("Is it safe to send a text or message?"))
    safe_to_email = IsSafe(_("Is it safe to e-mail?"))
    safe_to_post = IsSafe(_("Is it safe to post a letter?"))
    say_who_calls = one_of(_("When we call, what may we say?"), SayWhoCalls, required=False)
    cover_phrase = line(_("The words that were agreed"), limit=200)
    caller_number = pick_one(_("May our number show?"), CallerNumber)
    safe_times = line(
        _("Safe days and times"), limit=200, required=False, help_text=_("For example, Tuesdays after 4pm")
    )
    unsafe_times = line(_("Days and times that are not safe"), limit=200, required=False)
    must_not_be_told = line(_("Who must not know, and why?"), limit=300, required=False)
    code_word_not_safe = line(_("A word for “I cannot talk safely now”"), limit=60, required=False)
    code_word_help = line(_("A word for “I need help now”"), limit=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "kind",
            "value",
            Reveal("safe_to_call", "safe_to_voicemail", when=when_kind(*PHONES)),
            Reveal("safe_to_text", when=when_kind(SafeContactKind.MOBILE, SafeContactKind.APP_MESSAGE)),
            Reveal("safe_to_email", when=when_kind(SafeContactKind.EMAIL)),
            Reveal("safe_to_post", when=when_kind(SafeContactKind.POST)),
            "whose",
            "who_reads_it",
            "must_not_be_told",
            "safe_times",
            Details(
                _("Times to avoid, what we may say, words for danger"),
                "unsafe_times",
                Reveal(
                    "say_who_calls",
                    Reveal("cover_phrase", when=f"say_who_calls={SayWhoCalls.COVER_PHRASE}"),
                    "caller_number",
                    when=when_kind(*PHONES),
                ),
                "code_word_not_safe",
                "code_word_help",
            ),
            submit="",
        )

    def clean(self):
        cleaned = super().clean()
        try:
            self._check(cleaned.get("kind"), cleaned.get("value"))
        except ValidationError as error:
            self.add_error("value", error)
        return cleaned

    def _check(self, kind, value):
        if value and kind in PHONES:
            check_phone(value)
        if value and kind == SafeContactKind.EMAIL:
            validate_email(value)


class SafeContactForm(SectionForm):
    lists = {"contacts": ContactRow}

    safe_way = one_of(
        _("Do you know a safe way to reach the young person, or somebody they trust?"),
        SafeWay,
        error_messages={"required": _("Choose “Yes”, or “No safe way is known yet”.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("A safe way to get in touch"),
                "safe_way",
                Reveal(Include("refer/_no_safe_way.html"), when=f"safe_way={SafeWay.NONE_YET}"),
                Reveal(RowsOf("contacts"), when=f"safe_way={SafeWay.KNOWN}"),
                intro=_(
                    "We ring, write or send nothing before we have made sure that it is safe. "
                    "Whatever you do not answer counts as not confirmed."
                ),
            ),
            extra_buttons=[LATER],
        )

    def clean(self):
        cleaned = super().clean()
        contacts = self.rows["contacts"]
        if cleaned.get("safe_way") == SafeWay.KNOWN and not contacts.filled:
            self._errors["contacts"] = contacts.errors = ErrorList([NOTHING_SAID])
        return cleaned
