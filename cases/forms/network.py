"""What is written down of working with others, of supervision, and of a change in safety."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from cases.enums import (
    ContributionType,
    MeetingType,
    SafetyNow,
    SharingBasis,
    SharingScope,
    SupervisionKind,
    WasSaid,
    WasTold,
)
from cases.forms.owed import WithActions
from referrals.forms.base import several_of
from referrals.forms.triage import RaiseConcernForm
from safeguarding.enums import Severity
from safeguarding.routes import choices_in
from ui.dates import ComingDay, PastDay
from ui.forms import Details, Include, PrForm, Reveal, Section, form_helper, words
from ui.rows import FormWithRows, RowsOf

YES, NO = "yes", "no"
NOT_TOLD_OF_SAFETY = (SharingScope.NETWORK_MEETINGS, SharingScope.REFERRER_OUTCOME)
SUPERVISED_WITHIN = 92  # days; monthly is the rule, and a centre may put it off


class ContributionForm(WithActions, FormWithRows):
    meeting = forms.ChoiceField(
        label=_("Which meeting or contact?"), choices=[("", _("Choose one")), *MeetingType.choices]
    )
    how = forms.ChoiceField(
        label=_("How did we take part?"), choices=ContributionType.choices, widget=forms.RadioSelect
    )
    instead = words(_("What did we do instead?"), rows=2, limit=2000)
    held_on = PastDay(label=_("When was it?"))
    purpose = words(_("What was it for?"), rows=2, limit=2000)
    wants = forms.ChoiceField(
        label=_("Did the young person want something said?"),
        choices=[(YES, _("Yes")), (NO, _("No")), ("not_asked", _("They could not be asked"))],
        widget=forms.RadioSelect,
    )
    wanted_said = words(_("What did they want said? In their words"), rows=3)
    was_said = forms.ChoiceField(label=_("Was it said?"), choices=WasSaid.choices, widget=forms.RadioSelect)
    chair = forms.CharField(label=_("Who led it?"), max_length=120, required=False, help_text=_("A role is enough."))
    present = words(_("Who was there?"), rows=2, limit=2000, required=False, help_text=_("Roles, one on each line."))
    shares = forms.ChoiceField(
        label=_("Did we share information about the young person?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    shared = words(
        _("What did we share?"), rows=3, help_text=_("Only what was needed. Names of other young people stay out.")
    )
    sharing_basis = forms.ChoiceField(
        label=_("Why may we share it?"), choices=SharingBasis.choices, widget=forms.RadioSelect
    )
    sharing_reason = words(
        _("Why without their agreement?"),
        rows=3,
        help_text=_("Whom it keeps safe, with whom you talked about it, and what the young person was told."),
    )
    decisions = words(_("What was decided?"), rows=3, required=False)
    disagreement = words(_("What did we not agree with, and what did we do about it?"), rows=3, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, initial={"held_on": timezone.localdate()}, **kwargs)
        self.offer_actions_to(people)
        self.helper = form_helper(
            Section(
                _("Meeting"),
                "meeting",
                "how",
                Reveal("instead", when=f"how={ContributionType.INVITED_NOT_ABLE}"),
                "held_on",
                "purpose",
                "chair",
                "present",
            ),
            Section(_("The young person’s voice"), "wants", Reveal("wanted_said", "was_said", when=f"wants={YES}")),
            Section(
                _("What we shared"),
                "shares",
                Reveal("shared", "sharing_basis", when=f"shares={YES}"),
                Reveal("sharing_reason", when=f"sharing_basis={SharingBasis.WITHOUT_AGREEMENT}"),
            ),
            Section(_("What came of it"), "decisions", "disagreement"),
            Section(_("What we will do"), RowsOf("actions")),
            submit=_("Save the contribution"),
        )
        self.helper.hide_optional = True

    @property
    def told(self):
        """What ``operations.contribute`` takes."""
        return {name: answer or "" for name, answer in self.cleaned_data.items() if name not in ("wants", "shares")} | {
            "actions": self.cleaned_data["actions"]
        }


class NoContributionForm(PrForm):
    reason = words(
        _("Why could nothing be contributed?"),
        rows=3,
        limit=2000,
        help_text=_("For example, that nobody else works with the family now, and how you know."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Nothing contributed"), "reason"), submit=_("Keep the reason"))


class ToldBackForm(PrForm):
    on = PastDay(label=_("When was the young person told?"))

    def __init__(self, *args, action="", **kwargs):
        super().__init__(*args, initial={"on": timezone.localdate()}, **kwargs)
        self.helper = form_helper("on", submit=_("They were told"), action=action)


class SupervisionForm(WithActions, FormWithRows):
    """How the practitioner is, is talked about too, and kept elsewhere: this is the young person's record."""

    TOGETHER = ["with_whom", "working", "worries", "not_known", "assumptions", "young_persons_voice"]
    TOGETHER += ["identity_and_culture", "risk_changes", "drift"]

    kind = forms.ChoiceField(label=_("What is it?"), choices=SupervisionKind.choices, widget=forms.RadioSelect)
    held_on = PastDay(label=_("When was it?"))
    with_whom = ColleagueField(queryset=User.objects.none(), label=_("With whom?"), empty_label=_("Choose a colleague"))
    working = words(_("What is working?"), rows=3, required=False)
    worries = words(_("What do we worry about?"), rows=3, required=False)
    not_known = words(_("What do we not know?"), rows=3, required=False)
    assumptions = words(_("What do we take for granted, and what may bias us?"), rows=3, required=False)
    young_persons_voice = words(_("What does the young person say?"), rows=3, required=False)
    identity_and_culture = words(_("What do identity and culture mean here?"), rows=3, required=False)
    risk_changes = words(_("What has changed in their safety?"), rows=3, required=False)
    drift = words(
        _("Do we still do what the plan says?"),
        rows=3,
        help_text=_("If the work has drifted: what brings it back?"),
    )
    oversight = words(
        _("What does the manager say?"),
        help_text=_("This is the young person’s record. How the practitioner is has its own place, and not here."),
    )
    next_on = ComingDay(days=SUPERVISED_WITHIN, label=_("When is the next?"), required=False)

    def __init__(self, *args, people, user, **kwargs):
        super().__init__(*args, initial={"held_on": timezone.localdate()}, **kwargs)
        self.offer_actions_to(people)
        self.fields["with_whom"].queryset = people.exclude(pk=user.pk)
        together = f"kind={SupervisionKind.CASE_SUPERVISION}"
        self.helper = form_helper(
            Section(_("Supervision"), "kind", "held_on", Reveal(*self.TOGETHER, when=together), "oversight", "next_on"),
            Section(_("What we will do"), RowsOf("actions")),
            submit=_("Save it"),
        )
        self.helper.hide_optional = True

    @property
    def said(self):
        """What ``operations.supervise`` takes."""
        empty = {"with_whom": None, "next_on": None, "actions": []}
        return {name: answer or empty.get(name, "") for name, answer in self.cleaned_data.items()}


class SafetyChangeForm(PrForm):
    """Less safe asks for more: how soon, to whom it was taken, and whether the young person was told (domain.md 5.15).

    ``nation`` says what social care is called.
    """

    SEVERAL = ("done", "informed")

    change = forms.ChoiceField(label=_("How safe is it now?"), choices=SafetyNow.choices, widget=forms.RadioSelect)
    what = words(_("What has changed?"), help_text=_("Facts, and who told you. Use their own words where you can."))
    severity = forms.ChoiceField(
        label=_("How soon must somebody see this?"), choices=RaiseConcernForm.SEVERITIES, widget=forms.RadioSelect
    )
    done = several_of(_("To whom did you take it right now?"), [])
    done_now = words(
        _("What was done right now?"), required=False, help_text=_("Whom you spoke to, when, and what they said.")
    )
    was_told = forms.ChoiceField(
        label=_("Was the young person told what you do?"), choices=WasTold.choices, widget=forms.RadioSelect
    )
    told_young_person = words(_("What was the young person told?"), rows=2, limit=2000, required=False)
    not_told_because = words(
        _("Why were they not told?"),
        rows=2,
        limit=2000,
        help_text=_("For example, that it would put them in danger now. Say when you look again."),
    )
    informed = several_of(
        _("Whom else did you tell?"),
        [(scope.value, scope.label) for scope in SharingScope if scope not in NOT_TOLD_OF_SAFETY],
        help_text=_("What they agreed to stands on the page of consent. Beyond it, only to keep somebody safe."),
    )
    network_informed = words(_("What did you tell them?"), rows=2, limit=2000, required=False)
    noticed_on = PastDay(label=_("When was it noticed?"))

    def __init__(self, *args, nation, **kwargs):
        super().__init__(*args, initial={"noticed_on": timezone.localdate()}, **kwargs)
        self.fields["done"].choices = choices_in(nation)
        changed = "|".join(change for change in SafetyNow.values if change != SafetyNow.SAME)
        worse = f"change={SafetyNow.WORSE}"
        told_of = f"{worse}|{SafetyNow.NEW_INFORMATION}"
        self.helper = form_helper(
            Section(
                _("Safety"),
                "change",
                Reveal("what", when=f"change={changed}"),
                Reveal(Include("cases/_less_safe.html"), "severity", when=worse),
                Reveal(Include("ui/_panel_danger.html"), when=f"severity={Severity.IMMEDIATE}"),
                Reveal("done", "done_now", when=worse),
                Reveal("was_told", when=told_of),
                Reveal("told_young_person", when=f"was_told={WasTold.YES}"),
                Reveal("not_told_because", when=f"was_told={WasTold.NO}"),
                Details(_("Whom else you told"), "informed", "network_informed"),
                "noticed_on",
            ),
            submit=_("Save it"),
        )
        self.helper.hide_optional = True

    @property
    def told(self):
        """What ``operations.note_safety_change`` takes."""
        return {name: answer or ([] if name in self.SEVERAL else "") for name, answer in self.cleaned_data.items()}
