"""What is written down of an ending."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import allocating
from cases.enums import WITHOUT_GOODBYE, CheckIn, ClosureReason, NeedAnswer, SafeToSend, StepDown
from cases.forms.allocating import PractitionerField
from ui.forms import DatePartsField, PrForm, Reveal, Section, form_helper, words

FURTHEST = timedelta(days=183)
LONGEST_AGO = timedelta(days=92)
SUMMARY = ["what_we_did", "strengths", "what_changed", "what_has_not", "safety_now", "young_persons_words"]
AFTERWARDS = ["step_down", "step_down_plan", "shared", "how_to_come_back"]
LETTER = ["letter", "letter_is_safe", "letter_safety", "check_in"]


class LastDay(DatePartsField):
    """The last day of the work: soon, or a while ago where it had ended before anybody wrote it down."""

    def __init__(self, **kwargs):
        sentences = {
            "too_early": _("Choose a later day: %(limit)s or later."),
            "too_late": _("Choose an earlier day: %(limit)s at the latest."),
        }
        super().__init__(
            earliest=lambda: timezone.localdate() - LONGEST_AGO,
            latest=lambda: timezone.localdate() + FURTHEST,
            error_messages=sentences,
            **kwargs,
        )


class BeginEndingForm(PrForm):
    reason = forms.ChoiceField(label=_("Why does it end?"), choices=ClosureReason.choices, widget=forms.RadioSelect)
    reason_words = words(
        _("In a few words"), rows=2, limit=1000, required=False, help_text=_("The young person may read this.")
    )
    ends_on = LastDay(label=_("Which is the last day?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Ending"), "reason", "reason_words", "ends_on"), submit=_("Begin to end"))
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("reason") == ClosureReason.OTHER and not self.cleaned_data.get("reason_words"):
            self.add_error("reason_words", _("Say which other reason it is."))
        return cleaned


class EndingForm(PrForm):
    """The summary, who is there afterwards, the letter. All of it may be written bit by bit, until it is proposed.

    ``seen`` is the version that the page showed: what a colleague wrote since is not overwritten.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    reason = forms.ChoiceField(label=_("Why does it end?"), choices=ClosureReason.choices, widget=forms.RadioSelect)
    reason_words = words(_("In a few words"), rows=2, limit=1000, required=False)
    ends_on = LastDay(label=_("Which is the last day?"))
    what_we_did = words(_("What did we do together?"), required=False)
    strengths = words(_("What is strong?"), required=False, help_text=_("In the young person, and around them."))
    what_changed = words(_("What has changed?"), rows=3, required=False)
    what_has_not = words(_("What has not changed?"), rows=3, required=False)
    safety_now = words(_("How safe are things, and what keeps them so?"), required=False)
    young_persons_words = words(_("What does the young person say?"), rows=3, required=False)
    step_down = forms.MultipleChoiceField(
        label=_("Who is there for them afterwards?"),
        choices=StepDown.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    step_down_plan = words(_("How are they there, and who leads?"), rows=3, required=False)
    shared = words(_("What was shared at the end, and with whom?"), rows=3, required=False)
    how_to_come_back = words(_("How can they come back?"), rows=2, required=False)
    letter = words(
        _("Letter to the young person"),
        rows=10,
        required=False,
        help_text=_("Kind, short, in words they use. No name of anybody else. It can be printed once it is safe."),
    )
    letter_is_safe = forms.ChoiceField(
        label=_("Is it safe for them to have it?"), choices=SafeToSend.choices, widget=forms.RadioSelect
    )
    letter_safety = words(_("How do we know, and how do they get it?"), rows=2, limit=1000, required=False)
    check_in = forms.ChoiceField(
        label=_("May we ask again how they are, four to six weeks later?"),
        choices=CheckIn.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, ending, **kwargs):
        names = [name for name in self.base_fields if name != "seen"]
        initial = {name: getattr(ending, name) for name in names} | {"seen": ending.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = form_helper(
            "seen",
            Section(_("Ending"), "reason", "reason_words", "ends_on"),
            Section(_("Looking back"), *SUMMARY),
            Section(_("Afterwards"), *AFTERWARDS),
            Section(_("Letter"), *LETTER),
            submit=_("Save"),
        )
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        reason = self.cleaned_data.get("reason")
        if reason == ClosureReason.OTHER and not self.cleaned_data.get("reason_words"):
            self.add_error("reason_words", _("Say which other reason it is."))
        if reason == ClosureReason.DIED and self.cleaned_data.get("letter"):
            self.add_error("letter", _("The young person has died. There is no letter to them."))
        if reason == ClosureReason.DIED and self.cleaned_data.get("check_in") == CheckIn.YES:
            self.add_error("check_in", _("The young person has died. There is no call to them."))
        return cleaned

    @property
    def told(self):
        """What ``operations.write_ending`` takes."""
        return dict(self.cleaned_data)


class NeedForm(PrForm):
    """Where we see for ourselves that it is undone (``found``), nobody says that it is done."""

    answer = forms.ChoiceField(label=_("How is it?"), choices=NeedAnswer.choices, widget=forms.RadioSelect)
    why = words(_("Why does it not apply?"), rows=2, limit=1000)

    def __init__(self, *args, title, found="", **kwargs):
        super().__init__(*args, **kwargs)
        if found:
            del self.fields["answer"]
            self.helper = form_helper(Section(title, "why", intro=found), submit=_("Save the answer"))
            return
        not_applicable = f"answer={NeedAnswer.NOT_APPLICABLE}"
        self.helper = form_helper(
            Section(title, "answer", Reveal("why", when=not_applicable)), submit=_("Save the answer")
        )

    @property
    def told(self):
        answer = self.cleaned_data.get("answer", NeedAnswer.NOT_APPLICABLE)
        return {"answer": answer, "why": self.cleaned_data["why"] or ""}


class ProposeForm(forms.Form):
    """One button; ``seen`` names what was read when it was pressed."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class SignOffForm(PrForm):
    """``version`` names what was read: another text is not agreed to by mistake."""

    ANSWERS = [("agree", _("I sign it off: the case closes now")), ("send_back", _("It goes back, with a reason"))]
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    answer = forms.ChoiceField(label=_("What do you say?"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = words(_("What is missing?"), rows=3, limit=1000)

    def __init__(self, *args, ending, reason="", **kwargs):
        super().__init__(*args, initial={"version": ending.version, "reason": reason}, **kwargs)
        self.helper = form_helper(
            "version",
            Section(_("Your answer"), "answer", Reveal("reason", when="answer=send_back")),
            submit=_("Save your answer"),
        )


class GoOnForm(PrForm):
    because = words(
        _("Why do you go on after all?"), rows=3, limit=1000, help_text=_("The young person may read this.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        intro = _("The case goes back to where it was. What is written of the ending stays, and nothing is lost.")
        self.helper = form_helper(Section(_("Going on"), "because", intro=intro), submit=_("We go on after all"))


class ReopenForm(PrForm):
    lead = PractitionerField(label=_("Who works with the young person?"))
    because = words(_("Why does the case open again?"), rows=3, limit=1000)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].offer(allocating.practitioners(case.subject, case.centre))
        self.helper = form_helper(Section(_("Open again"), "lead", "because"), submit=_("Open the case again"))


def lacks(ending):
    """What the summary must say before it is proposed, in words: the constraint of the row, field by field."""
    if ending.reason in WITHOUT_GOODBYE:
        asked = {"reason_words": _("In a few words")}
    else:
        names = ["what_we_did", "strengths", "safety_now", "step_down", "how_to_come_back"]
        asked = {name: EndingForm.base_fields[name].label for name in names}
    return [label for name, label in asked.items() if not getattr(ending, name)]
