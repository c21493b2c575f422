"""What the young person says about taking part, typed as it was said. Who decides follows from their age."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import consenting
from cases.enums import (
    ALWAYS_EXPLAINED,
    BASES_WITH_A_NOTE,
    EXTRAS,
    PARENTAL_WITH_A_REASON,
    REMOTE,
    ConsentMethod,
    ConsentPurpose,
    ConsentStep,
    DecisionBasis,
    Explained,
    FormatUsed,
    ParentalAnswer,
    Pressure,
    WordingLanguage,
    WorkKind,
)
from referrals.enums import DeliveryMode
from referrals.forms.base import one_of, several_of
from ui.dates import ComingDay, PastDay
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words
from ui.hours import at_noon_or_now

MOST_DAYS_UNTIL_REVIEW = 92
P = ConsentStep
MODES = [(mode.value, mode.label) for mode in DeliveryMode if mode != DeliveryMode.VIDEO]


def when(question, *answers):
    return f"{question}={'|'.join(answers)}"


class ConsentForm(PrForm):
    """One conversation about taking part. ``standing``: what is agreed to now; ``state``: where the ledger stands."""

    event = one_of(_("What did they say?"), [])
    explained = several_of(_("What did you explain?"), Explained)
    format_used = several_of(_("In what way?"), FormatUsed)
    language = one_of(_("In which language did they hear or read it?"), WordingLanguage)
    kinds = several_of(_("What did they agree to?"), WorkKind)
    limits = words(_("What do they want, and what not?"), rows=3, limit=2000)
    modes = several_of(
        _("How do they want to meet?"), MODES, help_text=_("Video calls are agreed apart, on the page of consent.")
    )
    method = one_of(_("How did they tell you?"), ConsentMethod)
    understanding = words(
        _("How did you check that they understood?"),
        rows=3,
        limit=2000,
        help_text=_("For example, what they said back in their own words."),
    )
    decision_basis = one_of(_("Why does their answer count?"), DecisionBasis)
    competence_note = words(
        _("How do you know?"),
        rows=3,
        limit=2000,
        help_text=_("About this decision, today: what they understood of what it gives and what it takes."),
    )
    pressure = one_of(_("Was there any sign that somebody pressed them?"), Pressure)
    pressure_action = words(_("What did you do about it?"), rows=3, limit=2000)
    parental_view = one_of(_("Does a parent, or whoever has parental responsibility, know and agree?"), [])
    parental_whose = forms.CharField(
        label=_("Who?"), max_length=160, required=False, help_text=_("Who they are to the young person: “mother”.")
    )
    parental_why = words(_("Why, or what did they say?"), rows=3, limit=2000)
    own_words = words(_("What did they say, in their own words?"), rows=3, limit=2000, required=False)
    review_on = ComingDay(
        days=MOST_DAYS_UNTIL_REVIEW,
        label=_("When do you talk about it again?"),
        help_text=_("On the 16th and the 18th birthday at the latest: from then on other rules say who decides."),
    )
    happened_on = PastDay(label=_("When was it?"))

    def __init__(self, *args, case, age, standing, state, view, **kwargs):
        today = timezone.localdate()
        born = case.young_person.date_of_birth
        initial = {
            "happened_on": today,
            "review_on": consenting.review_by(born, today),
            "language": "cy" if case.young_person.preferred_language == "cy" else "en-gb",
            "parental_view": view.view if view else None,
            "parental_whose": view.whose if view else "",
            "parental_why": view.why if view else "",
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        for name in ("explained", "kinds", "modes"):
            self.fields[name].required = True
        self.asks_parents = consenting.needs_parental_view(age)
        self.fields["event"].choices = [(step.value, step.label) for step in offered(standing, state)]
        self.fields["decision_basis"].choices = [(basis.value, basis.label) for basis in consenting.bases_at(age)]
        answers = consenting.parental_answers_at(age)
        self.fields["parental_view"].choices = [(answer.value, answer.label) for answer in answers]
        if not self.asks_parents:
            for name in ("parental_view", "parental_whose", "parental_why"):
                del self.fields[name]
        if not case.centre.offers_welsh:
            del self.fields["language"]
        self.helper = form_helper(*self._layout(case), submit=_("Keep what they said"))

    def _layout(self, case):
        wording = Include("cases/_consent_wording.html", in_welsh_too=case.centre.offers_welsh)
        agrees, yes = (P.GIVEN, P.GIVEN_PARTIAL), (P.GIVEN, P.GIVEN_PARTIAL, P.RENEWED)
        language = ["language"] if "language" in self.fields else []
        yield Section(_("What they said"), "event", "own_words", "happened_on")
        yield Reveal(
            Section(_("What they know"), wording, "explained", "format_used", *language),
            Section(_("What they agreed to"), Reveal("kinds", "limits", when=when("event", P.GIVEN_PARTIAL)), "modes"),
            when=when("event", *agrees),
        )
        yield Reveal(
            Section(
                _("How you know that it is their choice"),
                "method",
                "understanding",
                "decision_basis",
                Reveal("competence_note", when=when("decision_basis", *BASES_WITH_A_NOTE)),
                "pressure",
                Reveal("pressure_action", when=when("pressure", Pressure.POSSIBLE, Pressure.YES)),
            ),
            *self._parents(),
            when=when("event", *yes),
        )
        yield Reveal("review_on", when=when("event", *yes, P.REVIEWED_UNCHANGED))

    def _parents(self):
        if self.asks_parents:
            yield Section(
                _("Parent or carer"),
                "parental_view",
                "parental_whose",
                Reveal("parental_why", when=when("parental_view", *PARENTAL_WITH_A_REASON)),
                intro=_("At 11 or 12 a parent is normally asked too, unless it is not safe. Say which it is."),
            )

    def clean(self):
        cleaned = super().clean()
        event, explained = cleaned.get("event"), set(cleaned.get("explained") or [])
        if "explained" in self.errors:
            return cleaned
        if event == P.GIVEN and not set(ALWAYS_EXPLAINED) <= explained:
            self.add_error("explained", _("Yes counts once all of it was explained. Tick what you explained."))
        elif set(cleaned.get("modes") or []) & set(REMOTE) and Explained.REMOTE_SAFETY not in explained:
            self.add_error("explained", _("They want to meet by phone or chat: explain first how that is kept safe."))
        return cleaned

    @property
    def said(self):
        """What ``operations.record_consent`` takes."""
        answers = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        view = {name: answers.pop(f"parental_{name}", "") for name in ("view", "whose", "why")}
        at = at_noon_or_now(answers.pop("happened_on"))
        return {**answers, "at": at} | ({"parental": view} if view["view"] else {})


def offered(standing, state):
    """What may be said next. No, once they agreed, has a page of its own that is always near."""
    yield from (P.GIVEN, P.GIVEN_PARTIAL)
    if standing is None:
        yield from (P.SOUGHT, P.DECLINED)
        if state == "withdrawn":
            yield P.RENEWED
    else:
        yield P.REVIEWED_UNCHANGED
    yield P.NOT_ABLE_TO_DECIDE_NOW


class WithdrawForm(PrForm):
    """One button. Words are welcome, and never asked for."""

    own_words = words(_("What they said, if they want it kept"), rows=3, limit=2000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("own_words", submit=_("They say no: stop the work"))


class ExtraForm(PrForm):
    """Something that is asked apart from taking part; each is off until they agree."""

    purpose = one_of(_("What did you ask?"), [(extra.value, extra.label) for extra in EXTRAS])
    event = one_of(_("What did they say?"), [(P.GIVEN.value, _("Yes")), (P.DECLINED.value, _("No"))])
    remote_safety = forms.BooleanField(label=_("I explained how we keep video calls safe"))
    own_words = words(_("What did they say, in their own words?"), rows=2, limit=2000, required=False)
    happened_on = PastDay(label=_("When was it?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"happened_on": timezone.localdate()} | kwargs.pop("initial", {}), **kwargs)
        video = when("purpose", ConsentPurpose.REMOTE_VIDEO)
        self.helper = form_helper(
            Section(
                _("Asked apart"),
                "purpose",
                "event",
                Reveal(Reveal("remote_safety", when=when("event", P.GIVEN)), when=video),
                "own_words",
                "happened_on",
                intro=_("No to any of these changes nothing about taking part."),
            ),
            submit=_("Keep what they said"),
        )

    @property
    def said(self):
        """What ``operations.record_consent`` takes."""
        answers = dict(self.cleaned_data)
        explained = [Explained.REMOTE_SAFETY.value] if answers.pop("remote_safety", False) else []
        at = at_noon_or_now(answers.pop("happened_on"))
        return {**answers, "explained": explained, "at": at}


class ParentalViewForm(PrForm):
    """It is written down, and decides nothing in the place of a young person who can."""

    view = one_of(_("What do they know and say?"), ParentalAnswer)
    whose = forms.CharField(
        label=_("Who?"), max_length=160, required=False, help_text=_("Who they are to the young person: “mother”.")
    )
    why = words(_("Why, or what did they say?"), rows=3, limit=2000, required=False)
    happened_on = PastDay(label=_("When was it?"))

    def __init__(self, *args, age, **kwargs):
        super().__init__(*args, initial={"happened_on": timezone.localdate()}, **kwargs)
        answers = consenting.parental_answers_at(age)
        self.fields["view"].choices = [(answer.value, answer.label) for answer in answers]
        self.helper = form_helper(
            Section(_("Parent or carer"), "view", "whose", "why", "happened_on"), submit=_("Keep it")
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("view") in PARENTAL_WITH_A_REASON and not cleaned.get("why"):
            self.add_error("why", _("Say why nobody was asked."))
        return cleaned

    @property
    def said(self):
        """What ``operations.record_parental_view`` takes."""
        answers = dict(self.cleaned_data)
        at = at_noon_or_now(answers.pop("happened_on"))
        return {**answers, "at": at}
