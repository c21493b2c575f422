"""What is typed at a review, when more time is asked for, and when somebody decides on it."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import ConsentCheck, ExtensionDecision, ReviewKind, ReviewOutcome, ViewOfMoreTime, outcomes_of
from cases.forms.told import MOST_DAYS_AHEAD
from ui.dates import PastDay
from ui.forms import DatePartsField, PrForm, Reveal, Section, form_helper, words

TOO_EARLY = _("Choose a later day: %(limit)s or after it.")
TOO_LATE = _("Choose an earlier day: %(limit)s at the latest.")


def radio(choices, label, **options):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class HoldReviewForm(PrForm):
    held_on = PastDay(label=_("When was it?"))
    present = forms.CharField(
        label=_("Who took part?"), max_length=200, required=False, help_text=_("Their role is enough: “her aunt”.")
    )
    what_changed = words(
        _("What has changed?"), help_text=_("What is better, what is harder, and what stays to be done.")
    )
    own_words = words(_("What does the young person say?"), required=False, help_text=_("In their words."))
    safety = words(_("How safe are they now?"), help_text=_("What has changed, and what adults do about it."))
    consent_check = radio(
        ConsentCheck.choices,
        _("Do they still want this work?"),
        help_text=_("Where something has changed, record it on the page for consent too."),
    )
    outcome = forms.ChoiceField(label=_("What was decided?"), widget=forms.RadioSelect)
    because = words(_("Why?"), rows=3, limit=2000, help_text=_("The young person may read this one day."))

    def __init__(self, *args, kind=ReviewKind.UNSCHEDULED, **kwargs):
        super().__init__(*args, initial={"held_on": timezone.localdate()}, **kwargs)
        self.fields["outcome"].choices = [(outcome, ReviewOutcome(outcome).label) for outcome in outcomes_of(kind)]
        self.helper = form_helper(
            Section(_("How it is going"), "held_on", "present", "what_changed", "own_words", "safety"),
            Section(_("What was decided"), "consent_check", "outcome", "because"),
            submit=_("Keep the review"),
        )


class CancelReviewForm(PrForm):
    because = words(_("Why is it not needed?"), rows=3, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Not needed"), "because"), submit=_("It is not needed"))


class ExtensionForm(PrForm):
    """More time: what remains, and what the young person says to it (domain.md 5.6)."""

    needs = words(_("Which needs remain?"), help_text=_("Name the needs and goals that more time is for."))
    what_will_differ = words(_("What will be different?"), help_text=_("What you will do that was not done so far."))
    view = radio(ViewOfMoreTime.choices, _("What does the young person say to more time?"))
    own_words = words(_("In their words"))
    safety = words(_("How safe are they now?"))
    alternatives = words(_("What else did you think of?"), help_text=_("For example other services, or an ending now."))
    until_on = DatePartsField(label=_("Until when?"), error_messages={"too_early": TOO_EARLY, "too_late": TOO_LATE})

    def __init__(self, *args, case, before=None, **kwargs):
        """``before``: the last request; where more was asked about it, its words are the first draft of this one."""
        is_asked_again = before is not None and before.decision == ExtensionDecision.MORE_INFORMATION
        initial = {name: getattr(before, name) for name in self.base_fields} if is_asked_again else {}
        super().__init__(*args, initial=initial, **kwargs)
        today = timezone.localdate()
        until = self.fields["until_on"]
        until.earliest = (case.planned_end_on or today) + timedelta(days=1)
        until.latest = case.most_end_on or today + timedelta(days=MOST_DAYS_AHEAD)
        until.help_text = _("After the planned end, and within twelve months from the start of support.")
        self.helper = form_helper(
            Section(_("Why"), "needs", "what_will_differ", "safety", "alternatives"),
            Section(_("What the young person says"), "view", "own_words"),
            Section(_("How long"), "until_on"),
            submit=_("Ask for more time"),
        )


class DecideExtensionForm(PrForm):
    decision = radio(ExtensionDecision.choices, _("Your decision"))
    approved_until_on = DatePartsField(
        label=_("Until when?"), error_messages={"too_early": TOO_EARLY, "too_late": TOO_LATE}
    )
    reasons = words(_("Why?"), help_text=_("Who asked reads this, and the young person may one day."))

    def __init__(self, *args, request_for_time, case, **kwargs):
        super().__init__(*args, **kwargs)
        shorter = self.fields["approved_until_on"]
        shorter.earliest = (case.planned_end_on or timezone.localdate()) + timedelta(days=1)
        shorter.latest = request_for_time.until_on - timedelta(days=1)
        self.helper = form_helper(
            Section(
                _("Decide"),
                "decision",
                Reveal("approved_until_on", when=f"decision={ExtensionDecision.APPROVED_SHORTER}"),
                "reasons",
            ),
            submit=_("Decide"),
        )
