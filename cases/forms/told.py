"""What is written down on a case: notes, contacts, tasks, pauses."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from cases.enums import Channel, ContactOutcome, EntryKind
from cases.managers import who_may_be_asked
from ui.dates import ComingDay, PastDay
from ui.forms import Button, PrForm, Reveal, Section, form_helper, words
from ui.hours import at_noon_or_now
from ui.kept import Kept

RAISES = "raises"  # the name of the button that goes on to a concern
PAUSE_DAYS = 14  # then somebody looks again, and may let it rest again (domain.md 5.1)
MOST_DAYS_AHEAD = 365


class NoteForm(PrForm):
    text = words(
        _("Note"), limit=8000, help_text=_("The young person may read this one day. Write it so that they can.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        raises = Button(_("Add it, and raise a concern"), RAISES, "quiet")
        self.helper = form_helper(Kept("text"), submit=_("Add the note"), extra_buttons=[raises])


def note_to_begin():
    """Its question and buttons without the form around them: untouched they are the same for everybody."""
    form = NoteForm()
    form.helper.form_tag, form.helper.disable_csrf = False, True
    return form


class ContactForm(PrForm):
    is_young_person = forms.TypedChoiceField(
        label=_("Whom did you try to reach?"),
        choices=[("yes", _("The young person")), ("no", _("Somebody else"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    with_whom = forms.CharField(label=_("Who?"), max_length=120, help_text=_("Their role is enough: “form tutor”."))
    channel = forms.ChoiceField(label=_("How?"), choices=Channel.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=ContactOutcome.choices, widget=forms.RadioSelect)
    what = words(_("What was said?"), required=False)
    happened_on = PastDay(label=_("When was it?"))
    next_try_on = ComingDay(days=MOST_DAYS_AHEAD, label=_("When do you try again?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"happened_on": timezone.localdate()}, **kwargs)
        self.helper = form_helper(
            Section(
                _("Contact"),
                "is_young_person",
                Reveal("with_whom", when="is_young_person=no"),
                "channel",
                "outcome",
                "what",
                "happened_on",
                "next_try_on",
            ),
            submit=_("Save the contact"),
        )

    @property
    def told(self):
        """The columns of ``ContactAttempt``; what happened today happened now."""
        answers = dict(self.cleaned_data)
        at = at_noon_or_now(answers.pop("happened_on"))
        return {**answers, "with_whom": answers.get("with_whom") or "", "happened_at": at}


class TaskForm(PrForm):
    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = ColleagueField(queryset=User.objects.none(), label=_("Who does it?"), empty_label=_("Choose a colleague"))
    due_on = ComingDay(days=MOST_DAYS_AHEAD, label=_("By when?"))

    def __init__(self, *args, case, user, action="", **kwargs):
        in_a_week = timezone.localdate() + timedelta(days=7)
        super().__init__(*args, initial={"owner": user.pk, "due_on": in_a_week}, **kwargs)
        self.fields["owner"].queryset = who_may_be_asked(case)
        self.helper = form_helper(
            Section(_("New task"), "what", "owner", "due_on"), submit=_("Add the task"), action=action
        )


class PauseForm(PrForm):
    reason = words(_("Why does the work rest?"), rows=3, limit=1000)
    review_on = ComingDay(
        days=PAUSE_DAYS,
        label=_("When does somebody look again?"),
        help_text=_("Within 14 days. The planned end does not move."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Let the work rest"), "reason", "review_on"), submit=_("Let it rest"))


class TimelineFilterForm(PrForm):
    """What of the story is shown. What was not understood shows everything."""

    kind = forms.ChoiceField(label=_("Show"), required=False, choices=[("", _("Everything")), *EntryKind.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Kept("kind"), submit=_("Apply"), guard=False)
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.hide_optional = True
