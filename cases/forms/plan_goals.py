"""A goal and its steps, in the words of a young person; and asking how near each is."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.enums import AssessmentDomain, Occasion, ScaleQuestion, StepStatus, Voice, WhoActs
from cases.forms.plans import SCALE, FromNoughtToTen, PlanForm, SeenForm, one_of
from cases.models import Need
from ui.dates import DatePartsField, PastDay
from ui.forms import Reveal, Section, form_helper, words
from ui.rows import RowForm, Rows, RowsOf

NO_STEP = 0
MAY_RATE = (Voice.YOUNG_PERSON, Voice.PRACTITIONER, Voice.PARENT_OR_CARER)


class RemoveGoalForm(SeenForm):
    is_decision = True

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, initial={"seen": plan.edits}, **kwargs)
        self.helper = form_helper("seen", submit=_("Leave it out"))


class StepRow(RowForm):
    number_label = _("Step %(number)d")
    remove_label = _("Remove step %(number)d")
    add_label = _("Add another step")
    most = 12

    what = forms.CharField(label=_("What is done?"), max_length=300)
    who = one_of(_("Who does it?"), WhoActs, required=False)
    whose_name = forms.CharField(label=_("Which service, or who?"), max_length=120, required=False)
    due_on = DatePartsField(label=_("By when?"), required=False)
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=NO_STEP, max_value=2**62)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = f"who={WhoActs.OTHER_AGENCY}|{WhoActs.CARER}"
        self.helper = form_helper("what", "who", Reveal("whose_name", when=named), "due_on", "pk", submit="")

    def clean_who(self):
        return self.cleaned_data["who"] or WhoActs.PRACTITIONER

    def clean(self):
        cleaned = super().clean()
        cleaned["whose_name"] = cleaned.get("whose_name") or ""
        return cleaned


class GoalForm(SeenForm):
    own_words = words(
        _("What do they want to be different, in their own words?"),
        rows=3,
        limit=1000,
        help_text=_("Write it as they say it. It stands first, also on their own copy."),
    )
    why_it_matters = words(_("Why does it matter to them?"), rows=2, limit=1000, required=False)
    practitioner_wording = words(
        _("How would you put it?"), rows=2, limit=1000, required=False, help_text=_("It stands beside their words.")
    )
    need = forms.ModelChoiceField(
        queryset=Need.objects.none(),
        label=_("What in the assessment does it answer?"),
        required=False,
        empty_label=_("Nothing that is named there"),
    )
    domain = forms.ChoiceField(
        label=_("Which part of life is it about?"),
        choices=[("", _("Choose one")), *AssessmentDomain.choices],
        required=False,
    )
    target = FromNoughtToTen(label=_("From 0 to 10, where would be good enough for them?"))

    def __init__(self, data=None, *args, plan, goal=None, **kwargs):
        if data is None:
            kwargs["initial"] = _of_goal(plan, goal)
        super().__init__(data, *args, **kwargs)
        needs = needs_to_answer(plan, goal)
        self.fields["need"].queryset, self.fields["need"].label_from_instance = needs, _as_said
        if not needs.exists():
            del self.fields["need"]
        self.fields["target"].choices = [("", _("Not said yet")), *SCALE[1:]]
        self.rows = {"steps": Rows("steps", StepRow, data if data is not None else _steps_of(goal))}
        self.helper = form_helper(
            "seen",
            Section(_("The goal"), *(name for name in OF_A_GOAL if name in self.fields)),
            Section(_("Steps towards it"), RowsOf("steps"), intro=_("Small and clear. Adults take steps too.")),
            submit=_("Save the goal"),
        )
        if not self.is_bound:
            for row in self.rows["steps"]:
                row.without_errors()

    def clean(self):
        cleaned = super().clean()
        rows = self.rows["steps"]
        if not rows.is_valid():
            self._errors["steps"] = rows.errors
        elif any(not row["what"].strip() for row in rows.values):
            raise ValidationError(_("Say what is done in each step."))
        return cleaned

    @property
    def written(self):
        """What ``operations.write_goal`` takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "steps")}
        return {**told, "seen": self.cleaned_data["seen"], "steps": self.rows["steps"].values}


OF_A_GOAL = ("own_words", "why_it_matters", "practitioner_wording", "need", "domain", "target")


def _of_goal(plan, goal):
    return {"seen": plan.edits} | ({name: getattr(goal, name) for name in OF_A_GOAL} if goal else {})


def needs_to_answer(plan, goal=None):
    """What the latest signed assessment says has to happen; and what this goal answered before."""
    latest = plan.case.assessments.signed().order_by("-version").values("pk")[:1]
    held = goal.need_id if goal else None
    return Need.objects.filter(Q(assessment__in=latest) | Q(pk=held)).order_by("position", "pk")


def _as_said(need):
    return Truncator(need.words).chars(120)


def _steps_of(goal):
    """The steps of a goal as a browser would send them."""
    sent = {}
    for index, step in enumerate(goal.steps.all() if goal else ()):
        values = {"what": step.what, "who": step.who, "whose_name": step.whose_name, "pk": str(step.pk)}
        if step.due_on:
            values |= {f"due_on_{part}": str(getattr(step.due_on, part)) for part in ("day", "month", "year")}
        sent |= {f"steps-{index}-{name}": value for name, value in values.items()}
    return sent


class RateForm(PlanForm):
    """Whose numbers, on what day and which occasion; then a number for each question."""

    voice = one_of(_("Whose numbers are these?"), [(voice, voice.label) for voice in MAY_RATE])
    occasion = one_of(_("On which occasion?"), Occasion)
    rated_on = PastDay(label=_("On what day?"))

    title = ""

    def __init__(self, *args, asked, occasion=None, **kwargs):
        """``asked``: the name of each field, what it is about, and its label. ``occasion``: where one leads here."""
        initial = {"voice": Voice.YOUNG_PERSON, "rated_on": timezone.localdate(), "occasion": occasion}
        super().__init__(*args, initial=initial, **kwargs)
        self.asked = {name: about for name, about, _label in asked}
        for name, _about, label in asked:
            self.fields[name] = FromNoughtToTen(label=label)
        self.helper = form_helper(
            Section(_("Whose, and when"), "voice", "occasion", "rated_on"),
            Section(
                self.title, *self.asked, intro=_("0 is “not at all”, 10 is “fully”. Leave out what was not asked.")
            ),
            submit=_("Keep the numbers"),
        )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.values:
            raise ValidationError(_("Give at least one number. What was not asked may stay open."))
        return cleaned

    @property
    def values(self):
        said = {about: self.cleaned_data.get(name) for name, about in self.asked.items()}
        return {about: value for about, value in said.items() if value is not None}

    @property
    def rated(self):
        """What ``operations.rate_goals`` and ``rate_scales`` take."""
        answers = self.cleaned_data
        said = {"voice": answers["voice"], "occasion": answers["occasion"], "on": answers["rated_on"]}
        return {**said, "values": self.values}


class RateGoalsForm(RateForm):
    title = _("How near is each goal?")

    def __init__(self, *args, plan, **kwargs):
        asked = [(f"goal_{goal.pk}", goal, goal.own_words) for goal in plan.goals.all()]
        super().__init__(*args, asked=asked, **kwargs)


class RateScalesForm(RateForm):
    title = _("How are things?")

    def __init__(self, *args, **kwargs):
        asked = [(question.value, question.value, question.label) for question in ScaleQuestion]
        super().__init__(*args, asked=asked, **kwargs)


class StepForm(PlanForm):
    status = one_of(_("How does it go?"), StepStatus)
    note = words(_("Note"), rows=2, limit=1000, required=False)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, initial={"status": step.status, "note": step.note}, **kwargs)
        self.helper = form_helper(Section(step.what, "status", "note"), submit=_("Keep it"))
