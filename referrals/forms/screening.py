"""What staff type while a referral is looked at: criteria, a hold, a question to its referrer, a second look."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres import working_days
from referrals import checklist
from referrals.enums import IF_NOT_MET, CriterionAnswer, MissingFact
from ui.dates import ComingDay
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words

HOLD_DAYS = 28  # then somebody looks again, and may hold it again
ANSWER_DAYS = 42


class CriteriaForm(PrForm):
    """Each criterion with an answer and a note; what nobody has looked at yet may stay open.

    ``seen`` says which answers the page showed (``checklist.version``).
    """

    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args, referral, checks, **kwargs):
        held = {check.criterion: check for check in checks}
        self.criteria = checklist.criteria_for(referral)
        initial = {"seen": checklist.version(checks)}
        for criterion, check in held.items():
            initial |= {criterion: check.answer, f"{criterion}_note": check.note}
        super().__init__(*args, initial=initial, **kwargs)
        for criterion in self.criteria:
            self.fields[criterion.value] = forms.ChoiceField(
                label=criterion.label, choices=CriterionAnswer.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"{criterion.value}_note"] = forms.CharField(label=_("Note"), max_length=500, required=False)
        self.helper = form_helper("seen", Section(_("Criteria"), *self._questions()), submit=_("Save the criteria"))
        self.helper.hide_optional = True

    def _questions(self):
        for criterion in self.criteria:
            name = criterion.value
            yield name
            yield Reveal(
                Include("triage/_if_not_met.html", words=IF_NOT_MET[criterion]),
                when=f"{name}={CriterionAnswer.NOT_MET}",
            )
            yield Reveal(f"{name}_note", when=f"{name}={'|'.join(CriterionAnswer.values)}")

    def clean(self):
        notes = {criterion: self[f"{criterion.value}_note"].data for criterion in self.criteria}
        cleaned = super().clean()
        for criterion, note in notes.items():
            if note and note.strip() and not self.cleaned_data.get(criterion.value):
                self.add_error(criterion.value, _("Say whether it is met, or clear the note."))
        if not self.errors and not self.answers:
            raise forms.ValidationError(_("Answer at least one. What nobody has looked at yet may stay open."))
        return cleaned

    @property
    def answers(self):
        """Each criterion that has an answer, with its answer and note."""
        said = {name.value: (self.cleaned_data[name.value], self.cleaned_data[f"{name.value}_note"] or "")
                for name in self.criteria}  # fmt: skip
        return {name: (answer, note) for name, (answer, note) in said.items() if answer}


class HoldForm(PrForm):
    reason = words(
        _("Why do we wait?"), rows=3, limit=1000, help_text=_("For colleagues; the referrer does not see it.")
    )
    review_on = ComingDay(
        days=HOLD_DAYS,
        label=_("When does somebody look at it again?"),
        help_text=_("Within 4 weeks. The clock runs on: the day by which we decide does not move."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Hold"), "reason", "review_on"), submit=_("Put it on hold"))


class AskForm(PrForm):
    facts = forms.MultipleChoiceField(
        label=_("What is missing?"),
        choices=MissingFact.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The referrer reads each sentence that you tick, in their language."),
    )
    text = words(
        _("In your own words"),
        required=False,
        help_text=_("For the referrer, behind their code; the e-mail holds none of it. Leave out names."),
    )
    due_on = ComingDay(
        days=ANSWER_DAYS,
        label=_("By when do you need the answer?"),
        help_text=_("Until the answer the clock stands still, and everybody sees that it does."),
    )

    def __init__(self, *args, referral, **kwargs):
        due_on = working_days.after(timezone.localdate(), referral.offer.chase_first_working_days)
        super().__init__(*args, initial={"due_on": due_on}, **kwargs)
        in_welsh = [Include("triage/_ask_in_welsh.html")] if referral.language == "cy" else []
        self.helper = form_helper(
            Section(_("Question"), *in_welsh, "facts", "text", "due_on"), submit=_("Send the question")
        )
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("facts") and not self.cleaned_data.get("text"):
            self.add_error("facts", _("Tick what is missing, or write it in your own words."))
        return cleaned


class StopWaitingForm(PrForm):
    reason = words(
        _("Why do we go on without the answer?"),
        rows=3,
        limit=1000,
        help_text=_("For colleagues. The referrer reads that no answer is needed any more, and not why."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Stop waiting"), "reason"), submit=_("Stop waiting"))


class ReopenForm(PrForm):
    reason = words(
        _("Why do we look at it again?"),
        rows=3,
        limit=1000,
        help_text=_("For colleagues. The referrer is told that we look at it again, and not why."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Open again"), "reason"), submit=_("Open it again"))
