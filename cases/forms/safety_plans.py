"""Writing a safety plan with a young person."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import CopyKept, SafetyTrigger
from cases.forms.plans import SeenForm, one_of
from ui.dates import ComingDay
from ui.forms import Section, form_helper, words

LOOK_AGAIN_DAYS = 42  # at the next plan review, at the latest (domain.md 7)
THEIRS = ("warning_signs", "safe_people", "safe_places", "i_can_do", "online", "travel", "code_word", "when_upset")
WRITTEN = ("adults_do", *THEIRS, "numbers", "triggers_for_review", "who_has_a_copy", "copy_kept")


def part(label, **options):
    return words(label, rows=3, limit=3000, required=False, **options)


class SafetyPlanForm(SeenForm):
    """What adults do comes first and is asked of everybody; the young person’s own part is theirs to choose."""

    adults_do = words(
        _("What will adults do?"),
        rows=4,
        help_text=_("Who does what, and when. Safety is never for the young person alone."),
    )
    warning_signs = part(_("How do we notice that things get worse?"))
    safe_people = part(
        _("Who is safe, and how are they reached safely?"), help_text=_("Only numbers that are safe to ring.")
    )
    safe_places = part(_("Where is it safe?"))
    i_can_do = part(_("What I can do, if I want to"), help_text=_("In their own words."))
    online = part(_("What helps online?"))
    travel = part(_("What helps on the way?"))
    code_word = forms.CharField(label=_("A code word, and what it means"), max_length=80, required=False)
    when_upset = part(_("What helps when I am upset?"))
    numbers = part(_("Numbers for an emergency"))
    triggers_for_review = forms.MultipleChoiceField(
        label=_("When do we look at it again at once?"),
        choices=SafetyTrigger.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    look_again_on = ComingDay(days=LOOK_AGAIN_DAYS, label=_("When do we look at it again in any case?"))
    who_has_a_copy = part(_("Who has a copy?"))
    copy_kept = one_of(_("Where is it safe for the young person to keep one?"), CopyKept)
    why_changed = part(_("What has changed since the last version?"))

    def __init__(self, *args, latest=None, **kwargs):
        initial = {"seen": 0, "copy_kept": CopyKept.NOT_ASKED}
        initial["look_again_on"] = timezone.localdate() + timedelta(days=28)
        if latest:
            initial |= {"seen": latest.version} | {name: getattr(latest, name) for name in WRITTEN}
        super().__init__(*args, initial=initial, **kwargs)
        if latest is None:
            del self.fields["why_changed"]
        again = ["why_changed"] if latest else []
        self.helper = form_helper(
            "seen",
            Section(_("Adults"), "adults_do", *again),
            Section(_("With the young person"), *THEIRS, "numbers"),
            Section(_("Looking at it again"), "triggers_for_review", "look_again_on"),
            Section(_("Copies"), "copy_kept", "who_has_a_copy"),
            submit=_("Keep the safety plan"),
        )
        self.helper.attrs["autocomplete"] = "off"
