"""Section 2: who knows of the referral, and what they say to it (domain.md 2.6, rows 1 and 3).

It is not consent to the service, which only the young person gives, later and
to us. Nothing here keeps a referral from being sent (R-nat-17).
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from referrals.enums import AgreementOf, Agrees, AskedHow, WhyNotTold
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, one_of, pick_one, words, yes_no_not_known
from ui.forms import DatePartsField, Include, Reveal, Section, form_helper
from ui.rows import RowForm, RowsOf

OLD_ENOUGH_TO_DECIDE = 16  # years: from here on they are taken to decide for themselves
KNOWS = _("Do they know about this referral?")
AGREES = _("Do they agree to it?")
WHY_NOT = _("Why have they not been told?")
CHOOSE_WHY = {"required": _("Choose why. “Another reason” is enough.")}
IN_WORDS = _("Tell us more")
WHAT_COULD_HAPPEN = _("Where it is not safe, say what could happen. It helps us to keep it from them.")


def reasons(*without):
    return [(reason.value, reason.label) for reason in WhyNotTold if reason not in without]


def needs_words(form, reason, words_of_it):
    """*Another reason* says nothing without its words."""
    cleaned = form.cleaned_data
    if cleaned.get(reason) == WhyNotTold.OTHER and words_of_it not in form.errors and not cleaned.get(words_of_it):
        form.add_error(words_of_it, ValidationError(_("Say what the reason is."), code="required"))


class AdultRow(RowForm):
    """Somebody with parental responsibility: a person, or the council."""

    number_label = _("Person %(number)d")
    remove_label = _("Remove person %(number)d")
    add_label = _("Add another person")
    most = 12

    name = line(
        _("Name"),
        limit=160,
        help_text=_("If you do not know it, write who they are: “mother”, “the council”."),
        error_messages={"required": _("Give a name, or write who they are.")},
    )
    relationship = line(_("Who are they to the young person?"), limit=120, required=False)
    knows = yes_no_not_known(KNOWS)
    agrees = one_of(AGREES, Agrees, required=False)
    why_not = one_of(WHY_NOT, reasons(WhyNotTold.YOUNG_PERSON_IS_ADULT), error_messages=CHOOSE_WHY)
    why_not_in_words = words(IN_WORDS, rows=2, limit=1000, required=False, help_text=WHAT_COULD_HAPPEN)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "name",
            "relationship",
            "knows",
            Reveal("agrees", when="knows=yes"),
            Reveal("why_not", "why_not_in_words", when="knows=no"),
            submit="",
        )

    def clean(self):
        cleaned = super().clean()
        needs_words(self, "why_not", "why_not_in_words")
        return cleaned


class WhoKnowsForm(SectionForm):
    parts = {"referral": ("young_person_knows",)}
    lists = {"agreements": AdultRow}

    young_person_knows = yes_no_not_known(_("Does the young person know about this referral?"))
    young_person_agrees = one_of(AGREES, Agrees)
    asked_by = line(_("Who asked them?"), limit=160, required=False, help_text=_("Leave it empty if it was you."))
    asked_on = DatePartsField(
        label=_("When?"), required=False, past=True, help_text=_("For example, 27 3 2026 or 27 March 2026")
    )
    asked_how = pick_one(_("How?"), AskedHow)
    why_not = one_of(
        WHY_NOT,
        reasons(WhyNotTold.YOUNG_PERSON_ASKED_US_NOT_TO, WhyNotTold.YOUNG_PERSON_IS_ADULT),
        error_messages=CHOOSE_WHY,
    )
    why_not_in_words = words(IN_WORDS, rows=2, limit=1000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("The young person"),
                "young_person_knows",
                Reveal(
                    "young_person_agrees",
                    Reveal("asked_by", "asked_on", "asked_how", when="young_person_agrees=yes|no"),
                    Reveal(Include("refer/_they_said_no.html"), when="young_person_agrees=no"),
                    when="young_person_knows=yes",
                ),
                Reveal("why_not", "why_not_in_words", when="young_person_knows=no"),
                Reveal(Include("refer/_how_to_ask.html"), when="young_person_knows=no|not_known"),
                intro=_("We only work with young people who want us to. You can refer before you have asked."),
            ),
            self._adults(),
            extra_buttons=[LATER],
        )

    def _adults(self):
        """From 18 on they decide alone, and no parent is asked about."""
        if self.given.is_adult:
            return Section(_("Parents and carers"), Include("refer/_no_parent_is_asked.html"))
        decides = self.given.age is not None and self.given.age >= OLD_ENOUGH_TO_DECIDE
        return Section(
            _("People with parental responsibility"),
            Include("refer/_parents_need_not_know.html", decides=decides),
            RowsOf("agreements"),
        )

    def clean(self):
        cleaned = super().clean()
        needs_words(self, "why_not", "why_not_in_words")
        return cleaned

    def lists_for_storing(self):
        adults = [{"of": AgreementOf.PARENTAL_RESPONSIBILITY} | row for row in self.cleaned_data["agreements"]]
        return {"agreements": [self._of_the_young_person(), *adults]}

    def _of_the_young_person(self):
        own = {name: self.cleaned_data[name] for name in ("asked_by", "asked_on", "asked_how", "why_not")}
        return own | {
            "of": AgreementOf.YOUNG_PERSON,
            "knows": self.cleaned_data["young_person_knows"],
            "agrees": self.cleaned_data["young_person_agrees"],
            "why_not_in_words": self.cleaned_data["why_not_in_words"],
        }
