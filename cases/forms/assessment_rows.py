"""The entries of an assessment's lists: each with its words and its voice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import AssessmentDomain, Voice, WorryKind
from referrals.forms.base import line, pick_one
from ui.forms import form_helper, words
from ui.rows import RowForm


def said(label, **options):
    return words(label, rows=2, limit=2000, **options)


WHOSE = _("Whose view is it?")


def whose(label=WHOSE):
    """A list with nothing chosen: a voice is named, and not taken for granted."""
    sentence = _("Say whose view it is.")
    return forms.ChoiceField(
        label=label, choices=[("", _("Choose one")), *Voice.choices], error_messages={"required": sentence}
    )


def part_of_life():
    return pick_one(_("Which part of life?"), AssessmentDomain)


class StrengthRow(RowForm):
    number_label = _("Strength %(number)d")
    remove_label = _("Remove strength %(number)d")
    add_label = _("Add another strength")

    words = said(_("What goes well, or who is on their side?"))
    voice = whose()
    domain = part_of_life()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("words", "voice", "domain", submit="")


class WorryRow(RowForm):
    number_label = _("Worry %(number)d")
    remove_label = _("Remove worry %(number)d")
    add_label = _("Add another worry")

    words = said(_("What is the worry? Say who does what, and that it is not the young person’s doing."))
    kind = forms.ChoiceField(
        label=_("What kind of worry?"),
        choices=[("", _("Choose one")), *WorryKind.choices],
        error_messages={"required": _("Say what kind of worry it is.")},
    )
    voice = whose()
    domain = part_of_life()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("words", "kind", "voice", "domain", submit="")


class HopeRow(RowForm):
    number_label = _("Hope %(number)d")
    remove_label = _("Remove hope %(number)d")
    add_label = _("Add another hope")

    words = said(_("What would be different?"))
    voice = whose(_("Whose hope is it?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("words", "voice", submit="")


class NeedRow(RowForm):
    number_label = _("Step %(number)d")
    remove_label = _("Remove step %(number)d")
    add_label = _("Add another step")

    words = said(_("What needs to happen?"))
    domain = part_of_life()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("words", "domain", submit="")


class FamilyViewRow(RowForm):
    number_label = _("View %(number)d")
    remove_label = _("Remove view %(number)d")
    add_label = _("Add another view")

    whose = line(_("Who says it?"), limit=120, help_text=_("For example, “her mother”."))
    words = said(_("What do they say?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("whose", "words", submit="")
