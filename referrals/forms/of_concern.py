"""People and places that a referrer worries about. Restricted: only those who work with the referral read it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from referrals.enums import PlaceKind
from referrals.forms.base import line, pick_one, words, yes_no_not_known
from ui.forms import Reveal, form_helper
from ui.rows import RowForm


class PersonRow(RowForm):
    number_label = _("Person %(number)d")
    remove_label = _("Remove person %(number)d")
    add_label = _("Add another person")

    name = line(_("Name, or what they are called"), limit=160, required=False)
    age = line(_("Age, roughly"), limit=40, required=False)
    relationship = line(_("What they are to the young person"), limit=160, required=False)
    description = words(
        _("What else is known of them?"),
        rows=2,
        limit=1000,
        required=False,
        help_text=_("Where they live, a vehicle, names they use online."),
    )
    known_from = line(_("Where do you know this from?"), limit=200, required=False)
    known_to_police = yes_no_not_known(_("Do the police know of them?"), required=False)
    police_reference = line(_("Police reference"), limit=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "name",
            "age",
            "relationship",
            "description",
            "known_from",
            "known_to_police",
            Reveal("police_reference", when="known_to_police=yes"),
            submit="",
        )

    def clean(self):
        cleaned = super().clean()
        is_clear = not self.errors.keys() & {"name", "description"}
        if is_clear and not cleaned.get("name") and not cleaned.get("description"):
            sentence = _("Give a name, or describe them as far as you can.")
            self.add_error("name", ValidationError(sentence, code="required"))
        return cleaned


class PlaceRow(RowForm):
    number_label = _("Place %(number)d")
    remove_label = _("Remove place %(number)d")
    add_label = _("Add another place")

    description = words(
        _("Which place?"),
        rows=2,
        limit=1000,
        error_messages={"required": _("Say which place it is, as far as you know.")},
    )
    kind = pick_one(_("What kind of place?"), PlaceKind)
    known_to_agencies = yes_no_not_known(_("Do the police or the council know of it?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(*self.fields, submit="")
