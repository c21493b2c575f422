"""The menu, the focus of the work, and the decision to go on to another stage."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from cases.enums import STAGES_AFTER, InterventionFocus, OptionAnswer, PathwayStage
from ui.dates import PastDay
from ui.forms import PrForm, Reveal, Section, form_helper, words


class MenuForm(PrForm):
    """Each option with an answer and their words; what was not talked about yet may stay open."""

    def __init__(self, *args, options, held, **kwargs):
        """``options``: what can be offered; ``held``: the answer that holds now, by option."""
        initial = {}
        for option, row in held.items():
            initial |= {f"answer_{option}": row.answer, f"words_{option}": row.own_words}
        super().__init__(*args, initial=initial, **kwargs)
        self.options = {option.pk: option for option in options}
        for pk, option in self.options.items():
            self.fields[f"answer_{pk}"] = forms.ChoiceField(
                label=str(option), choices=OptionAnswer.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"words_{pk}"] = forms.CharField(label=_("In their words"), max_length=500, required=False)
        self.helper = form_helper(Section(_("What we can do together"), *self._asked()), submit=_("Save the answers"))
        self.helper.hide_optional = True

    def _asked(self):
        for pk in self.options:
            yield f"answer_{pk}"
            yield Reveal(f"words_{pk}", when=f"answer_{pk}={'|'.join(OptionAnswer.values)}")

    @property
    def answers(self):
        """What ``operations.answer_menu`` takes."""
        said = self.cleaned_data
        return [
            (option, said[f"answer_{pk}"], said[f"words_{pk}"] or "")
            for pk, option in self.options.items()
            if said[f"answer_{pk}"]
        ]


class FocusForm(PrForm):
    focus = forms.MultipleChoiceField(
        label=_("What is the work about?"),
        choices=InterventionFocus.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that apply, with the young person."),
    )
    wider_issues = words(_("Which wider issues?"), rows=2, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wider = f"focus={InterventionFocus.WIDER_ISSUES}"
        self.helper = form_helper(
            Section(_("Focus"), "focus", Reveal("wider_issues", when=wider)), submit=_("Save the focus")
        )


class StageForm(PrForm):
    """A decision about this one young person: nothing leads to another stage by itself."""

    to_stage = forms.ChoiceField(label=_("Which stage comes next?"), widget=forms.RadioSelect)
    reasons = words(_("Why now?"), rows=3)
    young_persons_view = words(_("What does the young person say to it?"), rows=3, help_text=_("In their words."))
    safety = words(_("How safe are things?"), rows=3, help_text=_("At home, online, and when the work is hard."))
    discussed_with = ColleagueField(
        queryset=User.objects.none(),
        label=_("With whom was it discussed in supervision?"),
        empty_label=_("Choose a colleague"),
    )
    discussed_on = PastDay(label=_("When was that?"))

    def __init__(self, *args, case, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_stage"].choices = [(stage.value, stage.label) for stage in stages_open_to(case)]
        self.fields["discussed_with"].queryset = people
        asked = ["to_stage", "reasons", "young_persons_view", "safety", "discussed_with", "discussed_on"]
        self.helper = form_helper(Section(_("Next stage"), *asked), submit=_("Decide"))


def stages_open_to(case):
    """The stages that may follow here: therapeutic work only where the offer has it now (R-wal-26)."""
    return [
        stage
        for stage in PathwayStage
        if stage in STAGES_AFTER[case.pathway_stage]
        and (stage != PathwayStage.THERAPEUTIC or case.offer.therapeutic_available)
    ]
