"""What a reminder asks of whom it reminds."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from reminders.enums import MOST_SNOOZE_DAYS
from ui.dates import ComingDay, TodayOrComingDay
from ui.forms import PrForm, form_helper, words
from ui.times import day_and_date


class PutOffForm(PrForm):
    until_on = forms.TypedChoiceField(
        label=_("When do you want to hear of it again?"), coerce=date.fromisoformat, widget=forms.RadioSelect
    )
    reason = words(
        _("Why do you put it off?"),
        rows=2,
        limit=300,
        help_text=_("Your manager can read this. Nobody’s name is needed."),
    )

    def __init__(self, *args, today, last_day=date.max, **kwargs):
        super().__init__(*args, **kwargs)
        days = [today + timedelta(days=count) for count in range(1, MOST_SNOOZE_DAYS + 1)]
        days = [day for day in days if day <= last_day]
        self.fields["until_on"].choices = [(day.isoformat(), day_and_date(day)) for day in days]
        self.helper = form_helper("until_on", "reason", submit=_("Put it off"))


class AwayForm(PrForm):
    from_on = TodayOrComingDay(days=365, label=_("From which day?"))
    until_on = ComingDay(days=730, label=_("On which day are they back?"))
    cover = ColleagueField(
        queryset=User.objects.none(),
        label=_("Who covers?"),
        empty_label=_("Choose a colleague"),
        help_text=_("They hear what waits, too. Cases are read by whom a manager lets cover them."),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cover"].queryset = colleagues
        self.helper = form_helper("from_on", "until_on", "cover", submit=_("Save it"))

    def clean(self):
        super().clean()
        first, back = self.cleaned_data.get("from_on"), self.cleaned_data.get("until_on")
        if first and back and back <= first:
            self.add_error("until_on", _("They are back after the day on which they go."))
        return self.cleaned_data
