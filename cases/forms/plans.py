"""Writing a plan with a young person, showing it, agreeing it and ending it (its goals: ``plan_goals``)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import PLAN_ENDS, CopyIsSafe, Participation, PlanAgreement, PlanStatus
from ui.dates import PastDay
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words
from ui.times import long_date

SCALE = [("", _("Not asked today")), *((str(number), str(number)) for number in range(11))]
LESS_THAN_YES = f"{PlanAgreement.AGREED_IN_PART}|{PlanAgreement.NOT_AGREED}|{PlanAgreement.NOT_SHOWN_YET}"


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
