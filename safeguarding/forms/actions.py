"""What staff type about what is done about a concern: short pages, for a phone in one hand."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from centres import working_days
from safeguarding.routes import BY_VOICE, ActionEnd, EscalationMethod, ReplyKind, choices_in, when_to_take
from ui.dates import PastDay, TodayOrComingDay
from ui.forms import Details, Include, PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, moments

MOST_DAYS_AHEAD = 365
YES, NO = "yes", "no"
YES_NO = [(YES, _("Yes")), (NO, _("No"))]
USES = "safeguarding/_which_for_what.html"
NOT_SAFE_YET = _("For example, that it would put them in danger now. Say when you look again.")


def yes_no(label, **options):
    """Told, or not."""
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda value: value == YES, widget=forms.RadioSelect, **options
    )


def line(label, *, limit=120, **options):
    return forms.CharField(label=label, max_length=limit, required=False, **options)


def uses(nation):
    """What each route is for."""
    return [(name, when_to_take(route, nation)) for route, name in choices_in(nation) if when_to_take(route, nation)]


def owner(label, **options):
    return ColleagueField(queryset=User.objects.none(), label=label, empty_label=_("Choose a colleague"), **options)


class TakeFurtherForm(PrForm):
    """``people`` may be asked to follow it up; ``nation`` says what social care is called."""

    route = forms.ChoiceField(label=_("To whom did you take it?"))
    method = forms.ChoiceField(label=_("How?"), choices=EscalationMethod.choices)
    agency = line(_("Which team or office?"))
    person = line(_("Whom did you speak to?"), help_text=_("Their name, or their role."))
    sent_on = PastDay(label=_("Which day?"))
    sent_time = TimeOfDayField(label=_("At what time?"))
    reference = line(_("What is their reference?"), limit=60, help_text=_("An incident or referral number."))
    known = words(_("What did you say that we know?"), rows=3, help_text=_("Facts, and who told you."))
    not_known = words(_("What do we not know?"), rows=2, limit=2000, required=False)
    discussed_with = line(_("With whom did you discuss it?"), help_text=_("A manager or the safeguarding lead."))
    young_person_told = yes_no(_("Does the young person know that we did this?"))
    young_person_not_told_because = words(_("Why not?"), rows=2, limit=2000, help_text=NOT_SAFE_YET)
    parent_told = yes_no(_("Does a parent or carer know that we did this?"))
    parent_not_told_because = words(
        _("Why not?"), rows=2, limit=2000, help_text=_("For example, that it would make them less safe, or their age.")
    )
    follow_up_on = TodayOrComingDay(
        days=MOST_DAYS_AHEAD, label=_("When does somebody ask what came of it?"), required=False
    )
    follow_up_owner = owner(_("Who asks?"), required=False)

    def __init__(self, *args, nation, people, user, **kwargs):
        now = timezone.localtime()
        first = {"sent_on": now.date(), "sent_time": now.time().replace(second=0, microsecond=0)}
        first |= {"follow_up_on": working_days.after(now.date(), 1), "follow_up_owner": user.pk}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["route"].choices = [("", _("Choose one")), *choices_in(nation)]
        self.fields["follow_up_owner"].queryset = people
        self.helper = form_helper(
            Section(
                _("To whom"),
                "route",
                Details(
                    _("Which of them for what?"), Include("safeguarding/_which_for_what.html", routes=uses(nation))
                ),
                "method",
                "person",
                "agency",
            ),
            Section(_("When"), "sent_on", "sent_time", "reference"),
            Section(_("What was said"), "known", Details(_("More about what was said"), "not_known", "discussed_with")),
            Section(
                _("Who knows"),
                "young_person_told",
                Reveal("young_person_not_told_because", when=f"young_person_told={NO}"),
                "parent_told",
                Reveal("parent_not_told_because", when=f"parent_told={NO}"),
            ),
            Section(_("What comes next"), "follow_up_on", "follow_up_owner"),
            submit=_("Save it"),
        )
        self.helper.hide_optional = True

    def clean(self):
        told = super().clean()
        if told.get("method") in BY_VOICE and not told.get("person"):
            self.add_error("person", _("Say whom you spoke to. Their role is enough."))
        if told.get("follow_up_on") and not told.get("follow_up_owner"):
            self.add_error("follow_up_owner", _("Choose who asks, or clear the day."))
        if told.get("sent_on") and told.get("sent_time") is not None:
            self._say_when(told["sent_on"], told["sent_time"])
        return self.cleaned_data

    def _say_when(self, day, at):
        self.sent_at = next(iter(moments(day, at)), None)
        if self.sent_at is None:
            self.add_error("sent_time", _("The clocks go forward at this time: there is no such time on this day."))
        elif self.sent_at > timezone.now():
            self.add_error("sent_time", _("This time has not come yet."))

    @property
    def said(self):
        """What ``operations.take_further`` takes."""
        answers = {name: "" if answer is None else answer for name, answer in self.cleaned_data.items()}
        due_on, asks = answers.pop("follow_up_on"), answers.pop("follow_up_owner")
        del answers["sent_on"], answers["sent_time"]
        follow_up = {"owner": asks, "due_on": due_on} if due_on else None
        return {**answers, "sent_at": self.sent_at, "follow_up": follow_up}


class ActionForm(PrForm):
    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = owner(_("Who does it?"))
    due_on = TodayOrComingDay(days=MOST_DAYS_AHEAD, label=_("By when?"))

    def __init__(self, *args, people, user, **kwargs):
        super().__init__(*args, initial={"owner": user.pk, "due_on": timezone.localdate()}, **kwargs)
        self.fields["owner"].queryset = people
        self.helper = form_helper(Section(_("What is to be done"), "what", "owner", "due_on"), submit=_("Add it"))


class FinishForm(PrForm):
    came_to = forms.ChoiceField(label=_("What came of it?"), choices=ActionEnd.choices, widget=forms.RadioSelect)
    words = words(_("What was done, or why is it not needed?"), rows=3, limit=2000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"came_to": ActionEnd.DONE}, **kwargs)
        self.helper = form_helper(Section(_("Finish it"), "came_to", "words"), submit=_("Save it"))

    def clean(self):
        told = super().clean()
        if told.get("came_to") == ActionEnd.NOT_NEEDED and "words" not in self.errors and not told.get("words"):
            self.add_error("words", _("Say why it is not needed any more."))
        return self.cleaned_data


class ReplyForm(PrForm):
    kind = forms.ChoiceField(label=_("What happened?"), choices=ReplyKind.choices, widget=forms.RadioSelect)
    happened_on = PastDay(label=_("When was it?"))
    person = line(_("Who said it?"), help_text=_("Their name, or their role."))
    words = words(_("What was said?"), rows=3, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"happened_on": timezone.localdate()}, **kwargs)
        self.helper = form_helper(
            Section(_("What came after"), "kind", "happened_on", "person", "words"), submit=_("Save it")
        )
        self.helper.hide_optional = True

    def clean(self):
        told = super().clean()
        says_nothing = "words" not in self.errors and not told.get("words")
        if told.get("kind") and told["kind"] != ReplyKind.ACKNOWLEDGED and says_nothing:
            self.add_error("words", _("Say what was said, and what we do now."))
        return self.cleaned_data


class AsksWhetherTold(PrForm):
    """The question that a concern is not closed without: was the young person told, and if not, why."""

    was_told = yes_no(
        _("Was the young person told?"), help_text=_("That somebody worries about them, and what we do about it.")
    )
    told_on = PastDay(label=_("When were they told?"))
    by_whom = forms.CharField(label=_("Who told them?"), max_length=120)
    their_words = words(_("What did they say? In their words"), rows=2, limit=2000, required=False)
    not_told_because = words(_("Why not?"), rows=2, limit=2000, help_text=NOT_SAFE_YET)

    TOLD = ["told_on", "by_whom", "their_words"]

    def questions(self):
        return [
            "was_told",
            Reveal(*self.TOLD, when=f"was_told={YES}"),
            Reveal("not_told_because", when=f"was_told={NO}"),
        ]

    @property
    def telling(self):
        """The columns of ``YoungPersonTold``."""
        told = {name: self.cleaned_data[name] or "" for name in ("by_whom", "their_words", "not_told_because")}
        return {**told, "was_told": self.cleaned_data["was_told"], "told_on": self.cleaned_data["told_on"]}


def told_today(user):
    """What is filled in at first."""
    return {"told_on": timezone.localdate(), "by_whom": user.full_name}


class TellingForm(AsksWhetherTold):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial=told_today(user), **kwargs)
        self.helper = form_helper(Section(_("The young person"), *self.questions()), submit=_("Save it"))
        self.helper.hide_optional = True
