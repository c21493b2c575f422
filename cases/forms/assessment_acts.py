"""Beginning an assessment, signing it, and what is said of it afterwards; results of other people's tools."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import AssessmentKind, Instrument
from referrals.forms.base import line, one_of
from ui.dates import ComingDay, PastDay
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words
from ui.rows import FormWithRows, RowForm, RowsOf

WHAT_IT_IS = {
    AssessmentKind.UPDATE: _("Update: it begins with what was said before"),
    AssessmentKind.CHILD_NEEDS: _("The young person’s needs"),
    AssessmentKind.CHILD_AND_PARENT_NEEDS: _("The young person’s needs, and their parents’ with them"),
}
YEARS = 3 * 365


def yes_or_no(label, **options):
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        **options,
    )


class StartAssessmentForm(PrForm):
    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, WHAT_IT_IS[kind]) for kind in kinds]
        self.helper = form_helper(Section(_("Begin an assessment"), "kind"), submit=_("Begin"))


class SeparateWorkerForm(PrForm):
    needed = yes_or_no(
        _("Do the family’s needs call for a separate worker or assessment?"),
        help_text=_("Then this is about the young person alone, and a manager finds somebody for the family."),
    )
    because = words(_("Why?"), rows=3, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        layout = Section(_("The family’s needs"), "needed", Reveal("because", when="needed=yes"))
        self.helper = form_helper(layout, submit=_("Save the answer"))

    def clean(self):
        cleaned = super().clean()
        cleaned["because"] = cleaned.get("because") or ""
        return cleaned


class SignForm(PrForm):
    """``edition``: what the page showed, so that nobody signs what they have not read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("edition", submit=_("Sign the assessment"), guard=False)


class AddendumForm(PrForm):
    text = words(_("What is to be added, or put right?"), help_text=_("What was signed stays as it was."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Add to the assessment"), "text"), submit=_("Add it"))


class CommentForm(PrForm):
    text = words(
        _("What do you think after reading it?"),
        help_text=_("What stands out, what you would ask. It approves nothing: the plan does not wait for it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Comment"), "text"), submit=_("Save the comment"))


class ScoreRow(RowForm):
    number_label = _("Score %(number)d")
    remove_label = _("Remove score %(number)d")
    add_label = _("Add another score")

    label = line(_("Which score?"), limit=80, help_text=_("For example, “Total”."))
    value = line(_("What does it say?"), limit=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("label", "value", submit="")


class MeasureForm(FormWithRows):
    """Scores are typed in as they stand on the paper: nothing is added up, and nothing is compared with a norm."""

    lists = {"scores": ScoreRow}

    instrument = one_of(_("Which tool?"), Instrument)
    other_name = line(_("What is it called?"), limit=120)
    edition = line(_("Which version?"), limit=60, required=False)
    respondent = line(_("Who answered?"), limit=120, help_text=_("For example, “the young person”, “form tutor”."))
    completed_by = line(_("Who completed it, and where do they work?"), limit=160)
    completed_on = PastDay(label=_("When?"))
    result = words(_("What is the result, as it was given to you?"), rows=3, required=False)
    interpretation = words(_("What does somebody qualified say to it?"), rows=3, required=False)
    interpreted_by = line(_("Who says so?"), limit=160, required=False)
    repeat_on = ComingDay(days=YEARS, label=_("When is it done again?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("The tool"),
                Include("cases/_licences.html"),
                "instrument",
                Reveal("other_name", when=f"instrument={Instrument.OTHER}"),
                "edition",
                "respondent",
                "completed_by",
                "completed_on",
            ),
            Section(_("What it says"), "result", RowsOf("scores"), "interpretation", "interpreted_by", "repeat_on"),
            submit=_("Save the result"),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("interpretation") and not cleaned.get("interpreted_by"):
            self.add_error("interpreted_by", _("Say who reads it so."))
        self._name_each_score_once()
        return cleaned

    def _name_each_score_once(self):
        named = set()
        for row in self.rows["scores"].filled:
            label = row.cleaned_data.get("label")
            if label in named:
                row.add_error("label", _("This score stands above already."))
                self._errors.setdefault("scores", self.rows["scores"].errors)
            named.add(label)

    @property
    def told(self):
        """The columns of ``ExternalMeasure``, and its scores as pairs."""
        answers = dict(self.cleaned_data)
        scores = [(row["label"], row["value"]) for row in answers.pop("scores")]
        return {**answers, "other_name": answers.get("other_name") or "", "scores": scores}
