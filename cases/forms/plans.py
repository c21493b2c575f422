"""Writing a plan with a young person, agreeing it, and asking how near its goals are."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    PLAN_ENDS,
    AssessmentDomain,
    CopyIsSafe,
    Occasion,
    Participation,
    PlanAgreement,
    PlanStatus,
    ScaleQuestion,
    StepStatus,
    Voice,
    WhoActs,
)
from cases.forms.told import PastDay
from cases.models import Need
from referrals.forms.triage import words
from ui.dates import DatePartsField
from ui.forms import Include, PrForm, Reveal, Section, form_helper
from ui.rows import RowForm, Rows, RowsOf
from ui.times import long_date

SCALE = [("", _("Not asked today")), *((str(number), str(number)) for number in range(11))]
LESS_THAN_YES = f"{PlanAgreement.AGREED_IN_PART}|{PlanAgreement.NOT_AGREED}|{PlanAgreement.NOT_SHOWN_YET}"
NO_STEP = 0
MAY_RATE = (Voice.YOUNG_PERSON, Voice.PRACTITIONER, Voice.PARENT_OR_CARER)


def one_of(label, choices, **options):
    choices = getattr(choices, "choices", choices)
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class FromNoughtToTen(forms.TypedChoiceField):
    """A whole number from 0 to 10, or nothing: who was not asked has not said nought."""

    def __init__(self, **options):
        super().__init__(choices=SCALE, coerce=int, empty_value=None, required=False, **options)


class PlanForm(PrForm):
    """``is_decision``: it is made once; who comes second reads what was decided, and has no form any more."""

    is_decision = False


class SeenForm(PlanForm):
    """``seen`` says what the page showed; what was written since is not overwritten."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def clean_seen(self):
        """A page that does not say what it showed has seen nothing."""
        seen = self.cleaned_data.get("seen")
        return -1 if seen is None else seen


class SharedForm(SeenForm):
    """One press: they have seen the plan as this page showed it."""

    is_decision = True

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, initial={"seen": plan.edits}, **kwargs)
        self.helper = form_helper("seen", submit=_("They have seen it today"))


class RemoveGoalForm(SeenForm):
    is_decision = True

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, initial={"seen": plan.edits}, **kwargs)
        self.helper = form_helper("seen", submit=_("Leave it out"))


class PlanWordsForm(SeenForm):
    what_matters = words(
        _("What matters to me"),
        required=False,
        help_text=_("In the young person’s own words. It is the first thing on the plan."),
    )
    working_together = words(
        _("How we work together"),
        required=False,
        help_text=_("Times, reminders, breaks, what happens when a meeting is missed, how they say stop."),
    )
    information_sharing = words(
        _("Who is told what"), required=False, help_text=_("What we share, with whom, and what we do not share.")
    )
    good_ending = words(_("What a good ending looks like"), required=False)

    def __init__(self, *args, plan, **kwargs):
        names = ("what_matters", "working_together", "information_sharing", "good_ending")
        initial = {"seen": plan.edits} | {name: getattr(plan, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = form_helper(
            Section(_("What matters"), "what_matters"),
            Section(_("Working together"), "working_together", "information_sharing"),
            Section(_("The ending"), "good_ending"),
            Include("cases/_plan_autosave.html"),
            submit=_("Save the words"),
        )
        self.helper.attrs["autocomplete"] = "off"

    @property
    def written(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


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


class AgreeForm(SeenForm):
    """How the young person took part, and what they say to it: nobody approves a plan, and nobody agrees for them."""

    is_decision = True

    participation = one_of(_("How did the young person take part?"), Participation)
    participation_reason = words(_("Why not yet, and what would help?"), rows=2, limit=1000)
    agreement = one_of(_("What do they say to the plan?"), PlanAgreement)
    agreement_reason = words(
        _("What do they say, or why have they not seen it?"),
        rows=2,
        limit=1000,
        help_text=_("In their words where you can."),
    )
    agreed_on = PastDay(label=_("On what day?"), help_text=_("The time of support is counted from this day."))
    copy_is_safe = one_of(
        _("Is it safe for them to hold a copy?"),
        CopyIsSafe,
        help_text=_("Who might find it, at home or on a phone? Ask the young person."),
    )

    def __init__(self, *args, plan, earliest, **kwargs):
        initial = {"seen": plan.edits, "agreed_on": timezone.localdate(), "copy_is_safe": plan.copy_is_safe}
        super().__init__(*args, initial=initial, **kwargs)
        self.plan = plan
        self.fields["agreed_on"].earliest = earliest
        self.helper = form_helper(
            "seen",
            Section(
                _("How they took part"),
                "participation",
                Reveal("participation_reason", when=f"participation={Participation.NOT_YET_ABLE}"),
            ),
            Section(
                _("What they say to it"),
                "agreement",
                Reveal("agreement_reason", when=f"agreement={LESS_THAN_YES}"),
                "agreed_on",
            ),
            Section(_("Their copy"), "copy_is_safe"),
            submit=_("Keep what they say"),
        )

    def clean_agreement(self):
        """Whoever wrote it with us, or was shown it, has seen it."""
        agreement = self.cleaned_data["agreement"]
        if agreement != PlanAgreement.NOT_SHOWN_YET:
            return agreement
        if self.cleaned_data.get("participation") == Participation.CO_WROTE:
            raise ValidationError(_("Who wrote it with you has seen it. Say how they took part, or what they say."))
        if self.plan.shared_on:
            day = {"day": long_date(self.plan.shared_on)}
            raise ValidationError(_("It is kept that they saw it on %(day)s. Say what they say to it.") % day)
        return agreement

    @property
    def how(self):
        """What ``operations.agree_plan`` takes."""
        answers = dict(self.cleaned_data)
        answers["on"] = answers.pop("agreed_on")
        reasons = {name: answers[name] or "" for name in ("participation_reason", "agreement_reason")}
        return {**answers, **reasons}


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


class CopyForm(PrForm):
    copy_is_safe = one_of(
        _("Is it safe for them to hold a copy?"),
        CopyIsSafe,
        help_text=_("Ask again when home, phone or people around them change."),
    )
    copy_given_on = PastDay(label=_("When did they get one?"), required=False)

    def __init__(self, *args, plan, **kwargs):
        initial = {"copy_is_safe": plan.copy_is_safe, "copy_given_on": plan.copy_given_on}
        super().__init__(*args, initial=initial, **kwargs)
        given = Reveal("copy_given_on", when=f"copy_is_safe={CopyIsSafe.YES}")
        self.helper = form_helper(Section(_("Their copy"), "copy_is_safe", given), submit=_("Keep it"))


class EndPlanForm(PlanForm):
    is_decision = True

    status = one_of(_("How does the plan end?"), [(status, PlanStatus(status).label) for status in PLAN_ENDS])
    because = words(_("Why?"), rows=3, limit=1000, help_text=_("The young person may read this."))
    on = PastDay(label=_("On what day?"))

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, initial={"on": timezone.localdate()}, **kwargs)
        self.fields["on"].earliest = plan.agreed_on
        self.helper = form_helper(
            Section(_("The end of this plan"), "status", "because", "on"), submit=_("End the plan")
        )
