"""What somebody thinks of us: four questions from 0 to 10, two for their words, and one about these words."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.plans import FromNoughtToTen
from referrals.forms.base import one_of
from sessions.enums import FeedbackAnswer, FeedbackHow, FeedbackOccasion, QuoteAnswer
from ui.dates import PastDay
from ui.forms import PrForm, Reveal, Section, form_helper, words

NUMBERS = ("feels_heard", "knows_what_happens", "what_matters", "it_helps")
WORDS = ("said_of_us", "said_to_change")


class FeedbackForm(PrForm):
    occasion = one_of(_("When do you ask?"), FeedbackOccasion)
    answered = one_of(_("Did they want to answer?"), FeedbackAnswer)
    how = one_of(_("How did they answer?"), FeedbackHow)
    feels_heard = FromNoughtToTen(label=_("My worker listens to me"))
    knows_what_happens = FromNoughtToTen(label=_("I know what we do and why"))
    what_matters = FromNoughtToTen(label=_("We work on what matters to me"))
    it_helps = FromNoughtToTen(label=_("It helps me"))
    said_of_us = words(_("What do they say, in their own words?"), rows=3, limit=2000, required=False)
    said_to_change = words(_("What should we change?"), rows=3, limit=2000, required=False)
    may_quote = one_of(
        _("May we use these words without their name?"),
        QuoteAnswer,
        required=False,
        help_text=_(
            "For example in a report about the service. Ask them apart: no changes nothing, and they may take it back"
            " at any time."
        ),
    )
    asked_on = PastDay(label=_("Which day was it?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"asked_on": timezone.localdate()}, **kwargs)
        given = f"answered={FeedbackAnswer.GIVEN}"
        self.helper = form_helper(
            Section(
                _("What they think of us"),
                "occasion",
                "asked_on",
                "answered",
                Reveal("how", *NUMBERS, *WORDS, "may_quote", when=given),
                intro=_("They need not answer, and may leave out what they like. It changes nothing for them."),
            ),
            submit=_("Keep what they said"),
        )
        self.helper.hide_optional = True  # the page says that all is theirs to leave out; their words ask for an answer

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answered") != FeedbackAnswer.GIVEN:
            return cleaned
        has_words = any(cleaned.get(name) for name in WORDS)
        if has_words and not cleaned.get("may_quote") and "may_quote" not in self.errors:
            self.add_error("may_quote", _("Ask whether we may use their words, or answer no."))
        if not has_words and all(cleaned.get(name) is None for name in NUMBERS) and not self.errors:
            self.add_error("said_of_us", _("Write what they said, or choose a number from 0 to 10."))
        return cleaned

    @property
    def said(self):
        """What the operation takes. Where there are no words there is nothing to quote."""
        has_words = any(self.cleaned_data[name] for name in WORDS)
        return self.cleaned_data | {"may_quote": self.cleaned_data["may_quote"] if has_words else ""}


class CarerFeedbackForm(FeedbackForm):
    """The same of a parent or carer, about the support that is theirs."""

    it_helps = FromNoughtToTen(label=_("It helps me as a parent or carer"))


class TakeBackForm(PrForm):
    """One press: nobody is asked why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Their words are not used any more"))
